"""Numbers and moments as people write them: exact, whatever the locale's own idea of digits is."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.documents.formats import format_amount, format_moment, format_money, format_quantity
from omsdesk.domain.values import Money, Quantity, Stamp

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en-GB", "£1,234.50"),
        ("en-US", "£1,234.50"),
        ("de-DE", f"1.234,50{SPACE}£"),
        ("cs-CZ", f"1{SPACE}234,50{SPACE}£"),
        ("sv-SE", f"1{SPACE}234,50{SPACE}GBP"),
    ],
)
def test_money_stands_as_the_locale_writes_it(locale: str, written: str) -> None:
    assert format_money(Money.of("1234.50", "GBP"), locale) == written


@pytest.mark.parametrize(
    ("currency", "minor", "written"),
    [("JPY", 500, "¥500"), ("KWD", 1234, f"KWD{SPACE}1.234"), ("IQD", 1500, f"IQD{SPACE}1.500"), ("EUR", 5, "€0.05")],
)
def test_every_minor_unit_is_written_even_where_cldr_drops_it(currency: str, minor: int, written: str) -> None:
    assert format_money(Money(minor, currency), "en-US") == written


def test_a_negative_amount_has_a_plain_minus_that_every_printer_has() -> None:
    assert format_money(Money.of("-1.00", "SEK"), "sv-SE").startswith("-1,00")
    assert format_amount(Money.of("-1.00", "SEK"), "nb-NO") == "-1,00"


@given(minor=st.integers(-(10**12), 10**12), currency=st.sampled_from(["EUR", "JPY", "KWD"]))
def test_an_amount_read_back_is_the_amount_that_was_written(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(format_amount(money, "en-GB").replace(",", ""), currency) == money
    assert Decimal(re.sub(r"[^-0-9.]", "", format_money(money, "en-GB"))) == money.decimal


@given(micro=st.integers(-(10**10), 10**10))
def test_a_quantity_is_never_rounded(micro: int) -> None:
    quantity = Quantity(micro)
    assert Quantity.of(format_quantity(quantity, "en-GB").replace(",", "")) == quantity


def test_a_weight_shows_all_digits_of_its_scale() -> None:
    assert format_quantity(Quantity.of("0.35"), "en-GB", 3) == "0.350"
    assert format_quantity(Quantity.of("0.35"), "de-DE", 3) == "0,350"
    assert format_quantity(Quantity.of(3), "en-GB") == "3"


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en-GB", "28 Jul 2026, 15:32"),
        ("de-DE", "28.07.2026, 15:32"),
        ("en-US", f"Jul 28, 2026, 3:32{SPACE}PM"),
        ("ja-JP", "2026/07/28, 15:32"),
    ],
)
def test_a_moment_is_the_wall_clock_of_the_shop(locale: str, written: str) -> None:
    assert format_moment(Stamp(1785249120000, 60), locale) == written


@pytest.mark.parametrize("locale", ["de-DE-u-nu-latn", "de_DE", "de-XX", "de"])
def test_a_tag_with_more_or_less_than_cldr_knows_falls_back_to_its_language(locale: str) -> None:
    assert format_amount(Money.of("1.50", "EUR"), locale) == "1,50"


@pytest.mark.parametrize("locale", ["", "xx-YY", "not a locale!"])
def test_a_tag_that_nobody_knows_is_english(locale: str) -> None:
    assert format_amount(Money.of("1234.50", "EUR"), locale) == "1,234.50"


def test_babel_is_not_loaded_before_something_is_written() -> None:
    code = "import sys, omsdesk.documents.receipt; raise SystemExit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
