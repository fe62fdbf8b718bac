"""An amount means what the person who typed it meant, or it is asked about."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from omsdesk.domain.values import Money, minor_digits
from omsdesk.ui.amounts import money_text
from omsdesk.ui.typed_amount import LETTERS, MOST_DIGITS, Typed, decimal_sign, plain_text, read_amount

LOCALES = st.sampled_from(["de-DE", "en-GB", "en-IE", "de-CH", "fr-FR", "en-IN", "ja-JP", "ar-EG", "sv-SE"])
CURRENCIES = st.sampled_from(["EUR", "GBP", "CHF", "JPY", "KWD"])
SPACES = [" ", "\u00a0", "\u202f", "'", "\u2019"]


def euros(text: str) -> Typed:
    return Typed(Money.of(text, "EUR"))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12", "12.00"), ("12,50", "12.50"), ("12.50", "12.50"), ("12,5", "12.50"), ("12.5", "12.50"), ("12,", "12.00"),
        (",50", "0.50"), ("0", "0.00"), (" 7 ", "7.00"), ("1.250,50", "1250.50"), ("1,250.50", "1250.50"),
        ("1.250,", "1250.00"), ("1.250.000", "1250000.00"), ("1 250", "1250.00"), ("1 250,50", "1250.50"),
        ("1'250.50", "1250.50"), ("12,34,567.00", "1234567.00"), ("007", "7.00"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("locale", ["de-DE", "en-GB"])
def test_what_can_mean_one_thing_alone_is_taken_in_every_country(typed: str, amount: str, locale: str) -> None:
    assert read_amount(typed, "EUR", locale) == euros(amount)


@pytest.mark.parametrize("typed", ["", " ", ".", ",", "'"])
def test_nothing_is_nothing(typed: str) -> None:
    assert read_amount(typed, "EUR", "de-DE") == Typed()


@pytest.mark.parametrize(
    ("typed", "locale", "question"),
    [
        ("1.250", "de-DE", "Is “1.250” 1,25\xa0€ or 1.250,00\xa0€? Type 1,25 or 1250,00."),
        ("1,250", "de-DE", "Is “1,250” 1,25\xa0€ or 1.250,00\xa0€? Type 1,25 or 1250,00."),
        ("1,250", "en-IE", "Is “1,250” €1.25 or €1,250.00? Type 1.25 or 1250.00."),
        ("12.505", "de-DE", "“12.505” is not clear as an amount. Type it like this: 1250,50"),
        ("0.125", "en-IE", "“0.125” is not clear as an amount. Type it like this: 1250.50"),
        ("1.25.0", "de-DE", "“1.25.0” is not clear as an amount. Type it like this: 1250,50"),
        ("1,250.505", "en-IE", "“1,250.505” is not clear as an amount. Type it like this: 1250.50"),
        ("4001234500003", "de-DE", "“4001234500003” is not clear as an amount. Type it like this: 1250,50"),
    ],
)
def test_what_may_mean_two_things_is_asked(typed: str, locale: str, question: str) -> None:
    assert read_amount(typed, "EUR", locale) == Typed(question=question)


def test_where_there_are_no_cents_a_sign_stands_between_thousands() -> None:
    for typed in ("1.200", "1,200", "1 200", "1200"):
        assert read_amount(typed, "JPY", "de-DE") == Typed(Money(1200, "JPY"))
    assert read_amount("12.5", "JPY", "ja-JP").amount is None


def test_three_decimals_are_read_where_money_has_them() -> None:
    assert read_amount("1.250", "KWD", "en-GB") == Typed(Money(1250, "KWD"))
    assert read_amount("1,250", "KWD", "en-GB").question.startswith("Is “1,250”")


def ways_to_write(money: Money, locale: str) -> set[str]:
    """Every way in which people write an amount: of their country, of others, with and without cents and thousands."""
    digits = minor_digits(money.currency)
    whole, rest = divmod(money.minor, 10**digits)
    plain, cents = str(whole), f"{rest:0{digits}d}" if digits else ""
    signs = [".", ",", *SPACES]
    if digits == 3:
        # With three decimals the shop's own decimal sign is nothing else.
        signs.remove(decimal_sign(locale))
    grouped = {re.sub(r"(?<=\d)(?=(?:\d{3})+$)", sign, plain) for sign in signs}
    written = {plain_text(money, locale)}
    for sign in ".,":
        for head in {plain, *grouped}:
            if sign not in head and cents:
                written |= {f"{head}{sign}{cents}", f"{head}{sign}{cents.rstrip('0')}"}
    return written | ({plain, *grouped} if not rest else set())


@given(st.integers(0, 10**MOST_DIGITS - 1), CURRENCIES, LOCALES)
@example(125_000, "EUR", "de-DE")
@example(1_000_000, "EUR", "en-GB")
def test_an_amount_is_never_taken_for_another_one(minor: int, currency: str, locale: str) -> None:
    money = Money(minor, currency)
    for written in ways_to_write(money, locale):
        read = read_amount(written, currency, locale)
        assert read.amount == money or (read.amount is None and read.question), written


@given(st.integers(0, 10**MOST_DIGITS - 1), CURRENCIES, LOCALES)
def test_what_a_field_is_filled_with_is_read_as_it_was_meant(minor: int, currency: str, locale: str) -> None:
    money = Money(minor, currency)
    assert read_amount(plain_text(money, locale), currency, locale) == Typed(money)


@given(st.from_regex(LETTERS, fullmatch=True), CURRENCIES, LOCALES)
def test_whatever_is_typed_is_an_amount_a_question_or_nothing(typed: str, currency: str, locale: str) -> None:
    read = read_amount(typed, currency, locale)
    if read.amount is None:
        assert bool(read.question) is any(letter.isdigit() for letter in typed)
        return
    assert not read.question
    digits = "".join(str(int(letter)) for letter in typed if letter.isdigit()).lstrip("0")
    shift = minor_digits(currency)
    # The digits stay what they are; only where the cents begin is told by the signs.
    assert {str(read.amount.minor), str(read.amount.minor).rstrip("0")} & {
        digits + "0" * zeros for zeros in range(shift + 1)
    } or not read.amount.minor


@given(LOCALES)
def test_the_decimal_sign_is_the_one_that_amounts_are_shown_with(locale: str) -> None:
    shown = money_text(Money(125, "EUR"), locale)
    assert decimal_sign(locale) in shown or QLocale(locale).decimalPoint() == "\u066b"
