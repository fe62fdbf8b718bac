"""What may be sold, and to whom: pieces stay whole, ages are checked, serial numbers, lots, least prices and stock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from omsdesk.domain.line import Line
from omsdesk.domain.messages import AMOUNT, Refusal
from omsdesk.domain.records import record
from omsdesk.domain.sale import Sale
from omsdesk.domain.shop import Desk
from omsdesk.domain.traits import StockPolicy
from omsdesk.domain.units import PIECE
from omsdesk.domain.values import MICRO, Quantity

BELOW_MINIMUM = "sale.below_minimum"
SERIAL_AGAIN = "sale.serial_again"
EXPIRED = "sale.expired"
NEGATIVE_STOCK = "sale.negative_stock"


@record
class AgeUnchecked(Refusal):
    """The customer may be too young."""

    age: int = 0


@record
class NotWhole(Refusal):
    """A piece was to be broken."""


@record
class SerialWanted(Refusal):
    """Each unit has a number of its own, and one of them was not said or was said twice."""


def fault(sale: Sale, row: Line, desk: Desk) -> Refusal | None:
    """Say why a line may not be sold like this, or who has to agree; None where it may."""
    article, traits = row.article, row.article.traits
    if row.quantity.micro % MICRO and article.unit == PIECE and not traits.is_divisible:
        return NotWhole(f"“{article.name}” is sold in whole pieces.")
    if row.expiry:
        refusal = _expired(sale, row, desk)
        if refusal is not None:
            return refusal
    if traits.age > sale.age_checked:
        return AgeUnchecked(f"“{article.name}” is sold from {traits.age} on. Check the age first.", (), traits.age)
    if traits.asks_serial:
        refusal = _serial(sale, row, desk)
        if refusal is not None:
            return refusal
    return _sold_out(sale, row, desk)


def _expired(sale: Sale, row: Line, desk: Desk) -> Refusal | None:
    if row.expiry >= desk.at.day:
        return None
    return desk.lacks(EXPIRED, 0, sale.sale, f"sell “{row.article.name}” that expired on {row.expiry}")


def _serial(sale: Sale, row: Line, desk: Desk) -> Refusal | None:
    name = row.article.name
    if row.quantity.micro != len(row.serials) * MICRO:
        return SerialWanted(f"Scan the serial number of each “{name}”.")
    others = [serial for other in sale.lines if _rivals(other, row) for serial in other.serials]
    seen = [serial for at, serial in enumerate(row.serials) if serial in others or serial in row.serials[:at]]
    for twice in seen:
        return SerialWanted(f"Serial number {twice} is on this ticket already. Scan the number of the other “{name}”.")
    before = next((serial for serial in row.serials if serial in desk.shelf.sold_serials), "")
    what = f"sell “{name}” with serial number {before}, which was sold before"
    return desk.lacks(SERIAL_AGAIN, 0, sale.sale, what) if before else None


def _rivals(other: Line, row: Line) -> bool:
    """Tell whether another line of the ticket may not have the same serial numbers."""
    is_other = other.line != row.line and other.article.product == row.article.product
    return is_other and other.returned is None


def _sold_out(sale: Sale, row: Line, desk: Desk) -> Refusal | None:
    left = desk.shelf.available
    if left is None or policy_of(row, desk) is not StockPolicy.APPROVE:
        return None
    wanted = row.quantity.micro + sum(
        other.quantity.micro
        for other in sale.lines
        if other.line != row.line and other.article.product == row.article.product and other.returned is None
    )
    if wanted <= left.micro:
        return None
    return desk.lacks(NEGATIVE_STOCK, 0, sale.sale, f"sell more of “{row.article.name}” than is in stock ({left})")


def policy_of(row: Line, desk: Desk) -> StockPolicy:
    """Tell what happens when the article of a line is sold out."""
    return desk.shop.goods.stock_of(row.article.traits.stock_policy)


def below_minimum(sale: Sale, row: Line, desk: Desk) -> Refusal | None:
    """Say who has to agree to a price that is typed for a line and is less than the least one."""
    least = row.article.traits.minimum_price
    if least is None or row.open_price is None or not row.open_price < least:
        return None
    return _leave(sale, row, desk)


def cut_below_minimum(before: Sale, after: Sale, desk: Desk) -> Refusal | None:
    """Say who has to agree to what a person changed, where a line comes to less than its least price by that.

    What the shop itself asks may be less: a price of a list, a promotion. It is what a person takes off that is held.
    """
    known = {row.line: short for row, short in _shortfalls(before)}
    rows = [row for row, short in _shortfalls(after) if short > known.get(row.line, 0)]
    return _leave(after, rows[0], desk, len(rows) - 1) if rows else None


def _leave(sale: Sale, row: Line, desk: Desk, others: int = 0) -> Refusal | None:
    name, least = row.article.name, row.article.traits.minimum_price
    if others or least is None:
        return desk.lacks(BELOW_MINIMUM, 0, sale.sale, f"sell “{name}” and {others} more below their least prices")
    return desk.lacks(BELOW_MINIMUM, 0, sale.sale, f"sell “{name}” below its least price of {AMOUNT}", (least,))


def _shortfalls(sale: Sale) -> list[tuple[Line, int]]:
    """List the lines that a person brought below their least price, and by how many minor units."""
    found = []
    for row, amount in zip(sale.lines, sale.amounts(), strict=True):
        least = row.article.traits.minimum_price
        if least is None or row.returned is not None:
            continue
        is_typed = not row.article.prices or row.article.traits.asks_price
        asked = replace(row, open_price=None, discount=None).promoted_amount(sale.currency).minor
        if is_typed:
            asked = least.times(row.quantity).minor
        short = min(least.times(row.quantity).minor, asked) - amount.minor
        if short > 0:
            found.append((row, short))
    return found


def days_left(expiry: str, day: str) -> int:
    """Count the days until a lot expires, below zero where it has."""
    return (date.fromisoformat(expiry) - date.fromisoformat(day)).days


def is_whole(quantity: Quantity) -> bool:
    """Tell whether a quantity can be counted."""
    return quantity.micro % MICRO == 0
