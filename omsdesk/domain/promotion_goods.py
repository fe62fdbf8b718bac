"""Promotions on goods at one level: on single units, and on the sets that they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from omsdesk.domain.promotion import PER_UNIT, Benefit, Promotion, Takes
from omsdesk.domain.promotion_search import MadeSet, Offer, Option, Run, solve
from omsdesk.domain.promotion_sharing import Off
from omsdesk.domain.promotion_ticket import Claim, Lot, Ticket, assign, by_unit
from omsdesk.domain.tax import PPM
from omsdesk.domain.values import divide, share_minor

Terms = dict[int, Benefit]
"""What promotions give at a level, by their places."""


_ORDER = {Takes.UNIT_PRICE: 0, Takes.PERCENT: 1, Takes.UNIT_AMOUNT: 2}
"""In which order those that combine work on one unit: it is the one that takes most off."""


class _Run(NamedTuple):
    """Equal units, and what promotions on single units do for each of them."""

    lots: list[Lot]
    units: int
    price: int
    roles: tuple[tuple[int, int], ...]
    stack: tuple[tuple[int, int], ...]
    """What those that combine take off, together."""
    stacked: int
    single: Claim
    """What becomes of a unit that is in no set."""
    base: int
    """What comes off a unit that is in no set."""


class _Sets:
    """A promotion that works on sets."""

    def __init__(self, place: int, number: int, ticket: Ticket, terms: Benefit) -> None:
        """Take over what it is made of and what it gives."""
        self.place, self.number, self.terms = place, number, terms
        self.is_combinable = ticket.promotions[place].is_combinable
        self.most = ticket.promotions[place].most
        self.chain_of, self.chains = ticket.index.chains(place)
        # What is said of each unit, and earned by no other, stays with the unit: 1.00 each is 1.00 each.
        self.is_shared = terms.takes not in PER_UNIT or any(chain.bought for chain in self.chains)
        self._cheapest = [0] * len(self.chains)
        self._last: list[int | None] = [None] * len(self.chains)
        self.is_rising = False
        """Whether a unit was met that gains more by being reduced than a dearer one."""

    def meet(self, chain: int, price: int, reduced: int) -> None:
        """Look at what is left of the price of units, from the dearest down, and at what reducing them takes off."""
        last = self._last[chain]
        self.is_rising = self.is_rising or (last is not None and last < reduced)
        self._cheapest[chain] = price if last is None else min(price, self._cheapest[chain])
        self._last[chain] = reduced

    @property
    def offer(self) -> Offer:
        """What is to be searched, when all units have been met."""
        money = minor_of(self.terms)
        if self.terms.takes is not Takes.SET_AMOUNT:
            return Offer(self.chains, -money if self.terms.takes is Takes.SET_PRICE else 0, self.most)
        least = sum(chain.reduced * price for chain, price in zip(self.chains, self._cheapest, strict=True))
        return Offer(self.chains, money, self.most, is_capped=least < money)

    def reduces(self, price: int) -> int:
        """What a reduced unit adds to what a set takes off."""
        if self.terms.takes in PER_UNIT:
            return _off(self.terms, price)
        return price if self.terms.takes is Takes.SET_PRICE else 0

    def share(self, units: Sequence[int], prices: Sequence[int]) -> tuple[int, ...]:
        """Share what a set takes off among so many units at each of these prices; nothing where it would add."""
        if self.terms.takes in PER_UNIT:
            return tuple(_off(self.terms, price) * count for price, count in zip(prices, units, strict=True))
        weights = tuple(price * count for price, count in zip(prices, units, strict=True))
        money = minor_of(self.terms)
        whole = sum(weights) - money if self.terms.takes is Takes.SET_PRICE else min(sum(weights), money)
        return share_minor(max(0, whole), weights)


class Goods:
    """Promotions of one level on goods: on single units, and on sets of them."""

    def __init__(self, ticket: Ticket, lots: list[Lot], terms: Terms) -> None:
        self.ticket, self.terms = ticket, terms
        self.is_single = {place: _is_single(ticket.promotions[place], terms[place]) for place in terms}
        chosen, self.others = ticket.runs(lots, lambda lot: any(role[0] in terms for role in ticket.roles[lot.item]))
        self.runs = [self._run(run) for run in chosen]
        self.offers = {
            place: _Sets(place, number, ticket, terms[place])
            for number, place in enumerate(place for place in terms if not self.is_single[place])
        }

    def settle(self, off: Off, nodes: int) -> tuple[list[Lot], bool]:
        """Find the best, note what comes off, and give what is left of the lots and whether it is certain."""
        claims: list[list[Claim]] = [[] for _ in self.runs]
        is_exact = True
        if self.offers:
            sets = list(self.offers.values())
            runs = [Run(run.units, tuple(self._options(run))) for run in self.runs]
            found = solve(runs, [row.offer for row in sets], nodes)
            is_exact = found.is_exact and not any(row.is_rising for row in sets)
            for number, made in enumerate(found.sets):
                self._claim(made, number, sets[made.offer], claims)
        left = self.others
        for run, taken in zip(self.runs, claims, strict=True):
            if not taken and not run.single.parts:
                left += run.lots
                continue
            rest = run.units - sum(claim.units for claim in taken)
            left += assign(run.lots, [*taken, run.single._replace(units=rest)], off)
        return left, is_exact

    def _run(self, lots: list[Lot]) -> _Run:
        """Work out what promotions on single units do for equal units."""
        lot = lots[0]
        roles = tuple(role for role in self.ticket.roles[lot.item] if role[0] in self.terms)
        singles = [place for place, _ in roles if self.is_single[place]]
        combining = [place for place in singles if self.ticket.promotions[place].is_combinable]
        stack, left = [], lot.price
        for place in sorted(combining, key=lambda place: (_ORDER[self.terms[place].takes], place)):
            stack.append((place, _off(self.terms[place], left)))
            left -= stack[-1][1]
        stacked = lot.price - left
        single, base = Claim(0, tuple(stack)), stacked
        for place in singles:
            amount = _off(self.terms[place], lot.price)
            if place not in combining and amount > base and not lot.is_touched:
                single, base = Claim(0, ((place, amount),), is_alone=True), amount
        return _Run(lots, sum(row.units for row in lots), lot.price, roles, tuple(stack), stacked, single, base)

    def _options(self, run: _Run) -> Iterable[Option]:
        """What equal units can be in sets, and what each gains there over what it brings outside."""
        lot = run.lots[0]
        if lot.in_set or not self.ticket.is_split(lot.item):
            return
        seen = set()
        for place, need in run.roles:
            sets = self.offers.get(place)
            if sets is None or (lot.is_touched and not sets.is_combinable):
                continue
            chain = sets.chain_of[need]
            if (place, chain) not in seen:
                seen.add((place, chain))
                before = run.stacked if sets.is_combinable else 0
                price = run.price - before
                reduced = sets.reduces(price)
                sets.meet(chain, price, reduced)
                yield Option(sets.number, chain, before - run.base, before - run.base + reduced, price)

    def _claim(self, made: MadeSet, number: int, sets: _Sets, claims: list[list[Claim]]) -> None:
        """Note what becomes of the units of equal sets."""
        in_set = sets.place, number
        reduced = [row for row in made.units if row.is_reduced]
        prices = [self.runs[row.run].price - sets.is_combinable * self.runs[row.run].stacked for row in reduced]
        parts = sets.share([row.units for row in reduced], prices)
        if not sum(parts):
            return
        shared = [
            (row.run, *split) for row, part in zip(reduced, parts, strict=True) for split in by_unit(part, row.units)
        ]
        shared += [(row.run, row.units, 0) for row in made.units if not row.is_reduced]
        for run, count, each in shared:
            before = self.runs[run].stack if sets.is_combinable else ()
            parts_of_unit = (*before, (sets.place, each))
            claims[run].append(Claim(count * made.times, parts_of_unit, not sets.is_combinable, in_set, sets.is_shared))


def _is_single(row: Promotion, terms: Benefit) -> bool:
    """Tell whether a promotion does for every unit what it does, whatever becomes of the others."""
    return (
        terms.takes in PER_UNIT
        and not row.most
        and len(row.needs) == 1
        and row.needs[0].quantity == 1
        and row.needs[0].is_reduced
    )


def _off(terms: Benefit, price: int) -> int:
    """What comes off one unit: never more than its price."""
    if terms.takes is Takes.PERCENT:
        return min(price, divide(price * terms.ppm, PPM))
    return min(price, minor_of(terms)) if terms.takes is Takes.UNIT_AMOUNT else max(0, price - minor_of(terms))


def minor_of(terms: Benefit) -> int:
    """The amount or price of a benefit in minor units."""
    return terms.money.minor if terms.money is not None else 0
