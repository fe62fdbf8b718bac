"""Barcodes that a scale printed, against biip, which reads them by the rules of nine countries."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.domain.embedded_code import (
    REGIONS,
    EmbeddedCode,
    Reading,
    fault,
    masks_of,
    read,
    verifier,
    weight_for,
)
from omsdesk.domain.values import Money, Quantity, check_digit
from tests.domain.corner_shop import gbp

KNOWN_TO_BIIP = ("DK", "EE", "FI", "DE", "GB", "LV", "LT", "NO", "SE")


def coded(body: str) -> str:
    return body + str(check_digit(body))


def made(mask: str, item: str, value: str) -> str:
    """Print a number as a scale does."""
    kind = next(letter for letter in "WPN" if letter in mask)
    body = mask.replace("I" * len(item), item, 1).replace(kind * len(value), value, 1)
    return coded(body.replace("C", verifier(value)) if "C" in mask else body)


@pytest.mark.parametrize("country", KNOWN_TO_BIIP)
@settings(max_examples=40)
@given(data=st.data())
def test_a_country_is_read_as_biip_reads_it(country: str, data: st.DataObject) -> None:
    import biip
    from biip.rcn import Rcn

    row = data.draw(st.sampled_from(REGIONS[country]))
    kind = next(letter for letter in "WPN" if letter in row.mask)
    item = data.draw(st.text("0123456789", min_size=row.mask.count("I"), max_size=row.mask.count("I")))
    value = data.draw(st.text("0123456789", min_size=row.mask.count(kind), max_size=row.mask.count(kind)))
    code = made(row.mask, item, value)
    other = biip.parse(code, config=biip.ParseConfig(rcn_region=country.lower())).gtin
    mine = read(code, REGIONS[country], "EUR")
    assert mine is not None
    assert isinstance(other, Rcn)
    assert mine.item == other.item_reference == item
    assert mine.plain == other.without_variable_measure().as_gtin_13()
    weight = None if mine.weight is None else mine.weight.decimal
    price = None if mine.price is None else mine.price.decimal
    count = None if mine.count is None else mine.count.decimal
    assert (weight, price, count) == (other.weight, other.price, other.count)


@pytest.mark.parametrize("country", KNOWN_TO_BIIP)
def test_every_rule_of_biip_is_known_here(country: str) -> None:
    import biip

    config = biip.ParseConfig(rcn_region=country.lower(), rcn_verify_variable_measure=False)
    for prefix in range(20, 30):
        body = f"{prefix}1234500000"
        other = biip.parse(coded(body), config=config).gtin
        has_rule = any(getattr(other, name, None) is not None for name in ("weight", "price", "count"))
        assert has_rule == any(row.mask.startswith(str(prefix)) for row in REGIONS[country]), prefix


@given(st.text("0123456789", min_size=4, max_size=5))
def test_the_digit_that_verifies_is_that_of_gs1(value: str) -> None:
    from biip.checksums import gs1_price_weight_check_digit

    assert verifier(value) == str(gs1_price_weight_check_digit(value))


def test_a_number_that_was_read_wrong_is_no_reading() -> None:
    german = REGIONS["DE"]
    code = made("22IIIICPPPPP", "4711", "00419")
    assert read(code, german, "EUR") == Reading("4711", "224711", coded("224711000000"), price=Money(419, "EUR"))
    assert read(code[:-1] + str((int(code[-1]) + 1) % 10), german, "EUR") is None, "another check digit"
    wrong = str((int(code[6]) + 1) % 10)
    assert read(coded(code[:6] + wrong + code[7:12]), german, "EUR") is None, "another verifier"
    for other in ("4006381333931", "12345670", "SKU-1", "", coded("210000000000")):
        assert read(other, german, "EUR") is None


def test_a_upc_of_number_system_two_is_read() -> None:
    body = f"204711{verifier('0419')}0419"
    for code in (coded(body), "0" + coded(body)):
        found = read(code, REGIONS["US"], "USD")
        assert found is not None
        assert (found.item, found.price) == ("04711", Money(419, "USD"))
        assert found.names[-1] == "4711"


def test_a_shop_has_masks_of_its_own_before_those_of_its_country() -> None:
    own = EmbeddedCode("22IIIIIWWWWW", 3)
    masks = masks_of("DE", (own,))
    found = read(coded("220012300350"), masks, "EUR")
    assert found is not None
    assert (found.item, found.weight) == ("00123", Quantity.of("0.350"))
    assert masks_of("JP", ()) == ()


@given(minor=st.integers(0, 99_999), currency=st.sampled_from(["JPY", "EUR", "KWD"]), decimals=st.integers(0, 3))
def test_a_price_is_in_the_money_of_the_shop(minor: int, currency: str, decimals: int) -> None:
    code = EmbeddedCode("21IIIIIPPPPP", decimals)
    found = read(made(code.mask, "00001", f"{minor:05d}"), [code], currency)
    assert found is not None
    assert found.price is not None
    said = Decimal(minor).scaleb(-decimals)
    digits_of = {"JPY": 0, "EUR": 2, "KWD": 3}[currency]
    assert found.price.decimal == said.quantize(Decimal(1).scaleb(-digits_of), rounding="ROUND_DOWN")


@pytest.mark.parametrize(
    ("mask", "decimals", "said"),
    [
        ("22IIIICPPPPP", 2, ""),
        ("02IIIIICPPPP", 2, ""),
        ("21XXIIIWWWWW", 3, ""),
        ("22IIIICPPPP", 2, "12 places"),
        ("40IIIICPPPPP", 2, "begins with 2"),
        ("22IIIIIIIIII", 0, "for the item"),
        ("22IIIIWWPPPP", 2, "for the item"),
        ("22IPPIIIPPPP", 2, "side by side"),
        ("22IIIIIIPPPP", 5, "not so many"),
        ("22IIIICPPPPP", -1, "not so many"),
        ("22IIICPPPPPP", 2, "four or of five"),
    ],
)
def test_a_mask_is_asked_about_when_it_cannot_be_meant(mask: str, decimals: int, said: str) -> None:
    assert said in fault(EmbeddedCode(mask, decimals))
    assert bool(said) == bool(fault(EmbeddedCode(mask, decimals)))


def test_every_mask_of_every_country_can_be_meant() -> None:
    assert not any(fault(row) for rows in REGIONS.values() for row in rows)


def test_the_weight_behind_a_price_has_no_more_digits_than_it_needs() -> None:
    assert weight_for(gbp("4.19"), gbp("11.99")) == Quantity.of("0.3495")
    assert weight_for(gbp("6.00"), gbp("12.00")) == Quantity.of("0.5")
    assert weight_for(gbp("6.00"), gbp("0.00")) is None
    assert weight_for(Money(600, "EUR"), gbp("1.00")) is None


@given(price=st.integers(0, 99_999), unit=st.integers(1, 500_000))
def test_the_customer_pays_what_the_label_says(price: int, unit: int) -> None:
    weight = weight_for(Money(price, "EUR"), Money(unit, "EUR"))
    assert weight is not None
    assert Money(unit, "EUR").times(weight) == Money(price, "EUR")
