"""Products go out into a file and come back: traits and all, known again, and bad cells told with their line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from omsdesk.actions.export_catalogue import export_products
from omsdesk.actions.import_catalogue import import_file
from omsdesk.actions.import_outcome import Summary
from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.values import Quantity, barcode_key
from omsdesk.store.queries.catalogue import product_as_edit
from omsdesk.store.queries.till import product_by_sku
from tests.domain.corner_shop import NOON, SHOP, gbp
from tests.store.station import Station

BOTTLE = ProductEdit(
    "bottle", name="Bottle", sku="PF-25", price=gbp("0.25"), tax_category="standard", is_deposit=True, is_sold=True
)
BEER = ProductEdit(
    "beer", name="Beer", variant="0.5 L", brand="Brau", sku="B-1", category="Drinks > Beer", price=gbp("1.20"),
    tax_category="standard", source_key="shopify:7", age=16, minimum_price=gbp("0.90"), deposit="bottle", asks_lot=True,
    barcodes=(PackCode(barcode_key("96385074")), PackCode(barcode_key("5449000000996"), Quantity.of(20))),
)  # fmt: skip
PHONE = ProductEdit("phone", name="Phone", price=gbp("99.00"), unit="piece", asks_serial=True, is_divisible=False)


@pytest.fixture
def shop(till: Station) -> Station:
    till.do(SaveProducts("made", (BOTTLE, BEER, PHONE)))
    return till


def take(shop: Station, path: Path) -> Summary:
    return import_file(shop.executor, SYSTEM, path, SHOP)


def test_what_was_written_changes_nothing_when_it_comes_back(shop: Station, tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    count = export_products(shop.database.writer, path)
    summary = take(shop, path)
    assert (summary.new, summary.changed, summary.unchanged, summary.problem_count) == (0, 0, count, 0)
    assert summary.remarks == []


def test_what_is_changed_in_the_table_is_changed_in_the_shop_and_nothing_else(shop: Station, tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    export_products(shop.database.writer, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    beer = next(row for row in rows if row["Name"] == "Beer")
    assert (beer["Sold from age"], beer["Minimum price"], beer["Deposit sku"], beer["Lot asked"]) == (
        "16", "0.90", "PF-25", "yes",
    )  # fmt: skip
    beer["Sold from age"], beer["Lot asked"] = "18", "no"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert take(shop, path).changed == 1
    known = product_as_edit(shop.database.writer, "beer")
    assert known is not None
    assert (known.age, known.asks_lot, known.deposit, known.minimum_price) == (18, False, "bottle", gbp("0.90"))
    assert known.source_key == "shopify:7", "its own system still knows it"
    assert known.barcodes is not None
    assert sorted(pack.quantity.micro for pack in known.barcodes) == [1_000_000, 20_000_000]


def test_another_shop_gets_them_with_their_deposits_wherever_these_stand(till: Station, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(
        "Name,SKU,Price,Deposit SKU,Is deposit,Minimum age,Serial number asked\n"
        "Wine,W-1,5.00,PF-8,,18,\nWine bottle,PF-8,0.08,,yes,,\nRadio,R-1,20.00,,,,yes\n",
        encoding="utf-8",
    )
    assert take(till, path).new == 3
    reader = till.database.writer
    wine, bottle = (product_by_sku(reader, sku, SHOP, NOON.day) for sku in ("W-1", "PF-8"))
    assert wine is not None
    assert bottle is not None
    assert (wine.article.traits.deposit, wine.article.traits.age) == (bottle.article.product, 18)
    assert bottle.article.traits.is_deposit
    radio = product_by_sku(reader, "R-1", SHOP, NOON.day)
    assert radio is not None
    assert radio.article.traits.asks_serial
    assert take(till, path).unchanged == 3


def test_cells_that_cannot_be_understood_are_told_with_their_line(till: Station, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        "Name,SKU,Price,Deposit SKU,Minimum age\nRum,A-1,5.00,,adult\nGin,A-2,5.00,NONE,18\nTea,A-3,2.00,,\n",
        encoding="utf-8",
    )
    summary = take(till, path)
    assert (summary.new, summary.problem_count) == (2, 1)
    assert summary.error_file is not None
    with summary.error_file.open(encoding="utf-8-sig", newline="") as file:
        told = [(row["line"], row["reason"]) for row in csv.DictReader(file)]
    assert ("2", "“adult” is no age. Write it in years, such as 18.") in told
    lacking = "There is no deposit with the SKU or barcode “NONE”. The product was imported without it."
    assert ("3", lacking) in told


def test_a_folder_that_takes_nothing_is_said(till: Station, tmp_path: Path) -> None:
    assert "cannot be written" in str(export_products(till.database.writer, tmp_path / "no" / "products.csv"))
