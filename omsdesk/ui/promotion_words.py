"""What promotions are made of, in words: goods, days, what comes off."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from omsdesk.domain.promotion import Benefit, Need, Selection, Takes, Threshold, Tier
from omsdesk.ui.amounts import money_text
from omsdesk.ui.typed_share import percent_text

FIELDS = {
    "needs": "What has to be bought",
    "benefit": "What it gives",
    "tiers": "What it gives by quantity",
    "threshold": "From which amount",
    "most": "How often on one receipt",
    "is_combinable": "Does it combine with others",
    "valid_from": "First day",
    "valid_to": "Last day",
    "weekdays": "Days of the week",
    "from_time": "From what time",
    "to_time": "Until what time",
    "groups": "Groups of customers",
    "is_active": "Is it offered",
}
"""What the fields of a promotion are called, where it is not their name."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def goods_words(selection: Selection, name_of: Callable[[str], str] | None = None) -> str:
    """Say which goods are meant; products are counted where nobody can name them."""
    named = [*selection.categories, *selection.brands, *selection.families]
    if name_of is not None:
        named += map(name_of, selection.products)
    elif selection.products:
        named.append(_count(len(selection.products), "product"))
    without = [*selection.without_categories, *selection.without_brands, *selection.without_families]
    if selection.without_products:
        without.append(_count(len(selection.without_products), "product"))
    words = ", ".join(named) if named else "anything"
    return f"{words}, without {', '.join(without)}" if without else words


def day_words(days: Iterable[int]) -> str:
    """Name days of the week, Monday is 1."""
    return ", ".join(_DAYS[day - 1] for day in sorted(days))


def part_words(value: object, locale: str) -> str | None:
    """Write a part of a promotion as people read it; None for anything else."""
    match value:
        case Benefit():
            return _benefit(value, locale)
        case Need():
            return f"{value.quantity} of {goods_words(value.selection)}" + (", cheaper" if value.is_reduced else "")
        case Tier():
            return f"From {value.from_quantity}: {part_words(value.benefit, locale)}"
        case Threshold():
            return f"{money_text(value.amount, locale)} of {goods_words(value.counted)}"
    return None


def _benefit(benefit: Benefit, locale: str) -> str:
    if benefit.takes is Takes.PERCENT:
        return f"{percent_text(benefit.ppm, locale)} off each" if benefit.ppm else "nothing"
    amount = money_text(benefit.money, locale) if benefit.money is not None else "?"
    words = {
        Takes.UNIT_AMOUNT: "{} off each",
        Takes.UNIT_PRICE: "{} each",
        Takes.SET_AMOUNT: "{} off together",
        Takes.SET_PRICE: "{} together",
        Takes.BASKET_AMOUNT: "{} off all of it",
    }
    return words[benefit.takes].format(amount)


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
