"""Columns are found by name, however an export spells them this year."""

from __future__ import annotations

from pathlib import Path

import pytest

from omsdesk.channels.product_files.layout import CERTAIN, Columns, Layout, nothing, unused_words
from omsdesk.channels.product_files.products import unused_columns
from omsdesk.channels.product_files.reader import open_file
from omsdesk.channels.product_files.recognition import SYSTEMS, recognise

COLUMNS = Columns(["Item  Name", "PRICE", "price", "Tax - VAT (20%)", "Tax - Eat In", "Current Quantity Café"])
ROW = ["Tea", "1", "2", "Y", "N", "7"]


def test_case_and_spacing_do_not_matter_and_the_first_of_two_equal_names_counts() -> None:
    assert COLUMNS.find("item name") == 0
    assert COLUMNS.find("price") == 1
    assert COLUMNS.find("cost", "price") == 1
    assert COLUMNS.find("cost") is None


def test_a_cell_reads_its_column_out_of_a_row_and_a_missing_one_reads_nothing() -> None:
    assert COLUMNS.cell("price")(ROW) == "1"
    assert COLUMNS.cell("cost")(ROW) == ""
    assert COLUMNS.cell("cost") is nothing


def test_columns_that_carry_a_name_of_the_shop_are_found_by_how_they_start() -> None:
    assert COLUMNS.starting("tax - ") == (("VAT (20%)", 3), ("Eat In", 4))
    assert COLUMNS.starting("current quantity") == (("Café", 5),)
    assert COLUMNS.starting("new quantity") == ()


@pytest.mark.parametrize(
    ("needed", "usual", "score"),
    [
        ((("item name",), ("price", "cost")), ("price", "sku"), CERTAIN + (1 - CERTAIN) / 2),
        ((("item name",),), ("item name", "price"), 1.0),
        ((("item name",),), ("sku",), CERTAIN),
        ((("item name",), ("sku", "code")), ("item name", "price"), 0.0),
    ],
)
def test_a_layout_fits_if_all_it_needs_is_there_and_better_the_more_of_the_usual_is(
    needed: tuple[tuple[str, ...], ...], usual: tuple[str, ...], score: float
) -> None:
    assert COLUMNS.score(needed, usual) == pytest.approx(score)


def test_columns_that_nothing_reads_are_named(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Price,Shelf,,Weekday,line,reason\nMug,3,A,x,red,,\n", encoding="utf-8")
    sheet = open_file(path)
    assert unused_columns(sheet, recognise(sheet.headers, sheet.sample).layout) == ("Shelf", "Weekday")


@pytest.mark.parametrize("layout", SYSTEMS, ids=lambda layout: layout.name)
def test_every_known_export_tells_what_it_does_not_read(layout: Layout) -> None:
    columns = Columns(("Nobody knows this", "Name", "Title", "Handle"))
    next(layout.drafts(columns, ()), None)
    assert 0 not in columns.used


def test_few_names_are_said_and_the_rest_counted() -> None:
    assert unused_words(()) == ""
    assert unused_words(("A",)) == "Not used: “A”. What stands there stays out."
    assert unused_words(tuple("ABCDEFGH")).startswith("Not used: “A”, “B”, “C”, “D”, “E”, “F” and 2 more.")
