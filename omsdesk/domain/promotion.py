"""Promotions as data: what goods, what must be bought, what is taken off, and when, where and for whom it holds.

How the best of them are found for a ticket stands in ``promotion_rules.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from omsdesk.domain.pricing import is_valid
from omsdesk.domain.records import record
from omsdesk.domain.values import MICRO, Money, Quantity, Stamp


@record
class Item:
    """A line of a ticket as promotions see it; its amount is ``price.times(quantity)``.

    Pieces are split into units. Goods that are weighed or measured, and a broken number of pieces, are one unit at the
    price of the whole line: a promotion on units reaches them, a set does not. What comes back (a quantity below zero)
    and what costs nothing takes no part, and counts for nothing.
    """

    line: str
    product: str
    quantity: Quantity
    price: Money
    category: str = ""
    brand: str = ""
    family: str = ""
    is_measured: bool = False
    least: Money | None = None
    """What a unit should cost at least; a share of what a set takes off stops there."""

    @property
    def amount(self) -> Money:
        """What the line comes to before promotions."""
        return self.price.times(self.quantity)

    @property
    def units(self) -> tuple[int, int]:
        """How many units it is, and the price of each in minor units."""
        if self.is_measured or self.quantity.micro % MICRO:
            return 1, self.amount.minor
        return self.quantity.micro // MICRO, self.price.minor


@record
class Selection:
    """The goods that something speaks of: any of these, without those; where nothing is named, all goods."""

    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    without_products: tuple[str, ...] = ()
    without_categories: tuple[str, ...] = ()
    without_brands: tuple[str, ...] = ()
    without_families: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it names no goods, and so means all."""
        return not (self.products or self.categories or self.brands or self.families)

    def leaves_out(self, item: Item) -> bool:
        """Tell whether an item is among the exceptions."""
        return (
            item.product in self.without_products
            or item.category in self.without_categories
            or item.brand in self.without_brands
            or item.family in self.without_families
        )

    def has(self, item: Item) -> bool:
        """Tell whether an item is meant."""
        return not self.leaves_out(item) and (
            self.is_open
            or item.product in self.products
            or item.category in self.categories
            or item.brand in self.brands
            or item.family in self.families
        )


class Takes(StrEnum):
    """What a benefit takes off, and what it is measured by."""

    PERCENT = "percent"
    """A share of each reduced unit, rounded by the unit: the price that the shelf label shows."""
    UNIT_AMOUNT = "unit_amount"
    """An amount off each reduced unit."""
    UNIT_PRICE = "unit_price"
    """Each reduced unit costs this."""
    SET_AMOUNT = "set_amount"
    """An amount off the reduced units of a set together."""
    SET_PRICE = "set_price"
    """The reduced units of a set cost this together."""
    BASKET_AMOUNT = "basket_amount"
    """An amount, once, off all goods of the first need together."""


PER_UNIT = (Takes.PERCENT, Takes.UNIT_AMOUNT, Takes.UNIT_PRICE)


@record
class Benefit:
    """What the customer gains."""

    takes: Takes
    ppm: int = 0
    """The share in millionths: 20 % is 200,000; all of it, 1,000,000, is free."""
    money: Money | None = None
    """The amount or price, where it is no share."""

    def is_sound(self, currency: str) -> bool:
        """Tell whether it means something on a ticket in this currency."""
        if self.takes is Takes.PERCENT:
            return self.ppm > 0
        return self.money is not None and self.money.currency == currency and self.money.minor >= 0


@record
class Tier:
    """The benefit from so many units on."""

    from_quantity: int
    benefit: Benefit


@record
class Need:
    """So many units of a selection in every set; reduced, or only bought for the sake of the others.

    Where both are of one selection (two bought, the third free), the reduced units of a set are the cheapest of it.
    """

    selection: Selection = Selection()
    quantity: int = 1
    is_reduced: bool = True


@record
class Threshold:
    """How much must be bought, in money, of a selection."""

    amount: Money
    counted: Selection = Selection()


@record
class Promotion:
    """An offer, and all that decides whether it holds."""

    id: str
    name: str
    """What customers know it by: it stands on the receipt."""
    needs: tuple[Need, ...]
    """What one set is made of; a single need of one unit is an offer on every unit of its selection."""
    benefit: Benefit = Benefit(Takes.PERCENT)
    """What it gives whatever the quantity; as it stands here, nothing: then the tiers say it."""
    tiers: tuple[Tier, ...] = ()
    """Benefits by the quantity of the first need's selection; the highest tier reached takes the benefit's place."""
    threshold: Threshold | None = None
    most: int = 0
    """How many sets at most on one ticket; 0 is any number."""
    priority: int = 0
    """The higher goes first, and what it took is not there for the lower ones."""
    is_combinable: bool = False
    """Whether a unit may have others that combine, too; otherwise its units are its own."""
    valid_from: str = ""
    valid_to: str = ""
    """Days, ISO 8601, both inclusive; empty is open."""
    weekdays: tuple[int, ...] = ()
    """ISO 8601: Monday is 1; empty is every day."""
    from_time: str = ""
    to_time: str = ""
    """Times of day, ``HH:MM``, the last exclusive; empty is open. 22:00 to 02:00 belongs to its evening."""
    stores: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    """Groups of customers, of which one must be the customer's; empty is everybody."""
    coupon: str = ""
    """The word that must be shown; its own id where it asks for one of the codes that were made for it, each of which
    is good once (``coupon.py``). Empty is none."""
    is_active: bool = True
    """Whether it is offered at all; one that is not is kept for another time."""

    @property
    def is_sound(self) -> bool:
        """Whether a set of it is made of anything, and of no less than nothing."""
        return bool(self.needs) and all(need.quantity > 0 for need in self.needs)

    @property
    def is_by_single_codes(self) -> bool:
        """Whether it asks for one of the codes that were made for it, each of which is good once."""
        return bool(self.coupon) and self.coupon == self.id


def holding(promotions: Iterable[Promotion], at: Stamp, store: str = "") -> tuple[Promotion, ...]:
    """Choose the promotions that hold at a moment in a store, whoever the customer is."""
    now = _Now(at)
    return tuple(
        row for row in promotions if row.is_active and (not row.stores or store in row.stores) and now.is_in(row)
    )


def offered(
    promotions: Iterable[Promotion], groups: Iterable[str] = (), coupons: Iterable[str] = ()
) -> tuple[Promotion, ...]:
    """Choose the promotions that are for a customer of these groups with these coupons."""
    theirs = frozenset(groups)
    shown = {coupon.strip().casefold() for coupon in coupons}
    return tuple(
        row
        for row in promotions
        if (not row.groups or not theirs.isdisjoint(row.groups))
        and (not row.coupon or row.coupon.strip().casefold() in shown)
    )


class _Now:
    """A moment by the clock of the shop."""

    def __init__(self, at: Stamp) -> None:
        local = at.local
        eve = local - timedelta(days=1)
        self.time = f"{local:%H:%M}"
        self.date = local.date().isoformat(), local.isoweekday()
        self.eve = eve.date().isoformat(), eve.isoweekday()

    def is_in(self, row: Promotion) -> bool:
        start, end = row.from_time or "00:00", row.to_time or "24:00"
        is_night = end <= start
        if not (start <= self.time or self.time < end if is_night else start <= self.time < end):
            return False
        day, weekday = self.eve if is_night and self.time < end else self.date
        return is_valid(row.valid_from, row.valid_to, day) and (not row.weekdays or weekday in row.weekdays)


Role = tuple[int, int]
"""A promotion by its place in the index, and one of its needs by its place."""


class Chain(NamedTuple):
    """How many units of one selection a set takes: the dearer ones bought, the cheaper ones reduced."""

    bought: int
    reduced: int

    @property
    def length(self) -> int:
        """Units in all."""
        return self.bought + self.reduced


Chains = tuple[list[int], tuple[Chain, ...]]
"""What sets of a promotion are made of; the chain of each of its needs comes first."""


class Index:
    """The promotions of a till by the goods they speak of: made once, whatever number of them there is.

    Only promotions that hold belong in it; another customer, coupon or hour is another index.
    """

    def __init__(self, promotions: Iterable[Promotion]) -> None:
        """Sort promotions into order and under their goods; of one id the last counts."""
        unique = {row.id: row for row in promotions}
        self.promotions = tuple(sorted(unique.values(), key=lambda row: (-row.priority, row.id)))
        self._everywhere: list[Role] = []
        self._known: dict[tuple[str, ...], tuple[Role, ...]] = {}
        self._by: tuple[dict[str, list[Role]], ...] = ({}, {}, {}, {})
        self._chains: dict[int, Chains] = {}
        for place, row in enumerate(self.promotions):
            for number, need in enumerate(row.needs):
                self._enter((place, number), need.selection)

    def roles(self, item: Item) -> tuple[Role, ...]:
        """Find what an item could be for every promotion that speaks of it, in order."""
        goods = item.product, item.category, item.brand, item.family
        known = self._known.get(goods)
        if known is None:
            found = set(self._everywhere)
            for by, key in zip(self._by, goods, strict=True):
                found.update(by.get(key, ()))
            known = tuple(role for role in sorted(found) if not self._need(role).selection.leaves_out(item))
            self._known[goods] = known
        return known

    def chains(self, place: int) -> Chains:
        """Put needs of one selection into one chain: its cheapest units are reduced."""
        known = self._chains.get(place)
        if known is None:
            known = self._chains[place] = _chains_of(self.promotions[place].needs)
        return known

    def _need(self, role: Role) -> Need:
        return self.promotions[role[0]].needs[role[1]]

    def _enter(self, role: Role, selection: Selection) -> None:
        if selection.is_open:
            self._everywhere.append(role)
        named = (selection.products, selection.categories, selection.brands, selection.families)
        for by, keys in zip(self._by, named, strict=True):
            for key in keys:
                by.setdefault(key, []).append(role)


def _chains_of(needs: Sequence[Need]) -> Chains:
    selections, counts, of = list[Selection](), list[list[int]](), list[int]()
    for need in needs:
        if need.selection not in selections:
            selections.append(need.selection)
            counts.append([0, 0])
        of.append(selections.index(need.selection))
        counts[of[-1]][need.is_reduced] += need.quantity
    return of, tuple(Chain(*count) for count in counts)
