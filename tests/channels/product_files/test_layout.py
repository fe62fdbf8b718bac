"""Columns are found by name, however an export spells them this year."""

from __future__ import annotations

import pytest

from omsdesk.channels.product_files.layout import CERTAIN, Columns, nothing

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
