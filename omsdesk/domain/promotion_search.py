"""Which sets to make of units that several promotions want: whole numbers only, it knows nothing of goods.

Units come in runs of equal ones, the dearest first. An offer's set takes so many units of each of its chains; in a
chain the dearer units are those that are bought, the cheaper ones those that are reduced. Every unit is in one set or
in none. What is looked for is the greatest sum of gains over what the units bring outside of any set.

The sets of one offer can be made of its units one after the other in order of price without loss: what a set gains is
a sum over its units, and a reduced unit never gains less for being dearer, so the reduced ones are as dear as they can
be when every set is filled before the next is begun. The search therefore walks through the units once and remembers
for every way in which sets can be half full the best that leads there. It is exact whenever it comes to its end: one
offer on hundreds of units, two on a hundred, three on twenty. Where the budget ends before, or a set takes off more
than its goods cost and so no sum, the answer is the better of two orders in which every offer takes what it can: never
less than any offer of one chain gives alone. Time is bounded by the budget and not by what is bought, and the same
question always has the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import NamedTuple

from omsdesk.domain.promotion import Chain


class Offer(NamedTuple):
    """A promotion that works on sets."""

    chains: tuple[Chain, ...]
    constant: int = 0
    """What a set gains beside what its units do: a fixed price for all of them is a loss of that price."""
    most: int = 0
    """How many sets at most; 0 is any number."""
    is_capped: bool = False
    """Whether the constant is taken off what the reduced units of a set cost, and they can cost less than that."""

    @property
    def length(self) -> int:
        """Units in one set."""
        return sum(chain.length for chain in self.chains)


class Option(NamedTuple):
    """What a unit can be in an offer's chain, and what it gains there over what it brings outside."""

    offer: int
    chain: int
    bought: int
    reduced: int
    cost: int = 0
    """What a reduced unit costs, for an offer that is capped."""


class Run(NamedTuple):
    """Equal units."""

    units: int
    options: tuple[Option, ...]


class Taken(NamedTuple):
    """Units of a run in a set."""

    run: int
    units: int
    is_reduced: bool


class MadeSet(NamedTuple):
    """Sets of an offer, each made of the same units."""

    offer: int
    times: int
    units: tuple[Taken, ...]


class Solution(NamedTuple):
    """The sets that were found, what they gain, and whether nothing better exists."""

    gain: int
    sets: tuple[MadeSet, ...]
    is_exact: bool


NODES = 3_000
"""How many steps the search may take for one ticket: two milliseconds."""


def solve(runs: Sequence[Run], offers: Sequence[Offer], nodes: int = NODES) -> Solution:
    """Find the best sets; offers and runs that have nothing to do with one another are solved by themselves."""
    knots = [_Knot(offers, members) for members in _parted(_promising(runs, offers))]
    knots.sort(key=lambda knot: knot.units)
    gain, sets, is_exact = 0, list[MadeSet](), True
    for knot in knots:
        walk = _Walk(knot, nodes)
        found = walk.best()
        nodes = walk.nodes
        if found is None:
            found, is_exact = max(_greedy(knot), key=lambda row: row[0]), False
        gain += found[0]
        sets += found[1]
    return Solution(gain, tuple(sets), is_exact)


_Found = tuple[int, list[MadeSet]]
_Members = list[tuple[int, Run]]
"""Runs with their places."""


def _promising(runs: Sequence[Run], offers: Sequence[Offer]) -> _Members:
    """Leave out the options of offers for which there are too few units, or which gain nothing at their very best."""
    units: dict[tuple[int, int], int] = {}
    most: dict[tuple[int, int], tuple[int, int]] = {}
    for run in runs:
        for option in run.options:
            key = option.offer, option.chain
            units[key] = units.get(key, 0) + run.units
            bought, reduced = most.get(key, (option.bought, option.reduced))
            most[key] = max(bought, option.bought), max(reduced, option.reduced)
    good = set()
    for place, offer in enumerate(offers):
        gain = offer.constant
        for number, chain in enumerate(offer.chains):
            if units.get((place, number), 0) < chain.length:
                break
            bought, reduced = most[place, number]
            gain += bought * chain.bought + reduced * chain.reduced
        else:
            if gain > 0:
                good.add(place)
    left = ((place, tuple(row for row in run.options if row.offer in good)) for place, run in enumerate(runs))
    return [(place, Run(runs[place].units, options)) for place, options in left if options]


def _parted(members: _Members) -> Iterable[_Members]:
    """Part runs of which no offer wants both."""
    root: dict[int, int] = {}

    def find(offer: int) -> int:
        while root.setdefault(offer, offer) != offer:
            root[offer] = offer = root[root[offer]]
        return offer

    for _, run in members:
        for option in run.options:
            one, other = sorted((find(run.options[0].offer), find(option.offer)))
            root[other] = one
    parts: dict[int, _Members] = {}
    for member in members:
        parts.setdefault(find(member[1].options[0].offer), []).append(member)
    return parts.values()


class _Knot:
    """Offers that want the same goods, and these."""

    def __init__(self, offers: Sequence[Offer], members: _Members) -> None:
        self.members = members
        self.units = sum(run.units for _, run in members)
        self.wanted: dict[tuple[int, int], list[tuple[int, Option]]] = {}
        for place, run in members:
            for option in run.options:
                self.wanted.setdefault((option.offer, option.chain), []).append((place, option))
        self.counts = {place: run.units for place, run in members}
        self.offers = {place: offers[place] for place in sorted({key[0] for key in self.wanted})}


# ------------------------------------------------------------------------------------------------- the walk

_BITS = 21
_MASK = (1 << _BITS) - 1

_Trail = tuple["_Trail", int, Option] | None
"""The units that went into sets, the last first."""
_State = int
"""How full the begun sets are and how many were made of offers that are limited: a field of bits for each."""
_Layer = dict[_State, tuple[int, _Trail]]


class _Walk:
    """A walk through the units of a knot, from the dearest to the cheapest."""

    def __init__(self, knot: _Knot, nodes: int) -> None:
        self.knot, self.nodes = knot, nodes
        self.shift = {key: place * _BITS for place, key in enumerate(knot.wanted)}
        self.fills = (1 << len(self.shift) * _BITS) - 1
        self.used = {place: (len(self.shift) + number) * _BITS for number, place in enumerate(knot.offers)}
        self.rest = {key: sum(knot.counts[run] for run, _ in rows) for key, rows in knot.wanted.items()}
        self.bound = {place: self._bound(place, offer) for place, offer in knot.offers.items()}

    def _bound(self, place: int, offer: Offer) -> int:
        possible = min(self.rest[place, number] // chain.length for number, chain in enumerate(offer.chains))
        return min(possible, offer.most or possible)

    def best(self) -> _Found | None:
        """Walk to the end; None where the steps will not suffice, or a set's gain is no sum over its units."""
        if any(offer.is_capped for offer in self.knot.offers.values()):
            return None
        layer: _Layer = {0: (0, None)}
        ahead = sum(run.units * len(run.options) for _, run in self.knot.members)
        for place, run in self.knot.members:
            for _ in repeat(None, run.units):
                # There are seldom fewer states later on: where half of them would be too many, go no further.
                if len(layer) * ahead > 2 * self.nodes:
                    return None
                ahead -= len(run.options)
                self.nodes -= len(layer) * len(run.options)
                found = dict(layer)
                for option in run.options:
                    key = option.offer, option.chain
                    self.rest[key] -= 1
                    offer = self.knot.offers[option.offer]
                    if len(offer.chains) == 1 and not offer.most:
                        self._fill(layer, found, place, option)
                    else:
                        self._fill_together(layer, found, place, option)
                layer = found
        ended = [row for state, row in layer.items() if not state & self.fills]
        gain, trail = max(ended, key=lambda row: row[0])
        return gain, self._sets(trail)

    def _fill(self, layer: _Layer, found: _Layer, run: int, option: Option) -> None:
        """Put a unit into the begun set of an offer that has one chain, wherever that can still be filled."""
        key = option.offer, option.chain
        offer, shift = self.knot.offers[option.offer], self.shift[key]
        chain, length = offer.chains[0], offer.chains[0].length
        for state, (gain, trail) in layer.items():
            full = (state >> shift & _MASK) + 1
            if full + self.rest[key] < length:
                continue
            more = gain + (option.bought if full <= chain.bought else option.reduced)
            after = state + (1 << shift)
            if full == length:
                after -= full << shift
                more += offer.constant
            there = found.get(after)
            if there is None or there[0] < more:
                found[after] = more, (trail, run, option)

    def _fill_together(self, layer: _Layer, found: _Layer, run: int, option: Option) -> None:
        """Do it for an offer that has several chains or is limited: a chain can be whole sets ahead of another."""
        key = option.offer, option.chain
        offer, shift, used = self.knot.offers[option.offer], self.shift[key], self.used[option.offer]
        chain, bound = offer.chains[option.chain], self.bound[option.offer]
        parts = [(self.shift[option.offer, number], part.length) for number, part in enumerate(offer.chains)]
        for state, (gain, trail) in layer.items():
            ahead, full = divmod(state >> shift & _MASK, chain.length)
            made = state >> used & _MASK if offer.most else 0
            if made + ahead >= bound or full + 1 + self.rest[key] < chain.length:
                continue
            more = gain + (option.bought if full < chain.bought else option.reduced)
            after = state + (1 << shift)
            if all(after >> other & _MASK >= length for other, length in parts):
                more += offer.constant
                after -= sum(length << other for other, length in parts)
                after += 1 << used if offer.most else 0
            there = found.get(after)
            if there is None or there[0] < more:
                found[after] = more, (trail, run, option)

    def _sets(self, trail: _Trail) -> list[MadeSet]:
        filled: dict[tuple[int, int], list[int]] = {}
        while trail is not None:
            trail, run, option = trail
            filled.setdefault((option.offer, option.chain), []).append(run)
        made = []
        for place, offer in self.knot.offers.items():
            chains = [filled.get((place, number), [])[::-1] for number in range(len(offer.chains))]
            for number in range(len(chains[0]) // offer.chains[0].length):
                parts = [
                    _counted(units[number * chain.length :][: chain.length], chain)
                    for units, chain in zip(chains, offer.chains, strict=True)
                ]
                made.append(MadeSet(place, 1, tuple(row for part in parts for row in part)))
        return made


def _counted(units: list[int], chain: Chain) -> list[Taken]:
    counts: dict[tuple[int, bool], int] = {}
    for place, run in enumerate(units):
        key = (run, place >= chain.bought)
        counts[key] = counts.get(key, 0) + 1
    return [Taken(run, count, is_reduced) for (run, is_reduced), count in counts.items()]


# ----------------------------------------------------------------------------------------------- the orders


def _greedy(knot: _Knot) -> Iterable[_Found]:
    """Let every offer take what it can, those that gain most first, by the whole and by the unit."""
    alone: dict[int, tuple[int, int]] = {}
    for place, offer in knot.offers.items():
        gain, made = _in_turn(knot, [place])
        if gain:
            alone[place] = gain, sum(row.times for row in made) * offer.length
    by_gain = sorted(alone, key=lambda place: (-alone[place][0], place))
    yield _in_turn(knot, by_gain)
    by_unit = sorted(alone, key=lambda place: (-alone[place][0] * 1000 // alone[place][1], place))
    if by_unit != by_gain:
        yield _in_turn(knot, by_unit)


def _in_turn(knot: _Knot, order: list[int]) -> _Found:
    """Make sets offer by offer, from the dearest units down, by the run and not by the unit."""
    left, gain, made = dict(knot.counts), 0, list[MadeSet]()
    for place in order:
        for more, row in _swept(knot, place, left):
            gain += more * row.times
            made.append(row)
            for taken in row.units:
                left[taken.run] -= taken.units * row.times
    return gain, made


def _row(knot: _Knot, key: tuple[int, int], free: dict[int, int]) -> list[tuple[int, Option]]:
    """What a chain takes its units from, in order: the dearest, or what is least missed where they are only bought."""
    rows = [row for row in knot.wanted[key] if free[row[0]]]
    offer = knot.offers[key[0]]
    if offer.chains[key[1]].reduced:
        return rows
    others = {
        run for other, members in knot.wanted.items() if other[0] == key[0] and other != key for run, _ in members
    }
    return sorted(rows, key=lambda row: (row[0] in others, -row[1].bought, -row[0]))


def _swept(knot: _Knot, place: int, left: dict[int, int]) -> Iterable[tuple[int, MadeSet]]:
    """Make every set of an offer that gains something, the chains with the least choice first."""
    offer = knot.offers[place]
    # What was passed by because it gains nothing stays outside, and is not looked at again.
    free = dict(left)
    most = offer.most or knot.units
    keys = sorted((key for key in knot.wanted if key[0] == place), key=lambda key: (len(knot.wanted[key]), key))
    wanted = [(offer.chains[key[1]], _row(knot, key, free)) for key in keys]
    while most:
        gain, cost, units = 0, 0, list[Taken]()
        need: dict[int, int] = {}
        for chain, rows in wanted:
            missing = chain.length
            for run, option in rows:
                count = min(missing, free[run] - need.get(run, 0))
                if not count:
                    continue
                bought = min(count, max(0, missing - chain.reduced))
                gain += bought * option.bought + (count - bought) * option.reduced
                cost += (count - bought) * option.cost
                units += [Taken(run, part, kind) for part, kind in ((bought, False), (count - bought, True)) if part]
                need[run] = need.get(run, 0) + count
                missing -= count
                if not missing:
                    break
            if missing:
                return
            while rows and not free[rows[0][0]]:
                del rows[0]
        # A set goes on to a cheaper run only when it has emptied the one before: then it is made once.
        times = min(most, *(free[run] // count for run, count in need.items()))
        for run, count in need.items():
            free[run] -= count * times
        gain += min(cost, offer.constant) if offer.is_capped else offer.constant
        if gain > 0:
            most -= times
            yield gain, MadeSet(place, times, tuple(units))
