"""What a promotion does, shown on goods that just bring it about: by the engine that the till uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from omsdesk.domain.promotion import Item, Need, Promotion
from omsdesk.domain.promotion_rules import best
from omsdesk.domain.values import Money, Quantity

PRICE = 10
"""Whole units of money that an example costs where no product says otherwise."""

PriceOf = Callable[[str], Money | None]
"""Gives the price of a product."""


def example(row: Promotion, currency: str, price_of: PriceOf, write: Callable[[Money], str]) -> str:
    """Say in a sentence what somebody pays who buys just enough; empty where the promotion is not whole."""
    if not row.is_sound:
        return ""
    items = _basket(row, currency, price_of)
    # An offer works alone here: whatever else holds is another story.
    off = best(items, [replace(row, most=0)])
    full = sum((item.amount for item in items), start=Money(0, currency))
    taken = sum((part.amount for _, parts in off for part in parts), start=Money(0, currency))
    bought = " and ".join(f"{item.quantity.decimal} at {write(item.price)}" for item in items)
    if not taken:
        return f"Buy {bought}: nothing comes off. Look at the amounts again."
    return f"Buy {bought}: pay {write(full - taken)} instead of {write(full)}."


def _basket(row: Promotion, currency: str, price_of: PriceOf) -> list[Item]:
    """Fill a basket that is just enough; goods of one selection are one item."""
    merged: dict[tuple[object, str], tuple[Need, int]] = {}
    for need in row.needs:
        key = (need.selection, "")
        count = merged[key][1] if key in merged else 0
        merged[key] = need, count + need.quantity
    items = [
        _item(f"line-{at}", need, count, currency, price_of) for at, (need, count) in enumerate(merged.values(), 1)
    ]
    if row.tiers:
        most = max(tier.from_quantity for tier in row.tiers)
        items = [replace(items[0], quantity=Quantity.of(most))]
    if row.threshold is not None and row.threshold.amount.currency == currency and items[0].price.minor > 0:
        enough = -(-row.threshold.amount.minor // items[0].price.minor)
        items = [replace(items[0], quantity=Quantity.of(max(enough, 1)))]
    return items


def _item(line: str, need: Need, count: int, currency: str, price_of: PriceOf) -> Item:
    goods = need.selection
    product = next(iter(goods.products), "")
    known = price_of(product) if product else None
    price = known if known is not None and known.currency == currency else Money.of(PRICE, currency)
    category, brand, family = (next(iter(of), "") for of in (goods.categories, goods.brands, goods.families))
    return Item(line, product or line, Quantity.of(count), price, category, brand, family)
