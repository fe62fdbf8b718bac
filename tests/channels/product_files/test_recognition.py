"""Whose export a file is, is told by its columns; a guess at anybody's table never beats a known system."""

from __future__ import annotations

import pytest

from omsdesk.channels.product_files.recognition import SYSTEMS, recognise


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
