"""Barcodes module by module: their widths are those of the standards, and their check digits those of GS1."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.documents.labels import linear
from omsdesk.documents.labels.linear import FNC1, START_B, START_C, STOP

DIGITS = st.text("0123456789", min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("digits", "check"),
    [("400638133393", "1"), ("9638507", "4"), ("03600029145", "2"), ("1400638133393", "8"), ("34012345000000001", "7")],
)
def test_check_digits_are_those_of_real_articles_and_pallets(digits: str, check: str) -> None:
    assert linear.check_digit(digits) == check
    assert linear.is_checked(digits + check)


@given(st.text("0123456789", min_size=7, max_size=17), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(digits: str, place: int, by: int) -> None:
    whole = digits + linear.check_digit(digits)
    at = place % len(whole)
    wrong = whole[:at] + str((int(whole[at]) + by) % 10) + whole[at + 1 :]
    assert not linear.is_checked(wrong)


def test_nothing_and_a_single_digit_have_no_check_digit() -> None:
    assert not linear.is_checked("")
    assert not linear.is_checked("0")


class TestWidths:
    """ISO/IEC 15420, 15417, 16388 and 16390."""

    @given(st.text("0123456789", min_size=13, max_size=13))
    def test_an_ean_13_has_95_modules_and_its_guards(self, digits: str) -> None:
        row = linear.ean_13(digits)
        assert len(row) == 95
        assert (row[:3], row[45:50], row[-3:]) == ("101", "01010", "101")

    @given(st.text("0123456789", min_size=8, max_size=8))
    def test_an_ean_8_has_67(self, digits: str) -> None:
        row = linear.ean_8(digits)
        assert len(row) == 67
        assert (row[:3], row[31:36], row[-3:]) == ("101", "01010", "101")

    def test_every_character_of_code_128_has_eleven_and_the_stop_thirteen(self) -> None:
        for code in range(STOP):
            row = linear.code_128_bars((code,))
            assert (len(row), row[0], row[-1]) == (11, "1", "0")
        assert len(linear.code_128_bars((STOP,))) == 13

    @given(st.text("0123456789", min_size=14, max_size=14))
    def test_an_itf_14_has_two_wide_and_three_narrow_elements_a_digit(self, digits: str) -> None:
        assert len(linear.itf(digits)) == 4 + 14 * (3 + 2 * linear.WIDE) + linear.WIDE + 2

    @given(st.text("0123456789ABCXYZ-. $/+%", min_size=1, max_size=20))
    def test_a_code_39_has_three_wide_of_nine_and_a_gap_between_letters(self, text: str) -> None:
        assert len(linear.code_39(text)) == (len(text) + 2) * (6 + 3 * linear.WIDE) + len(text) + 1


class TestCode128:
    @given(DIGITS)
    def test_digits_never_take_more_than_half_and_a_change(self, digits: str) -> None:
        codes = linear.code_128([(digits, False)])
        # Start, check digit and stop; for an odd digit one change and itself.
        assert len(codes) <= len(digits) // 2 + 3 + 2 * (len(digits) % 2)

    @given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40))
    def test_it_is_never_longer_than_letter_by_letter(self, text: str) -> None:
        assert len(linear.code_128([(text, False)])) <= len(text) + 3

    def test_an_fnc1_stands_before_each_piece_that_has_one(self) -> None:
        codes = linear.code_128([("0104006381333931", True), ("10AB", True)])
        assert codes[0] == START_C
        assert codes[1] == FNC1
        assert codes.count(FNC1) == 2

    def test_the_check_digit_is_that_of_the_standard(self) -> None:
        # ISO/IEC 15417, annex A: the sum of each character times its place, modulo 103.
        codes = linear.code_128([("AIM", False)])
        assert codes[:4] == (START_B, 33, 41, 45)
        assert codes[4] == (104 + 33 + 2 * 41 + 3 * 45) % 103
        assert codes[5] == STOP
