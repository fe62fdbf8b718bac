"""Dots as bytes: eight to a byte, the leftmost highest, and nothing black beyond the picture's edge."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.documents.labels.marks import blank
from omsdesk.documents.labels.raster_rows import ink_rows


@given(st.integers(1, 40), st.integers(1, 6), st.data())
@settings(max_examples=60, deadline=None)
def test_every_dot_is_one_bit(width: int, height: int, data: st.DataObject) -> None:
    picture = blank(width, height)
    black = data.draw(st.sets(st.tuples(st.integers(0, width - 1), st.integers(0, height - 1))))
    for x, y in black:
        picture.putpixel((x, y), 0)
    for is_black_set in (True, False):
        rows = ink_rows(picture, is_black_set=is_black_set)
        assert rows.width == -(-width // 8)
        assert len(rows.data) == rows.width * height
        bits = {
            (x, y)
            for y in range(height)
            for x in range(rows.width * 8)
            if (rows.data[y * rows.width + x // 8] >> (7 - x % 8) & 1) == int(is_black_set)
        }
        assert bits == black
