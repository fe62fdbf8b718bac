"""From a file to product rows: what is repaired, what is warned about, what becomes a problem."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.channels.product_files.layouts.generic import guess_mapping
from omsdesk.channels.product_files.products import read_products
from omsdesk.channels.product_files.reader import UnreadableFile, open_file
from omsdesk.channels.product_files.recognition import recognise
from omsdesk.channels.product_files.rows import PackCode, ProductRow, RowProblem
from omsdesk.domain.values import ONE, Money, Quantity

HEADERS = "SKU;Name;EAN;Karton-EAN;VE-Menge;Preis;Einheit;Bestand;MwSt;Marke;Warengruppe;Aktiv\n"


def read(folder: Path, rows: str, headers: str = HEADERS) -> list[ProductRow | RowProblem]:
    path = folder / "products.csv"
    path.write_text(headers + rows, encoding="utf-8")
    sheet = open_file(path)
    return list(read_products(sheet, recognise(sheet.headers, sheet.sample).layout, "EUR"))


def product(folder: Path, row: str, headers: str = HEADERS) -> ProductRow:
    (read_row,) = read(folder, row, headers)
    assert isinstance(read_row, ProductRow)
    return read_row


def problem(folder: Path, row: str) -> RowProblem:
    (read_row,) = read(folder, row)
    assert isinstance(read_row, RowProblem)
    return read_row


def test_a_full_row_becomes_a_product(tmp_path: Path) -> None:
    row = "K-1;Käse;4006381333931;14006381333938;12;1.234,50 €;kg;7,5;19 %;Alm;Essen > Käse;nein\n"
    assert product(tmp_path, row) == ProductRow(
        line=2,
        key="sku:K-1",
        name="Käse",
        variant="",
        brand="Alm",
        sku="K-1",
        barcodes=(PackCode("4006381333931", ONE), PackCode("14006381333938", Quantity.of(12))),
        category="Essen > Käse",
        unit="kg",
        price=Money(123450, "EUR"),
        tax="19 %",
        is_sold=False,
        description="",
        image="",
        on_hand=Quantity.of("7.5"),
    )


def test_a_product_is_found_again_by_the_surest_thing_that_the_row_has(tmp_path: Path) -> None:
    headers = "id,name,variant,sku,barcode\n"
    assert product(tmp_path, "7,Tea,,T,4006381333931\n", headers).key == "id:7"
    assert product(tmp_path, ",Tea,,T,4006381333931\n", headers).key == "sku:T"
    assert product(tmp_path, ",Tea,,,036000291452\n", headers).key == "barcode:00036000291452"
    assert product(tmp_path, ",Tea,Mint,,\n", headers).key == "name:tea|mint"


def test_values_that_are_odd_but_harmless_are_warned_about(tmp_path: Path) -> None:
    odd = "K-1;Käse;36000291452,4006381333932;14006381333938;;1;Palette;viele;;;;\n"
    row, _ = read(tmp_path, odd + "K-2;Brot;;;;1;;5;;;;\n")
    assert isinstance(row, ProductRow)
    assert [code.code for code in row.barcodes] == ["036000291452", "4006381333932"]
    assert (row.unit, row.on_hand) == ("piece", None)
    zero, check, pack, unit, stock = row.warnings
    assert "lost its leading zero" in zero
    assert "wrong check digit" in check
    assert "does not say how many" in pack
    assert "“Palette” is not known" in unit
    assert "The stock was left out" in stock


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("K-1;;;;;1;;;;;;\n", "has no name"),
        ("K-1;Käse;;;;gratis;;;;;;\n", "“gratis” is not an amount in EUR"),
        ("K-1;Käse;;;;-1;;;;;;\n", "is negative"),
        ("K-1;Käse;;;;1,999;;;;;;\n", "more decimals than EUR has"),
        ("K-1;Käse;4,00638E+12;;;1;;;;;;\n", "Format the column as text"),
        ("1,5E+11;Käse;;;;1;;;;;;\n", "shortened the SKU"),
        ("K-1;Käse;;;;1;;;;;;;;zu viel\n", "14 values for 12 columns"),
    ],
)
def test_what_cannot_be_repaired_is_a_problem_with_line_reason_and_values(
    tmp_path: Path, row: str, reason: str
) -> None:
    (first, found) = read(tmp_path, "K-0;Brot;;;;1,20;;;;;;\n" + row)
    assert isinstance(first, ProductRow)
    assert isinstance(found, RowProblem)
    assert (found.line, list(found.values)) == (3, row.rstrip("\n").split(";"))
    assert reason in found.reason


def test_an_article_number_may_look_like_an_exponent(tmp_path: Path) -> None:
    assert product(tmp_path, "7E1;Käse;;;;1;;;;;;\n").sku == "7E1"


def test_a_missing_price_is_no_problem_because_a_person_can_type_it(tmp_path: Path) -> None:
    assert product(tmp_path, "K-1;Käse;;;;;;;;;;\n").price is None


def test_without_a_name_column_nothing_is_read_and_the_mapping_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("foo,bar\n1,2\n", encoding="utf-8")
    sheet = open_file(path)
    guess = recognise(sheet.headers, sheet.sample)
    assert guess.score == 0
    with pytest.raises(UnreadableFile, match="Choose the column"):
        list(read_products(sheet, guess.layout, "EUR"))


def test_a_person_may_change_the_mapping(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('foo,bar,baz\nTea,"1,50",9\n', encoding="utf-8")
    sheet = open_file(path)
    mapping = guess_mapping(sheet.headers, sheet.sample).with_column("name", 0).with_column("price", 1)
    (row,) = read_products(sheet, replace(mapping, mark=","), "EUR")
    assert isinstance(row, ProductRow)
    assert (row.name, row.price) == ("Tea", Money(150, "EUR"))


def test_reading_tells_how_far_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("name,price\n" + "Tea,1\n" * 3000, encoding="utf-8")
    sheet = open_file(path)
    seen: list[tuple[int, int]] = []
    layout = recognise(sheet.headers, sheet.sample).layout
    assert len(list(read_products(sheet, layout, "EUR", lambda read, total: seen.append((read, total))))) == 3000
    assert len(seen) > 2
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def most_memory(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        lines = (f"A-{number},Product number {number},{number % 500}.50\n" for number in range(rows))
        path.write_text("sku,name,price\n" + "".join(lines), encoding="utf-8")
        sheet = open_file(path)
        layout = recognise(sheet.headers, sheet.sample).layout
        tracemalloc.start()
        assert sum(isinstance(row, ProductRow) for row in read_products(sheet, layout, "EUR")) == rows
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    small, large = most_memory(2_000), most_memory(20_000)
    assert large < small + 300_000


def test_a_pack_is_scanned_as_many_pieces_and_never_twice_the_same_code(tmp_path: Path) -> None:
    row = product(tmp_path, "K-1;Käse;4006381333931;4006381333931,14006381333938;6;1;;;;;;\n")
    assert row.barcodes == (PackCode("4006381333931", ONE), PackCode("14006381333938", Quantity.of(6)))


def test_an_amount_is_read_by_the_decimal_mark_of_its_column(tmp_path: Path) -> None:
    first, _ = read(tmp_path, "K-1;Käse;;;;1.234;;1.500;;;;\nK-2;Brot;;;;1,20;;2;;;;\n")
    assert isinstance(first, ProductRow)
    assert (first.price, first.on_hand) == (Money(123400, "EUR"), Quantity.of(1500))


def test_prices_with_their_currency_are_prices(tmp_path: Path) -> None:
    for text in ("9,99 EUR", "EUR 9,99", "9,99 €", "€9,99"):
        assert product(tmp_path, f"K-1;Käse;;;;{text};;;;;;\n").price == Money(999, "EUR")
