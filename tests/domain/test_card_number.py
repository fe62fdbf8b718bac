"""Numbers of cards: nobody guesses one, and a slip of the finger is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.card_number import grouped, is_number, masked, new_number, read
from omsdesk.domain.values import barcode_key, is_gtin
from tests.secrets import is_card

ENTROPY = st.binary(min_size=10, max_size=16)


@given(ENTROPY)
def test_a_number_of_ours_is_known_again_however_it_is_written(entropy: bytes) -> None:
    number = new_number(entropy)
    assert len(number) == 20
    assert is_number(number)
    assert read(number) == read(grouped(number)) == read(f" {number}\n") == number
    assert barcode_key(number) == number


@given(ENTROPY, st.integers(0, 19), st.integers(1, 9))
def test_a_wrong_digit_is_noticed(entropy: bytes, at: int, by: int) -> None:
    number = new_number(entropy)
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert not is_number(wrong)
    assert read(wrong) == ""


@given(ENTROPY, st.integers(0, 18))
def test_two_digits_that_changed_places_are_noticed(entropy: bytes, at: int) -> None:
    number = new_number(entropy)
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert swapped == number or not is_number(swapped)


@given(ENTROPY)
def test_no_number_is_taken_for_a_product_a_parcel_or_a_payment_card(entropy: bytes) -> None:
    number = new_number(entropy)
    assert not is_gtin(number)
    assert not number.startswith("0")
    assert not is_card(number)


def test_numbers_of_one_day_have_nothing_in_common() -> None:
    numbers = {new_number(bytes([n]) * 10) for n in range(200)}
    assert len(numbers) == 200


def test_a_number_has_its_check_digits_from_the_standard() -> None:
    assert new_number(b"\0" * 10) == "10000000000000000081"
    assert int("10000000000000000081") % 97 == 1


@pytest.mark.parametrize("printed", ["GIFT-2026-000417", "603571 0123456789", "AB12CD", "6035710123456789"])
def test_a_card_that_somebody_else_printed_is_read_as_it_is(printed: str) -> None:
    assert read(printed.lower()) == printed.replace("-", "").replace(" ", "").upper()


@pytest.mark.parametrize("text", ["", "  ", "12345", "1A-000017?", "käse-karte", "x" * 41, "12345678901234567890"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read(text) == ""


def test_paper_shows_the_end_of_a_number_only() -> None:
    assert masked("10000000000000000081") == "…0081"
    assert grouped("10000000000000000081") == "1000 0000 0000 0000 0081"
