"""Barcodes survive spreadsheets where they can, and say so where they cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.channels.product_files.barcodes import is_damaged, read_codes
from omsdesk.domain.values import check_digit


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("4006381333931", ["4006381333931"]),
        (" 4006381333931 ", ["4006381333931"]),
        ("'4006381333931", ["4006381333931"]),
        ("4006381333931.0", ["4006381333931"]),
        ("4 006381 333931", ["4006381333931"]),
        ("978-3-16-148410-0", ["9783161484100"]),
        ("4006381333931, 036000291452", ["4006381333931", "036000291452"]),
        ("4006381333931;4006381333931", ["4006381333931"]),
        ("4006381333931\n036000291452", ["4006381333931", "036000291452"]),
        ("4006381333931 036000291452", ["4006381333931", "036000291452"]),
        ("96385074", ["96385074"]),
        ("A-17 B", ["A-17 B"]),
        ("789456123", ["789456123"]),
        ("", []),
        ("0", []),
        ("0000000000000", []),
        ("N/A", []),
        ("Does not apply", []),
        ("4006381333931,", ["4006381333931"]),
    ],
)
def test_a_cell_holds_the_codes_that_are_meant(text: str, codes: list[str]) -> None:
    assert read_codes(text) == (tuple(codes), ())


def test_a_wrong_check_digit_is_kept_with_a_warning_because_that_is_what_is_printed() -> None:
    codes, (warning,) = read_codes("4006381333932")
    assert codes == ("4006381333932",)
    assert "wrong check digit (1 would be right)" in warning


def test_a_leading_zero_that_a_spreadsheet_took_is_given_back_if_the_check_digit_agrees() -> None:
    codes, (warning,) = read_codes("36000291452")
    assert codes == ("036000291452",)
    assert "had lost its leading zero" in warning
    assert read_codes("36000291453") == (("36000291453",), ())


@pytest.mark.parametrize("text", ["4.00638E+12", "4,00638E+12", "4E+12", "4.00638e12"])
def test_scientific_notation_is_refused_because_the_digits_are_lost(text: str) -> None:
    assert is_damaged(text)
    with pytest.raises(ValueError, match="Format the column as text"):
        read_codes(text)


@pytest.mark.parametrize("text", ["x" * 81, "12\x0734"])
def test_what_no_scanner_can_send_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a barcode"):
        read_codes(text)


@given(st.from_regex(r"[1-9][0-9]{11}", fullmatch=True))
def test_any_ean_13_comes_back(body: str) -> None:
    code = body + str(check_digit(body))
    assert read_codes(code) == ((code,), ())


@given(st.text(max_size=40))
def test_any_text_is_codes_or_refused(text: str) -> None:
    try:
        codes, _ = read_codes(text)
    except ValueError:
        return
    assert all(code and code.isprintable() for code in codes)
    assert len(set(codes)) == len(codes)
