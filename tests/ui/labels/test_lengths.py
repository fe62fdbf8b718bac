"""Lengths are typed in millimetres."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.ui.labels.lengths import mm_text, read_mm


@given(st.integers(0, 6000))
def test_what_is_written_is_read_again(tenths: int) -> None:
    assert read_mm(mm_text(tenths)) == tenths


@pytest.mark.parametrize(("text", "tenths"), [("2,5", 25), (" 25.4 mm ", 254), ("0", 0), ("-1", -10), (".5", 5)])
def test_people_type_them_in_many_ways(text: str, tenths: int) -> None:
    assert read_mm(text) == tenths


@pytest.mark.parametrize("text", ["", "mm", "two", "1e9", "nan", "inf", "1.2.3"])
def test_what_is_no_length_is_none(text: str) -> None:
    assert read_mm(text) is None
