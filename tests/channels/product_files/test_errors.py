"""Rows with problems go into a file beside the source: corrected there, they are imported like the source."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from omsdesk.channels.product_files.errors import ErrorFile, UnwritableFolder
from omsdesk.channels.product_files.products import read_products
from omsdesk.channels.product_files.reader import Sheet, open_file
from omsdesk.channels.product_files.recognition import recognise
from omsdesk.channels.product_files.rows import ProductRow, RowProblem


def source(folder: Path) -> Sheet:
    path = folder / "artikel.csv"
    path.write_text('SKU;Name;Preis\nA;Käse;1,20\nB;;2,00\nC;Tee;viel\nD;Öl;1;2\nE;"Offen;1\n', encoding="utf-8")
    return open_file(path)


def import_all(sheet: Sheet, errors: ErrorFile) -> list[ProductRow]:
    good = []
    with errors:
        for row in read_products(sheet, recognise(sheet.headers, sheet.sample).layout, "EUR"):
            if isinstance(row, RowProblem):
                errors.write(row)
            else:
                good.append(row)
    return good


def test_bad_rows_are_kept_as_they_were_with_line_and_reason(tmp_path: Path) -> None:
    errors = ErrorFile(source(tmp_path))
    assert len(import_all(source(tmp_path), errors)) == 1
    assert errors.path == tmp_path / "artikel-problems.csv"
    with errors.path.open(encoding="utf-8-sig", newline="") as file:
        headers, *rows = csv.reader(file, delimiter=";")
    assert headers == ["SKU", "Name", "Preis", "line", "reason"]
    assert [row[:4] for row in rows] == [
        ["B", "", "2,00", "3"],
        ["C", "Tee", "viel", "4"],
        ["D", "Öl", "1", "5"],
        ['E;"Offen;1', "", "", "6"],
    ]
    assert rows[2][5:] == ["2"]
    assert all(row[4].endswith(".") for row in rows)


def test_the_corrected_file_is_imported_like_the_source(tmp_path: Path) -> None:
    errors = ErrorFile(source(tmp_path))
    import_all(source(tmp_path), errors)
    assert errors.path is not None
    text = errors.path.read_text(encoding="utf-8-sig").replace("B;;", "B;Brot;").replace("viel", "3,50")
    errors.path.write_text(text, encoding="utf-8-sig")
    again = ErrorFile(open_file(errors.path))
    assert [row.key for row in import_all(open_file(errors.path), again)] == ["sku:B", "sku:C"]
    assert again.path == tmp_path / "artikel-problems-problems.csv"


def test_without_problems_there_is_no_file_and_an_earlier_one_is_never_written_over(tmp_path: Path) -> None:
    sheet = source(tmp_path)
    with ErrorFile(sheet) as none:
        assert none.path is None
    (tmp_path / "artikel-problems.csv").write_text("half corrected")
    errors = ErrorFile(sheet)
    import_all(sheet, errors)
    assert errors.path == tmp_path / "artikel-problems-2.csv"
    assert (tmp_path / "artikel-problems.csv").read_text() == "half corrected"


def test_a_folder_that_cannot_be_written_is_told_and_another_one_may_be_given(tmp_path: Path) -> None:
    sheet = source(tmp_path)
    with pytest.raises(UnwritableFolder, match="cannot be saved in"):
        import_all(sheet, ErrorFile(sheet, tmp_path / "missing"))
    (tmp_path / "elsewhere").mkdir()
    errors = ErrorFile(sheet, tmp_path / "elsewhere")
    import_all(sheet, errors)
    assert errors.path == tmp_path / "elsewhere" / "artikel-problems.csv"
