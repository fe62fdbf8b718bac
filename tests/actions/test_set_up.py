"""Country presets: rates by day, cash rounding, and a shop that can sell at once; checked against CLDR by Babel."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel import Locale
from babel.numbers import get_currency_precision, get_territory_currencies

from omsdesk.actions.set_up import CountryPreset, UnknownCountry, countries, country_preset, notes_of
from omsdesk.domain.body import from_body, to_body
from omsdesk.domain.shop import Shop
from omsdesk.domain.tax import TaxRounding, summarise, taxes_on
from omsdesk.domain.tender import Tender, TenderKind, quick_cash, take
from omsdesk.domain.values import Money, minor_digits

CODES = tuple(countries())


@pytest.fixture(params=CODES)
def preset(request: pytest.FixtureRequest) -> CountryPreset:
    return country_preset(request.param)


def percents(code: str, category: str, day: str) -> list[str]:
    return [tax.percent for tax in taxes_on(day, category, country_preset(code).tax_rates)]


def test_the_markets_of_the_first_release_are_there() -> None:
    assert " ".join(sorted(CODES)) == "AT AU BR CA-ON CA-QC CH CZ DE ES FR GB IE IN IT JP NL PL SE US-NY US-OR"
    assert list(countries().values()) == sorted(countries().values())


@pytest.mark.parametrize(
    ("code", "category", "day", "expected"),
    [
        ("GB", "standard", "2026-05-01", ["20 %"]),
        ("GB", "standard", "2011-01-03", ["17.5 %"]),
        ("GB", "standard", "2011-01-04", ["20 %"]),
        ("DE", "standard", "2020-06-30", ["19 %"]),
        ("DE", "standard", "2020-07-01", ["16 %"]),
        ("DE", "reduced", "2020-12-31", ["5 %"]),
        ("DE", "reduced", "2021-01-01", ["7 %"]),
        ("AT", "basic_food", "2026-06-30", ["10 %"]),
        ("AT", "basic_food", "2026-07-01", ["4.9 %"]),
        ("FR", "reduced", "2026-01-01", ["5.5 %"]),
        ("ES", "super_reduced", "2026-01-01", ["4 %"]),
        ("IT", "standard", "2026-01-01", ["22 %"]),
        ("NL", "reduced", "2018-12-31", ["6 %"]),
        ("NL", "reduced", "2019-01-01", ["9 %"]),
        ("IE", "standard", "2021-02-28", ["21 %"]),
        ("IE", "standard", "2021-03-01", ["23 %"]),
        ("PL", "reduced", "2026-01-01", ["8 %"]),
        ("CZ", "reduced", "2023-12-31", ["15 %"]),
        ("CZ", "reduced", "2024-01-01", ["12 %"]),
        ("SE", "food", "2026-03-31", ["12 %"]),
        ("SE", "food", "2027-12-31", ["6 %"]),
        ("SE", "food", "2028-01-01", ["12 %"]),
        ("CH", "standard", "2023-12-31", ["7.7 %"]),
        ("CH", "accommodation", "2024-01-01", ["3.8 %"]),
        ("US-NY", "standard", "2026-01-01", ["8.875 %"]),
        ("US-OR", "standard", "2026-01-01", ["0 %"]),
        ("CA-ON", "standard", "2026-01-01", ["13 %"]),
        ("CA-QC", "standard", "2026-01-01", ["5 %", "9.975 %"]),
        ("CA-QC", "reduced", "2026-01-01", ["5 %"]),
        ("JP", "standard", "2019-09-30", ["8 %"]),
        ("JP", "reduced", "2019-10-01", ["8 %"]),
        ("AU", "standard", "2026-01-01", ["10 %"]),
        ("IN", "standard", "2026-01-01", ["9 %", "9 %"]),
        ("IN", "luxury", "2025-09-21", []),
        ("IN", "luxury", "2025-09-22", ["20 %", "20 %"]),
    ],
)
def test_a_rate_holds_from_its_first_day_to_its_last(code: str, category: str, day: str, expected: list[str]) -> None:
    assert percents(code, category, day) == expected


def test_no_category_is_ever_without_a_rate_or_with_the_same_tax_twice(preset: CountryPreset) -> None:
    day, last = date(2026, 1, 1), date(2028, 12, 31)
    assert preset.tax_categories[0] == "standard"
    assert {"zero", "exempt"} <= set(preset.tax_categories)
    while day <= last:
        for category in preset.tax_categories:
            letters = [tax.code for tax in taxes_on(day.isoformat(), category, preset.tax_rates)]
            assert letters, (category, day)
            assert len(letters) == len(set(letters))
        day += timedelta(days=1)


def test_every_history_is_without_gap(preset: CountryPreset) -> None:
    last_days: dict[tuple[str, str], str] = {}
    for rate in preset.tax_rates:
        before = last_days.get((rate.category, rate.tax.name))
        if before:
            assert date.fromisoformat(rate.valid_from) == date.fromisoformat(before) + timedelta(days=1)
        last_days[rate.category, rate.tax.name] = rate.valid_to


def test_money_and_language_are_those_of_the_country(preset: CountryPreset) -> None:
    assert preset.currency in get_territory_currencies(preset.code[:2], date(2026, 1, 1))
    assert minor_digits(preset.currency) == get_currency_precision(preset.currency)
    assert Locale.parse(preset.locale, sep="-").territory == preset.code[:2]


def test_cash_is_rounded_where_small_coins_are_missing() -> None:
    steps = {code: country_preset(code).tender_methods[0].rounding_step for code in CODES}
    assert {code: step for code, step in steps.items() if step > 1} == {
        "IT": 5, "NL": 5, "IE": 5, "CZ": 100, "SE": 100, "CH": 5, "CA-ON": 5, "CA-QC": 5, "AU": 5, "IN": 50,
    }  # fmt: skip


def test_a_swiss_customer_pays_to_the_nearest_five_rappen_in_cash_and_exactly_by_card() -> None:
    cash, card, gift_card = country_preset("CH").tender_methods
    due = Money.of("12.93", "CHF")
    paid = take("t1", cash, due, Money.of("20", "CHF"))
    assert isinstance(paid, Tender)
    assert (paid.change, paid.rounding) == (Money.of("7.05", "CHF"), Money.of("0.02", "CHF"))
    assert (cash.asks(due), card.asks(due)) == (Money.of("12.95", "CHF"), due)
    assert (cash.kind, card.kind, gift_card.kind) == (TenderKind.CASH, TenderKind.CARD, TenderKind.STORED)
    assert (gift_card.code, gift_card.name) == ("gift_card", "Gutschein")


def test_quick_cash_offers_the_countrys_own_notes(preset: CountryPreset) -> None:
    assert list(preset.notes) == sorted(set(preset.notes))
    offered = quick_cash(Money(preset.notes[0] - 1, preset.currency), preset.notes)
    assert offered[0] == Money(preset.notes[0], preset.currency)


def test_yen_have_no_small_unit_and_pounds_have() -> None:
    assert quick_cash(Money(1280, "JPY"), country_preset("JP").notes) == (
        Money(2000, "JPY"), Money(5000, "JPY"), Money(10000, "JPY"),
    )  # fmt: skip
    assert quick_cash(Money(1280, "GBP"), country_preset("GB").notes)[0] == Money(1500, "GBP")


def test_tax_is_inside_the_price_or_on_top_of_it_as_people_there_expect() -> None:
    outside = {code for code in CODES if not country_preset(code).tax_terms.is_inclusive}
    assert outside == {"US-NY", "US-OR", "CA-ON", "CA-QC"}
    quebec = country_preset("CA-QC")
    taxes = taxes_on("2026-01-01", "standard", quebec.tax_rates)
    summary = summarise([(Money(10000, "CAD"), taxes)], quebec.tax_terms, "CAD")
    assert [row.amount.minor for row in summary.taxes] == [500, 998]
    assert summary.gross == Money(11498, "CAD")


def test_a_preset_makes_a_shop_that_survives_its_journey_through_the_journal(preset: CountryPreset) -> None:
    shop = preset.shop("s1", "Corner shop")
    assert (shop.country, shop.currency, shop.locale) == (preset.code, preset.currency, preset.locale)
    assert shop.tax_terms.rounding is TaxRounding.DOCUMENT
    assert from_body(Shop, to_body(shop)) == shop


@pytest.mark.parametrize("code", ["XX", "", "../themes/light", "de", "US"])
def test_a_country_without_a_preset_is_refused_with_a_list_of_those_that_have_one(code: str) -> None:
    with pytest.raises(UnknownCountry, match=r"There is no preset for .* There are presets for AT, AU, .*US-NY"):
        country_preset(code)


def test_the_banknotes_of_a_country_nobody_knows_are_those_that_most_have() -> None:
    assert notes_of("CH") == country_preset("CH").notes
    assert notes_of("XX") == (500, 1000, 2000, 5000)
