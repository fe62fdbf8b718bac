"""Workbooks as other programs write them: hidden sheets, wrong sizes, dates, other archives that look alike."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from omsdesk.channels.product_files.reader import UnreadableFile, open_file
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.workbook_source import WorkbookSource, is_workbook, sheet_names


def rows_of(path: Path, sheet: str = "") -> list[list[str]]:
    opened = open_file(path, sheet=sheet)
    return [list(opened.headers), *(list(row[1]) for row in opened.rows() if not isinstance(row, RowProblem))]


def test_another_programs_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Products")
        sheet.write_row(0, 0, ["SKU", "Name", "Price", "Since"])
        sheet.write_row(1, 0, ["00042", "Tea “best”", 1.5])
        sheet.write_datetime(1, 3, datetime(2024, 2, 29), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001
        sheet.write_formula(2, 2, "=1+1", None, 2)
        sheet.write_string(2, 1, "Sum")
    assert rows_of(path) == [
        ["SKU", "Name", "Price", "Since"],
        ["00042", "Tea “best”", "1.5", "2024-02-29 00:00:00"],
        ["", "Sum", "2", ""],
    ]


def test_the_first_visible_sheet_is_read_unless_another_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, state in (("Secret", "hidden"), ("Products", "visible"), ("Prices", "visible")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(["name", name])
        sheet.append(["tea", "1"])
    del book["Sheet"]
    book.active = 1
    path = tmp_path / "list.xlsx"
    book.save(path)
    assert sheet_names(path) == ("Products", "Prices")
    assert rows_of(path)[0] == ["name", "Products"]
    assert rows_of(path, "Prices")[0] == ["name", "Prices"]


def rewritten(path: Path, part: str, pattern: bytes, by: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert re.search(pattern, parts[part])
    parts[part] = re.sub(pattern, by, parts[part], count=1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (["name", "price"], ["tea", 1.5], ["mug", 4]):
        book.active.append(row)  # type: ignore[union-attr]
    path = tmp_path / "list.xlsx"
    book.save(path)
    return path


def test_rows_beyond_the_size_that_a_sheet_claims_are_read(workbook: Path) -> None:
    rewritten(workbook, "xl/worksheets/sheet1.xml", rb'<dimension ref="[^"]+"', b'<dimension ref="A1"')
    assert rows_of(workbook) == [["name", "price"], ["tea", "1.5"], ["mug", "4"]]


def test_a_sheet_that_is_no_xml_is_refused(workbook: Path) -> None:
    rewritten(workbook, "xl/worksheets/sheet1.xml", rb"</row>", b"</wor>")
    with pytest.raises(UnreadableFile, match="is damaged"):
        rows_of(workbook)


def test_a_workbook_that_went_away_is_told_so(workbook: Path) -> None:
    sheet = open_file(workbook)
    workbook.unlink()
    with pytest.raises(UnreadableFile, match="not there any more"):
        list(sheet.rows())


def test_a_workbook_without_any_sheet_is_refused(workbook: Path) -> None:
    rewritten(workbook, "xl/workbook.xml", rb"<sheets>.*</sheets>", b"<sheets></sheets>")
    with pytest.raises(UnreadableFile):
        open_file(workbook)


def test_an_archive_that_asks_for_a_password_is_refused(workbook: Path) -> None:
    content = bytearray(workbook.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    workbook.write_bytes(content)
    with pytest.raises(UnreadableFile, match="password"):
        is_workbook(workbook)


def test_text_is_no_workbook_and_numbers_become_what_a_person_sees(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,price\n")
    assert not is_workbook(path)
    assert not is_workbook(tmp_path / "missing.xlsx")
    book = openpyxl.Workbook()
    cells = [
        1,
        1.0,
        0.1,
        1e15,
        4006381333931.0,
        -2.50,
        True,
        None,
        "  x ",
        datetime(2024, 1, 2, 3, 4, tzinfo=UTC).date(),
    ]
    book.active.append(cells)  # type: ignore[union-attr]
    book.save(tmp_path / "list.xlsx")
    (row,) = WorkbookSource(tmp_path / "list.xlsx", "Sheet").rows(0, lambda _read, _total: None)
    assert not isinstance(row, RowProblem)
    assert row[1][:9] == ["1", "1", "0.1", "1000000000000000", "4006381333931", "-2.5", "TRUE", "", "  x "]
    assert row[1][9].startswith("2024-01-02")
