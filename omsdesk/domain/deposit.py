"""Empties that come back: a bottle or a crate brings its deposit, whoever sold it, without a receipt."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.line import Line, Returned
from omsdesk.domain.messages import Decision, Event, Refusal
from omsdesk.domain.pricing import unit_price
from omsdesk.domain.sale import LineAdded, LineRemoved, Sale
from omsdesk.domain.sale_command import ReturnDeposit
from omsdesk.domain.shop import Desk
from omsdesk.domain.tax import line_taxes
from omsdesk.domain.values import MOST_MICRO, MOST_MINOR, Quantity

RIGHT = "return.deposit"
_TOO_MUCH = Refusal("This is too much for one line. Was a barcode typed as the quantity?")


def decide(sale: Sale, command: ReturnDeposit, desk: Desk) -> Decision:
    """Decide on empties that come back."""
    article = command.article
    if sale.line(command.line) is not None:
        return Refusal("This line is on the ticket already.")
    if not article.traits.is_deposit:
        return Refusal(f"“{article.name}” is not a deposit. Goods come back with Return, F7.")
    if command.quantity.micro <= 0:
        return Refusal("Type how many come back: a quantity above zero.")
    same = next((row for row in sale.lines if _is_same(row, command)), None)
    quantity = command.quantity - same.quantity if same else command.quantity
    made = _line(sale, command, quantity)
    if isinstance(made, Refusal):
        return made
    return desk.lacks(RIGHT, 0, sale.sale, "give deposits back") or _put(sale, same, made)


def resized(sale: Sale, row: Line, quantity: Quantity, desk: Desk) -> Decision:
    """Decide on another number of empties on a line that counts them; ``quantity`` is above zero."""
    command = ReturnDeposit(sale.sale, row.line, row.article, quantity)
    made = _line(sale, command, quantity)
    if isinstance(made, Refusal):
        return made
    return desk.lacks(RIGHT, 0, sale.sale, "give deposits back") or _put(sale, row, replace(made, note=row.note))


def is_counted(row: Line) -> bool:
    """Tell whether a line counts empties, so that another number of them is only another number."""
    is_back = row.returned is not None and not row.returned.sale
    return is_back and row.article.traits.is_deposit and row.open_price is None


def _is_same(row: Line, command: ReturnDeposit) -> bool:
    return is_counted(row) and row.article == command.article and not row.note and command.amount is None


def _line(sale: Sale, command: ReturnDeposit, quantity: Quantity) -> Line | Refusal:
    article = command.article
    price = command.amount or unit_price(article.prices, quantity)
    if price is None or price.currency != sale.currency:
        return Refusal(f"“{article.name}” has no price here. Give it one under Products.")
    amount = command.amount or price.times(quantity)
    if quantity.micro > MOST_MICRO or amount.minor > MOST_MINOR:
        return _TOO_MUCH
    returned = Returned(amount, line_taxes([(amount, article.taxes)], sale.terms)[0])
    return Line(command.line, article, -quantity, open_price=command.amount, returned=returned)


def _put(sale: Sale, same: Line | None, made: Line) -> tuple[Event, ...]:
    """Put the line on the ticket, in the place of one that counted fewer."""
    if same is None:
        return (LineAdded(sale.sale, made),)
    at = sale.lines.index(same)
    gone = LineRemoved(sale.sale, same.line, same.article.product, same.amount(sale.currency))
    return (gone, LineAdded(sale.sale, made, at))
