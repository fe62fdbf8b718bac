"""Orders on a ticket: their goods handed over at their prices, and what was paid on them given back less a fee.

A payment on an order is money that is paid in to its account (``LoadAccount``), and is spent from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from omsdesk.domain import goods
from omsdesk.domain.catalogue import Article
from omsdesk.domain.line import Line, Ordered, Returned, SoldLine
from omsdesk.domain.messages import Decision, Refusal
from omsdesk.domain.order import GoodsHandedOver, Order, Portion, Purpose
from omsdesk.domain.order_change import reductions_of
from omsdesk.domain.order_command import HandedPortion, HandOver, SettleOrder
from omsdesk.domain.ordering import OrderEnded, StillAQuotation, account_of, held_on, unknown
from omsdesk.domain.pricing import PriceBreak
from omsdesk.domain.returns import Receipts
from omsdesk.domain.sale import LineAdded, Sale, SaleCompleted, evolve
from omsdesk.domain.shop import Desk
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.traits import StockPolicy, Traits
from omsdesk.domain.values import NONE, ONE, Money, Quantity

DEPOSIT = TenderMethod("deposit", "Deposit", TenderKind.STORED)
"""The way to pay with what was paid on an order before."""


def decide(sale: Sale, command: HandOver | SettleOrder, desk: Desk, receipts: Receipts) -> Decision:
    """Decide on a ticket for an order; ``receipts`` are those of the payments on it, as far as they are known here."""
    order = desk.order(command.order)
    if order is None:
        return unknown()
    if sale.is_training:
        return Refusal("This is training. Orders are served before it, or after.")
    if order.currency != sale.currency or order.head.tax_terms != sale.terms:
        return Refusal("This order was priced in another currency or with other taxes. Serve it at the store it is of.")
    if isinstance(command, HandOver):
        return _hand_over(sale, command, order, desk)
    return _settle(sale, command, order, desk, receipts)


# -------------------------------------------------------------------------------------------- handing over


def _hand_over(sale: Sale, command: HandOver, order: Order, desk: Desk) -> Decision:
    if order.purpose is Purpose.QUOTATION:
        return StillAQuotation("This is a quotation. Accept it first, then hand the goods over.")
    taken, facts = dict[str, Quantity](), list[LineAdded]()
    for portion, parent in _with_followers(order, command.portions):
        row = order.row(portion.of)
        fault = _portion_fault(sale, order, row, portion)
        if fault is not None or row is None:
            return fault or unknown()
        line = _line(order, row, portion, parent)
        fault = goods.fault(sale, line, desk)
        if fault is not None:
            return fault
        facts.append(LineAdded(sale.sale, line))
        sale, taken[row.line] = evolve(sale, facts[-1]), portion.quantity
    if not facts:
        return OrderEnded(f"Nothing of order {order.number} is still to be handed over.")
    is_last = all(order.open_quantity(row) == taken.get(row.line, NONE) for row in order.rows)
    fee = _fee(f"{command.sale}:{order.order}:fee", order) if is_last else None
    return (*facts, *([LineAdded(sale.sale, fee)] if fee else ()))


def _with_followers(order: Order, portions: tuple[HandedPortion, ...]) -> Iterator[tuple[HandedPortion, str]]:
    """Let what goes with goods come along in their quantity; gives each with the ticket's line that it goes with."""
    given = {portion.of: portion for portion in portions}
    parents = {row.line: row.parent for row in order.rows}
    for portion in portions:
        if parents.get(portion.of) in given:
            continue
        yield portion, ""
        for row in order.rows:
            quantity = min(portion.quantity, order.open_quantity(row))
            if row.parent == portion.of and quantity:
                known = given.get(row.line) or HandedPortion(f"{portion.line}:{row.line}", row.line, quantity)
                yield replace(known, quantity=quantity), portion.line


def _portion_fault(sale: Sale, order: Order, row: SoldLine | None, portion: HandedPortion) -> Refusal | None:
    if row is None:
        return Refusal("This line is not on the order any more. Look at the order again.")
    if sale.line(portion.line) is not None or any(_is_of(line, order.order, row.line) for line in sale.lines):
        return Refusal(f"“{row.name}” of order {order.number} is on the ticket already.")
    left = order.open_quantity(row)
    if not 0 < portion.quantity.micro <= left.micro:
        return Refusal(f"Of “{row.name}” {left} can still be handed over for order {order.number}.")
    return None


def _is_of(line: Line, order: str, row: str) -> bool:
    return line.ordered is not None and (line.ordered.order, line.ordered.line) == (order, row)


def _line(order: Order, row: SoldLine, portion: HandedPortion, parent: str) -> Line:
    # How much of it and at which price was decided when it was ordered; who fetches it may be somebody else.
    asked = portion.traits
    traits = Traits(
        age=asked.age, asks_serial=asked.asks_serial, asks_lot=asked.asks_lot, is_divisible=True,
        components=row.components, is_deposit=row.is_deposit, stock_policy=StockPolicy.ALLOW,
    )  # fmt: skip
    has_numbers = bool(row.serials) and portion.quantity == row.quantity
    amount = order.part(row.amount, row, portion.quantity)
    taxes = tuple(order.part(tax, row, portion.quantity) for tax in row.tax_amounts)
    article = Article(
        row.product, row.name, row.sku, row.unit, row.category, (PriceBreak(Quantity(0), row.unit_price),), row.taxes,
        row.is_tracked, traits,
    )  # fmt: skip
    ordered = Ordered(
        amount, taxes, order.order, order.number, row.line, not order.head.tax_terms.is_inclusive
    )  # fmt: skip
    off = row.unit_price.times(portion.quantity) - amount
    return Line(
        portion.line, article, portion.quantity, row.note, reductions=reductions_of(row, off), ordered=ordered,
        serials=portion.serials or (row.serials if has_numbers else ()), lot=portion.lot or row.lot,
        expiry=portion.expiry or row.expiry, parent=parent,
    )  # fmt: skip


# -------------------------------------------------------------------------------------------- giving back


def _settle(sale: Sale, command: SettleOrder, order: Order, desk: Desk, receipts: Receipts) -> Decision:
    account = account_of(order.order)
    if any(row.loads == account or _is_of(row, order.order, "") for row in sale.lines):
        return Refusal(f"What was paid on order {order.number} is on the ticket already.")
    held = held_on(order, desk)
    # As long as goods are to be handed over, what is not needed for them is given back; the fee is kept with the last.
    back = -order.due(held) if order.has_open_rows else held
    fee = None if order.has_open_rows else _fee(f"{command.line}:fee", order)
    lines = [*(_backs(command.line, account, back, receipts) if back.minor > 0 else ()), *([fee] if fee else ())]
    if not lines:
        return Refusal(f"Nothing of what was paid on order {order.number} is to be given back.")
    return tuple(LineAdded(sale.sale, row) for row in lines)


def _fee(line: str, order: Order) -> Line | None:
    """Make the line that keeps what is due because goods were cancelled."""
    fee = order.fee_due
    if not fee:
        return None
    name = f"Fee for order {order.number}"
    article = Article("", name, prices=(PriceBreak(Quantity(0), fee),), is_tracked=False)
    return Line(line, article, ONE, ordered=Ordered(fee, (), order.order, order.number))


def _backs(line: str, account: str, amount: Money, receipts: Receipts) -> Iterator[Line]:
    """Take the money off the account, by the receipts it was paid in with: it goes back the way it came."""
    number, left = 0, amount
    for receipt in sorted(receipts.values(), key=lambda known: known.sold.number):
        for row in receipt.sold.lines:
            is_open = row.loads == account and row.returned is None and not receipt.back.get(row.line)
            if is_open and left:
                part = min(left, row.amount)
                sold = receipt.sold
                number, left = number + 1, left - part
                yield _back(f"{line}:{number}", account, Returned(part, (), sold.sale, sold.number, row.line), row.name)
    if left:
        yield _back(f"{line}:0", account, Returned(left), "Deposit")


def _back(line: str, account: str, returned: Returned, name: str) -> Line:
    article = Article("", name, prices=(PriceBreak(Quantity(0), returned.amount),), is_tracked=False)
    return Line(line, article, -ONE, returned=returned, loads=account)


# ------------------------------------------------------------------------------------- the ticket's end


def orders_on(sale: Sale) -> tuple[str, ...]:
    """Name the orders that a ticket serves."""
    return tuple({row.ordered.order: None for row in sale.lines if row.ordered is not None})


def excess(sale: Sale, desk: Desk) -> Refusal | None:
    """Say what would be handed over or kept more often than it was ordered: another till may have been quicker."""
    for line in sale.lines:
        if line.ordered is None:
            continue
        order = desk.order(line.ordered.order)
        if order is None:
            return unknown()
        row = order.row(line.ordered.line)
        is_fee = not line.ordered.line
        if (is_fee and line.ordered.amount > order.fee_due) or (
            not is_fee and (row is None or line.quantity.micro > order.open_quantity(row).micro)
        ):
            return Refusal(f"Order {order.number} was served at another till meanwhile. Void this ticket.")
    return None


def handed_over(sale: SaleCompleted) -> Iterator[GoodsHandedOver]:
    """Tell each order what a completed ticket handed over of it, and kept as its fee."""
    found: dict[str, list[SoldLine]] = {}
    for row in sale.lines:
        if row.ordered is not None:
            found.setdefault(row.ordered.order, []).append(row)
    for order, rows in found.items():
        fees = [row.amount for row in rows if row.ordered is not None and not row.ordered.line]
        yield GoodsHandedOver(
            order, sale.sale, sale.number, sale.till, tuple(_portions(rows)), fees[0] if fees else None
        )


def _portions(rows: list[SoldLine]) -> Iterator[Portion]:
    for row in rows:
        if row.ordered is not None and row.ordered.line:
            yield Portion(row.ordered.line, row.quantity, row.ordered.gross)
