"""Other goods on an order: more or less of a line at its price, what is new at today's, and the plan that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from omsdesk.domain.customer import Buyer
from omsdesk.domain.discount import Reduction
from omsdesk.domain.line import Line, SoldLine
from omsdesk.domain.messages import Refusal
from omsdesk.domain.order import Order
from omsdesk.domain.order_terms import Instalment, Terms
from omsdesk.domain.records import record
from omsdesk.domain.repricing import settled
from omsdesk.domain.sale import Sale
from omsdesk.domain.sale_document import sold_lines
from omsdesk.domain.shop import Desk
from omsdesk.domain.values import Money, Quantity


@record
class AlreadyBegun(Refusal):
    """Parts of a line were handed over or cancelled: they are what happened."""


@record
class ChangedMeanwhile(Refusal):
    """Somebody else changed the order since it was looked at."""


def resized(order: Order, row: SoldLine, quantity: Quantity) -> SoldLine:
    """Give a line of an order for another quantity, at the order's price."""
    if quantity == row.quantity:
        return row
    amount = order.share(row.amount, row, quantity)
    return replace(
        row,
        quantity=quantity,
        amount=amount,
        tax_amounts=tuple(order.share(tax, row, quantity) for tax in row.tax_amounts),
        reductions=reductions_of(row, row.unit_price.times(quantity) - amount),
        serials=(),
    )


def reductions_of(row: SoldLine, off: Money) -> tuple[Reduction, ...]:
    """Say what was taken off some of a line, by what was taken off the whole."""
    if off.minor <= 0:
        return ()
    parts = off.share(tuple(max(reduction.amount.minor, 0) for reduction in row.reductions))
    pairs = zip(row.reductions, parts, strict=True)
    return tuple(Reduction(reduction.source, reduction.name, part) for reduction, part in pairs if part)


def kept(order: Order, quantities: Mapping[str, Quantity]) -> tuple[SoldLine, ...]:
    """Give the lines of an order with other quantities; those of which nothing is wanted any more are gone."""
    wanted = ((row, quantities.get(row.line, row.quantity)) for row in order.rows)
    return tuple(resized(order, row, quantity) for row, quantity in wanted if quantity)


def priced(order: Order, lines: tuple[Line, ...], desk: Desk, buyer: Buyer | None = None) -> tuple[SoldLine, ...]:
    """Price goods that are new on an order as a ticket of its customer would, offers included."""
    ticket = Sale(order.order, desk.till.id, order.currency, order.head.tax_terms, lines=lines, customer=buyer)
    return sold_lines(settled(ticket, desk))


def replanned(terms: Terms, total: Money) -> Terms:
    """Let a plan come to another total: the deposit and the days stay, the instalments share what is left."""
    if not terms.plan:
        return terms
    rest = max(total - (terms.deposit or Money(0, total.currency)), Money(0, total.currency))
    parts = rest.share(tuple(row.amount.minor for row in terms.plan))
    plan = (Instalment(row.day, part) for row, part in zip(terms.plan, parts, strict=True))
    return replace(terms, plan=tuple(row for row in plan if row.amount))


def fault(order: Order, rows: tuple[SoldLine, ...]) -> Refusal | None:
    """Say what of a change would undo what was handed over or cancelled already."""
    after = {row.line: row for row in rows}
    for row in order.rows:
        done, new = order.done(row.line), after.get(row.line)
        if not done:
            continue
        if new is None or new.quantity < done:
            what = "handed over" if order.given(row.line) == done else "handed over or given up"
            return AlreadyBegun(f"{done} × “{row.name}” was {what} already: so much of it stays on the order.")
        if (new.product, new.unit_price) != (row.product, row.unit_price):
            return AlreadyBegun(f"“{row.name}” was handed over in part: what it is and its price stay.")
    return None
