"""How a text file is written is found out from the text alone: packing, encoding, delimiter."""

from __future__ import annotations

import gzip
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.channels.product_files.source import UnreadableFile
from omsdesk.channels.product_files.text_format import DELIMITERS, TextFormat, guess_delimiter, text_format, unpacked


def found(folder: Path, content: bytes) -> TextFormat:
    path = folder / "list.csv"
    path.write_bytes(content)
    return text_format(path)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n1,5;2,5\n", ";"),
        ("name;price;cost\nTea, black;1,50;0,80\nTea, green;1,60;0,90\nMug, blue;4,00;2,00\n", ";"),
        ("a\tb\nx, y, z\tw\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("name,tags\nTea,hot|black|new\nMug,blue|red|big\n", ","),
        ('name;text\nTea;"one; two; three"\nMug;"four"\n', ";"),
        ("Our products, as of Monday\n\nname;price\nTea;1\nMug;2\nCup;3\n", ";"),
        ("sep=|\na;b|c\n", "|"),
        ('"sep=;"\na,b;c\n', ";"),
        ("SEP=\t\na,b\tc\n", "\t"),
        ("name\nTea\nMug\n", ","),
        ("", ","),
        ("a;b;c\n1;2\n1;2;3\n1;2;3;4\n1;2;3\n", ";"),
    ],
)
def test_the_delimiter_is_the_one_that_cuts_the_rows_alike(text: str, delimiter: str) -> None:
    assert guess_delimiter(text) == delimiter


def test_a_quotation_mark_that_nobody_closed_does_not_hide_the_delimiter() -> None:
    assert guess_delimiter('a;b;c\n1;2;3\n4;"5;6\n7;8;9\n' * 3) == ";"


@given(
    st.sampled_from(DELIMITERS),
    st.integers(2, 8),
    st.lists(st.sampled_from(["Tea", "1.50", "A-17", "black", "4006381333931"]), min_size=1, max_size=20),
)
def test_any_regular_table_gives_its_delimiter_away(delimiter: str, width: int, words: list[str]) -> None:
    rows = [delimiter.join(f"column {at}" for at in range(width))]
    rows += [delimiter.join(words[(row + at) % len(words)] for at in range(width)) for row in range(10)]
    assert guess_delimiter("\n".join(rows)) == delimiter


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"plain,ascii\n", "utf-8"),
        ("Käse,süß\n".encode(), "utf-8"),
        ("Käse,süß\n".encode("utf-8-sig"), "utf-8-sig"),
        ("Käse,süß\n".encode("cp1252"), "cp1252"),
        ("Café®,GRÜ™\n".encode("cp1252"), "cp1252"),
        ("Käse,süß\n".encode("utf-16"), "utf-16"),
        ("Käse,süß\n".encode("utf-16-le"), "utf-16-le"),
        ("Käse,süß\n".encode("utf-16-be"), "utf-16-be"),
        ("Käse,süß\n".encode("utf-32"), "utf-32"),
        ("日本語,茶\n".encode(), "utf-8"),
        ("Käse,süß,Öl\n".encode() + b"\xff\n", "utf-8"),
        (b"undefined \x81 in cp1252,\xe4\n", "cp1252"),
    ],
)
def test_the_encoding_is_told_by_all_of_the_bytes(tmp_path: Path, content: bytes, encoding: str) -> None:
    assert found(tmp_path, content).encoding == encoding


def test_the_packing_is_told_by_the_first_bytes_whatever_the_name(tmp_path: Path) -> None:
    assert found(tmp_path, b"a,b\n").packing == ""
    assert found(tmp_path, gzip.compress(b"a,b\n")).packing == "gz"
    assert found(tmp_path, lzma.compress(b"a,b\n")).packing == "xz"


def test_what_is_damaged_at_its_end_is_refused_when_it_is_opened_and_not_in_the_middle_of_an_import(
    tmp_path: Path,
) -> None:
    whole = gzip.compress(b"".join(b"%d,tea\n" % number for number in range(50_000)))
    wrong_sum = whole[:-8] + b"\0\0\0\0" + whole[-4:]
    for broken in (whole[: len(whole) // 2], wrong_sum):
        with pytest.raises(UnreadableFile, match="damaged or incomplete"):
            found(tmp_path, broken)


def test_a_read_error_in_the_middle_becomes_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"a,b\n")
    with pytest.raises(UnreadableFile, match="stick was pulled"), unpacked(path, ""):
        raise OSError("the stick was pulled")


def test_no_byte_is_lost_to_the_encoding(tmp_path: Path) -> None:
    every = bytes(byte for byte in range(128, 256))
    path = tmp_path / "list.csv"
    path.write_bytes(b"name,letters\n" + b"tea," + every + b"\n" + b"x,\xe4\n" * 200)
    form = text_format(path)
    with unpacked(path, form.packing) as (_, stream):
        text = stream.read().decode(form.encoding, "omsdesk.western")
    assert len(text) == path.stat().st_size
