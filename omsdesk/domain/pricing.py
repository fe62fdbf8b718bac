"""What one unit costs: price lists by priority, validity and quantity breaks."""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import chain

from omsdesk.domain.records import record
from omsdesk.domain.values import Money, Quantity, divide

RETAIL = "retail"
"""The list that every product's ordinary price stands in."""

PPM = 1_000_000

HEAD = "head"
"""What a price list says of itself, as one field: its name, priority and validity."""


@record
class PriceBreak:
    """The unit price from a quantity upwards."""

    from_quantity: Quantity
    price: Money


@record
class Price:
    """A product's price in one list, from a quantity upwards, between two days (ISO 8601, inclusive)."""

    list_id: str
    product: str
    price: Money
    from_quantity: Quantity = Quantity(0)
    valid_from: str = ""
    valid_to: str = ""


@record
class PriceList:
    """A named set of prices; the one with the highest priority that has a price for the product wins."""

    id: str
    name: str
    priority: int = 0
    valid_from: str = ""
    valid_to: str = ""
    is_given: bool = False
    """Whether it holds only for the customers it was given to, by themselves or by their group."""
    off_ppm: int = 0
    """What it takes off the price others pay, in millionths, for every product that has no price in it."""


def is_valid(valid_from: str, valid_to: str, day: str) -> bool:
    """Tell whether a day (ISO 8601) lies in a validity; empty bounds are open."""
    return valid_from <= day and (not valid_to or day <= valid_to)


def breaks_on(
    day: str, prices: Iterable[Price], lists: Iterable[PriceList], given: Container[str] = ()
) -> tuple[PriceBreak, ...]:
    """Choose the quantity breaks that apply to one product on a day, for whoever has the lists ``given``.

    At every quantity the list with the highest priority that has a price for it wins: a list that speaks of ten and
    more leaves the price of one to the lists below it. Inside a list a price with a later start replaces an older one
    for the same quantity.
    """
    by_list: dict[str, list[Price]] = {}
    for price in prices:
        if is_valid(price.valid_from, price.valid_to, day):
            by_list.setdefault(price.list_id, []).append(price)
    chosen: dict[Quantity, Money] = {}
    theirs = [row for row in lists if not row.is_given or row.id in given]
    for price_list in sorted(theirs, key=lambda row: (-row.priority, row.id)):
        found = by_list.get(price_list.id)
        if not found and price_list.off_ppm:
            found = _reduced(
                price_list, breaks_on(day, chain(*by_list.values()), (r for r in theirs if not r.is_given))
            )
        if found and is_valid(price_list.valid_from, price_list.valid_to, day):
            newest = sorted(found, key=lambda price: price.valid_from)
            below = min(chosen, default=None)
            chosen |= {p.from_quantity: p.price for p in newest if below is None or p.from_quantity < below}
    return tuple(PriceBreak(quantity, chosen[quantity]) for quantity in sorted(chosen))


def _reduced(price_list: PriceList, ordinary: Iterable[PriceBreak]) -> list[Price]:
    rest = PPM - price_list.off_ppm
    return [
        Price(price_list.id, "", Money(divide(step.price.minor * rest, PPM), step.price.currency), step.from_quantity)
        for step in ordinary
    ]


def unit_price(breaks: tuple[PriceBreak, ...], quantity: Quantity) -> Money | None:
    """The price of one unit when this many are bought; None where the product has no price at all."""
    if not breaks:
        return None
    size = abs(quantity.micro)
    best = breaks[0]
    for step in breaks[1:]:
        if step.from_quantity.micro <= size:
            best = step
    return best.price
