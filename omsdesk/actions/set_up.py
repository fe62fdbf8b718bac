"""What a shop starts from: the taxes, money and customs of its country, as data in ``resources/countries``.

A preset is a start, not advice: it is as good as the day its file names, and the shop can change all of it.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

from omsdesk.domain.records import record
from omsdesk.domain.shop import Shop
from omsdesk.domain.tax import PPM, Tax, TaxRate, TaxRounding, TaxTerms
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.resource_files import resource


class UnknownCountry(LookupError):
    """There is no preset under this code."""


@record
class CountryPreset:
    """The customs of a country. ``notes`` are its banknotes in minor units, for quick cash."""

    code: str
    """ISO 3166-1, or ISO 3166-2 where taxes differ by state: ``DE``, ``US-NY``."""
    name: str
    currency: str
    locale: str
    tax_terms: TaxTerms
    tax_rates: tuple[TaxRate, ...]
    tender_methods: tuple[TenderMethod, ...]
    notes: tuple[int, ...]

    @property
    def tax_categories(self) -> tuple[str, ...]:
        """The categories a product can be in, the ordinary one first."""
        return tuple(dict.fromkeys(rate.category for rate in self.tax_rates))

    def shop(self, id: str, name: str) -> Shop:
        """Make a shop as it is usual in this country."""
        return Shop(
            id,
            name,
            self.currency,
            country=self.code,
            locale=self.locale,
            tax_terms=self.tax_terms,
            tax_rates=self.tax_rates,
            tender_methods=self.tender_methods,
        )


def country_preset(code: str) -> CountryPreset:
    """Read the preset of a country, or of a state such as ``US-NY``.

    Raises:
        UnknownCountry: there is none under this code.

    """
    if code not in _codes():
        raise UnknownCountry(f"There is no preset for “{code}”. There are presets for {', '.join(_codes())}.")
    found = _file(code)
    return CountryPreset(
        code,
        found["name"],
        found["currency"],
        found["locale"],
        TaxTerms(found["prices_include_tax"], TaxRounding(found["tax_rounding"])),
        tuple(_rate(*row) for row in found["rates"]),
        (
            TenderMethod("cash", found["tender_names"]["cash"], TenderKind.CASH, found["cash_step"]),
            TenderMethod("card", found["tender_names"]["card"], TenderKind.CARD),
            TenderMethod("gift_card", found["tender_names"]["gift_card"], TenderKind.STORED),
        ),
        tuple(found["notes"]),
    )


def countries() -> dict[str, str]:
    """List the countries that have a preset: code and English name, by name."""
    return dict(sorted(((code, _file(code)["name"]) for code in _codes()), key=lambda pair: pair[1]))


def _codes() -> list[str]:
    return sorted(path.stem for path in resource("countries").glob("*.toml"))


def _file(code: str) -> dict[str, Any]:
    return tomllib.loads(resource(f"countries/{code}.toml").read_text(encoding="utf-8"))


def _rate(category: str, letter: str, name: str, percent: str, first_day: str = "", last_day: str = "") -> TaxRate:
    return TaxRate(category, Tax(letter, name, int(Decimal(percent) * PPM) // 100), first_day, last_day)


def notes_of(country: str) -> tuple[int, ...]:
    """Give the banknotes of a country in minor units; where it is unknown, those that most have."""
    try:
        return country_preset(country).notes
    except UnknownCountry:
        return (500, 1000, 2000, 5000)
