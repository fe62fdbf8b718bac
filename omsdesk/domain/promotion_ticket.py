"""A ticket as promotions take it apart: lots of equal units, what was taken off them, and what is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

from omsdesk.domain.discount import Reduction
from omsdesk.domain.promotion import Benefit, Index, Item
from omsdesk.domain.promotion_sharing import Off, SetId
from omsdesk.domain.values import MICRO, CurrencyMismatch, Money

Reductions = tuple[tuple[str, tuple[Reduction, ...]], ...]
"""Lines by their ids, in the order of the ticket, with what comes off them; the others are not named."""


class Lot(NamedTuple):
    """Equal units of one line that no promotion has for itself."""

    item: int
    units: int
    price: int
    """What is left of the price of each."""
    is_touched: bool = False
    """Whether something that combines works on it."""
    in_set: SetId = ()


_set_of = attrgetter("in_set")


class Ticket:
    """Items, and the promotions that speak of them."""

    def __init__(self, items: Sequence[Item], index: Index) -> None:
        """Look up what every item could be."""
        self.items, self.index, self.promotions = items, index, index.promotions
        self.currency = items[0].price.currency if items else ""
        if any(item.price.currency != self.currency for item in items):
            raise CurrencyMismatch("The lines of a ticket are of different currencies.")
        self.roles = [index.roles(item) for item in items]

    def lots(self) -> list[Lot]:
        """The units that can be reduced at all."""
        units = [(place, *item.units) for place, item in enumerate(self.items)]
        return [Lot(place, count, price) for place, count, price in units if count > 0 and price > 0]

    def levels(self) -> list[list[int]]:
        """The places of the promotions that find units for every need, by priority."""
        met: dict[int, set[int]] = {}
        for roles in self.roles:
            for place, number in roles:
                met.setdefault(place, set()).add(number)
        levels: dict[int, list[int]] = {}
        for place in sorted(met):
            row = self.promotions[place]
            if row.is_sound and len(met[place]) == len(row.needs):
                levels.setdefault(row.priority, []).append(place)
        return list(levels.values())

    def benefit(self, place: int, lots: list[Lot]) -> Benefit | None:
        """What a promotion gives for what is there; None where it gives nothing."""
        row = self.promotions[place]
        if self.short_of(place, lots) != 0:
            return None
        benefit = row.benefit
        if row.tiers:
            quantity = sum(lot.units for lot in lots if (place, 0) in self.roles[lot.item])
            for tier in sorted(row.tiers, key=lambda tier: tier.from_quantity):
                benefit = tier.benefit if tier.from_quantity <= quantity else benefit
        return benefit if benefit.is_sound(self.currency) else None

    def short_of(self, place: int, lots: list[Lot]) -> int | None:
        """How much more must be bought for a promotion's threshold; None where it speaks of another currency."""
        limit = self.promotions[place].threshold
        if limit is None:
            return 0
        if limit.amount.currency != self.currency:
            return None
        counted = (lot.price * lot.units for lot in lots if limit.counted.has(self.items[lot.item]))
        return max(0, limit.amount.minor - sum(counted))

    def worth(self, place: int, lots: list[Lot]) -> int:
        """What the goods of a promotion's first need come to."""
        return sum(lot.price * lot.units for lot in lots if (place, 0) in self.roles[lot.item])

    def is_split(self, place: int) -> bool:
        """Tell whether an item is pieces, and no whole of its own."""
        item = self.items[place]
        return not item.is_measured and not item.quantity.micro % MICRO

    def runs(self, lots: list[Lot], is_meant: Callable[[Lot], bool]) -> tuple[list[list[Lot]], list[Lot]]:
        """Put equal units of those that are meant together, the dearest first, and give the others, too."""
        found: dict[tuple[object, ...], list[Lot]] = {}
        others = []
        for lot in lots:
            if is_meant(lot):
                item = self.items[lot.item]
                goods = (item.product, item.category, item.brand, item.family, self.is_split(lot.item))
                found.setdefault((-lot.price, *goods, lot.is_touched, bool(lot.in_set)), []).append(lot)
            else:
                others.append(lot)
        # By sets, and not by lines: who gets the odd minor unit is nothing that the order of scanning decides.
        return [sorted(found[key], key=_set_of) for key in sorted(found)], others

    def reductions(self, off: Off) -> Reductions:
        """Say what comes off in the ticket's own words."""
        lines: dict[int, list[Reduction]] = {}
        for (item, place), amount in sorted(off.by_item(self.items).items()):
            row = self.promotions[place]
            lines.setdefault(item, []).append(Reduction(row.id, row.name, Money(amount, self.currency)))
        return tuple((self.items[item].line, tuple(lines[item])) for item in lines)


class Claim(NamedTuple):
    """What becomes of so many units of a run: what each promotion takes off each of them, in order."""

    units: int
    parts: tuple[tuple[int, int], ...]
    is_alone: bool = False
    in_set: SetId = ()
    is_shared: bool = False
    """Whether what the set takes off is shared among all of it."""


def assign(run: list[Lot], claims: list[Claim], off: Off) -> list[Lot]:
    """Give claims to the lots of a run, one after the other; what nobody has for itself is left."""
    left: list[Lot] = []
    waiting = [lot.units for lot in run]
    at = 0
    for claim in claims:
        count = claim.units
        while count:
            lot = run[at]
            units = min(count, waiting[at])
            in_set = claim.in_set or lot.in_set
            if claim.is_shared:
                off.put(in_set, lot.item, units, lot.price * units)
            for place, each in claim.parts:
                if each:
                    off.take(lot.item, place, each * units, in_set)
            price = lot.price - sum(each for _, each in claim.parts)
            if not claim.is_alone and price:
                is_touched = lot.is_touched or bool(in_set) or price != lot.price
                left.append(Lot(lot.item, units, price, is_touched, in_set))
            count -= units
            waiting[at] -= units
            at += not waiting[at]
    return left


def by_unit(amount: int, count: int) -> list[tuple[int, int]]:
    """Share an amount out to equal units: so many of them get so much each."""
    each, more = divmod(amount, count)
    return [(units, part) for units, part in ((more, each + 1), (count - more, each)) if units]
