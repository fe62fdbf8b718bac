"""What a person takes off prices on the ticket in work: worked out before it is done, done, and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from omsdesk.domain.discount import BY_HAND, Discount, Reduction
from omsdesk.domain.line import Line
from omsdesk.domain.messages import Command
from omsdesk.domain.records import record
from omsdesk.domain.sale_command import ChangePrice, DiscountLine, DiscountSale
from omsdesk.domain.tax import PPM
from omsdesk.domain.values import Money, divide
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.till.session import TillSession
from omsdesk.ui.typed_amount import read_amount
from omsdesk.ui.typed_share import percent_text

_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\Z")


class Way(StrEnum):
    """How somebody says what is taken off."""

    PERCENT = "percent"
    AMOUNT = "amount"
    PRICE = "price"
    """What it comes to afterwards."""


@record
class Offer:
    """What would be done, and what it comes to before and after; without a command there is nothing to do yet."""

    before: Money
    after: Money
    command: Command | None = None
    question: str = ""
    """What has to be asked about what was typed."""


class Reductions:
    """State and intents around discounts and other prices."""

    def __init__(self, counter: Counter, session: TillSession) -> None:
        """Take the counter and the ticket in work."""
        self.counter = counter
        self.session = session

    def line(self) -> Line | None:
        """Find the chosen line, if something can be taken off it."""
        row = self.session.selected_line
        return row if row is not None and row.returned is None and not row.loads else None

    @property
    def sold(self) -> Money:
        """What everything sold on the ticket comes to, before a discount on all of it."""
        sale = self.session.sale
        amounts = [row.amount(sale.currency).minor for row in sale.lines if not row.loads] if sale else []
        return Money(sum(max(minor, 0) for minor in amounts), self.counter.shop.currency)

    def offer(self, *, is_whole: bool, way: Way, text: str, reason: str) -> Offer:
        """Work out what is typed for the chosen line, or for the whole ticket."""
        sale, row = self.session.sale, self.line()
        if sale is not None and is_whole:
            return self._off(self.sold, way, text, lambda off: DiscountSale(sale.sale, replace(off, reason=reason)))
        if sale is None or row is None:
            nothing = Money(0, self.counter.shop.currency)
            return Offer(nothing, nothing)
        before = replace(row, discount=None).amount(sale.currency)
        if way is not Way.PRICE:
            return self._off(
                before, way, text, lambda off: DiscountLine(sale.sale, row.line, replace(off, reason=reason))
            )
        typed = read_amount(text, sale.currency, self.counter.shop.locale)
        if typed.amount is None:
            return Offer(before, before, question=typed.question)
        after = replace(row, open_price=typed.amount, reductions=()).amount(sale.currency)
        return Offer(before, after, ChangePrice(sale.sale, row.line, typed.amount, reason))

    def _off(self, before: Money, way: Way, text: str, command: Callable[[Discount], Command]) -> Offer:
        discount = _percent(text) if way is Way.PERCENT else self._amount(before, way, text)
        if not isinstance(discount, Discount):
            return Offer(before, before, question=discount)
        return Offer(before, before - discount.off(before), command(discount))

    def _amount(self, before: Money, way: Way, text: str) -> Discount | str:
        """Read an amount to take off, or the one that is to be left."""
        typed = read_amount(text, before.currency, self.counter.shop.locale)
        if typed.amount is None:
            return typed.question
        off = typed.amount if way is Way.AMOUNT else before - typed.amount
        if off > before:
            return f"Type {self.counter.money(before)} at most."
        if off.minor < 0:
            return "That would be dearer. Type less."
        return Discount(amount=off) if off else ""

    def do(self, offer: Offer) -> None:
        """Take it off."""
        if offer.command is not None:
            self.session.submit(offer.command, then=self.session.follow)

    def has_any(self, *, is_whole: bool) -> bool:
        """Tell whether something is taken off that can be taken off again."""
        sale, row = self.session.sale, self.line()
        if is_whole:
            return sale is not None and sale.discount is not None
        return row is not None and (
            row.discount is not None or (row.open_price is not None and bool(row.article.prices))
        )

    def take_off_again(self, *, is_whole: bool) -> None:
        """Sell the chosen line, or the ticket, for what it costs without a person."""
        sale, row = self.session.sale, self.line()
        commands: list[Command] = []
        if sale is not None and is_whole:
            commands.append(DiscountSale(sale.sale, None))
        elif sale is not None and row is not None:
            if row.discount is not None:
                commands.append(DiscountLine(sale.sale, row.line, None))
            if row.open_price is not None and row.article.prices:
                commands.append(ChangePrice(sale.sale, row.line, None))
        if commands:
            self.session.submit(*commands, then=self.session.follow)


def _percent(text: str) -> Discount | str:
    found = _PERCENT.match(text.strip())
    hundredths = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else 0
    if hundredths > 100 * 100:
        return "Type 100 % at most."
    return Discount(ppm=hundredths * PPM // 10_000) if hundredths else ""


def discount_words(counter: Counter, discount: Discount) -> str:
    """Say a discount as people do: ``10 %``, or an amount."""
    if discount.amount is not None:
        return counter.money(discount.amount)
    hundredths = divide(discount.ppm * 10_000, PPM)
    return percent_text(hundredths * PPM // 10_000, counter.shop.locale)


def discount_title(counter: Counter, discount: Discount) -> str:
    """Call a discount on the whole sale: by its share, and why."""
    share = "" if discount.amount is not None else f" {discount_words(counter, discount)}"
    return f"Discount{share}" + (f" · {discount.reason}" if discount.reason else "")


def reduction_words(counter: Counter, row: Line) -> str:
    """Say what a person took off a line, and why; empty where nobody did."""
    currency = counter.shop.currency
    by_hand = [part for part in row.taken_off(currency) if part.source == BY_HAND and part.amount.minor]
    parts = [_named(counter, part, row) for part in by_hand]
    if row.open_price is not None and row.article.prices:
        usual = replace(row, open_price=None).unit_price
        parts.insert(0, f"Instead of {counter.money(usual)}" if usual else "")
    return " · ".join(filter(None, parts))


def _named(counter: Counter, part: Reduction, row: Line) -> str:
    name = part.name
    if part.source == BY_HAND and row.discount is not None and row.discount.amount is None:
        name = f"{discount_words(counter, row.discount)} {part.name}".strip()
    return f"{name or 'Discount'} {counter.money(-part.amount)}"
