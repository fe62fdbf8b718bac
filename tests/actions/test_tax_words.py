"""What product files call taxes."""

from __future__ import annotations

import pytest

from omsdesk.actions.set_up import countries, country_preset
from omsdesk.actions.tax_words import TaxWords

DAY = "2026-03-01"


@pytest.mark.parametrize(
    ("country", "word", "category"),
    [
        ("GB", "standard", "standard"),
        ("GB", " Standard ", "standard"),
        ("GB", "Z", "zero"),
        ("GB", "20", "standard"),
        ("GB", "20%", "standard"),
        ("GB", "20.0 %", "standard"),
        ("GB", "VAT 20 %", "standard"),
        ("GB", "VAT 5%", "reduced"),
        ("GB", "0", "zero"),
        ("GB", "17.5", ""),
        ("GB", "taxable", ""),
        ("GB", "2020", ""),
        ("GB", "", ""),
        ("DE", "19 % MwSt.", "standard"),
        ("DE", "7,0%", "reduced"),
        ("FR", "TVA 5,5 %", "reduced"),
        ("CH", "8.1%", "standard"),
    ],
)
def test_a_word_is_a_category_by_its_name_its_letter_or_its_rate(country: str, word: str, category: str) -> None:
    assert TaxWords(country_preset(country).tax_rates, DAY).category(word) == category


@pytest.mark.parametrize("country", countries())
def test_every_category_of_every_country_is_known_by_its_own_name(country: str) -> None:
    preset = country_preset(country)
    taxes = TaxWords(preset.tax_rates, DAY)
    now = {row.category for row in preset.tax_rates if not row.valid_to or row.valid_to >= DAY}
    assert {taxes.category(name) for name in now} == now
    assert taxes.ordinary in now


def test_a_persons_choice_comes_before_everything_else() -> None:
    taxes = TaxWords(country_preset("GB").tax_rates, DAY, {"Books": "zero", "20%": "exempt"})
    assert taxes.category("books") == "zero"
    assert taxes.category("20%") == "exempt"


def test_unknown_words_are_told_once_each() -> None:
    taxes = TaxWords(country_preset("GB").tax_rates, DAY)
    assert [taxes.category(word) for word in ("Luxury", "luxury", "Sin", "standard")] == ["", "", "", "standard"]
    assert taxes.unknown == ["Luxury", "Sin"]


def test_a_column_that_holds_no_taxes_does_not_fill_the_memory() -> None:
    taxes = TaxWords(country_preset("GB").tax_rates, DAY)
    for number in range(5000):
        assert taxes.category(f"name of product {number}") == ""
    assert len(taxes.unknown) < 1000


def test_a_shop_without_taxes_has_no_categories() -> None:
    taxes = TaxWords((), DAY)
    assert (taxes.ordinary, taxes.category("20%")) == ("", "")
