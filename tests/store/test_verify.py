"""Damage is planted in a real day's work, and each kind is found and told."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.actions.execute import Executor
from omsdesk.domain.cash import CashMoved, CashReason
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.line import SoldLine
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.sale import SaleCompleted, SaleStarted
from omsdesk.domain.stock import GoodsMoved, Move
from omsdesk.domain.tax import TaxTerms
from omsdesk.domain.tender import Tender, TenderKind
from omsdesk.domain.values import ONE, Stamp
from omsdesk.store.engine import StoreFailure
from omsdesk.store.verify import MOST, Findings, verify
from tests.stories.shop_floor import CLOCK, a_days_work, begin_shift, francs, must, sell, station

Damage = Callable[[sqlite3.Connection], object]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("day") / "shop.db"
    a_days_work(path, 160)
    return path


@pytest.fixture
def copy(day: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(day, tmp_path / "shop.db"))


def damaged(path: Path, damage: Damage | str) -> tuple[str, ...]:
    """Do something to the file behind the program's back; gives what is found."""
    with closing(sqlite3.connect(path)) as connection, connection:
        if isinstance(damage, str):
            assert connection.execute(damage).rowcount, "the damage was none"
        else:
            damage(connection)
    return verify(path).sentences


def test_a_days_work_is_sound(day: Path) -> None:
    findings = verify(day)
    assert findings == Findings(findings.entries)
    assert findings.is_sound
    assert findings.entries > 200


def test_progress_ends_at_the_last_entry(day: Path) -> None:
    steps: list[tuple[int, int]] = []
    verify(day, lambda done, total: steps.append((done, total)))
    assert steps[-1] == (verify(day).entries,) * 2


# ---- the journal


def test_a_flipped_bit_in_a_body_is_found(copy: Path) -> None:
    def flip(connection: sqlite3.Connection) -> None:
        (body,) = connection.execute("SELECT body FROM journal WHERE position = 20").fetchone()
        flipped = bytes([*body[:40], body[40] ^ 1, *body[41:]])
        connection.execute("UPDATE journal SET body = ? WHERE position = 20", (flipped,))

    assert any("entry 20: its content was changed" in sentence for sentence in damaged(copy, flip))


@pytest.mark.parametrize("position", range(8, 200, 17))
def test_any_bit_of_any_entry_is_found(copy: Path, position: int) -> None:
    """Bodies, whether they can still be read or not; nothing ends in a traceback."""

    def flip(connection: sqlite3.Connection) -> None:
        (body,) = connection.execute("SELECT body FROM journal WHERE position = ?", (position,)).fetchone()
        at = position * 7 % len(body)
        flipped = bytes([*body[:at], body[at] ^ (1 << position % 8), *body[at + 1 :]])
        connection.execute("UPDATE journal SET body = ? WHERE position = ?", (flipped, position))

    assert any(f"entry {position}: its content was changed" in sentence for sentence in damaged(copy, flip))


@pytest.mark.parametrize("column", ["utc_ms", "offset_minutes", "actor", "subject", "action", "version", "hash"])
def test_a_changed_envelope_is_found(copy: Path, column: str) -> None:
    value = "'x'" if column in {"actor", "subject"} else "x'00'" if column == "hash" else f"{column} + 1"
    found = damaged(copy, f"UPDATE journal SET {column} = {value} WHERE position = 30")  # noqa: S608 - ours
    assert any("entry 30: its content was changed" in sentence for sentence in found)


def test_a_deleted_entry_is_found(copy: Path) -> None:
    found = damaged(copy, "DELETE FROM journal WHERE position = 25")
    assert any("entries 25 to 25 are missing" in sentence for sentence in found)


def test_an_end_that_was_cut_off_is_found_by_the_tables(copy: Path) -> None:
    found = damaged(copy, "DELETE FROM journal WHERE position > (SELECT MAX(position) - 40 FROM journal)")
    assert any("does not come from the journal" in sentence for sentence in found)


def test_an_entry_that_was_slipped_in_is_found(copy: Path) -> None:
    found = damaged(
        copy,
        "INSERT INTO journal SELECT MAX(position) + 1, origin, epoch, MAX(number) + 1, action, utc_ms, offset_minutes, "
        "actor, subject, kind, version, body, previous_hash, hash FROM journal",
    )
    assert any("does not follow from the entry before" in sentence for sentence in found)


def test_an_entry_of_a_newer_program_stops_the_comparison_and_says_so(copy: Path) -> None:
    found = damaged(copy, "UPDATE journal SET kind = 'loyalty.point_given' WHERE position = 12")
    assert any(
        sentence.startswith("Entry 12 of the journal cannot be read")
        and sentence.endswith("not compared with the journal.")
        for sentence in found
    )


def test_an_entry_that_is_there_twice_contradicts_itself(copy: Path) -> None:
    found = damaged(
        copy,
        "INSERT INTO journal SELECT (SELECT MAX(position) + 1 FROM journal), 'other', 1, 1, 1, utc_ms, offset_minutes, "
        "actor, subject, kind, version, body, previous_hash, hash FROM journal WHERE kind = 'print.asked' LIMIT 1",
    )
    assert any("contradicts the entries before it" in sentence for sentence in found)


# ---- the tables


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("UPDATE product SET name = 'Gold' WHERE id = 'p3'", "name is 'Gold' and should be 'Käse Nr. 3'"),
        ("DELETE FROM product WHERE id = 'p3'", "Table product, 4: the row is missing."),
        ("UPDATE price SET minor = 1 WHERE product_no = 5", "minor is 1 and should be 243"),
        ("DELETE FROM barcode WHERE product_no = 5", "Table barcode, "),
        ("DELETE FROM sale_line WHERE position = 1", "Table sale_line, "),
        (
            "INSERT INTO person VALUES ('x', 'Nobody', 1, '{}', 1)",
            "Table person, x: the row does not come from the journal",
        ),
        ("UPDATE counter SET last = 99 WHERE series = '1A'", "Table counter, 1A: last is 99 and should be"),
        ("UPDATE stock_level SET quantity = 'many' WHERE place = 'customer'", "quantity is 'many' and should be"),
        ("DELETE FROM print_job", "Table print_job, "),
        ("UPDATE shop SET body = '{}'", "Table shop, s1: body is '{}'"),
    ],
)
def test_a_table_that_says_something_else_is_found(copy: Path, damage: str, expected: str) -> None:
    assert any(expected in sentence for sentence in damaged(copy, damage))


def test_every_table_that_is_made_from_the_journal_is_compared(day: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(day)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table'")]
    made = [name for name in tables if name not in {"journal", "station", "alembic_version", "sqlite_schema"}]
    assert {"product", "sale", "shift_sum", "stock_level", "counter"} <= set(made)
    for table in made:
        path = Path(shutil.copy(day, tmp_path / f"{table}.db"))
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours
        if rows:
            assert any(f"Table {table}, " in sentence for sentence in damaged(path, f"DELETE FROM {table}"))  # noqa: S608


def test_a_column_too_many_is_found(copy: Path) -> None:
    found = damaged(copy, lambda connection: connection.execute("ALTER TABLE product ADD COLUMN gold TEXT"))
    assert "Table product has other columns than it should have." in found


def found_in_index(found: tuple[str, ...]) -> list[str]:
    return [sentence for sentence in found if sentence.startswith("Index ")]


def test_words_that_are_gone_from_the_search_are_found(copy: Path) -> None:
    def forget(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO product_search(product_search) VALUES ('delete-all')")

    found = found_in_index(damaged(copy, forget))
    assert len(found) == MOST
    assert found[0].startswith("Index product_search: row ")
    assert "is not found by" in found[0]


def test_words_that_nobody_said_are_found(copy: Path) -> None:
    def whisper(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO product_search(rowid, words) VALUES (1, 'gold')")

    assert found_in_index(damaged(copy, whisper)) == ["Index product_search: row 1 is found by “gold”."]


def test_of_many_alike_the_first_are_told_and_the_rest_counted(copy: Path) -> None:
    found = [row for row in damaged(copy, "UPDATE product SET name = 'x'") if "roduct" in row and "stock" not in row]
    assert len([row for row in found if row.startswith("Table product,")]) == MOST
    assert f"And {40 - MOST} more differences in the table product." in found


# ---- the sums: here the program itself is wrong, so journal and tables agree


def record(path: Path, *facts: object) -> tuple[str, ...]:
    with station(path) as executor, executor.database.transaction(SYSTEM, CLOCK.now()) as transaction:
        for fact in facts:
            transaction.record(fact)  # type: ignore[arg-type]  # every one of them is an event
    return verify(path).sentences


def receipt(number: str, *, total: int = 500, net: int = 500, paid: int = 500, line: int = 500) -> SaleCompleted:
    sold = SoldLine("l1", "p1", "Käse", ONE, francs(line), francs(line))
    nothing = francs(0)
    tender = Tender("x1", "card", "Karte", TenderKind.CARD, francs(paid), francs(paid), nothing, nothing)
    return SaleCompleted(
        number, number, "t1", "s1", "shift-1", Stamp(1), (sold,), (tender,), francs(net), (), francs(total), 1
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (receipt("9A-000001", line=501), "Receipt 9A-000001: its lines do not add up to its total."),
        (receipt("9A-000001", net=499), "Receipt 9A-000001: net and taxes do not add up to its total."),
        (receipt("9A-000001", paid=400), "Receipt 9A-000001: its payments do not add up to its total."),
    ],
)
def test_a_receipt_that_does_not_add_up_is_found(copy: Path, fact: SaleCompleted, expected: str) -> None:
    started = SaleStarted(fact.sale, "t1", "shift-1", "CHF", TaxTerms())
    assert record(copy, started, fact) == (expected,)


def test_tax_on_top_of_the_price_adds_up_too(copy: Path) -> None:
    exclusive = SaleStarted("9A-000001", "t1", "shift-1", "CHF", TaxTerms(is_inclusive=False))
    assert record(copy, exclusive, receipt("9A-000001")) == ()


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("9A-000001", "9A-000003"), "The receipt 9A-000002 is missing."),
        (("9A-000001", "9A-000005"), "The receipt 9A-000002 to 9A-000004 is missing."),
        (("9A-000002",), "The receipt 9A-000001 is missing."),
    ],
)
def test_a_gap_in_the_receipt_numbers_is_found(copy: Path, numbers: tuple[str, ...], expected: str) -> None:
    facts = [
        fact for number in numbers for fact in (SaleStarted(number, "t1", "s", "CHF", TaxTerms()), receipt(number))
    ]
    assert record(copy, *facts) == (expected,)


def test_a_number_that_was_given_twice_is_found(copy: Path) -> None:
    first, second = (SaleStarted(name, "t1", "s", "CHF", TaxTerms()) for name in ("a", "b"))
    twins = (replace(receipt("9A-000001"), sale=name) for name in ("a", "b"))
    assert "The receipt number 9A-000001 was given twice." in record(copy, first, second, *twins)


def test_a_million_receipts_are_not_sorted_by_their_letters(copy: Path) -> None:
    def renumber(connection: sqlite3.Connection) -> None:
        connection.execute(
            "UPDATE sale SET number = '1A-' || (999998 + CAST(substr(number, 4) AS INT)) WHERE number > ''"
        )

    missing = [row for row in damaged(copy, renumber) if row.startswith("The receipt")]
    assert missing == ["The receipt 1A-000001 to 1A-999998 is missing."]


def test_a_shift_whose_sums_are_not_those_of_its_tickets_is_found(copy: Path) -> None:
    found = damaged(copy, "UPDATE shift_sum SET amount = amount + 5 WHERE measure = 'sales'")
    assert any("its sales are not the sum of its tickets (off by 0 in number, 5 in amount" in row for row in found)


def test_cash_that_no_ticket_explains_is_found(copy: Path) -> None:
    found = record(copy, CashMoved("m1", "shift-1", "t1", francs(700), CashReason.SALE))
    assert len(found) == 1
    assert "its cash of sales are not the sum of its tickets (off by 0 in number, -700 in amount" in found[0]


def test_goods_from_nowhere_are_found(copy: Path) -> None:
    found = damaged(
        copy, "UPDATE stock_level SET quantity = quantity + 2000000 WHERE product = 'p1' AND place = 'customer'"
    )
    assert "Goods of product p1 come from nowhere: over all places they are 2, not 0." in found


def test_goods_that_move_in_circles_are_sound(copy: Path) -> None:
    moves = (Move("p1", ONE, "shop:s1", "shop:s1"), Move("p2", -ONE, "a", "b"))
    assert record(copy, GoodsMoved("circle", "test", moves)) == ()


# ---- the file


def test_a_damaged_page_is_found(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as database:
        (root,) = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'sale'").fetchone()
    data = bytearray(copy.read_bytes())
    data[(root - 1) * 4096 : root * 4096] = b"\xaa" * 4096
    copy.write_bytes(data)
    assert not verify(copy).is_sound


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"SQLite format 3\0" + bytes(5000)])
def test_a_file_that_is_no_shop_is_told_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(content)
    with pytest.raises(StoreFailure, match=r"not a database of omsdesk|damaged"):
        verify(path)


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(StoreFailure, match="cannot be opened"):
        verify(tmp_path / "shop.db")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("shape", "expected"), [("9999", "A newer version"), ("0000", "An older version")])
def test_a_database_of_another_version_is_told_so(copy: Path, shape: str, expected: str) -> None:
    with pytest.raises(StoreFailure, match=expected):
        damaged(copy, f"UPDATE alembic_version SET version_num = '{shape}'")  # noqa: S608 - ours


def test_a_check_changes_nothing_in_the_file(copy: Path) -> None:
    before = copy.read_bytes()
    verify(copy)
    assert copy.read_bytes() == before


def test_a_check_sees_one_moment_while_the_till_goes_on_selling(copy: Path) -> None:
    with station(copy) as executor:
        begin_shift_if_none(executor)
        stop = threading.Event()

        def work() -> None:
            while not stop.is_set():
                sell(executor, "p1", "p2")

        seller = threading.Thread(target=work)
        seller.start()
        found = [verify(copy) for _ in range(5)]
        stop.set()
        seller.join()
    assert [findings.sentences for findings in found] == [()] * 5
    assert found[0].entries < found[-1].entries


def begin_shift_if_none(executor: Executor) -> None:
    with closing(executor.database.reader()) as reader:
        is_open = reader.value("SELECT COUNT(*) FROM shift WHERE closed_ms IS NULL")
    if not is_open:
        begin_shift(executor)


def test_renamed_and_recoded_products_leave_an_index_that_equals_its_replay(copy: Path) -> None:
    with station(copy) as executor:
        for name in ("Emmentaler", "Appenzeller würzig", "Käse"):
            must(executor, SaveProducts(f"rename to {name}", (ProductEdit("p7", 1, name=name, sku="K-7"),)))
    assert verify(copy).is_sound
