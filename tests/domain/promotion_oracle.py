"""The best of a small basket by trying everything: slow, plain, and written without a look at the engine's search.

It knows one priority and no amounts off the basket.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations

from omsdesk.domain.promotion import Benefit, Item, Need, Promotion, Takes

Unit = tuple[Item, int, bool]
"""The item, the price, and whether it is a whole line that cannot be split."""


def units_of(items: Iterable[Item]) -> list[Unit]:
    """Every unit by itself."""
    found: list[Unit] = []
    for item in items:
        count, price = item.units
        if count > 0 and price > 0:
            is_whole = item.is_measured or item.quantity.micro % 1_000_000 != 0
            found += [(item, price, is_whole)] * count
    return found


def off(benefit: Benefit, price: int) -> int:
    """What comes off one unit."""
    money = benefit.money.minor if benefit.money else 0
    match benefit.takes:
        case Takes.PERCENT:
            return min(price, (2 * price * benefit.ppm + 1_000_000) // 2_000_000)
        case Takes.UNIT_AMOUNT:
            return min(price, money)
        case _:
            return max(0, price - money)


def benefit_of(row: Promotion, units: list[Unit]) -> Benefit | None:
    """What a promotion gives for these goods."""
    if row.threshold and (
        sum(price for item, price, _ in units if row.threshold.counted.has(item)) < row.threshold.amount.minor
    ):
        return None
    count = sum(row.needs[0].selection.has(item) for item, _, _ in units)
    reached = [tier for tier in row.tiers if tier.from_quantity <= count]
    return max(reached, key=lambda tier: tier.from_quantity).benefit if reached else row.benefit


def is_single(row: Promotion, benefit: Benefit) -> bool:
    """Tell whether a promotion works on every unit for itself."""
    is_unit = row.needs == (Need(row.needs[0].selection),) and not row.most
    return is_unit and benefit.takes not in (Takes.SET_AMOUNT, Takes.SET_PRICE)


def picks(needs: Sequence[Need], free: tuple[int, ...], units: list[Unit]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every way to serve these needs from what is free."""
    if not needs:
        yield ()
        return
    fit = [unit for unit in free if needs[0].selection.has(units[unit][0]) and not units[unit][2]]
    for chosen in combinations(fit, needs[0].quantity):
        for others in picks(needs[1:], tuple(unit for unit in free if unit not in chosen), units):
            yield (chosen, *others)


def is_fair(needs: Sequence[Need], chosen: tuple[tuple[int, ...], ...], units: list[Unit]) -> bool:
    """No reduced unit is dearer than one that was bought for it from the same selection."""
    return all(
        units[reduced][1] <= units[bought][1]
        for one, those in zip(needs, chosen, strict=True)
        for other, these in zip(needs, chosen, strict=True)
        if one.is_reduced and not other.is_reduced and one.selection == other.selection
        for reduced in those
        for bought in these
    )


class Basket:
    """Units, and what each promotion gives for them."""

    def __init__(self, items: Sequence[Item], promotions: Sequence[Promotion]) -> None:
        self.units = units_of(items)
        terms = [(row, benefit) for row in promotions if (benefit := benefit_of(row, self.units))]
        order = [Takes.UNIT_PRICE, Takes.PERCENT, Takes.UNIT_AMOUNT]
        singles = [(row, benefit) for row, benefit in terms if is_single(row, benefit)]
        self.singles = sorted(singles, key=lambda row: (order.index(row[1].takes), row[0].id))
        self.sets = [(row, benefit) for row, benefit in terms if not is_single(row, benefit)]

    def combined(self, unit: int) -> int:
        """What comes off a unit by all that combine."""
        item, price, _ = self.units[unit]
        left = price
        for row, benefit in self.singles:
            if row.is_combinable and row.needs[0].selection.has(item):
                left -= off(benefit, left)
        return price - left

    def outside(self, unit: int) -> int:
        """What comes off a unit that is in no set."""
        item, price, _ = self.units[unit]
        rows = [(row, benefit) for row, benefit in self.singles if not row.is_combinable]
        return max([self.combined(unit), *(off(b, price) for row, b in rows if row.needs[0].selection.has(item))])

    def of_set(self, row: Promotion, benefit: Benefit, chosen: tuple[tuple[int, ...], ...]) -> int:
        """What comes off the units of a set; less than nothing where it is none."""
        before = {unit: self.combined(unit) if row.is_combinable else 0 for part in chosen for unit in part}
        pairs = zip(row.needs, chosen, strict=True)
        prices = [self.units[unit][1] - before[unit] for need, part in pairs if need.is_reduced for unit in part]
        money = benefit.money.minor if benefit.money else 0
        match benefit.takes:
            case Takes.SET_PRICE:
                taken = sum(prices) - money
            case Takes.SET_AMOUNT:
                taken = min(sum(prices), money)
            case _:
                taken = sum(off(benefit, price) for price in prices)
        return taken + sum(before.values()) if taken > 0 else -1


def most_off(items: Sequence[Item], promotions: Sequence[Promotion]) -> int:
    """The greatest sum that can legally come off, in minor units."""
    basket = Basket(items, promotions)

    @cache
    def best(free: tuple[int, ...], used: tuple[int, ...]) -> int:
        if not free:
            return 0
        found = basket.outside(free[0]) + best(free[1:], used)
        for place, (row, benefit) in enumerate(basket.sets):
            if row.most and used[place] >= row.most:
                continue
            after = (*used[:place], used[place] + 1, *used[place + 1 :]) if row.most else used
            for chosen in picks(row.needs, free, basket.units):
                taken = {unit for part in chosen for unit in part}
                if free[0] in taken and is_fair(row.needs, chosen, basket.units):
                    left = tuple(unit for unit in free if unit not in taken)
                    found = max(found, basket.of_set(row, benefit, chosen) + best(left, after))
        return found

    return best(tuple(range(len(basket.units))), (0,) * len(basket.sets))


def proportional(amount: int, prices: Sequence[int]) -> list[int]:
    """Share an amount by prices, unit by unit: each next one goes to whom most is missing of their exact part."""
    exact = [Fraction(amount * price, sum(prices)) for price in prices]
    parts = [int(part) for part in exact]
    while sum(parts) < amount:
        place = max(range(len(prices)), key=lambda at: (exact[at] - parts[at], -at))
        parts[place] += 1
    return parts
