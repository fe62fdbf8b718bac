"""Amounts on the screen: the same digits, sign and currency as on paper, and no float on the way."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.actions.set_up import CountryPreset, countries, country_preset
from omsdesk.documents.formats import format_money
from omsdesk.domain.values import Money
from omsdesk.ui.amounts import count_text, money_text

PRESETS = [country_preset(code) for code in countries()]


def bare(text: str) -> str:
    """What a reader takes from an amount, whatever separates its thousands and wherever the minus stands."""
    spaced = re.sub(r"[\s'’]", "", text)
    sign = "-" if "-" in spaced else ""
    spaced = spaced.replace("-", "")
    return sign + re.sub(r"[.,](?=\d{3}(?:\D|$))", "", spaced)


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "written"),
    [
        (123450, "GBP", "en-GB", "£1,234.50"),
        (-5, "GBP", "en-GB", "-£0.05"),
        (123450, "EUR", "de-DE", "1.234,50\xa0€"),
        (1234, "JPY", "ja-JP", "¥1,234"),
        (12345678, "INR", "en-IN", "₹1,23,456.78"),
        (123450, "EUR", "en-GB", "EUR\xa01,234.50"),
        (0, "USD", "en-US", "$0.00"),
    ],
)
def test_amounts_read_as_people_write_them(minor: int, currency: str, locale: str, written: str) -> None:
    assert money_text(Money(minor, currency), locale) == written


def test_three_decimals_stay_three() -> None:
    assert "1.005" in money_text(Money(1005, "KWD"), "en-GB")


def test_sums_that_no_float_holds_stay_exact() -> None:
    assert money_text(Money(9_007_199_254_740_993, "GBP"), "en-GB") == "£90,071,992,547,409.93"


@given(st.sampled_from(PRESETS), st.integers(-(10**11), 10**11))
def test_the_screen_says_what_the_paper_says(preset: CountryPreset, minor: int) -> None:
    money = Money(minor, preset.currency)
    assert bare(money_text(money, preset.locale)) == bare(format_money(money, preset.locale))


@pytest.mark.parametrize(
    ("locale", "written"), [("en-GB", "26,000"), ("de-DE", "26.000"), ("fr-FR", "26\xa0000"), ("en-IN", "26,000")]
)
def test_a_number_of_things_is_written_as_people_write_it(locale: str, written: str) -> None:
    assert count_text(26_000, locale) == written
    assert count_text(0, locale) == "0"
