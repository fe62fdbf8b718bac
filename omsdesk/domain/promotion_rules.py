"""The best that promotions can do for a ticket: what comes off each line, exact to the minor unit.

What is legal
    Promotions are taken level by level, the highest priority first. What a level claimed or took off is not there for
    the lower ones: quantity tiers and thresholds count what is left at the beginning of their level, at the prices of
    that moment.
    A unit belongs to one promotion that does not combine, or to any number of those that do: offers combine where
    both say so. It belongs to one set at most, as bought or as reduced.
    Of the promotions on one unit those that name a price go first, then shares, then amounts, then sets, each on what
    the others left of the price, and by id where they are of one kind. What comes off the whole basket goes last, or
    first where that is more: the others then find less of the price.
    Where two are bought and the third is reduced, all of one selection, the cheapest of a set are the reduced ones:
    "of equal or lesser value", as shops write beneath such an offer. The customer may arrange sets to their own good,
    as they could by paying twice.

Who gets it
    What a set takes off belongs to all of it, bought and reduced, in proportion to what all others leave of their
    prices (``promotion_sharing.py``): how much comes off in all is not changed by that. What is said of each unit and
    earned by no other, such as 1.00 each, stays with the unit.

What is best
    At each level the greatest sum that comes off. Of equal sums the one found first in an order that knows prices and
    products only, so that neither the order of scanning nor that of the promotions changes who gets what.

What is exact
    The choice on single units always; on sets as far as ``promotion_search`` says, unless something that combines makes
    the dearer of two units gain less in a set than the cheaper one; on amounts off the basket where there is enough
    left of its goods after the others. ``Best.is_exact`` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from omsdesk.domain.promotion import Index, Item, Promotion, Takes
from omsdesk.domain.promotion_goods import Goods, Terms, minor_of
from omsdesk.domain.promotion_search import NODES
from omsdesk.domain.promotion_sharing import Off
from omsdesk.domain.promotion_ticket import Claim, Lot, Reductions, Ticket, assign, by_unit
from omsdesk.domain.records import record
from omsdesk.domain.values import share_minor


@record
class Best:
    """What comes off, and whether nothing better is legal."""

    lines: Reductions
    is_exact: bool


def best(items: Sequence[Item], promotions: Index | Iterable[Promotion]) -> Reductions:
    """Find the best that promotions which hold can do for a ticket."""
    return search(items, promotions).lines


def search(items: Sequence[Item], promotions: Index | Iterable[Promotion], nodes: int = NODES) -> Best:
    """Find the best within so many steps of search, and tell whether it is certain.

    Raises:
        CurrencyMismatch: the items are not of one currency.

    """
    ticket = Ticket(items, promotions if isinstance(promotions, Index) else Index(promotions))
    lots = ticket.lots()
    levels = ticket.levels()
    off = Off()
    is_exact = True
    for places in levels:
        outcome = _level(ticket, lots, places, nodes // len(levels))
        lots, is_exact = outcome.lots, is_exact and outcome.is_exact
        off.add(outcome.off)
    return Best(ticket.reductions(off), is_exact)


class Outcome(NamedTuple):
    """What is left of the lots after a level, and what came off each item by which promotion."""

    lots: list[Lot]
    off: Off
    is_exact: bool = True


def _level(ticket: Ticket, lots: list[Lot], places: list[int], nodes: int) -> Outcome:
    """Do what promotions of one priority can do.

    An amount off the basket that finds too little left of its goods is tried before all others, too; of many that do,
    the two that could take most.
    """
    benefits = {place: ticket.benefit(place, lots) for place in places}
    terms = {place: benefit for place, benefit in benefits.items() if benefit is not None}
    baskets = {place: minor_of(row) for place, row in terms.items() if row.takes is Takes.BASKET_AMOUNT}
    goods = {place: row for place, row in terms.items() if place not in baskets}
    last = _in_order(ticket, lots, goods, [*baskets.items()], nodes)
    worth = {place: min(amount, ticket.worth(place, lots)) for place, amount in baskets.items()}
    short = [place for place in baskets if last.off.given(place) < worth[place]]
    short.sort(key=lambda place: (-worth[place], place))
    plans = [last]
    for place in short[:2]:
        order = [(place, baskets[place]), None, *((other, baskets[other]) for other in baskets if other != place)]
        plans.append(_in_order(ticket, lots, goods, order, nodes))
    chosen = max(plans, key=lambda plan: plan.off.total)
    return chosen._replace(is_exact=chosen.is_exact and not short)


def _in_order(
    ticket: Ticket, lots: list[Lot], goods: Terms, order: list[tuple[int, int] | None], nodes: int
) -> Outcome:
    """Do what is taken off the whole basket in this order, and the goods where None stands; else before everything."""
    off = Off()
    is_exact = True
    for step in order if None in order else [None, *order]:
        if step is not None:
            lots = _off_basket(ticket, lots, off, *step)
        elif goods:
            level = Goods(ticket, lots, goods)
            lots, is_exact = level.settle(off, nodes)
    return Outcome(lots, off, is_exact)


def _off_basket(ticket: Ticket, lots: list[Lot], off: Off, place: int, amount: int) -> list[Lot]:
    """Take an amount off all goods of a promotion that are left to it, shared out by price."""
    is_combinable = ticket.promotions[place].is_combinable
    runs, others = ticket.runs(
        lots, lambda lot: (place, 0) in ticket.roles[lot.item] and (is_combinable or not lot.is_touched)
    )
    weights = tuple(run[0].price * sum(lot.units for lot in run) for run in runs)
    for run, part in zip(runs, share_minor(min(amount, sum(weights)), weights), strict=True):
        count = sum(lot.units for lot in run)
        claims = [Claim(units, ((place, each),), not is_combinable) for units, each in by_unit(part, count)]
        others += assign(run, claims, off)
    return others
