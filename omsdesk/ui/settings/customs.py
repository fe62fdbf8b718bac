"""The money and the taxes of a shop in words, for whoever sets one up."""

from __future__ import annotations

from omsdesk.domain.shop import Shop
from omsdesk.domain.tax import taxes_on
from omsdesk.ui.typed_share import percent_text

_TOLD = 4
"""Taxes that are named: enough to see whether it is the right country."""


def customs(shop: Shop, day: str) -> str:
    """Say in which money a shop sells, and with which taxes on a day."""
    taxes: dict[str, None] = {}
    for category in dict.fromkeys(rate.category for rate in shop.tax_rates):
        found = taxes_on(day, category, shop.tax_rates)
        taxes |= dict.fromkeys(
            f"{tax.name} {percent_text(tax.rate_ppm, shop.locale)}".replace(" ", "\u00a0") for tax in found
        )
    words = "Prices contain the tax" if shop.tax_terms.is_inclusive else "Tax is added at the till"
    rates = ", ".join(list(taxes)[:_TOLD])
    return f"{shop.currency}. {words}: {rates}. Taxes can be changed later, the currency cannot."
