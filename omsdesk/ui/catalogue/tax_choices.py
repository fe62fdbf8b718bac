"""The tax categories of the shop as choices: what they are called, and what they come to today."""

from __future__ import annotations

from omsdesk.domain.shop import Shop
from omsdesk.ui.typed_share import percent_text


def tax_choices(shop: Shop, day: str, also: str = "") -> list[tuple[str, str]]:
    """List categories with their labels on a day (ISO 8601); ``also`` is offered though the shop may not have it."""
    found: dict[str, list[str]] = {}
    for rate in shop.tax_rates:
        names = found.setdefault(rate.category, [])
        if rate.valid_from <= day and (not rate.valid_to or day <= rate.valid_to):
            names.append(f"{rate.tax.name} {percent_text(rate.tax.rate_ppm, shop.locale)}")
    found.setdefault(also, [])
    return [(key, _label(key, names)) for key, names in found.items()]


def _label(key: str, names: list[str]) -> str:
    label = key.capitalize() if key else "No tax"
    return f"{label} – {', '.join(names)}" if names else label
