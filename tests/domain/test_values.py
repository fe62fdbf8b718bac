"""Money, quantities, identifiers and moments keep their laws for every value there is."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.values import (
    MICRO,
    MOST_MICRO,
    MOST_MINOR,
    ONE,
    CurrencyMismatch,
    Money,
    Quantity,
    Stamp,
    barcode_key,
    barcode_text,
    check_digit,
    divide,
    is_gtin,
    minor_digits,
    share_minor,
    uuid7,
)

minors = st.integers(-(10**12), 10**12)
micros = st.integers(-(10**12), 10**12)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=12).map(tuple)


# --- dividing and sharing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(5, 10, 1), (4, 10, 0), (-5, 10, -1), (-4, 10, 0), (15, 10, 2), (25, 10, 3), (5, -10, -1), (0, 7, 0)],
)
def test_halves_are_rounded_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert divide(numerator, denominator) == rounded


@given(minors, st.integers(1, 10**9))
def test_dividing_mirrors_and_never_errs_by_more_than_a_half(numerator: int, denominator: int) -> None:
    result = divide(numerator, denominator)
    assert divide(-numerator, denominator) == -result
    assert divide(numerator, -denominator) == -result
    assert 2 * abs(result * denominator - numerator) <= denominator


@given(minors, weights)
def test_shares_always_add_up_to_the_whole_and_mirror(amount: int, parts_of: tuple[int, ...]) -> None:
    parts = share_minor(amount, parts_of)
    assert sum(parts) == amount
    assert len(parts) == len(parts_of)
    assert share_minor(-amount, parts_of) == tuple(-part for part in parts)


@given(minors, weights)
def test_a_share_is_within_one_minor_unit_of_its_exact_part(amount: int, parts_of: tuple[int, ...]) -> None:
    total = sum(parts_of)
    for part, weight in zip(share_minor(amount, parts_of), parts_of, strict=True):
        assert not total or abs(part * total - amount * weight) < total


def test_ten_euros_among_three_give_the_odd_cent_to_the_first() -> None:
    assert Money.of("10.00", "EUR").share((1, 1, 1)) == tuple(Money.of(x, "EUR") for x in ("3.34", "3.33", "3.33"))


def test_sharing_without_weights_leaves_everything_in_the_first_part_and_nothing_among_nobody() -> None:
    assert share_minor(100, (0, 0)) == (100, 0)
    assert share_minor(100, ()) == ()


# --- money ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("12.90", "EUR", 1290), ("1290", "JPY", 1290), ("1.290", "KWD", 1290), ("-0.05", "GBP", -5), ("7", "USD", 700)],
)
def test_an_amount_is_read_by_the_digits_of_its_currency(text: str, currency: str, minor: int) -> None:
    assert Money.of(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency", "said"),
    [
        ("1.234", "EUR", "more decimals"),
        ("1.5", "JPY", "more decimals"),
        ("five", "EUR", "not an amount"),
        ("", "EUR", "not an amount"),
        ("NaN", "EUR", "not an amount"),
        ("Infinity", "EUR", "not an amount"),
    ],
)
def test_what_is_no_amount_is_named_in_a_sentence(text: str, currency: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Money.of(text, currency)


@given(minors, st.sampled_from(["EUR", "JPY", "KWD", "ISK", "CHF"]))
def test_written_and_read_again_an_amount_is_the_same(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(money.decimal, currency) == money
    assert str(money).endswith(currency)
    digits = str(money).split()[0].partition(".")[2]
    assert len(digits) == minor_digits(currency)


@given(minors, minors, minors)
def test_money_adds_up_like_numbers(a: int, b: int, c: int) -> None:
    x, y, z = (Money(minor, "EUR") for minor in (a, b, c))
    assert (x + y) + z == x + (y + z)
    assert x - y == -(y - x)
    assert (x < y) is (a < b)
    assert (x >= y) is (a >= b)
    assert bool(x) is bool(a)


@pytest.mark.parametrize("act", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b])
def test_two_currencies_never_meet_in_one_sum_or_comparison(act: object) -> None:
    assert callable(act)
    with pytest.raises(CurrencyMismatch, match="different currencies"):
        act(Money(1, "EUR"), Money(1, "USD"))


def test_equal_numbers_of_two_currencies_are_not_equal() -> None:
    assert Money(1, "EUR") != Money(1, "USD")


@given(minors, micros)
def test_a_price_times_a_quantity_mirrors_for_a_return(minor: int, micro: int) -> None:
    price, quantity = Money(minor, "EUR"), Quantity(micro)
    assert price.times(-quantity) == -price.times(quantity) == (-price).times(quantity)


def test_weighed_goods_are_rounded_once_at_the_line() -> None:
    assert Money.of("2.99", "EUR").times(Quantity.of("0.345")) == Money.of("1.03", "EUR")


@given(minors, st.sampled_from([1, 5, 10, 50, 100]))
def test_cash_rounding_is_a_multiple_of_the_coin_and_never_off_by_more_than_half_of_it(minor: int, step: int) -> None:
    rounded = Money(minor, "CHF").rounded_to(step)
    assert rounded.minor % step == 0
    assert 2 * abs(rounded.minor - minor) <= step
    assert Money(-minor, "CHF").rounded_to(step) == -rounded


def test_what_one_line_can_come_to_leaves_room_for_a_million_lines_in_the_database() -> None:
    largest = 2**63 - 1
    assert largest > MOST_MINOR * 10**6
    assert largest > MOST_MICRO * 10**6
    assert int("5901234123457") > MOST_MICRO // MICRO, "an EAN-13 typed as a quantity is caught"


# --- quantities -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "shown"), [("3", "3"), ("0.350", "0.35"), ("100", "100"), ("1e3", "1000")])
def test_a_quantity_is_written_plainly(text: str, shown: str) -> None:
    assert str(Quantity.of(text)) == shown


@pytest.mark.parametrize(("text", "said"), [("0.0000001", "six decimals"), ("a few", "not a quantity"), ("NaN", "not")])
def test_what_is_no_quantity_is_named_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Quantity.of(text)


@given(micros, micros)
def test_quantities_add_up_exactly(a: int, b: int) -> None:
    assert Quantity(a) + Quantity(b) - Quantity(b) == Quantity(a)
    assert Quantity(0) - Quantity(a) == -Quantity(a)
    assert Quantity.of(Quantity(a).decimal) == Quantity(a)
    assert Quantity.of(str(Quantity(a))) == Quantity(a)


@given(micros)
def test_one_times_a_quantity_is_the_quantity(micro: int) -> None:
    assert ONE.times(Quantity(micro)) == Quantity(micro)


def test_three_packs_of_twelve_are_thirty_six() -> None:
    assert Quantity.of(12).times(Quantity.of(3)) == Quantity.of(36)


def test_ten_tenths_are_one() -> None:
    assert sum((Quantity.of("0.1") for _ in range(10)), Quantity(0)) == ONE
    assert Quantity.of("0.1").decimal == Decimal("0.1")


# --- identities -------------------------------------------------------------------------------------------------------


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_an_id_is_a_uuid_of_version_7_with_its_moment_in_front(utc_ms: int, entropy: bytes) -> None:
    made = UUID(uuid7(utc_ms, entropy))
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == utc_ms


@given(st.integers(0, 2**40), st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_a_later_id_sorts_later(utc_ms: int, one: bytes, other: bytes) -> None:
    assert uuid7(utc_ms, one) < uuid7(utc_ms + 1, other)


def test_seventy_four_bits_of_the_entropy_make_ids_of_one_millisecond_differ() -> None:
    ids = {uuid7(1, (1 << bit).to_bytes(10, "big")) for bit in range(80)}
    assert len(ids) == 75, "74 bits count; the six that have no place all give the id of no bit at all"
    assert uuid7(1, bytes(10)) == "00000000-0001-7000-8000-000000000000"


# --- moments ----------------------------------------------------------------------------------------------------------


def test_the_day_is_the_day_on_the_wall_of_the_shop() -> None:
    almost_midnight = 1_795_475_700_000  # 2026-11-23 23:15 UTC
    assert Stamp(almost_midnight).day == "2026-11-23"
    assert Stamp(almost_midnight, 60).day == "2026-11-24"
    assert Stamp(almost_midnight, -300).local.isoformat() == "2026-11-23T18:15:00"


@given(st.integers(0, 4_102_444_800_000), st.integers(-720, 840))
def test_local_time_is_exact_to_the_millisecond(utc_ms: int, offset: int) -> None:
    local = Stamp(utc_ms, offset).local
    assert local.tzinfo is None
    assert local.microsecond == utc_ms % 1000 * 1000


# --- barcodes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        "4006381333931",  # EAN-13, Stabilo
        "036000291452",  # UPC-A, the textbook's
        "96385074",  # EAN-8
        "9780306406157",  # a book
        "10012345678902",  # ITF-14 of a carton
        "614141000036",  # GS1 General Specifications
    ],
)
def test_real_gtins_have_the_right_check_digit(code: str) -> None:
    assert is_gtin(code)
    assert check_digit(code[:-1]) == int(code[-1])


@given(st.sampled_from([7, 11, 12, 13]), st.data())
def test_any_wrong_digit_is_noticed(length: int, data: st.DataObject) -> None:
    body = data.draw(st.text("0123456789", min_size=length, max_size=length))
    code = body + str(check_digit(body))
    assert is_gtin(code)
    at = data.draw(st.integers(0, length))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != code[at]]))
    assert not is_gtin(code[:at] + wrong + code[at + 1 :])


@pytest.mark.parametrize("code", ["", "12345", "4006381333932", "40063813339x1", "٤٠٠٦٣٨١٣٣٣٩٣١", "123456789012345"])
def test_what_is_no_gtin_is_kept_as_it_is_printed(code: str) -> None:
    assert not is_gtin(code)
    assert barcode_key(f" {code}\n") == code


def test_a_upc_a_is_the_same_product_when_it_is_read_as_ean_13() -> None:
    assert barcode_key("036000291452") == barcode_key("0036000291452") == barcode_key("00036000291452")


def test_a_gtin_8_is_the_same_product_in_fourteen_digits() -> None:
    assert barcode_key("96385074") == barcode_key("00000096385074") == "00000096385074"


@pytest.mark.parametrize("code", ["96385074", "4006381333931", "10012345678902", "SHELF-12"])
def test_a_stored_code_is_shown_as_it_was_printed(code: str) -> None:
    assert barcode_text(barcode_key(code)) == code


def test_a_upc_a_is_shown_as_ean_13() -> None:
    assert barcode_text(barcode_key("036000291452")) == "0036000291452"


@given(st.text(max_size=20))
def test_a_key_is_its_own_key(code: str) -> None:
    assert barcode_key(barcode_key(code)) == barcode_key(code)
    assert barcode_key(barcode_text(barcode_key(code))) == barcode_key(code)
