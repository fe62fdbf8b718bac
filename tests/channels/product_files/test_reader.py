"""Files of every kind become the same table, with true line numbers; what is no table is refused in one sentence."""

from __future__ import annotations

import gzip
import lzma
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.channels.product_files.reader import Sheet, UnreadableFile, open_file
from omsdesk.channels.product_files.rows import RowProblem

TABLE = "SKU;Name;Preis\nA-1;Käse;1,20\nA-2;Brötchen, süß;0,35\n"
ROWS = [(2, ["A-1", "Käse", "1,20"]), (3, ["A-2", "Brötchen, süß", "0,35"])]


def written(folder: Path, content: bytes | str, name: str = "products.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows_of(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return [(row[0], list(row[1])) for row in sheet.rows() if not isinstance(row, RowProblem)]


def problems_of(sheet: Sheet) -> list[RowProblem]:
    return [row for row in sheet.rows() if isinstance(row, RowProblem)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_every_encoding_gives_the_same_table(tmp_path: Path, encoding: str) -> None:
    sheet = open_file(written(tmp_path, TABLE.encode(encoding)))
    assert sheet.headers == ("SKU", "Name", "Preis")
    assert sheet.delimiter == ";"
    assert rows_of(sheet) == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_gives_the_same_table(tmp_path: Path, delimiter: str, ending: str) -> None:
    text = TABLE.replace("Brötchen, süß", '"Brötchen, süß"').replace("1,20", '"1,20"').replace("0,35", '"0,35"')
    text = text.replace(";", delimiter).replace("\n", ending)
    sheet = open_file(written(tmp_path, text))
    assert sheet.delimiter == delimiter
    assert rows_of(sheet) == ROWS


@pytest.mark.parametrize(("pack", "ending"), [(gzip.compress, ".gz"), (lzma.compress, ".xz")])
def test_packed_files_are_unpacked_while_reading_whatever_their_name(tmp_path: Path, pack: object, ending: str) -> None:
    assert callable(pack)
    for name in (f"products.csv{ending}", "products.csv"):
        assert rows_of(open_file(written(tmp_path, pack(TABLE.encode()), name))) == ROWS


def test_a_workbook_gives_the_text_that_a_csv_would_hold(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"  # type: ignore[union-attr]
    sheet = book.create_sheet("Articles")
    sheet.append(["SKU", "EAN", "Price", "Active", "Stock"])
    sheet.append(["A-1", 4006381333931, 12.5, True, 3.0])
    sheet.append([])
    sheet.append(["A-2", "0012345678905", 0.3, False, None])
    book.save(tmp_path / "products.xlsx")
    articles = open_file(tmp_path / "products.xlsx", sheet="Articles")
    assert articles.names == ("Notes", "Articles")
    assert rows_of(articles) == [
        (2, ["A-1", "4006381333931", "12.5", "TRUE", "3"]),
        (4, ["A-2", "0012345678905", "0.3", "FALSE", ""]),
    ]
    with pytest.raises(UnreadableFile, match="no worksheet “Prices”, only Notes, Articles"):
        open_file(tmp_path / "products.xlsx", sheet="Prices")


def test_the_headers_may_stand_below_a_title_and_a_delimiter_hint(tmp_path: Path) -> None:
    for above in ("sep=;\n", "Our products\n\n", "Our products;;\nas of Monday;;\n", "\n\n"):
        sheet = open_file(written(tmp_path, above + TABLE))
        assert sheet.headers == ("SKU", "Name", "Preis")
        assert sheet.header_line == above.count("\n") + 1
        assert [line for line, _ in rows_of(sheet)] == [sheet.header_line + 1, sheet.header_line + 2]


def test_headers_of_which_few_have_a_name_are_known_by_their_words(tmp_path: Path) -> None:
    text = "Our prices;;;;;;\nArtikel;Preis;;;;;\nTasse;4,50;a;b;c;d;e\nTeller;6,00;a;b;c;d;e\n"
    sheet = open_file(written(tmp_path, text))
    assert sheet.headers == ("Artikel", "Preis", "", "", "", "", "")
    assert sheet.header_line == 2
    assert [row[:2] for _, row in rows_of(sheet)] == [["Tasse", "4,50"], ["Teller", "6,00"]]


def test_a_title_with_a_word_of_a_column_is_no_header(tmp_path: Path) -> None:
    text = "Product;;;;\nPrice;;;;\nqwe;rty;uio;pas;dfg\n1;2;3;4;5\n"
    assert open_file(written(tmp_path, text)).header_line == 3


def test_line_numbers_are_those_of_an_editor_when_values_hold_line_ends(tmp_path: Path) -> None:
    sheet = open_file(written(tmp_path, 'sku,text\nA,"one\ntwo\nthree"\n\nB,four\n'))
    assert rows_of(sheet) == [(2, ["A", "one\ntwo\nthree"]), (6, ["B", "four"])]


def test_a_quotation_mark_that_nobody_closed_costs_one_row_and_no_more(tmp_path: Path) -> None:
    sheet = open_file(written(tmp_path, 'sku,name,price\n1,"Broken,5\n2,"Next",6\n3,"Last\nof all",7\n4,"Open,8\n'))
    assert rows_of(sheet) == [(3, ["2", "Next", "6"]), (4, ["3", "Last\nof all", "7"])]
    first, second = problems_of(sheet)
    assert (first.line, first.values) == (2, ('1,"Broken,5',))
    assert (second.line, second.values) == (6, ('4,"Open,8',))
    assert "quotation marks" in first.reason


def test_marks_inside_a_value_are_read_when_the_row_stays_clear(tmp_path: Path) -> None:
    sheet = open_file(written(tmp_path, 'sku,name\n1,"A 5" nail"\n2,6" nail\n3,plain\n'))
    assert [values[0] for _, values in rows_of(sheet)] == ["1", "2", "3"]
    assert not problems_of(sheet)


def test_a_tab_separated_file_without_any_quoting_is_read(tmp_path: Path) -> None:
    sheet = open_file(written(tmp_path, 'code\tname\tbrand\n1\t"Best" tea\tX\n2\t"Open tea\tY\n3\tz\tZ\n'))
    assert [values[0] for _, values in rows_of(sheet)] == ["1", "2", "3"]
    assert rows_of(sheet)[1] == (3, ["2", '"Open tea', "Y"])


def test_ragged_rows_are_filled_up_or_explained(tmp_path: Path) -> None:
    sheet = open_file(written(tmp_path, "a,b,c\n1,2\n1,2,3,,\n1,2,3,4\nTotal 17\n , , \n1,2,3\n"))
    assert rows_of(sheet) == [
        (2, ["1", "2", ""]),
        (3, ["1", "2", "3"]),
        (7, ["1", "2", "3"]),
    ]
    wide, single = problems_of(sheet)
    assert (wide.line, wide.values) == (4, ("1", "2", "3", "4"))
    assert "4 values for 3 columns" in wide.reason
    assert (single.line, "single value" in single.reason) == (5, True)


def test_zero_bytes_are_left_out(tmp_path: Path) -> None:
    assert rows_of(open_file(written(tmp_path, b"a,b\nx\0y,z\n"))) == [(2, ["xy", "z"])]


def test_one_bad_byte_does_not_spoil_the_accents_of_the_whole_file(tmp_path: Path) -> None:
    good = "name,x\n" + "Käse,é\n" * 50
    sheet = open_file(written(tmp_path, good.encode() + "Müsli,ü\n".encode("cp1252")))
    assert rows_of(sheet)[0] == (2, ["Käse", "é"])
    assert rows_of(sheet)[-1] == (52, ["Müsli", "ü"])


def test_the_first_accent_may_come_after_a_hundred_thousand_rows(tmp_path: Path) -> None:
    late = b"name,price\n" + b"tea,1\n" * 100_000 + "Käse €,2\n".encode("cp1252")
    sheet = open_file(written(tmp_path, late))
    assert rows_of(sheet)[-1] == (100_002, ["Käse €", "2"])


def test_what_the_user_says_of_encoding_and_delimiter_is_believed(tmp_path: Path) -> None:
    path = written(tmp_path, "имя|цена\nчай|1,2\n".encode("cp1251"))  # noqa: RUF001
    assert rows_of(open_file(path, encoding="cp1251")) == [(2, ["чай", "1,2"])]
    assert open_file(path, encoding="cp1251", delimiter=",").headers == ("имя|цена",)
    for unknown in ("klingon", "base64"):
        with pytest.raises(UnreadableFile, match=f"not written in {unknown}"):
            open_file(path, encoding=unknown)


def test_progress_goes_from_little_to_all(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n" + "one,two\n" * 20_000)
    for packed in (path, written(tmp_path, gzip.compress(path.read_bytes()), "p.gz")):
        seen: list[tuple[int, int]] = []
        assert sum(1 for _ in open_file(packed).rows(lambda read, total: seen.append((read, total)))) == 20_000  # noqa: B023
        size = packed.stat().st_size
        assert seen == sorted(seen)
        assert {total for _, total in seen} == {size}
        assert seen[-1] == (size, size)


def test_the_progress_of_a_workbook_ends_with_all(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number in range(1500):
        book.active.append([f"name {number}", number])  # type: ignore[union-attr]
    book.save(tmp_path / "p.xlsx")
    seen: list[tuple[int, int]] = []
    assert sum(1 for _ in open_file(tmp_path / "p.xlsx").rows(lambda read, total: seen.append((read, total)))) == 1499
    assert seen[-1][0] == seen[-1][1] > 0


def zipped(entries: dict[str, bytes]) -> bytes:
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in entries.items():
                archive.writestr(name, content)
        file.seek(0)
        return file.read()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "is empty"),
        (b";;;\n;;\n", "has no rows"),
        (PNG, "not a table of text"),
        (b"%PDF-1.7\n" + bytes(range(1, 30)) * 40, "not a table of text"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "web page"),
        (b"PK\x03\x04 and then nothing", "damaged or incomplete"),
        (zipped({"products.csv": b"a,b\n"}), "is an archive"),
        (
            zipped({"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            "OpenDocument",
        ),
        (zipped({"[Content_Types].xml": b"<x/>"}), "damaged"),
        (OLE + b"\0" * 512, "old format of Excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (gzip.compress(b"a,b\n" * 5000)[:-20], "damaged or incomplete"),
        (lzma.compress(b"a,b\n" * 5000)[:-20], "damaged or incomplete"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence) as refused:
        open_file(written(tmp_path, content))
    assert str(refused.value).startswith("“products.csv” ")
    assert str(refused.value).endswith(".")


def test_folders_and_files_that_went_away_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="is a folder"):
        open_file(tmp_path)
    with pytest.raises(UnreadableFile, match="not there any more"):
        open_file(tmp_path / "gone.csv")
    sheet = open_file(written(tmp_path, TABLE))
    sheet.path.unlink()
    with pytest.raises(UnreadableFile, match="not there any more"):
        rows_of(sheet)


def read_all(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            for _ in open_file(written(Path(folder), content)).rows():
                pass
        except UnreadableFile:
            return


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_arbitrary_bytes_are_read_or_refused(content: bytes) -> None:
    read_all(content)


@given(
    st.sampled_from([b"\x1f\x8b\x08\0", b"\xfd7zXZ\0", b"PK\x03\x04", b"\xff\xfe", b"\xff\xfe\0\0", OLE]),
    st.binary(max_size=60),
)
@settings(max_examples=200, deadline=None)
def test_arbitrary_bytes_behind_a_promising_start_are_read_or_refused(start: bytes, content: bytes) -> None:
    read_all(start + content)


def workbook_bytes() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["name", "price"])  # type: ignore[union-attr]
    book.active.append(["tea", 1.5])  # type: ignore[union-attr]
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        return file.read()


WORKBOOK = workbook_bytes()


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    good = bytearray(WORKBOOK)
    for at in data.draw(st.lists(st.integers(0, len(good) - 1), min_size=1, max_size=4)):
        good[at] = data.draw(st.integers(0, 255))
    read_all(bytes(good))


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda text: text.strip()
)


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=8), st.sampled_from(",;\t|"))
@settings(max_examples=100, deadline=None)
def test_any_text_comes_back_as_it_was_written(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    quoted = (delimiter.join('"' + value.replace('"', '""') + '"' for value in row) for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), "\n".join(["first" + delimiter + "second" + delimiter + "third", *quoted]))
        assert [values for _, values in rows_of(open_file(path, delimiter=delimiter))] == [list(row) for row in rows]
