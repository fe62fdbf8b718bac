"""Whose export a file is, is told by its columns; a guess at anybody's table never beats a known system."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.channels.product_files.recognition import SYSTEMS, recognise
from omsdesk.channels.product_files.rows import ProductRow, RowProblem
from tests.channels.product_files.exports import read_export


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ("Handle,Title,Variant SKU,Variant Price", "shopify"),
        (" HANDLE , title,Option1  Value", "shopify"),
        ("ID,Type,SKU,Name,Published,Regular price,Parent", "woocommerce"),
        ("Reference Handle,Token,Item Name,Variation Name,SKU", "square"),
        ("External ID,Name,Internal Reference,Sales Price", "odoo"),
        ("id,name,default_code,list_price", "odoo"),
        ("code,product_name,brands", "open_food_facts"),
        ("barcode,name", "open_food_facts"),
        ("SKU,Name,Barcode,Price", "generic"),
        ("Title,Price", "generic"),
        ("Type,SKU,Name,Price", "generic"),
    ],
)
def test_a_file_is_recognised_by_its_columns(headers: str, name: str) -> None:
    best = recognise(headers.split(","), [])
    assert best.layout.name == name
    assert (best.score >= 0.6) == (name != "generic")


def test_a_table_that_nobody_knows_scores_nothing() -> None:
    assert recognise(["foo", "bar"], [["1", "2"]]).score == 0
    assert recognise([], []).score == 0


def test_every_layout_says_what_it_is_and_how_products_are_found_again() -> None:
    assert len({layout.name for layout in SYSTEMS}) == len(SYSTEMS)
    for layout in (*SYSTEMS, recognise(["name"], []).layout):
        assert layout.title
        assert layout.key_rule.startswith("A product is found again by ")


HEADERS = {
    "shopify": "Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant SKU,Variant Inventory Qty,Gift Card",
    "woocommerce": "ID,Type,SKU,Name,Regular price,Stock,Parent,Categories,Attribute 1 value(s),Tax class",
    "square": "Token,Item Name,Variation Name,Price,Archived,Enabled Here,Current Quantity Here,Tax - VAT (20%),GTIN",
    "odoo": "id,name,default_code,barcode,list_price,categ_id,uom_id,sale_ok,product_template_variant_value_ids",
    "open_food_facts": "code,product_name,product_name_fr,generic_name,quantity,brands,categories,image_url",
    "generic": "SKU,Name,Barcode,Pack barcode,Pack quantity,Price,Unit,Stock,Active,Description,Favourite",
}
CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12),
    st.sampled_from(["", "1", "-1.5", "1.234,50 €", "4006381333931", "4.00638E+12", "variable", "variation", "simple"]),
    st.sampled_from(
        ["TRUE", "no", "parent", "id:1", "A > B", "<p>x</p>", "'=1", "a, b\\, c", "Color: Red", "x\ny", '"']
    ),
)


@pytest.mark.parametrize("name", HEADERS)
@given(table=st.lists(st.lists(CELLS, min_size=11, max_size=11), min_size=1, max_size=5))
def test_whatever_stands_in_a_table_becomes_products_or_problems(name: str, table: list[list[str]]) -> None:
    headers = HEADERS[name].split(",")
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows(row[: len(headers)] for row in table)
    with tempfile.TemporaryDirectory() as folder:
        for row in read_export(Path(folder), name, text.getvalue().encode("utf-8", "replace").decode()):
            assert row.line > 1
            if isinstance(row, RowProblem):
                assert row.reason.endswith((".", "?"))
            else:
                assert isinstance(row, ProductRow)
                assert row.key
                assert row.name == row.name.strip() != ""
                assert row.price is None or row.price.minor >= 0
