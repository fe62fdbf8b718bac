"""Square's item library: variations by token, stock of all locations, taxes as columns, prices named at the till."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from omsdesk.domain.values import Money, Quantity
from tests.channels.product_files.exports import products, read_export, read_file

HEADERS = (
    "Token,Item Name,Variation Name,SKU,Description,Categories,Reporting Category,GTIN,Item Type,Price,"
    "Online Sale Price,Archived,Sellable,Stockable,Option Name 1,Option Value 1,Unit and Precision,"
    "Enabled High Street,Current Quantity High Street,New Quantity High Street,Stock Alert Enabled High Street,"
    "Price High Street,Enabled Market,Current Quantity Market,New Quantity Market,Tax - VAT (20%),Tax - Eat In (5%)\n"
)
ROWS = (
    'XA63,Candle,Small,C-S,<p>Soy</p>,"Home > Light, Gifts",,4006381333931,Physical good,12.00,,N,,,Size,'
    "Small,,Y,10,,N,,Y,4,,Y,N\n"
    "XB64,Candle,Large,C-L,,Home > Light,Seasonal,,Physical good,18.5,,N,,,Size,Large,,Y,2.5,,N,,N,,,Y,Y\n"
    "XC65,Coffee,Regular,,,Drinks,,,Prepared food and beverage,variable,,N,N,,,,Kilogram (kg) .000,N,,,,,N,,,,\n"
    'XD66,Old Mug,,,,,,,Physical good,"$4,250.00",,Y,,,,,,Y,lots,,,,,,,,\n'
)


def test_every_row_is_a_variation(tmp_path: Path) -> None:
    small, large, coffee, old = products(read_export(tmp_path, "square", HEADERS + ROWS, "USD"))
    assert (small.key, small.name, small.variant, small.sku) == ("square:XA63", "Candle", "Small", "C-S")
    assert (small.category, small.price, small.on_hand) == ("Home > Light", Money(1200, "USD"), Quantity.of(14))
    assert (small.tax, large.tax, coffee.tax) == ("VAT (20%)", "VAT (20%), Eat In (5%)", "")
    assert (large.category, large.on_hand) == ("Seasonal", Quantity.of("2.5"))
    assert (coffee.variant, coffee.price, coffee.unit, coffee.is_sold) == ("", None, "kg", False)
    assert (old.price, old.is_sold, old.on_hand) == (Money(425000, "USD"), False, None)
    assert "The stock was left out" in old.warnings[0]


def test_the_workbook_with_its_title_row_is_recognised(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Items"])  # type: ignore[union-attr]
    book.active.append(["Token", "Item Name", "Variation Name", "SKU", "GTIN", "Price", "Categories"])  # type: ignore[union-attr]
    book.active.append(["T1", "Tea", "Regular", "T", 4006381333931, 2.5, "Drinks"])  # type: ignore[union-attr]
    book.save(tmp_path / "catalog.xlsx")
    (tea,) = products(read_file(tmp_path / "catalog.xlsx", "square", "GBP"))
    assert (tea.line, tea.name, tea.price) == (3, "Tea", Money(250, "GBP"))


def test_a_library_that_was_never_in_square_goes_by_sku(tmp_path: Path) -> None:
    headers = "Token,Item Name,Variation Name,SKU,Description,Category,Price,Current Quantity\n"
    (tea,) = products(read_export(tmp_path, "square", headers + ",Tea,Regular,T-1,,Drinks,2.5,7\n"))
    assert (tea.key, tea.category, tea.on_hand) == ("sku:T-1", "Drinks", Quantity.of(7))
