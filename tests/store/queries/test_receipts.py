"""Receipts are found at any till, by number, by code, and by part of a number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.domain.cash import OpenShift
from omsdesk.store.engine import Connection
from omsdesk.store.queries import receipts as ask
from tests.domain.corner_shop import gbp
from tests.store.station import Station


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Station]:
    """Three receipts of till 1, then two of till 2."""
    made = Station(tmp_path / "shop.db")
    made.open_shift()
    for number in range(3):
        made.sell(f"sale-{number}")
    made.database.become_till("t2")
    made.do(OpenShift("shift-2", gbp("50.00")))
    for _ in range(2):
        made.sell(made.clock.new_id())
    yield made
    made.close()


@pytest.fixture
def reader(till: Station) -> Connection:
    return till.database.writer


def numbers(found: list[ask.Receipt]) -> list[str]:
    return [row.number for row in found]


def test_the_newest_come_first_of_one_till_or_of_several(reader: Connection) -> None:
    assert numbers(ask.newest(reader, ["t1"], 2)) == ["1A-000003", "1A-000002"]
    assert numbers(ask.newest(reader, ["t1", "t2"], 3)) == ["2A-000002", "2A-000001", "1A-000003"]
    assert ask.newest(reader, ["t3"]) == []
    assert ask.newest(reader, []) == []


def test_a_number_finds_its_receipt_whatever_till_wrote_it(reader: Connection) -> None:
    (receipt,) = ask.by_number(reader, "1A-000002")
    assert (receipt.sale, receipt.total, receipt.item_count, receipt.till) == ("sale-1", gbp("3.20"), 1, "t1")
    assert ask.by_number(reader, "1A-000009") == []
    assert [row.till for row in ask.by_code(reader, " 2a-1 ")] == ["t2"]


def test_the_code_on_the_paper_finds_its_receipt(till: Station, reader: Connection) -> None:
    sale = ask.by_number(reader, "2A-000002")[0].sale
    assert numbers(ask.by_code(reader, sale.upper())) == ["2A-000002"]
    assert numbers(ask.by_code(reader, sale.replace("-", "ß"))) == ["2A-000002"], "a scanner with other keys"
    assert ask.by_code(reader, till.clock.new_id()) == []


def test_a_ticket_in_work_is_no_receipt_yet(till: Station, reader: Connection) -> None:
    sale = till.clock.new_id()
    till.do(till.add(sale))
    assert ask.by_code(reader, sale) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1A-000002", ["1A-000002"]),
        ("2", ["2A-000002", "2A-000001", "1A-000002"]),
        ("1a", ["1A-000003", "1A-000002", "1A-000001"]),
        ("00003", ["1A-000003"]),
        ("77", []),
        ("; DROP TABLE sale", []),
    ],
)
def test_part_of_a_number_finds_among_the_newest(reader: Connection, typed: str, found: list[str]) -> None:
    assert numbers(ask.find(reader, ["t1", "t2"], typed)) == found


def test_all_of_a_number_finds_beyond_the_tills_that_are_listed(reader: Connection) -> None:
    assert numbers(ask.find(reader, ["t1"], "2A-000001")) == ["2A-000001"]


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("1A-000099", True),
        ("2b-7", True),
        ("3A-000001", False),
        ("4006381333931", False),
        ("0193aaaa-bbbb-7ccc-8ddd-eeeeffff0000", True),
    ],
)
def test_what_can_only_be_a_receipt_is_told_from_goods(reader: Connection, text: str, is_so: bool) -> None:
    assert ask.is_of_receipt(reader, text) is is_so


_PLAN = "EXPLAIN QUERY PLAN SELECT total FROM sale WHERE"


def test_looking_up_a_code_reads_an_index(reader: Connection) -> None:
    for where in ("number = '1A-000001'", "(id = 'x' OR id BETWEEN 'x~' AND 'x~~') AND completed_ms IS NOT NULL"):
        plan = " ".join(str(row) for row in reader.rows(f"{_PLAN} {where}"))
        assert "SCAN" not in plan
