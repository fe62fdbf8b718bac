"""Anybody's headers, in five languages, are understood; near misses that would do harm are not taken."""

from __future__ import annotations

import pytest

from omsdesk.channels.product_files.layouts.generic import FIELDS, guess_mapping
from omsdesk.channels.product_files.layouts.synonyms import SYNONYMS, folded


def guessed(headers: str, *rows: str) -> dict[str, str]:
    names = headers.split(";")
    mapping = guess_mapping(names, [row.split(";") for row in rows])
    return {field: names[at] for field, at in mapping.columns.items()}


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ("SKU;Product Name;Barcode;Price;Category;Stock", "sku name codes price category on_hand"),
        ("Artikelnummer;Bezeichnung;EAN;VK-Preis;Warengruppe;Bestand", "sku name codes price category on_hand"),
        ("Référence;Désignation;Code-barres;Prix TTC;Famille;Stock", "sku name codes price category on_hand"),
        ("Referencia;Nombre;Código de barras;PVP;Categoría;Existencias", "sku name codes price category on_hand"),
        (
            "Código;Nome do produto;Código de barras;Preço de venda;Categoria;Estoque",
            "sku name codes price category on_hand",
        ),
        ("StockCode;Description;Quantity;UnitPrice", "sku name on_hand"),
        ("Artikel-Nr.;Artikel;Einheit;MwSt.-Satz;Marke;Größe", "sku name unit tax brand variant"),
        ("Item ID;Item;Description;Image URL;Favourite", "id name description image favourite"),
    ],
)
def test_headers_are_understood(headers: str, fields: str) -> None:
    names = headers.split(";")
    found = guessed(headers)
    assert [field for name in names for field in FIELDS if found.get(field) == name] == fields.split()


def test_costs_old_prices_and_reorder_levels_are_not_taken_for_the_price_and_the_stock() -> None:
    found = guessed("Name;Einkaufspreis;Preis alt;Verkaufspreis brutto;Mindestbestand;Lagerbestand")
    assert found == {"name": "Name", "price": "Verkaufspreis brutto", "on_hand": "Lagerbestand"}


def test_contents_tell_what_names_do_not() -> None:
    rows = ("Tea;4006381333931;1,50;Tin", "Mug;036000291452;4,00;Box")
    assert guessed("Name;Code;Price;Unit price", *rows)["codes"] == "Code"
    assert guessed("Name;Code;Price;Unit price", *rows)["price"] == "Price"
    assert "price" not in guessed("Name;Price", "Tea;on request", "Mug;on request")


def test_only_the_id_itself_is_an_id() -> None:
    assert "id" not in guessed("Name;Category ID;Vendor ID")


def test_a_table_with_descriptions_only_is_named_by_them() -> None:
    assert guessed("Code;Description;Price")["name"] == "Description"
    assert guessed("Name;Description")["description"] == "Description"


def test_the_decimal_mark_is_guessed_with_the_price_column() -> None:
    assert guess_mapping(["Name", "Preis"], [["Tee", "1,50"], ["Kanne", "1.299,00"]]).mark == ","
    assert guess_mapping(["Name", "Price"], [["Tea", "1.50"]]).mark == "."


def test_headers_are_compared_without_case_accents_and_signs() -> None:
    assert folded(" Código_de-BARRAS* ") == "codigo de barras"
    assert folded("Größe") == "grosse"
    for field, names in SYNONYMS.items():
        assert list(names) == [folded(name) for name in names], field
