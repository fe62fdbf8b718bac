"""A product file becomes the catalogue of a shop, as often as one likes."""

from __future__ import annotations

import csv
import gzip
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.actions.import_catalogue import dry_run, import_catalogue, import_file, recognised
from omsdesk.actions.import_outcome import Summary, Watch
from omsdesk.actions.import_plan import Effect, PlannedRow
from omsdesk.actions.import_reading import BATCH, ProductFile
from omsdesk.actions.writer import Writer
from omsdesk.channels.product_files.layouts.open_food_facts import OpenFoodFacts
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.domain.catalogue import PackCode, ProductEdit, ProductsSaved, SaveProducts
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.shop import TaxWord
from omsdesk.domain.tax import Tax, TaxRate
from omsdesk.domain.values import ONE, Quantity, barcode_key
from omsdesk.store import journal
from omsdesk.store.queries import till as till_queries
from omsdesk.store.queries.catalogue import product_as_edit, product_by_source_key, product_count
from omsdesk.store.queries.search import search
from omsdesk.store.verify import verify
from tests.domain.corner_shop import NOON, SHOP, gbp
from tests.store.station import EAN, Station
from tests.stories.master_data import three_offices

HEADERS = ("sku", "name", "brand", "barcode", "category", "price", "tax", "stock", "unit", "favourite")
MUG = ("M1", "Mug", "Acme", "5449000000996", "Kitchen", "7.50", "standard", "12", "", "")
SPOON = ("S1", "Spoon", "", "96385074", "Kitchen", "1.20", "", "", "", "")


def product_file(path: Path, *rows: Sequence[str], headers: Sequence[str] = HEADERS) -> Path:
    """Write a file as a spreadsheet program would."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *rows])
    return path


def many(count: int) -> list[tuple[str, ...]]:
    return [(f"N{n}", f"Thing {n}", "", "", "Things", "1.00", "", "", "", "") for n in range(count)]


def run(till: Station, path: Path, watch: Watch | None = None, *, actor: str = SYSTEM) -> Summary:
    return import_catalogue(till.executor, actor, recognised(path, SHOP), watch)


def known(till: Station, key: str) -> ProductEdit:
    """What the catalogue knows of the product that came from a row of a plain table."""
    found = product_as_edit(till.database.writer, product_by_source_key(till.database.writer, f"generic:{key}"))
    assert found is not None, key
    return found


def facts(till: Station, after: int) -> list[ProductsSaved]:
    entries = journal.since(till.database.writer, after)
    return [entry.fact for entry in entries if isinstance(entry.fact, ProductsSaved)]


def counts(summary: Summary) -> tuple[int, int, int, int]:
    return summary.new, summary.changed, summary.unchanged, summary.problem_count


# --- what a row becomes -----------------------------------------------------------------------------------------------


def test_a_row_becomes_a_product_that_can_be_sold_at_once(till: Station, tmp_path: Path) -> None:
    summary = import_file(till.executor, SYSTEM, product_file(tmp_path / "p.csv", MUG, SPOON), SHOP)
    assert counts(summary) == (2, 0, 0, 0)
    assert summary.sentence == "2 new products, 0 changed, 0 as they were."
    assert summary.error_file is None
    mug = till_queries.product_by_barcode(till.database.writer, "5449000000996", SHOP, NOON.day)
    assert mug is not None
    assert (mug.article.name, mug.article.category, mug.article.sku) == ("Mug", "Kitchen", "M1")
    assert mug.article.prices[0].price == gbp("7.50")
    assert [tax.name for tax in mug.article.taxes] == ["VAT"]
    assert till_queries.on_hand(till.database.writer, mug.article.product, SHOP) == Quantity.of(12)
    assert [hit.name for hit in search(till.database.writer, "acme mu")] == ["Mug"]
    till.sell("sale-1", mug.article.product)


def test_what_the_file_does_not_say_is_left_to_the_shop(till: Station, tmp_path: Path) -> None:
    run(till, product_file(tmp_path / "p.csv", SPOON))
    spoon = known(till, "sku:S1")
    assert spoon.tax_category == "standard"
    assert till_queries.on_hand(till.database.writer, spoon.product, SHOP) is None
    run(till, product_file(tmp_path / "q.csv", ("X1", "Free sample", "", "", "", "", "", "", "", "")))
    assert known(till, "sku:X1").price is None


def test_units_favourites_and_negative_stock_come_over(till: Station, tmp_path: Path) -> None:
    row = ("A1", "Pears", "", "", "Fruit", "2.20", "standard", "-3", "kg", "yes")
    file = recognised(product_file(tmp_path / "p.csv", row), SHOP)
    import_catalogue(till.executor, SYSTEM, file)
    pears = known(till, "sku:A1")
    assert pears.unit == "kg"
    assert till_queries.on_hand(till.database.writer, pears.product, SHOP) == Quantity.of(-3)


def test_the_demo_products_come_with_their_favourites(till: Station) -> None:
    path = Path(__file__).parents[2] / "resources" / "demo" / "products.csv"
    summary = import_file(till.executor, SYSTEM, path, SHOP)
    assert (summary.new, summary.problem_count) == (summary.row_count, 0)
    tiles = till_queries.favourite_tiles(till.database.writer, SHOP, NOON.day)
    assert tiles[0].name == "White Hanging Heart T-Light Holder"
    assert len(tiles) == 16


def test_a_case_is_a_barcode_with_a_quantity(till: Station, tmp_path: Path) -> None:
    headers = ("sku", "name", "barcode", "case barcode", "units per case", "price")
    row = ("W1", "Water", "5449000000996", "15449000000993", "6", "0.90")
    run(till, product_file(tmp_path / "p.csv", row, headers=headers))
    found = till_queries.product_by_barcode(till.database.writer, "15449000000993", SHOP, NOON.day)
    assert found is not None
    assert found.pack == Quantity.of(6)


# --- again ------------------------------------------------------------------------------------------------------------


def test_the_same_file_again_writes_nothing(till: Station, tmp_path: Path) -> None:
    path = product_file(tmp_path / "p.csv", MUG, SPOON)
    run(till, path)
    before = journal.last_position(till.database.writer)
    assert counts(run(till, path)) == (0, 0, 2, 0)
    assert journal.last_position(till.database.writer) == before


def test_only_what_changed_is_written(till: Station, tmp_path: Path) -> None:
    run(till, product_file(tmp_path / "p.csv", MUG, SPOON))
    before = journal.last_position(till.database.writer)
    dearer = (*MUG[:5], "8.00", *MUG[6:])
    assert counts(run(till, product_file(tmp_path / "p.csv", dearer, SPOON))) == (0, 1, 1, 0)
    ((edit,),) = [fact.edits for fact in facts(till, before)]
    assert edit.said == ("price",)
    assert edit.base == 1
    assert known(till, "sku:M1").price == gbp("8.00")


def test_what_the_file_leaves_empty_clears_nothing(till: Station, tmp_path: Path) -> None:
    run(till, product_file(tmp_path / "p.csv", MUG))
    mug = known(till, "sku:M1")
    till.do(SaveProducts("by-hand", (replace(mug, unit="kg", description="Blue"),)))
    run(till, product_file(tmp_path / "p.csv", ("M1", "Mug, large", "", "", "", "", "", "99", "", "")))
    after = known(till, "sku:M1")
    assert after == replace(mug, base=after.base, name="Mug, large", unit="kg", description="Blue")
    assert till_queries.on_hand(till.database.writer, mug.product, SHOP) == Quantity.of(12), "stock is counted, not set"


def test_a_barcode_is_added_to_those_that_a_product_has(till: Station, tmp_path: Path) -> None:
    run(till, product_file(tmp_path / "p.csv", MUG))
    run(till, product_file(tmp_path / "p.csv", (*MUG[:3], "4012345678901", *MUG[4:])))
    assert {pack.code for pack in known(till, "sku:M1").barcodes or ()} == {
        barcode_key("5449000000996"),
        barcode_key("4012345678901"),
    }


def test_a_product_that_was_typed_in_by_hand_is_known_by_its_barcode(till: Station, tmp_path: Path) -> None:
    count = product_count(till.database.writer)
    row = ("K-9", "Coffee, ground", "Acme", EAN, "", "3.50", "", "5", "", "")
    assert counts(run(till, product_file(tmp_path / "p.csv", row))) == (0, 1, 0, 0)
    assert product_count(till.database.writer) == count
    coffee = known(till, "sku:K-9")
    assert (coffee.product, coffee.name, coffee.sku) == ("coffee", "Coffee, ground", "K-9")
    assert {pack.code for pack in coffee.barcodes or ()} == {barcode_key(EAN), "BOX"}
    assert counts(run(till, product_file(tmp_path / "p.csv", row))) == (0, 0, 1, 0)


def test_a_product_that_the_file_takes_off_sale_is_not_sold(till: Station, tmp_path: Path) -> None:
    headers = ("sku", "name", "price", "active")
    run(till, product_file(tmp_path / "p.csv", ("M1", "Mug", "7.50", "yes"), headers=headers))
    run(till, product_file(tmp_path / "p.csv", ("M1", "Mug", "7.50", "no"), headers=headers))
    assert known(till, "sku:M1").is_sold is False
    assert search(till.database.writer, "mug") == []
    run(till, product_file(tmp_path / "p.csv", ("M1", "Mug", "7.50", "yes"), headers=headers))
    assert known(till, "sku:M1").is_sold is True


def test_of_two_rows_with_one_key_the_last_one_counts(till: Station, tmp_path: Path) -> None:
    rows = [MUG, *many(3), (*MUG[:5], "9.00", *MUG[6:])]
    run(till, product_file(tmp_path / "p.csv", *rows))
    assert known(till, "sku:M1").price == gbp("9.00")
    far = [("M2", *MUG[1:3], "", *MUG[4:]), *many(BATCH), ("M2", *MUG[1:3], "", MUG[4], "9.50", *MUG[6:])]
    assert counts(run(till, product_file(tmp_path / "p.csv", *far))) == (BATCH - 2, 1, 3, 0)
    assert known(till, "sku:M2").price == gbp("9.50")


# --- barcodes that belong to others -----------------------------------------------------------------------------------


def test_a_barcode_of_another_import_stays_with_its_product(till: Station, tmp_path: Path) -> None:
    run(till, product_file(tmp_path / "p.csv", MUG))
    thief = ("T1", "Thief", *MUG[2:])
    path = product_file(tmp_path / "thief.csv", thief, SPOON)
    summary = run(till, path)
    assert counts(summary) == (2, 0, 0, 0)
    assert not known(till, "sku:T1").barcodes
    assert known(till, "sku:M1").barcodes == (PackCode(barcode_key("5449000000996"), ONE),)
    assert [(remark.line, "“Mug”" in remark.sentence) for remark in summary.remarks] == [(2, True)]
    assert summary.error_file == tmp_path / "thief-problems.csv"
    with summary.error_file.open(encoding="utf-8-sig", newline="") as file:
        headers, row = csv.reader(file)
    assert row[: len(HEADERS)] == list(thief)
    assert dict(zip(headers, row, strict=True))["line"] == "2"


@pytest.mark.parametrize("distance", [0, BATCH])
def test_two_rows_of_one_file_never_share_a_barcode(till: Station, tmp_path: Path, distance: int) -> None:
    rows = [MUG, *many(distance), ("T1", "Thief", *MUG[2:])]
    path = product_file(tmp_path / "p.csv", *rows)
    rehearsed = dry_run(till.database.writer, recognised(path, SHOP), NOON.day).summary
    summary = run(till, path)
    assert counts(summary) == counts(rehearsed) == (distance + 2, 0, 0, 0)
    assert summary.remark_count == rehearsed.remark_count == 1
    assert not known(till, "sku:T1").barcodes
    owners = till.database.writer.rows("SELECT code, count(*) FROM barcode GROUP BY code HAVING count(*) > 1")
    assert owners == []


# --- taxes ------------------------------------------------------------------------------------------------------------


def test_words_for_taxes_are_understood_or_chosen_by_a_person(till: Station, tmp_path: Path) -> None:
    reduced = TaxRate("reduced", Tax("R", "VAT", 50_000))
    shop = replace(SHOP, tax_rates=(*SHOP.tax_rates, reduced))
    words = ("standard", "R", "5%", "VAT 20 %", "Books", "whatever", "")
    rows = [(f"T{n}", f"Thing {n}", "", "", "", "1.00", word, "", "", "") for n, word in enumerate(words)]
    file = replace(recognised(product_file(tmp_path / "p.csv", *rows), shop), tax_categories={"books": "reduced"})
    summary = import_catalogue(till.executor, SYSTEM, file)
    assert [known(till, f"sku:T{n}").tax_category for n in range(len(words))] == [
        "standard", "reduced", "reduced", "standard", "reduced", "standard", "standard",
    ]  # fmt: skip
    assert [remark.sentence for remark in summary.remarks] == [
        "The tax “whatever” is not known here. New products with it are taxed as standard."
    ]


def test_without_any_taxes_a_word_for_one_is_told_so(till: Station, tmp_path: Path) -> None:
    file = recognised(
        product_file(tmp_path / "p.csv", ("T1", "Thing", "", "", "", "1.00", "standard", "", "", "")),
        replace(SHOP, tax_rates=()),
    )
    preview = dry_run(till.database.writer, file, NOON.day)
    assert [remark.sentence for remark in preview.summary.remarks] == [
        "The tax “standard” is not known: no taxes are set up here yet."
    ]


def test_words_that_somebody_assigned_once_are_known(till: Station, tmp_path: Path) -> None:
    shop = replace(SHOP, tax_words=(TaxWord("Books", "standard"), TaxWord("gone", "no such category")))
    rows = [(f"T{n}", f"Thing {n}", "", "", "", "1.00", word, "", "", "") for n, word in enumerate(("books", "gone"))]
    preview = dry_run(till.database.writer, recognised(product_file(tmp_path / "p.csv", *rows), shop), NOON.day)
    assert preview.unknown_taxes == ["gone"]


# --- problems ---------------------------------------------------------------------------------------------------------


def test_rows_with_problems_are_left_out_and_kept_for_correction(till: Station, tmp_path: Path) -> None:
    bad = (*SPOON[:5], "cheap", *SPOON[6:])
    path = product_file(tmp_path / "p.csv", MUG, bad)
    summary = run(till, path)
    assert counts(summary) == (1, 0, 0, 1)
    assert "1 row has problems" in summary.sentence
    assert summary.error_file is not None
    corrected = summary.error_file.read_text("utf-8-sig").replace("cheap", "1.20")
    (tmp_path / "again.csv").write_text(corrected, "utf-8")
    assert counts(run(till, tmp_path / "again.csv")) == (1, 0, 0, 0)
    assert known(till, "sku:S1").price == gbp("1.20")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody can write to")
def test_a_folder_that_cannot_be_written_loses_no_product(till: Station, tmp_path: Path) -> None:
    descriptor = os.open(product_file(tmp_path / "p.csv", MUG, (*SPOON[:1], "", *SPOON[2:])), os.O_RDONLY)
    try:
        summary = run(till, Path(f"/proc/self/fd/{descriptor}"))
    finally:
        os.close(descriptor)
    assert counts(summary) == (1, 0, 0, 1)
    assert summary.error_file is None
    assert "cannot be saved" in summary.remarks[0].sentence


def test_a_file_that_breaks_off_keeps_what_came_before(till: Station, tmp_path: Path) -> None:
    path = tmp_path / "p.csv.gz"
    path.write_bytes(gzip.compress(product_file(tmp_path / "p.csv", *many(8 * BATCH)).read_bytes()))
    file = recognised(path, SHOP)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    summary = import_catalogue(till.executor, SYSTEM, file)
    assert summary.new >= BATCH
    assert summary.new % BATCH == 0
    assert summary.stopped.endswith("What was imported until then stays.")
    assert product_count(till.database.writer) == summary.new + 4


def test_who_may_not_edit_the_catalogue_imports_nothing(till: Station, tmp_path: Path) -> None:
    before = journal.last_position(till.database.writer)
    summary = run(till, product_file(tmp_path / "p.csv", MUG), actor="cara")
    assert summary.row_count == 0
    assert "Cara Cashier may not change products and prices" in summary.stopped
    assert journal.last_position(till.database.writer) == before


def test_a_full_disk_stops_the_import_and_keeps_what_is_on_it(till: Station, tmp_path: Path) -> None:
    path = product_file(tmp_path / "p.csv", *many(4 * BATCH))
    pages = till.database.writer.value("PRAGMA page_count")
    till.database.writer.row(f"PRAGMA max_page_count={pages + 200}")
    summary = run(till, path)
    assert "disk is full" in summary.stopped
    assert 0 < summary.new < 4 * BATCH
    assert product_count(till.database.writer) == summary.new + 4
    till.database.writer.row("PRAGMA max_page_count=1000000000")
    assert counts(run(till, path)) == (4 * BATCH - summary.new, 0, summary.new, 0)


# --- on the way -------------------------------------------------------------------------------------------------------


def test_each_thousand_rows_are_one_entry_and_progress_is_told(till: Station, tmp_path: Path) -> None:
    before = journal.last_position(till.database.writer)
    heard: list[tuple[int, int, int]] = []
    path = product_file(tmp_path / "p.csv", *many(2 * BATCH + 500))
    run(till, path, Watch(progress=lambda *said: heard.append(said)))
    assert [len(fact.edits) for fact in facts(till, before)] == [BATCH, BATCH, 500]
    assert facts(till, before)[0].source == "p.csv"
    assert [rows for rows, _, _ in heard] == [BATCH, 2 * BATCH, 2 * BATCH + 500]
    assert all(0 <= read <= total == path.stat().st_size for _, read, total in heard)
    assert heard[-1][1] == heard[-1][2]
    assert list(journal.broken_links(till.database.writer)) == []


def test_a_stopped_import_keeps_its_batches_and_goes_on_next_time(till: Station, tmp_path: Path) -> None:
    path = product_file(tmp_path / "p.csv", *many(3 * BATCH))
    rows_done: list[int] = []
    watch = Watch(progress=lambda rows, _read, _total: rows_done.append(rows), is_cancelled=lambda: bool(rows_done))
    summary = run(till, path, watch)
    assert counts(summary) == (BATCH, 0, 0, 0)
    assert "stays" in summary.stopped
    assert product_count(till.database.writer) == BATCH + 4
    assert counts(run(till, path)) == (2 * BATCH, 0, BATCH, 0)


def test_the_stores_own_thread_may_write_while_this_one_reads(till: Station, tmp_path: Path) -> None:
    writer = Writer(till.executor)
    path = product_file(tmp_path / "p.csv", MUG, *many(3 * BATCH), ("T1", "Thief", *MUG[2:]))
    try:
        summary = import_catalogue(till.executor, SYSTEM, recognised(path, SHOP), submit=writer.submit)
    finally:
        writer.close()
    assert counts(summary) == (3 * BATCH + 2, 0, 0, 0)
    assert summary.remark_count == 1
    assert product_count(till.database.writer) == 3 * BATCH + 6


def test_a_barcode_that_was_given_away_meanwhile_is_found_out(till: Station, tmp_path: Path) -> None:
    file = recognised(product_file(tmp_path / "p.csv", MUG), SHOP)
    executor, is_given = till.executor, False

    def race(actor: str, *commands: object) -> object:
        nonlocal is_given
        if not is_given:
            is_given = True
            rival = ProductEdit("rival", name="Rival", source_key="x:1", barcodes=(PackCode(barcode_key(MUG[3])),))
            till.do(SaveProducts("rival", (rival,)))
        return Writer(executor).submit(actor, *commands)  # type: ignore[arg-type]

    summary = import_catalogue(executor, SYSTEM, file, submit=race)  # type: ignore[arg-type]
    assert counts(summary) == (1, 0, 0, 0)
    assert not known(till, "sku:M1").barcodes
    assert "“Rival”" in summary.remarks[0].sentence


def test_a_code_that_another_product_has_too_is_not_refused_to_whoever_has_it(tmp_path: Path) -> None:
    here, there, _ = three_offices(tmp_path)
    run(here, product_file(tmp_path / "p.csv", MUG))
    rival = ProductEdit("a-rival", name="Rival", barcodes=(PackCode(barcode_key(MUG[3])),))
    there.do(SaveProducts("rival", (rival,)))
    here.hear(there.letters())
    assert [row.noun for row in here.conflicts()] == ["barcode"]
    summary = run(here, product_file(tmp_path / "p.csv", (*MUG[:1], "Beaker", *MUG[2:])))
    assert (counts(summary), summary.remark_count) == ((0, 1, 0, 0), 0)
    assert known(here, "sku:M1").barcodes == (PackCode(barcode_key(MUG[3])),)


def test_what_was_imported_follows_from_the_journal_alone(till: Station, tmp_path: Path) -> None:
    run(till, product_file(tmp_path / "p.csv", MUG, SPOON, *many(BATCH)))
    run(till, product_file(tmp_path / "p.csv", (*MUG[:1], "Beaker", *MUG[2:]), SPOON))
    till.close()
    assert verify(till.path).is_sound


# --- rehearsal --------------------------------------------------------------------------------------------------------


def test_a_rehearsal_tells_everything_and_writes_nothing(till: Station, tmp_path: Path) -> None:
    run(till, product_file(tmp_path / "old.csv", MUG, SPOON))
    rows = [
        (*MUG[:5], "8.00", *MUG[6:]),
        SPOON,
        ("N", "New one", "", "", "", "cheap", "", "", "", ""),
        *many(2 * BATCH),
        ("N5", "Thing 5", "", "", "Things", "2.00", "", "", "", ""),
    ]
    path = product_file(tmp_path / "p.csv", *rows)
    before = till.path.read_bytes()
    preview = dry_run(till.database.reader(), recognised(path, SHOP), NOON.day)
    assert till.path.read_bytes() == before
    assert counts(preview.summary) == (2 * BATCH, 2, 1, 1)
    first, second, third, fourth = preview.rows[:4]
    assert isinstance(first, PlannedRow)
    assert (first.effect, first.changes) == (Effect.CHANGED, ("price",))
    assert isinstance(second, PlannedRow)
    assert second.effect is Effect.UNCHANGED
    assert isinstance(third, RowProblem)
    assert isinstance(fourth, PlannedRow)
    assert fourth.effect is Effect.NEW
    assert len(preview.rows) == 50
    assert counts(run(till, path)) == counts(preview.summary)


def test_a_rehearsal_can_be_stopped(till: Station, tmp_path: Path) -> None:
    file = recognised(product_file(tmp_path / "p.csv", *many(3 * BATCH)), SHOP)
    preview = dry_run(till.database.writer, file, NOON.day, Watch(is_cancelled=lambda: True))
    assert preview.summary.row_count == BATCH
    assert preview.summary.stopped


def test_another_layout_may_be_chosen_than_the_one_that_was_recognised(till: Station, tmp_path: Path) -> None:
    path = product_file(tmp_path / "p.csv", ("4012345678901", "Muesli"), headers=("code", "product_name"))
    file = ProductFile(recognised(path, SHOP).sheet, OpenFoodFacts(), SHOP)
    import_catalogue(till.executor, SYSTEM, file)
    found = till_queries.product_by_barcode(till.database.writer, "4012345678901", SHOP, NOON.day)
    assert found is not None
    key = product_as_edit(till.database.writer, found.article.product)
    assert key is not None
    assert key.source_key == "open_food_facts:barcode:04012345678901"
