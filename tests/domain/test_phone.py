"""One number, written in the ways people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.phone import asked_as, digits, is_phone, kept_as, sameness

WAYS = ["+49 170 1234567", "0170 123 45 67", "0049-170-1234567", "(0170) 123/4567", "+49 (0)170 1234567"]


@pytest.mark.parametrize("one", WAYS)
@pytest.mark.parametrize("other", WAYS)
def test_a_number_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert sameness(one) == sameness(other) == "01234567"


@pytest.mark.parametrize("kept", WAYS)
@pytest.mark.parametrize("asked", ["+49 170", "0170 12", "0049170123", "01701234567", "+491701234567", "4567", "170"])
def test_it_is_found_by_its_beginning_and_by_its_last_four(kept: str, asked: str) -> None:
    assert any(found.startswith(way) for way in asked_as(asked) for found in kept_as(kept)), (kept, asked)


def test_countries_whose_numbers_begin_with_no_zero() -> None:
    assert sameness("+45 12 34 56 78") == sameness("12345678")
    assert sameness("+1 (212) 555-1234") == sameness("212 555 1234")
    assert any(found.startswith("212555") for found in kept_as("+1 212 555 1234"))


@pytest.mark.parametrize("text", ["Anna", "anna@example.org", "12", "12a4567", "", "+", "C-100200"])
def test_what_is_no_number(text: str) -> None:
    assert not is_phone(text)


@pytest.mark.parametrize("text", ["0170", "+49", "(030) 12", "555-1234", " 123"])
def test_what_may_be_one(text: str) -> None:
    assert is_phone(text) is (len(digits("1" + text)) > 3)


def test_a_number_that_is_too_short_is_nobodys_alone() -> None:
    assert sameness("110") == ""
    assert kept_as("12") == []


@given(st.text(alphabet="0123456789 +-/().", max_size=30))
def test_whatever_is_typed_is_taken(text: str) -> None:
    assert all(word.isdecimal() for word in (*kept_as(text), *asked_as(text)))
    assert len(kept_as(text)) <= 6
