"""Prices that a person changes on a ticket: another price, something off a line, something off all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from omsdesk.domain import goods
from omsdesk.domain.discount import Discount
from omsdesk.domain.line import Line
from omsdesk.domain.messages import AMOUNT, Decision, Event, Refusal
from omsdesk.domain.repricing import is_overridden, settled
from omsdesk.domain.sale import LineDiscounted, PriceChanged, Sale, SaleDiscounted, evolve
from omsdesk.domain.sale_command import ChangePrice, DiscountLine, DiscountSale
from omsdesk.domain.shop import Desk
from omsdesk.domain.tax import PPM, Tax
from omsdesk.domain.values import MOST_MINOR, Money, divide

RIGHT = "sale.discount"
_Said = tuple[str, tuple[Money, ...]]
"""What somebody wants, as the end of a sentence, and the amounts in it."""
_NOTHING = Refusal("There is nothing on this ticket to take something off.")


def decide(sale: Sale, command: ChangePrice | DiscountLine | DiscountSale, desk: Desk) -> Decision:
    """Decide on a price that a person changes.

    However it is taken off, it is the same right: what a line comes to, against what it would come to without a person.
    """
    fact = _fact(sale, command)
    if isinstance(fact, Refusal):
        return fact
    return _more_taken(sale, (fact,), desk, lambda after: _as_typed(sale, command, after)) or (fact,)


def of_less(sale: Sale, facts: tuple[Event, ...], desk: Desk) -> Refusal | None:
    """Say who has to agree where less is sold, and what a person took off it stays."""
    if not is_touched(sale):
        return None
    return _more_taken(sale, facts, desk, lambda after: (f"take {after.percent} off this sale in all", ()))


def is_touched(sale: Sale | None) -> bool:
    """Tell whether a person changed what anything on a ticket costs."""
    return sale is not None and (
        sale.discount is not None or any(row.discount is not None or is_overridden(row) for row in sale.lines)
    )


def _more_taken(sale: Sale, facts: tuple[Event, ...], desk: Desk, said: Callable[[Taken], _Said]) -> Refusal | None:
    changed = sale
    for fact in facts:
        changed = evolve(changed, fact)
    changed = settled(changed, desk)
    before, after = taken_by_hand(sale, desk), taken_by_hand(changed, desk)
    # What is made dearer, or was approved before, needs nobody's leave again.
    refusal = desk.lacks(RIGHT, after.size, sale.sale, *said(after)) if after.size > before.size else None
    return refusal or goods.cut_below_minimum(sale, changed, desk)


def _as_typed(sale: Sale, command: ChangePrice | DiscountLine | DiscountSale, after: Taken) -> _Said:
    """Say what somebody wants in the words of what they typed; what it comes to in all, where that is more."""
    row = None if isinstance(command, DiscountSale) else sale.line(command.line)
    on = f"“{row.article.name}”" if row else "this sale"
    if isinstance(command, ChangePrice):
        # Only a price of its own is less than what the article costs.
        price = command.price or Money(0, sale.currency)
        return f"sell {on} for {AMOUNT}, {after.percent} less", (price,)
    discount = command.discount or Discount()
    if discount.amount is not None:
        return f"take {AMOUNT} off {on}, {after.percent} in all", (discount.amount,)
    in_all = f", {after.percent} in all" if after.size > discount.ppm else ""
    return f"take {Tax('', '', discount.ppm).percent} off {on}{in_all}", ()


def _fact(sale: Sale, command: ChangePrice | DiscountLine | DiscountSale) -> Event | Refusal:
    if isinstance(command, DiscountSale):
        sold = Money(sum(sale.discountable(tuple(row.amount(sale.currency) for row in sale.lines))), sale.currency)
        if not sold:
            return _NOTHING
        return _fault(command.discount, sold) or SaleDiscounted(sale.sale, command.discount)
    row = sale.line(command.line)
    if row is None:
        return Refusal("This line is not on the ticket any more.")
    if row.returned is not None:
        return Refusal("What comes back has the price that was paid for it.")
    if row.loads:
        return Refusal("Nothing is taken off money that is paid in. Take the line off, and type the amount again.")
    if row.article.traits.is_deposit:
        return Refusal("A deposit is given back in full, so nothing is taken off it.")
    if row.ordered is not None:
        return Refusal("What was ordered has the price of its order.")
    if isinstance(command, ChangePrice):
        return _price_fault(row, command.price, sale) or PriceChanged(
            sale.sale, row.line, command.price, command.reason.strip()
        )
    plain = replace(row, discount=None).amount(sale.currency)
    return _fault(command.discount, plain) or LineDiscounted(sale.sale, row.line, command.discount)


def _fault(discount: Discount | None, price: Money) -> Refusal | None:
    if discount is None:
        return None
    if discount.amount is None:
        if not 0 < discount.ppm <= PPM:
            return Refusal("Type a percentage above zero, and 100 at most.")
    elif discount.amount.currency != price.currency:
        return Refusal(f"This ticket is in {price.currency}. Type the discount in {price.currency}.")
    elif discount.amount.minor <= 0 or discount.amount > price:
        return Refusal(f"Type an amount above zero, and {AMOUNT} at most.", (price,))
    return None


def _price_fault(row: Line, price: Money | None, sale: Sale) -> Refusal | None:
    if price is None:
        no_price = not row.article.prices
        return Refusal(f"“{row.article.name}” has no price of its own. Type one.") if no_price else None
    if price.currency != sale.currency:
        return Refusal(f"This ticket is in {sale.currency}. Type the price in {sale.currency}.")
    if price.minor < 0:
        return Refusal("The price cannot be below zero. Type it again.")
    if price.times(row.quantity).minor > MOST_MINOR:
        return Refusal("This is too much for one line. Was a barcode typed as the price?")
    return None


class Taken(NamedTuple):
    """How much a person took off the line where it is most."""

    off: int = 0
    full: int = 1
    """What it would come to without a person, in minor units."""

    @property
    def size(self) -> int:
        """The smallest limit that allows it, in millionths: rounding to the minor unit is nobody's fault."""
        return (self.off - 1) * PPM // self.full + 1 if self.off > 0 else 0

    @property
    def percent(self) -> str:
        """The share as people say it: the whole per cent that comes to this amount, if there is one."""
        whole = divide(self.off * 100, self.full)
        if divide(whole * self.full, 100) == self.off:
            return f"{whole} %"
        whole, tenth = divmod(divide(self.off * 1_000, self.full), 10)
        return f"{whole}.{tenth} %" if tenth else f"{whole} %"


def taken_by_hand(sale: Sale, desk: Desk) -> Taken:
    """Tell how much a person took off the line where it is most, beside what promotions take off by themselves."""
    found = Taken()
    untouched = settled(replace(sale, lines=tuple(_untouched(row) for row in sale.lines), discount=None), desk)
    for before, after in zip(untouched.lines, settled(sale, desk).amounts(), strict=True):
        full = before.amount(sale.currency).minor if before.returned is None else 0
        if full > 0:
            found = max(found, Taken(full - after.minor, full), key=lambda taken: taken.size)
    return found


def _untouched(row: Line) -> Line:
    return replace(row, open_price=None if is_overridden(row) else row.open_price, discount=None)
