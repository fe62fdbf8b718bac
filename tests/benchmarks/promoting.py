"""The best of 500 promotions for a ticket of 50 lines, after every scan."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from omsdesk.domain.promotion import Benefit, Index, Item, Need, Promotion, Selection, Takes, Threshold, Tier
from omsdesk.domain.promotion_rules import best
from omsdesk.domain.values import Money, Quantity
from tests.benchmarks.measure import Row, in_turns, spreads
from tests.benchmarks.shops import Shops

_TIMES = 300
_PROMOTIONS, _LINES = 500, 50


class Range(NamedTuple):
    """What promotions can be about: the ids of products, and the names of categories and brands."""

    products: list[str]
    categories: list[str]
    brands: list[str]


_RANGE = Range(
    *([f"{kind}-{n}" for n in range(most)] for kind, most in (("product", 5_000), ("category", 200), ("brand", 300)))
)


def promoting(_shops: Shops, _size: int) -> list[Row]:
    """Price tickets of a supermarket, and tickets on which all offers want the same goods."""
    dice = random.Random(5)
    shelf, index = _goods(dice, 5_000), Index(offers(dice, _RANGE))
    usual = [_ticket(dice, shelf) for _ in range(_TIMES)]
    knots = [(_ticket(dice, shelf[:40]), Index(_knot(dice))) for _ in range(_TIMES)]
    return [
        _row("promotions, a usual ticket", [(items, index) for items in usual], 2),
        _row("promotions, all on the same goods", knots, 5),
    ]


def _row(work: str, tickets: list[tuple[list[Item], Index]], goal: int) -> Row:
    floors: list[Callable[[], object]] = [partial(_summed, items) for items, _ in tickets]
    floor, ours = spreads(in_turns(floors, [partial(best, *ticket) for ticket in tickets]))
    size = f"{_LINES} lines, {len(tickets[0][1].promotions)} promotions"
    return Row(work, size, ours, f"p50 < {goal} ms, p99 < 5 ms", ours.p50 < goal and ours.p99 < 5, floor)


def _summed(items: list[Item]) -> int:
    """The floor: what the ticket comes to without promotions."""
    return sum(item.amount.minor for item in items)


def _goods(dice: random.Random, count: int) -> list[Item]:
    return [
        Item(
            "",
            f"product-{number}",
            Quantity.of(1),
            Money(dice.randrange(19, 2_000) // 10 * 10 + 9, "EUR"),
            f"category-{dice.randrange(200)}",
            f"brand-{dice.randrange(300)}",
            f"family-{number // 4}",
            is_measured=number % 20 == 0,
        )
        for number in range(count)
    ]


def _ticket(dice: random.Random, shelf: list[Item]) -> list[Item]:
    items = []
    for line in range(_LINES):
        of = dice.choice(shelf)
        quantity = Quantity(dice.randrange(100, 2_000) * 1_000) if of.is_measured else Quantity.of(dice.randrange(1, 4))
        row = Item(
            f"line-{line}", of.product, quantity, of.price, of.category, of.brand, of.family, is_measured=of.is_measured
        )
        items.append(row)
    return items


def offers(dice: random.Random, about: Range, currency: str = "EUR") -> list[Promotion]:
    """What a supermarket has at one time: prices of the week, multi-buys, bundles, tiers, and some on the whole."""

    def products(count: int) -> Selection:
        return Selection(tuple(dice.choice(about.products) for _ in range(count)))

    def category() -> Selection:
        return Selection(categories=(dice.choice(about.categories),))

    def brand() -> Selection:
        return Selection(brands=(dice.choice(about.brands),))

    percent = partial(Benefit, Takes.PERCENT)
    rows = []
    for number in range(_PROMOTIONS):
        named = partial(Promotion, f"promotion-{number}", f"Offer {number}")
        match number % 10:
            case 0 | 1 | 2:
                row = named((Need(products(10)),), percent(dice.randrange(5, 50) * 10_000))
            case 3 | 4:
                goods = products(6)
                row = named((Need(goods, dice.randrange(1, 4), is_reduced=False), Need(goods)), percent(1_000_000))
            case 5 | 6:
                price = Money(dice.randrange(300, 2_000), currency)
                row = named((Need(category(), dice.randrange(2, 5)),), Benefit(Takes.SET_PRICE, money=price))
            case 7:
                row = named(
                    (Need(products(5)), Need(category())), Benefit(Takes.SET_AMOUNT, money=Money(100, currency))
                )
            case 8:
                row = named((Need(brand()),), tiers=(Tier(3, percent(50_000)), Tier(6, percent(100_000))))
            case _:
                row = named((Need(category()),), percent(100_000), is_combinable=True)
        rows.append(row)
    whole = Benefit(Takes.BASKET_AMOUNT, money=Money(500, currency))
    over_100 = Threshold(Money(10_000, currency))
    rows[-1] = Promotion("whole", "From 100", (Need(),), whole, threshold=over_100, is_combinable=True)
    rows[-2] = Promotion("members", "Members", (Need(),), percent(20_000), is_combinable=True)
    return rows


def _knot(dice: random.Random) -> list[Promotion]:
    """A dozen sets that all want the same forty products, and as many offers on the single ones."""
    rows = []
    for number in range(24):
        goods = Selection(tuple(f"product-{place}" for place in range(40) if dice.random() < 0.7))
        named = partial(Promotion, f"promotion-{number}", f"Offer {number}", is_combinable=dice.random() < 0.3)
        price = Money(dice.randrange(200, 3_000), "EUR")
        match number % 4:
            case 0:
                row = named(
                    (Need(goods, dice.randrange(1, 4), is_reduced=False), Need(goods)), Benefit(Takes.PERCENT, 700_000)
                )
            case 1:
                row = named((Need(goods, dice.randrange(2, 6)),), Benefit(Takes.SET_PRICE, money=price))
            case 2:
                row = named(
                    (Need(goods), Need(Selection(products=("product-1", "product-2")))),
                    Benefit(Takes.SET_AMOUNT, money=price),
                )
            case _:
                row = named((Need(goods),), Benefit(Takes.PERCENT, dice.randrange(5, 40) * 10_000))
        rows.append(row)
    return rows
