"""What a GS1 code says beside the article, against codes that others print."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices.gs1 import Labelled, article, plain, read
from omsdesk.domain.values import Money, Quantity

GTIN = "04006381333931"
GS = "\x1d"


def test_one_scan_says_everything() -> None:
    code = f"]C101{GTIN}310300035010L-77{GS}1727013121S/1{GS}392{2}419"
    assert read(code, "EUR") == Labelled(GTIN, Quantity.of("0.350"), Money(419, "EUR"), 0, "L-77", "2027-01-31", "S/1")


@pytest.mark.parametrize(
    "code",
    [
        f"]d201{GTIN}17270131",
        f"01{GTIN}17270131{GS}",
        f"(01){GTIN}(17)270131",
        f"https://id.gs1.org/01/{GTIN}?17=270131",
        f"]Q1https://example.com/01/{GTIN}?17=270131",
        f"HTTPS://ID.GS1.ORG/01/{GTIN}?17=270131",
        f"01{GTIN}17270131",
    ],
)
def test_it_is_read_in_whatever_code_it_stands(code: str) -> None:
    assert read(code, "EUR") == Labelled(GTIN, expiry="2027-01-31")


@pytest.mark.parametrize(
    "code",
    [
        "4006381333931",
        "4006381333930",
        "0104006381333930",
        "]E04006381333931",
        "SKU-1",
        "",
        "https://shop.eu/x",
        "0101",
    ],
)
def test_what_does_not_say_it_is_gs1s_is_not(code: str) -> None:
    assert read(code, "EUR") is None


@pytest.mark.parametrize("code", ["]C10104006381333930", "]C1002806141410000000001", "]C1xyz", f"{GS}{GS}"])
def test_a_broken_message_or_one_about_no_article_is_nothing(code: str) -> None:
    assert read(code, "EUR") is None


def test_a_day_of_no_day_is_the_last_of_its_month_and_the_day_of_use_comes_first() -> None:
    found = read(f"]d201{GTIN}1527010017270200", "EUR")
    assert found is not None
    assert found.expiry == "2027-02-28"


def test_pounds_are_weighed_too() -> None:
    found = read(f"]e001{GTIN}3202000100", "USD")
    assert found is not None
    assert found.weight == Quantity.of("0.453592")


def test_a_price_of_fewer_digits_than_decimals_is_cents() -> None:
    for code in (f"]e001{GTIN}39221", f"]e001{GTIN}39329781"):
        found = read(code, "EUR")
        assert found is not None
        assert found.price == Money(1, "EUR")


def test_a_price_in_other_money_is_no_price() -> None:
    euro = f"]e001{GTIN}3932978419"
    assert (found := read(euro, "EUR")) is not None
    assert found.price == Money(419, "EUR")
    assert (other := read(euro, "GBP")) is not None
    assert other.price is None


def test_whatever_a_code_says_it_stands_for_an_article() -> None:
    assert article(f"]C101{GTIN}310300035010L-77") == GTIN
    assert article(f"]C101{GTIN}3922419") == GTIN
    assert article("]d2SHELF-3") == plain("]d2SHELF-3") == "SHELF-3"
    assert article("4006381333931") == "4006381333931"


@given(
    grams=st.integers(0, 999_999),
    cents=st.integers(0, 9_999_999),
    lot=st.from_regex(r"[A-Z0-9/\-]{1,20}", fullmatch=True),
)
def test_what_was_printed_is_read(grams: int, cents: int, lot: str) -> None:
    found = read(f"]C101{GTIN}3103{grams:06d}3922{cents}{GS}10{lot}", "EUR")
    assert found == Labelled(GTIN, Quantity(grams * 1000), Money(cents, "EUR"), lot=lot)


def test_the_library_is_only_loaded_when_such_a_code_is_met() -> None:
    program = (
        "import sys; from omsdesk.devices.gs1 import read; read('4006381333931', 'EUR');"
        f"before = 'biip' in sys.modules; read(']C101{GTIN}', 'EUR'); print(before, 'biip' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True"]
