"""What the lines of a ticket cost by the promotions that hold, told only where it is something else than before.

A line takes part with the price that the catalogue gives it. One whose price a person typed in place of that is what
they said it is: nothing comes off it, and it counts for no offer. So it is with what comes back, and with the deposit
on a bottle and what is paid in to an account, which are the customer's own money.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from omsdesk.domain.catalogue import Article
from omsdesk.domain.discount import Reduction
from omsdesk.domain.line import Line
from omsdesk.domain.sale import LinePrice, Repriced, Sale, evolve
from omsdesk.domain.shop import Desk

if TYPE_CHECKING:
    from omsdesk.domain.offers import Offers
    from omsdesk.domain.promotion import Index, Item

Anew = Callable[[Line], Article]
"""Gives the article of a line as it is sold now, to this customer: with the prices of their list and their taxes."""


def repriced(sale: Sale, desk: Desk, anew: Anew | None = None) -> tuple[Repriced, ...]:
    """Tell which lines cost something else than they do on the ticket; nothing where all cost the same."""
    lines = sale.lines if anew is None else tuple(_anew(row, anew) for row in sale.lines)
    off = _reductions(lines, index_of(sale, desk.promotions), sale.currency)
    rows = [_price(old, row, off.get(row.line, ())) for old, row in zip(sale.lines, lines, strict=True)]
    changed = tuple(row for row in rows if row is not None)
    return (Repriced(sale.sale, changed),) if changed else ()


def settled(sale: Sale, desk: Desk) -> Sale:
    """Give a ticket as it is when its lines cost what they cost now."""
    for fact in repriced(sale, desk):
        sale = evolve(sale, fact)
    return sale


def index_of(sale: Sale, promotions: Offers | None) -> Index | None:
    """Find the promotions that hold for a ticket; None where there are none at all."""
    if promotions is None:
        return None
    groups = sale.customer.groups if sale.customer else ()
    return promotions.index(groups, [row.opens for row in sale.coupons])


def takes_part(row: Line, currency: str) -> bool:
    """Tell whether promotions look at a line."""
    if not row.is_priced_here or is_overridden(row) or row.article.traits.is_deposit:
        return False
    price = row.unit_price
    return price is not None and price.currency == currency


def is_overridden(row: Line) -> bool:
    """Tell whether somebody put another price in the place of the catalogue's."""
    return row.open_price is not None and bool(row.article.prices) and not row.article.traits.asks_price


def items(lines: tuple[Line, ...], currency: str) -> list[Item]:
    """Give the lines that take part as promotions see them."""
    from omsdesk.domain.promotion import Item

    return [
        Item(
            row.line, row.article.product, row.quantity, row.unit_price, row.article.category, row.article.brand,
            row.article.family, row.article.unit != "piece", row.article.traits.minimum_price,
        )
        for row in lines
        if takes_part(row, currency) and row.unit_price is not None
    ]  # fmt: skip


def _price(old: Line, row: Line, reductions: tuple[Reduction, ...]) -> LinePrice | None:
    is_other = row is not old and row.article != old.article
    if (not is_other and old.reductions == reductions) or not old.is_priced_here:
        return None
    return LinePrice(row.line, row.article if is_other else None, reductions)


def _anew(row: Line, anew: Anew) -> Line:
    return replace(row, article=anew(row)) if row.is_priced_here else row


def _reductions(lines: tuple[Line, ...], index: Index | None, currency: str) -> dict[str, tuple[Reduction, ...]]:
    if index is None or not index.promotions:
        return {}
    # A shop without promotions does not wait for the engine at its first scan.
    from omsdesk.domain.promotion_rules import best

    return dict(best(items(lines, currency), index))
