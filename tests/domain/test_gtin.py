"""A number that nobody knows may be one that is known, written otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.gtin import from_upc_e, other_readings, to_upc_e
from omsdesk.domain.values import barcode_key, is_gtin

# From GS1's own table of the four ways to leave zeros out, and two products' packages.
PAIRS = [
    ("01234505", "012000003455"),
    ("04252614", "042100005264"),
    ("06543217", "065100004327"),
    ("01234133", "012300000413"),
    ("01234242", "012340000022"),
    ("01234565", "012345000065"),
    ("11234562", "112345000062"),
]


@pytest.mark.parametrize(("written", "whole"), PAIRS)
def test_upc_e_is_a_upc_a_without_its_zeros(written: str, whole: str) -> None:
    assert from_upc_e(written) == whole
    assert from_upc_e(to_upc_e(whole)) == whole


@pytest.mark.parametrize("code", ["", "0425261", "042526140", "04252615", "24252614", "0425261x", "٠٤٢٥٢٦١٤"])
def test_what_is_no_upc_e_is_none(code: str) -> None:
    assert from_upc_e(code) == ""


@pytest.mark.parametrize("code", ["", "4006381333931", "036000291452", "412345000065"])
def test_a_number_without_room_for_it_has_no_upc_e(code: str) -> None:
    assert to_upc_e(code) == ""


@given(six=st.from_regex(r"[0-9]{6}", fullmatch=True), system=st.sampled_from("01"))
def test_every_upc_e_comes_back_as_the_same_number(six: str, system: str) -> None:
    written = next(found for digit in range(10) if from_upc_e(found := f"{system}{six}{digit}"))
    whole = from_upc_e(written)
    assert is_gtin(whole)
    # Some numbers can be shortened in two ways: both stand for the same.
    assert from_upc_e(to_upc_e(whole)) == whole


def test_a_upc_e_is_found_under_its_upc_a_and_the_other_way_round() -> None:
    assert other_readings("04252614") == (barcode_key("042100005264"),)
    assert other_readings("042100005264") == ("04252614",)
    assert other_readings("0042100005264") == ("04252614",)
    assert other_readings(" 425261 ") == (barcode_key("042100005264"), "04252614")


def test_lost_zeros_come_back() -> None:
    assert other_readings("36000291452") == ("00036000291452",)
    assert other_readings("6133") == ()
    assert other_readings("0006133") == ()


@pytest.mark.parametrize("code", ["", "ABC-12", "4006381333931", "4006381333930", "04252615", "12345678901"])
def test_what_can_be_nothing_else_is_nothing_else(code: str) -> None:
    assert other_readings(code) == ()


@given(st.from_regex(r"[0-9]{1,14}", fullmatch=True))
def test_no_reading_is_the_number_itself(code: str) -> None:
    assert barcode_key(code) not in other_readings(code)
    assert all(is_gtin(key) or from_upc_e(key) for key in other_readings(code))
