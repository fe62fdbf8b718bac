"""The settings' texts become a shop, and a shop becomes texts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.actions.set_up import countries, country_preset
from omsdesk.domain.shop import Shop
from omsdesk.domain.tax import Tax, TaxRate
from omsdesk.domain.tender import TenderKind
from omsdesk.ui.settings.shop_draft import (
    MethodDraft,
    RateDraft,
    ShopDraft,
    draft_of,
    problems,
    shop_of,
    with_customs,
)

SHOP = country_preset("GB").shop("s1", "Corner Coffee")


@pytest.mark.parametrize("code", countries())
def test_every_countrys_shop_goes_through_its_form_unharmed(code: str) -> None:
    shop = country_preset(code).shop("s1", "Shop")
    draft = draft_of(shop)
    assert problems(draft, shop) == {}
    assert shop_of(draft, shop) == shop


@given(ppm=st.integers(0, 1_000_000), is_compound=st.booleans())
def test_any_rate_is_written_and_read_back(ppm: int, is_compound: bool) -> None:
    rate = TaxRate("standard", Tax("S", "VAT", ppm, is_compound), "2020-01-01", "")
    shop = replace(SHOP, tax_rates=(rate,))
    assert shop_of(draft_of(shop), shop).tax_rates == (rate,)


def test_lines_that_are_empty_are_no_lines() -> None:
    draft = replace(draft_of(SHOP), address="12 Market Street\n\n  York \n", footer="\n")
    made = shop_of(draft, SHOP)
    assert made.address == ("12 Market Street", "York")
    assert made.footer == ()


def test_the_customs_of_a_country_change_taxes_alone() -> None:
    draft = replace(draft_of(SHOP), phone="123", methods=())
    made = with_customs(draft, country_preset("US-NY"), SHOP.locale)
    assert (made.name, made.phone, made.methods) == ("Corner Coffee", "123", ())
    assert made.is_inclusive == "no"
    assert made.rates != draft.rates


def row(**said: object) -> ShopDraft:
    """Put one rate in the place of all."""
    rate = replace(RateDraft("standard", "S", "VAT", "20"), **said)  # type: ignore[arg-type]
    return replace(draft_of(SHOP), rates=(rate,))


def method(**said: object) -> ShopDraft:
    """Put one way to pay in the place of all."""
    return replace(draft_of(SHOP), methods=(replace(MethodDraft("Cash", "cash"), **said),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("draft", "field", "said"),
    [
        (replace(draft_of(SHOP), name=""), "name", "name of the shop"),
        (row(category=" "), "rates.0", "Type a category"),
        (row(name=""), "rates.0", "called on receipts"),
        (row(percent="many"), "rates.0", "is not a rate"),
        (row(percent="-1"), "rates.0", "between 0 and 100"),
        (row(percent="1.00001"), "rates.0", "four decimals"),
        (row(valid_from="once"), "rates.0", "is not a day"),
        (row(valid_from="2027-01-01", valid_to="2026-01-01"), "rates.0", "before the first"),
        (method(name=""), "methods.0", "Type what this way to pay"),
        (method(step="0"), "methods.0", "smallest coin"),
        (method(step="five"), "methods.0", "not an amount"),
        (replace(draft_of(SHOP), methods=()), "methods", "at least one"),
    ],
)
def test_mistakes_have_a_field_and_a_sentence(draft: ShopDraft, field: str, said: str) -> None:
    found = problems(draft, SHOP)
    assert list(found) == [field]
    assert said in found[field]


def codes(shop: Shop) -> list[str]:
    """The codes of the ways to pay."""
    return [method.code for method in shop.tender_methods]


def test_new_ways_to_pay_get_codes_that_are_free() -> None:
    methods = (MethodDraft("Card!", "other"), MethodDraft("Karte", "card", code="card"), MethodDraft("¥€$"))
    made = shop_of(replace(draft_of(SHOP), methods=methods), SHOP)
    assert codes(made) == ["card-2", "card", "other"]


def test_only_cash_is_rounded() -> None:
    methods = (MethodDraft("Cash", "cash", "0.05"), MethodDraft("Card", "card", "0.05"))
    made = shop_of(replace(draft_of(SHOP), methods=methods), SHOP)
    assert [(row.kind, row.rounding_step) for row in made.tender_methods] == [
        (TenderKind.CASH, 5),
        (TenderKind.CARD, 1),
    ]
