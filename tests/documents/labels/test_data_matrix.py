"""DataMatrix symbols: their finder pattern, their sizes, and that they are read with a hole in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.documents.labels import data_matrix
from omsdesk.documents.labels.marks import Bars, Rectangle
from omsdesk.documents.labels.symbology import Symbology, encode
from tests.documents.labels.foreign_zebra import scanned


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=100))
@settings(max_examples=40, deadline=None)
def test_it_is_framed_by_a_solid_and_a_dashed_edge_on_each_region(content: str) -> None:
    rows = data_matrix.encode(content)
    side = len(rows)
    assert all(len(row) == side for row in rows)
    assert rows[-1] == "1" * side
    assert all(row[0] == "1" for row in rows)
    assert rows[0] == "10" * (side // 2)
    assert "".join(row[-1] for row in rows) == "01" * (side // 2)


@pytest.mark.parametrize(
    ("letters", "side"),
    [(3, 10), (4, 12), (5, 12), (8, 14), (12, 16), (18, 18), (44, 26), (45, 32), (62, 32), (174, 48)],
)
def test_it_is_the_smallest_that_holds_the_text(letters: int, side: int) -> None:
    assert len(data_matrix.encode("x" * letters)) == side


@pytest.mark.parametrize("length", [6, 30, 100])
def test_it_is_read_though_a_part_is_torn_off(length: int) -> None:
    content = "Label" * 20
    symbol = encode(Symbology.DATA_MATRIX, content[:length])
    side = 4 * len(symbol.rows)
    picture = Bars(Rectangle(0, 0, side, side), symbol, 4).picture.copy()
    hole = side // 8
    picture.paste(255, (side // 2, side // 2, side // 2 + hole, side // 2 + hole))
    assert scanned(picture) == [("]d1", content[:length])]


def test_gs1_begins_with_an_fnc1_and_has_one_after_each_open_value() -> None:
    one = data_matrix.encode_gs1(("0104006381333931",))
    two = data_matrix.encode_gs1(("010400638133393110AB", "217"))
    # Eight pairs of digits and the FNC1: one codeword more than 14 by 14 modules hold.
    assert len(one) == 16
    assert len(two) > len(one)
