"""An article on its way onto the ticket: what is known of it, and what the cashier has to answer before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from omsdesk.domain.catalogue import Article
from omsdesk.domain.modifier import ModifierGroup
from omsdesk.domain.pricing import unit_price
from omsdesk.domain.records import record
from omsdesk.domain.units import is_measured
from omsdesk.domain.values import MICRO, ONE, Money, Quantity
from omsdesk.store.queries.till import Found, Tile


@record
class Incoming:
    """An article that was scanned, typed or tapped, and what was said of it so far."""

    found: Found
    quantity: Quantity = ONE
    is_sized: bool = False
    """Whether somebody or something said how much of it."""
    price: Money | None = None
    """What one unit costs, where that was typed or printed on a label."""
    amount: Money | None = None
    """What all of it comes to, as a voucher says."""
    serials: tuple[str, ...] = ()
    lot: str = ""
    expiry: str = ""
    parts: tuple[Article, ...] = ()
    """What goes with each unit of it."""
    asked: tuple[str, ...] = ()
    """The groups of choices that were answered."""
    deliver: Callable[[Incoming], None] | None = None
    """What is done once all is answered, in place of putting it on the ticket."""

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.found.article

    @property
    def usual_price(self) -> Money | None:
        """What was said that it costs, else what one of it costs by the catalogue."""
        return self.price or self.amount or unit_price(self.article.prices, ONE)

    @property
    def oldest(self) -> Article:
        """What of it, with all that goes with it, asks for the greatest age."""
        return max((self.article, *self.parts), key=lambda part: part.traits.age)


@record
class Demand:
    """Something the cashier has to answer before anything else comes in; the screen has a sheet for each kind."""


@record
class About(Demand):
    """Something about an article that waits for the answer."""

    coming: Incoming


@record
class AgeWanted(About):
    """The customer may be too young for it."""


@record
class QuantityWanted(About):
    """It is sold by weight or length, and nobody said how much."""


@record
class PriceWanted(About):
    """It has no price, or one that is typed each time."""


@record
class SerialsWanted(About):
    """Each unit has a number of its own."""


@record
class LotWanted(About):
    """Its lot is kept with the sale."""


@record
class ExtrasWanted(About):
    """Something is to be chosen that goes with it."""

    group: ModifierGroup


@record
class GiftCardWanted(About):
    """It stands for a gift card: which card, and how much goes onto it."""


@record
class VariantWanted(Demand):
    """A family was tapped: one of its variants is to be chosen."""

    name: str
    variants: tuple[Tile, ...]


def question(
    coming: Incoming, is_old_enough: Callable[[int], bool], groups: Iterable[ModifierGroup] = ()
) -> About | None:
    """Find what has to be asked next about an article; None where it can go onto the ticket."""
    article, traits = coming.article, coming.article.traits
    if traits.is_gift_card:
        return GiftCardWanted(coming)
    has_price = bool(article.prices) and not traits.asks_price
    age = coming.oldest.traits.age
    if age and not is_old_enough(age):
        return AgeWanted(coming)
    if is_measured(article.unit) and not coming.is_sized and not traits.is_deposit:
        return QuantityWanted(coming)
    if not has_price and coming.price is None and coming.amount is None:
        return PriceWanted(coming)
    if traits.asks_serial and len(coming.serials) * MICRO < coming.quantity.micro:
        return SerialsWanted(coming)
    if traits.asks_lot and not coming.lot:
        return LotWanted(coming)
    wanted = [name for name in traits.modifiers if name not in coming.asked]
    group = next((group for name in wanted for group in groups if group.name == name), None)
    return ExtrasWanted(coming, group) if group else None


def with_serial(coming: Incoming, serial: str) -> Incoming:
    """Add the number of one more unit."""
    return replace(coming, serials=(*coming.serials, serial))


class CustomerAge:
    """What is known of the age of the customer of one ticket: in memory alone, and forgotten with the ticket."""

    def __init__(self) -> None:
        """Know nothing."""
        self._born: date | None = None
        self._at_least = 0

    def is_from(self, birth: date) -> None:
        """Take a birth date that was typed."""
        self._born = birth

    def is_at_least(self, age: int) -> None:
        """Take an age that somebody saw."""
        self._at_least = max(self._at_least, age)

    def covers(self, age: int, today: str) -> bool:
        """Tell whether the customer is known to be that old."""
        return age <= self._at_least or (self._born is not None and years(self._born, today) >= age)

    @property
    def has_birth_date(self) -> bool:
        """Whether a birth date was typed: whoever it does not cover is too young."""
        return self._born is not None

    def forget(self) -> None:
        """Know nothing again."""
        self._born, self._at_least = None, 0


def years(born: date, today: str) -> int:
    """Count the birthdays that somebody had; who was born on the 29th of February has theirs on the 1st of March."""
    now = date.fromisoformat(today)
    return now.year - born.year - ((now.month, now.day) < (born.month, born.day))
