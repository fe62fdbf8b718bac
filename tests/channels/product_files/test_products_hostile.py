"""Files that hurried people export and malicious people make: products, problems or one sentence, and always soon."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.channels.product_files.errors import ErrorFile, UnwritableFolder
from omsdesk.channels.product_files.products import LONGEST_NAME, read_products
from omsdesk.channels.product_files.reader import open_file
from omsdesk.channels.product_files.recognition import recognise
from omsdesk.channels.product_files.rows import ProductRow, RowProblem
from omsdesk.channels.product_files.source import UnreadableFile
from tests.stories.small_disk import disk, fill, read_only

HEAD = "name,sku,barcode,price,stock,description,favourite\n"
TEA = "4006381333931"
SOON = 5.0
"""Seconds; what is not linear in the size of these files takes minutes."""

Cells = list[list[Any]]


def read(folder: Path, content: bytes | str, name: str = "products.csv", currency: str = "EUR") -> list[Any]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    start = time.process_time()
    sheet = open_file(path)
    rows = list(read_products(sheet, recognise(sheet.headers, sheet.sample).layout, currency))
    assert time.process_time() - start < SOON
    return rows


def workbook(fill_in: Callable[[Any], None]) -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    fill_in(book.active)
    book.save(data)
    return data.getvalue()


def read_cells(folder: Path, cells: Cells, change: Callable[[Any], None] = lambda _: None) -> list[Any]:
    def fill_in(sheet: Any) -> None:
        for row in cells:
            sheet.append(row)
        change(sheet)

    return read(folder, workbook(fill_in), "products.xlsx")


def product(row: Any) -> ProductRow:
    assert isinstance(row, ProductRow), row
    return row


def reason(row: Any) -> str:
    assert isinstance(row, RowProblem), row
    return row.reason


# --- very much of something -------------------------------------------------------------------------------------------


def test_ten_thousand_columns_are_looked_through(tmp_path: Path) -> None:
    heads = ["name", "price", *(f"col {number}" for number in range(9_998))]
    lines = (",".join([f"Tea {number}", "2.50", *["1.5"] * 9_998]) for number in range(40))
    rows = read(tmp_path, "\n".join([",".join(heads), *lines]))
    assert [product(row).name for row in rows] == [f"Tea {number}" for number in range(40)]


@pytest.mark.parametrize(
    "cell",
    [
        "x" * 5_000_000,
        "<script>" * 400_000,
        "<!--" * 400_000,
        "<a" * 800_000,
        "<br " * 400_000,
        "&" * 2_000_000,
        "< " * 900_000,
    ],
    ids=["text", "scripts", "comments", "tags", "breaks", "signs", "less"],
)
def test_a_description_of_megabytes_is_read_in_the_time_that_its_length_takes(tmp_path: Path, cell: str) -> None:
    (row,) = read(tmp_path, f'{HEAD}Tea,1,,2.50,1,"{cell}",\n')
    assert product(row).name == "Tea"


@pytest.mark.parametrize("cell", ["," * 3_000_000, "1" * 3_000_000, "12345678 " * 90_000, "1-" * 300_000 + "x"])
def test_a_barcode_cell_of_megabytes_is_codes_or_a_problem(tmp_path: Path, cell: str) -> None:
    (row,) = read(tmp_path, f'{HEAD}Tea,1,"{cell}",2.50,1,,\n')
    assert isinstance(row, (ProductRow, RowProblem))


def test_a_rank_of_five_thousand_digits_is_no_rank(tmp_path: Path) -> None:
    rows = read(tmp_path, f"{HEAD}Tea,1,,2.50,1,,{'9' * 5000}\nCake,2,,2.50,1,, 7 \nPie,3,,2.50,1,,²\n")
    assert [product(row).favourite for row in rows] == [0, 7, 0]


def test_a_name_that_swallowed_the_rest_of_the_file_is_a_problem(tmp_path: Path) -> None:
    rows = read(tmp_path, f"{HEAD}{'T' * LONGEST_NAME},1,,2.50,1,,\n{'T' * (LONGEST_NAME + 1)},2,,2.50,1,,\n")
    assert product(rows[0]).name == "T" * LONGEST_NAME
    assert "Is a quotation mark missing?" in reason(rows[1])


def test_a_worksheet_that_names_a_row_beyond_all_rows_is_refused_soon(tmp_path: Path) -> None:
    kind = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cell = '<c r="A{0}" t="inlineStr"><is><t>name</t></is></c>'
    rows = "".join(f'<row r="{number}">{cell.format(number)}</row>' for number in (1, 99_999_999))
    content = replaced(f"<worksheet {kind}><sheetData>{rows}</sheetData></worksheet>")
    with pytest.raises(UnreadableFile, match="more rows than a worksheet can have"):
        read(tmp_path, content, "products.xlsx")


def test_entities_that_unfold_to_gigabytes_are_refused(tmp_path: Path) -> None:
    names = "abcdefghi"
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    kind = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>'
    sheet = (
        f'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">{entities}]><worksheet {kind}><sheetData>{cell}</sheetData></worksheet>'
    )
    with pytest.raises(UnreadableFile, match="damaged"):
        read(tmp_path, replaced(sheet), "products.xlsx")


def replaced(worksheet: str) -> bytes:
    """A workbook whose only worksheet is this XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(lambda _: None))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, worksheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return out.getvalue()


# --- what spreadsheets do ---------------------------------------------------------------------------------------------


def test_a_formula_that_keeps_the_zeros_of_a_code_is_taken_off(tmp_path: Path) -> None:
    rows = read(
        tmp_path, f'{HEAD}"=""Tea""","=""0123""","=""{TEA}""","=""2,50""",1,,\nCake,\'0124,\'{TEA},\'2.50,\'3,,\n'
    )
    tea, cake = map(product, rows)
    assert (tea.name, tea.sku, tea.barcodes[0].code) == ("Tea", "0123", TEA)
    assert tea.price is not None
    assert tea.price.minor == 250
    assert (cake.sku, cake.barcodes[0].code, cake.key) == ("0124", TEA, "sku:0124")


def test_a_formula_stays_text_and_is_never_computed(tmp_path: Path) -> None:
    rows = read(tmp_path, f'{HEAD}=1+1,a,,2.50,,,\n"=HYPERLINK(""http://x"")",b,,2.50,,,\n@SUM(A1),c,,=2+2,,,\n')
    assert [product(row).name for row in rows[:2]] == ["=1+1", '=HYPERLINK("http://x")']
    assert "is not an amount" in reason(rows[2])


def test_a_formula_without_a_stored_result_has_no_value(tmp_path: Path) -> None:
    rows = read_cells(tmp_path, [["name", "sku", "price"], ["=A1&A1", "a", 2], ["Tea", "b", 2.5]])
    assert reason(rows[0]) == "The product has no name."
    assert product(rows[1]).name == "Tea"


@pytest.mark.parametrize("error", ["#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#name?"])
def test_a_complaint_of_the_spreadsheet_is_no_name_and_no_number(tmp_path: Path, error: str) -> None:
    name, sku = read(tmp_path, f"{HEAD}{error},a,,2.50,,,\nTea,{error},,2.50,,,\n")
    assert f"shows the error {error}" in reason(name)
    assert f"shows the error {error}" in reason(sku)
    (code,) = read(tmp_path, f"{HEAD}Tea,a,{error},2.50,,,\n")
    if error == "#N/A":  # a look-up that found no barcode: there is none
        assert product(code).barcodes == ()
    else:
        assert f"turned the barcode into {error}" in reason(code)
    (harmless,) = read(tmp_path, f"{HEAD}#1 Tea,#7,,2.50,,,\n")
    assert (product(harmless).name, product(harmless).sku) == ("#1 Tea", "#7")


def test_barcodes_shown_as_dates_are_a_problem_and_not_the_same_barcode_for_all(tmp_path: Path) -> None:
    def as_dates(sheet: Any) -> None:
        for row in (2, 3):
            sheet[f"B{row}"].number_format = "yyyy-mm-dd"

    rows = read_cells(tmp_path, [["name", "barcode"], ["Tea", int(TEA)], ["Cake", 45292], ["Pie", int(TEA)]], as_dates)
    assert "turned the barcode into #VALUE!" in reason(rows[0])
    assert "turned the barcode into 2024-01-01 00:00:00" in reason(rows[1])
    assert product(rows[2]).barcodes[0].code == TEA


def test_merged_titles_numbers_as_text_and_true_are_read_as_they_are_meant(tmp_path: Path) -> None:
    cells: Cells = [
        ["Price list", None, None, None],
        [],
        ["name", "sku", "barcode", "price"],
        ["Tea", "0123", TEA, 2.5],
    ]
    cells += [["Cake", 123, int(TEA), "3,50 €"], [dt.date(2024, 1, 1), 1.5, None, 1], ["Pie", "x", None, True]]
    rows = read_cells(tmp_path, cells, lambda sheet: sheet.merge_cells("A1:D1"))
    assert [(product(row).name, product(row).sku) for row in rows[:2]] == [("Tea", "0123"), ("Cake", "123")]
    assert [product(row).price for row in rows[:2]] == [product(rows[0]).price, product(rows[1]).price]
    assert product(rows[1]).barcodes[0].code == TEA
    assert product(rows[2]).sku == "1.5"
    assert "“TRUE” is not an amount" in reason(rows[3])


def test_notes_beside_the_table_of_a_worksheet_cost_no_row(tmp_path: Path) -> None:
    cells: Cells = [["name", "price"], ["Tea", 2.5, None, "ask Maya"], ["Cake", 3.5]]
    rows = read_cells(tmp_path, cells, lambda sheet: sheet.cell(3, 16_384, "far away"))
    assert [product(row).name for row in rows] == ["Tea", "Cake"]


def test_a_column_without_a_name_costs_no_row_either(tmp_path: Path) -> None:
    rows = read(tmp_path, "name,price,\nTea,2.50,ask Maya\nCake,3.50,\nPie,4.50,x\n")
    assert [product(row).name for row in rows] == ["Tea", "Cake", "Pie"]
    shifted = read(tmp_path, "name,price\nTea,2.50\nMilk, fresh,1.20\n")
    assert "Put values with a comma in quotation marks" in reason(shifted[1])


@pytest.mark.parametrize("mark", ["sep=;\r\n", '"sep=;"\r\n', "SEP=;\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_line_that_tells_excel_how_to_read_is_believed_and_left_out(
    tmp_path: Path, mark: str, encoding: str
) -> None:
    (row,) = read(tmp_path, f"{mark}name;price\r\nTè, nero;2,50\r\n".encode(encoding))
    assert product(row).name == "Tè, nero"
    assert product(row).line == 3


def test_line_ends_of_three_systems_in_one_file(tmp_path: Path) -> None:
    rows = read(tmp_path, "name,price\r\nTea,1\nCake,2\rPie,3\r\r\nJam,4")
    assert [product(row).name for row in rows] == ["Tea", "Cake", "Pie", "Jam"]


def test_the_first_of_two_columns_of_one_name_counts(tmp_path: Path) -> None:
    (row,) = read(tmp_path, f"name,name,price,price,barcode,barcode\nTea,Green,2.50,9.99,{TEA},4006381333948\n")
    assert (product(row).name, product(row).price) == ("Tea", product(row).price)
    assert product(row).price is not None
    assert str(product(row).price.decimal) == "2.50"  # type: ignore[union-attr]


@pytest.mark.parametrize("content", ["name,price", "name,price\n", "name,price\n\n\n,\n , \n"])
def test_a_table_of_headers_only_is_a_table_without_products(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content) == []


@pytest.mark.parametrize("name", ["🍵 Čaj", "\u202eevil\u202c", "חומוס", "e\u0301clair", "a\u00a0b"])
def test_names_of_every_script_are_kept(tmp_path: Path, name: str) -> None:
    (row,) = read(tmp_path, f"{HEAD}{name},1,,2.50,,,\n")
    assert product(row).name == " ".join(name.split())


@pytest.mark.parametrize(
    "price", ["NaN", "inf", "-inf", "1e5", "0x10", "\uff11\uff12", "\u0663", "2.50.00", "1 2 3", "$"]
)
def test_what_a_program_takes_for_a_number_is_not_a_price(tmp_path: Path, price: str) -> None:
    rows = read(tmp_path, f"{HEAD}Tea,1,,{price},,,\nCake,2,,2.50,,,\n")
    assert "is not an amount in EUR" in reason(rows[0])
    assert product(rows[1]).name == "Cake"


@settings(max_examples=40)
@given(damage=st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_workbook_is_read_or_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, int]]
) -> None:
    data = bytearray(WHOLE)
    for place, byte in damage:
        data[place % len(data)] = byte
    said = ""
    try:
        read(tmp_path_factory.mktemp("damaged"), bytes(data), "products.xlsx")
    except UnreadableFile as refusal:
        said = str(refusal)
    assert not said or said.startswith(("“products.xlsx”", "Choose", "Line"))


def _whole(sheet: Any) -> None:
    sheet.append(["name", "price"])
    sheet.append(["Tea", 2.5])


WHOLE = workbook(_whole)


# --- the file of bad rows ---------------------------------------------------------------------------------------------


def problem_file(folder: Path, rows: int, into: Path) -> Path | None:
    """Write so many bad rows; gives the file."""
    path = folder / "products.csv"
    path.write_text("name,price\nGood,1\n" + "Tea,many\n" * rows, encoding="utf-8")
    sheet = open_file(path)
    with ErrorFile(sheet, into) as bad:
        for row in read_products(sheet, recognise(sheet.headers, sheet.sample).layout, "EUR"):
            if isinstance(row, RowProblem):
                bad.write(row)
    return bad.path


@pytest.mark.parametrize("rows", [3, 5_000], ids=["at the end", "on the way"])
def test_bad_rows_that_do_not_fit_on_the_disk_are_a_sentence(tmp_path: Path, rows: int) -> None:
    with disk(tmp_path / "usb", 64) as folder:
        fill(folder)
        with pytest.raises(UnwritableFolder, match=r"cannot be saved in .*No space left"):
            problem_file(tmp_path, rows, folder)


def test_bad_rows_beside_a_file_on_a_read_only_disk_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    with read_only(tmp_path / "usb"), pytest.raises(UnwritableFolder, match="cannot be saved in"):
        problem_file(tmp_path, 3, tmp_path / "usb")
    assert problem_file(tmp_path, 3, tmp_path / "usb") == tmp_path / "usb" / "products-problems.csv"


def test_what_goes_wrong_during_an_import_is_not_hidden_by_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    path.write_text("name,price\nTea,many\n", encoding="utf-8")

    def fail() -> None:
        with ErrorFile(open_file(path)) as bad:
            bad.write(RowProblem(2, "Why.", ("Tea", "many")))
            raise KeyError("the import's own fault")

    with pytest.raises(KeyError, match="the import's own fault"):
        fail()
    assert (tmp_path / "products-problems.csv").read_text("utf-8-sig").splitlines()[1] == "Tea,many,2,Why."
