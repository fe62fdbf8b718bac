"""Tax categories as choices."""

from __future__ import annotations

from omsdesk.actions.set_up import country_preset
from omsdesk.domain.shop import Shop
from omsdesk.domain.tax import Tax, TaxRate
from omsdesk.ui.catalogue.tax_choices import tax_choices

DAY = "2026-03-01"


def test_a_category_says_what_it_comes_to() -> None:
    offers = dict(tax_choices(country_preset("GB").shop("s1", "Corner Coffee"), DAY, "standard"))
    assert offers["standard"] == "Standard – VAT 20 %"


def test_a_rate_of_another_year_keeps_its_category_and_says_nothing() -> None:
    shop = Shop("s1", "Shop", "EUR", tax_rates=(TaxRate("old", Tax("O", "VAT", 160_000), valid_to="2020-12-31"),))
    assert tax_choices(shop, DAY, "old") == [("old", "Old")]


def test_a_category_that_the_shop_has_not_is_offered_where_something_has_it() -> None:
    shop = Shop("s1", "Shop", "EUR")
    assert tax_choices(shop, DAY) == [("", "No tax")]
    assert tax_choices(shop, DAY, "gone") == [("gone", "Gone")]
