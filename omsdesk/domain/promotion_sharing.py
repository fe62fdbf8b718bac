"""What a set takes off, shared among all of its goods: what was bought for it as well as what it makes cheaper.

A customer who brings part of a set back gets what that part cost them. Were "3 for 2" taken off the third alone, the
two that were paid in full could come back for all of the money, and the third would have cost nothing.

Parts are in proportion to what everything else leaves of the prices, exact to the minor unit. What stands at its least
price is not brought below it by the share of another, as long as the others have room; what only the reduced goods can
bear stays with them, as the promotion took it off there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from omsdesk.domain.promotion import Item
from omsdesk.domain.values import share_minor

SetId = tuple[int, ...]
"""A promotion by its place, and the number of sets of it that are made of the same goods; empty is no set."""


class _Part(NamedTuple):
    """What a set has of an item."""

    units: int
    worth: int
    """What these cost when they came into it, in minor units."""


class Off:
    """What comes off items, by the promotions that take it off, as they find it: in a set off what is reduced."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._amounts: dict[tuple[int, int, SetId], int] = {}
        self._sets: dict[SetId, dict[int, _Part]] = {}

    @property
    def total(self) -> int:
        """All that comes off, in minor units."""
        return sum(self._amounts.values())

    def given(self, place: int) -> int:
        """What comes off by one promotion."""
        return sum(amount for (_, other, _), amount in self._amounts.items() if other == place)

    def take(self, item: int, place: int, amount: int, in_set: SetId) -> None:
        """Take an amount off units of an item that are in this set."""
        key = item, place, in_set
        self._amounts[key] = self._amounts.get(key, 0) + amount

    def put(self, in_set: SetId, item: int, units: int, worth: int) -> None:
        """Put units of an item into a set that shares what it takes off."""
        members = self._sets.setdefault(in_set, {})
        before = members.get(item, _Part(0, 0))
        members[item] = _Part(before.units + units, before.worth + worth)

    def add(self, other: Off) -> None:
        """Take off what another says, too; no set is in both."""
        for (item, place, in_set), amount in other._amounts.items():
            self.take(item, place, amount, in_set)
        self._sets.update(other._sets)

    def by_item(self, items: Sequence[Item]) -> dict[tuple[int, int], int]:
        """Give what comes off each item by each promotion, by their places, shared out within the sets."""
        found: dict[tuple[int, int], int] = {}
        own: dict[SetId, dict[int, int]] = {}
        others: dict[tuple[SetId, int], int] = {}
        for (item, place, in_set), amount in self._amounts.items():
            is_shared = in_set in self._sets
            if is_shared and place == in_set[0]:
                own.setdefault(in_set, {})[item] = amount
                continue
            found[item, place] = found.get((item, place), 0) + amount
            if is_shared:
                others[in_set, item] = others.get((in_set, item), 0) + amount
        for in_set, taken in own.items():
            parts = self._sets[in_set]
            rows = [(item, part.worth - others.get((in_set, item), 0), part.units) for item, part in parts.items()]
            for item, amount in _shared(rows, taken, items):
                if amount:
                    found[item, in_set[0]] = found.get((item, in_set[0]), 0) + amount
        return found


_Row = tuple[int, int, int]
"""An item of a set, what everything but the set leaves of its price in minor units, and how many units it is."""


def _shared(rows: list[_Row], taken: Mapping[int, int], items: Sequence[Item]) -> Iterable[tuple[int, int]]:
    """Share what a set takes off the reduced ones among all of it."""
    whole = sum(taken.values())
    if len(rows) == 1:
        return [(rows[0][0], whole)]
    # Equal goods get equal parts, whatever lines they stand on, and in whatever order these were scanned.
    groups: dict[tuple[object, ...], list[_Row]] = {}
    for row in sorted(rows):
        item = items[row[0]]
        groups.setdefault((-item.price.minor, item.product, item.category, item.brand, item.family), []).append(row)
    ordered = [groups[key] for key in sorted(groups)]
    rooms = {place: max(0, left - _least(items[place], units)) for place, left, units in rows}
    free = sum(rooms.values())
    found = dict(_spread(min(whole, free), [[(row[0], row[1], rooms[row[0]]) for row in group] for group in ordered]))
    if whole > free:
        more = [
            [(place, taken.get(place, 0), left - rooms[place] if place in taken else 0) for place, left, _ in group]
            for group in ordered
        ]
        for place, part in _spread(whole - free, more):
            found[place] += part
    return found.items()


def _least(item: Item, units: int) -> int:
    least = item.least
    return least.minor * units if least is not None and least.currency == item.price.currency else 0


def _spread(amount: int, groups: Sequence[Sequence[tuple[int, int, int]]]) -> Iterable[tuple[int, int]]:
    """Share an amount among groups, and in each among its items with their weights and room."""
    parts = share_within(
        amount,
        [sum(weight for _, weight, _ in group) for group in groups],
        [sum(room for *_, room in group) for group in groups],
    )
    for group, part in zip(groups, parts, strict=True):
        if len(group) == 1:
            yield group[0][0], part
            continue
        within = share_within(part, [weight for _, weight, _ in group], [room for *_, room in group])
        yield from zip((item for item, *_ in group), within, strict=True)


def share_within(amount: int, weights: Sequence[int], rooms: Sequence[int]) -> tuple[int, ...]:
    """Split whole minor units by weights, no part greater than its room: what does not fit goes to the others.

    The parts add up to the amount, or to all the room there is where that is less. What has room has a weight.
    """
    found = [0] * len(weights)
    left, open_weights = min(amount, sum(rooms)), list(weights)
    while left:
        parts = share_minor(left, tuple(open_weights))
        over = [at for at, part in enumerate(parts) if part > rooms[at]]
        if not over:
            return tuple(there + part for there, part in zip(found, parts, strict=True))
        for at in over:
            found[at], open_weights[at] = rooms[at], 0
            left -= rooms[at]
    return tuple(found)
