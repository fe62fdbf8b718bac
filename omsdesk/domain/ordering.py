"""What may be done with an order: every command on one becomes facts, or a refusal that says why not."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain import coupon, order_change, order_dispute
from omsdesk.domain.account import AccountKind, account_id
from omsdesk.domain.line import SoldLine
from omsdesk.domain.messages import AMOUNT, Decision, Event, Refusal
from omsdesk.domain.order import (
    GoodsReadied,
    Order,
    OrderCancelled,
    OrderChanged,
    OrderPlaced,
    Origin,
    Party,
    Portion,
    Purpose,
    QuotationAccepted,
    evolve,
)
from omsdesk.domain.order_change import ChangedMeanwhile
from omsdesk.domain.order_command import (
    CANCEL_RIGHT,
    AcceptQuotation,
    AgreeOnOrder,
    CancelOrder,
    ChangeOrder,
    OrderCommand,
    PlaceOrder,
    ReadyGoods,
)
from omsdesk.domain.order_terms import Terms
from omsdesk.domain.records import record
from omsdesk.domain.sale import Sale, SaleOrdered
from omsdesk.domain.sale_document import sold_lines
from omsdesk.domain.shop import Desk
from omsdesk.domain.values import MOST_MICRO, MOST_MINOR, Money, Quantity


@record
class NoSuchOrder(Refusal):
    """Nothing is known of the order here."""


@record
class OrderEnded(Refusal):
    """The order was handed over, cancelled, or has expired."""


@record
class NotAQuotation(Refusal):
    """The order was accepted already, or is none."""


@record
class StillAQuotation(Refusal):
    """The customer has not said yes yet."""


def unknown() -> NoSuchOrder:
    """Say that nothing is known of an order."""
    return NoSuchOrder("This order is not known here. What another till wrote is heard as soon as both are online.")


def account_of(order: str) -> str:
    """Name the account that payments on an order lie on."""
    return account_id(AccountKind.DEPOSIT, order)


def held_on(order: Order, desk: Desk) -> Money:
    """Tell what lies on the account of an order."""
    return Money(desk.ledger.account(account_of(order.order)).balance, order.currency)


def decide(command: OrderCommand, desk: Desk) -> Decision:
    """Decide on a command for an order that is written down."""
    order = desk.order(command.order)
    if order is None:
        return unknown()
    if isinstance(command, AgreeOnOrder):
        return order_dispute.agree(order, command, desk)
    if not order.has_open_rows and not (isinstance(command, ChangeOrder) and order.rivals):
        return OrderEnded(f"Order {order.number} is ended. Nothing of it is still to be handed over.")
    match command:
        case AcceptQuotation():
            return _accept(order, command, desk)
        case ChangeOrder():
            return _change(order, command, desk)
        case ReadyGoods():
            return _ready(order, desk)
        case CancelOrder():
            return _cancel(order, command, held_on(order, desk), desk)
    return Refusal("This cannot be done with an order.")


def place(command: PlaceOrder, sale: Sale | None, number: str, desk: Desk) -> Decision:
    """Decide on a new order; ``sale`` is the ticket that it is made of, where it is made of one."""
    placed = OrderPlaced(
        command.order, number, command.purpose, command.store, desk.at, desk.shop.currency, command.rows,
        desk.shop.tax_terms, command.party, command.terms, command.origin, command.reference,
        desk.till.id if command.origin is Origin.TILL else "", command.note.strip(), command.sale, command.prints,
    )  # fmt: skip
    if command.sale:
        fault = _ticket_fault(sale, command.purpose)
        if fault is not None or sale is None:
            return fault or unknown()
        buyer = sale.customer
        party = Party(buyer.id, buyer.name) if buyer and placed.party == Party() else placed.party
        placed = replace(
            placed, rows=sold_lines(sale), currency=sale.currency, tax_terms=sale.terms, party=party
        )  # fmt: skip
    fault = _fault(placed.rows, placed.terms, placed.currency)
    if fault is not None:
        return fault
    if desk.till.is_training:
        return Refusal("In training no order is made: it would keep goods for somebody. End the training first.")
    return (placed,) if sale is None else (placed, *_ordered(sale, placed, desk))


def _ordered(sale: Sale, placed: OrderPlaced, desk: Desk) -> tuple[Event, ...]:
    """End a ticket as an order, which has the prices that its coupons made: they are used."""
    codes = coupon.spent_on(sale)
    return (
        SaleOrdered(sale.sale, desk.till.id, placed.order, placed.number, sale.turn + 1),
        *coupon.used(sale.sale, placed.number, desk.shop.id, desk.till.id, desk.at, codes),
    )


def _ticket_fault(sale: Sale | None, purpose: Purpose) -> Refusal | None:
    if sale is None or not sale.is_open or sale.is_elsewhere or sale.held_as is not None:
        return Refusal("This ticket is not in work here any more. Take it up again, then order.")
    if sale.tenders:
        return Refusal("A payment was taken already. Give it back first: what is paid now is a deposit on the order.")
    if any(not row.is_priced_here for row in sale.lines):
        return Refusal("Only goods can be ordered. Take off what comes back, what is paid in, and other orders' goods.")
    if purpose is Purpose.QUOTATION and coupon.spent_on(sale):
        return Refusal("A quotation promises its price, and this coupon is good only once. Take the coupon off first.")
    return None


def _fault(rows: tuple[SoldLine, ...], terms: Terms, currency: str) -> Refusal | None:
    if not rows:
        return Refusal("There is nothing to order. Put the goods on the ticket first.")
    if any(not 0 < row.quantity.micro <= MOST_MICRO or not 0 <= row.amount.minor <= MOST_MINOR for row in rows):
        return Refusal("A line of this order has no quantity, or a price that cannot be. Look at its lines.")
    amounts = [row.amount for row in rows] + [row.amount for row in terms.plan]
    amounts += [amount for amount in (terms.deposit, terms.fee.amount) if amount is not None]
    if any(amount.currency != currency for amount in amounts):
        return Refusal(f"This order is in {currency}. All of its amounts have to be.")
    if any(amount.minor < 0 for amount in amounts):
        return Refusal("No amount of an order can be below zero. Type it again.")
    return None


def _accept(order: Order, command: AcceptQuotation, desk: Desk) -> Decision:
    if order.purpose is not Purpose.QUOTATION:
        return NotAQuotation(f"Order {order.number} is no quotation any more.")
    if command.purpose is Purpose.QUOTATION:
        return Refusal("Choose what the quotation is to become.")
    if order.is_over(desk.at.day):
        # The shop may still keep its word; that is for somebody to say who may take something off a price.
        lacking = desk.lacks("sale.discount", 0, "", "accept a quotation after its last day")
        if lacking is not None:
            return lacking
    party = command.party or order.party
    return _fault(order.rows, command.terms, order.currency) or (
        QuotationAccepted(order.order, command.purpose, command.store, desk.at, command.terms, party),
    )


def _change(order: Order, command: ChangeOrder, desk: Desk) -> Decision:
    if command.base not in {None, order.revision}:
        return ChangedMeanwhile("This order was changed at another place meanwhile. Look at it again, then change it.")
    fault = order_change.fault(order, command.rows) or _fault(command.rows, command.terms, order.currency)
    if fault is not None:
        return fault
    fact = OrderChanged(order.order, order.revision + 1, command.rows, command.terms, desk.at)
    held = held_on(order, desk)
    too_much = -evolve(order, fact).due(held)
    if too_much.minor > 0 and too_much > -order.due(held):
        lacking = desk.lacks(CANCEL_RIGHT, 0, "", f"change order {order.number} to less than was paid for it")
        if lacking is not None:
            return lacking
    return (fact,)


def _ready(order: Order, desk: Desk) -> Decision:
    if order.purpose is Purpose.QUOTATION:
        return StillAQuotation("This is a quotation. Accept it first.")
    if order.is_ready:
        return ()
    rest = ((row, order.standing_ready(row)) for row in order.rows)
    rows = tuple(
        Portion(row.line, Quantity(order.open_quantity(row).micro - ready.micro))
        for row, ready in rest
        if order.open_quantity(row).micro > ready.micro
    )
    return (GoodsReadied(order.order, rows, desk.at),)


def _cancel(order: Order, command: CancelOrder, held: Money, desk: Desk) -> Decision:
    rows = command.rows or order.open_portions()
    fault = _portion_fault(order, rows)
    if fault is not None:
        return fault
    asked = fee_for(order, rows, held)
    fee = asked if command.fee is None else command.fee
    if fee.currency != order.currency or not 0 <= fee.minor <= held.minor:
        return Refusal(f"The fee is kept from what was paid: {AMOUNT} at most.", (held,))
    if held and order.purpose is not Purpose.QUOTATION:
        lacking = desk.lacks(CANCEL_RIGHT, 0, "", f"cancel order {order.number}, which was paid for")
        if lacking is not None:
            return lacking
    if fee < asked:
        lacking = desk.lacks(CANCEL_RIGHT, asked.minor - fee.minor, "", "keep less than the agreed fee")
        if lacking is not None:
            return lacking
    return (OrderCancelled(order.order, rows, desk.at, fee, command.reason.strip(), command.has_expired),)


def _portion_fault(order: Order, rows: tuple[Portion, ...]) -> Refusal | None:
    for portion in rows:
        row = order.row(portion.line)
        if row is None:
            return Refusal("This line is not on the order any more. Look at the order again.")
        if not 0 < portion.quantity.micro <= order.open_quantity(row).micro:
            left = order.open_quantity(row)
            return Refusal(f"Only {left} of “{row.name}” is still to be handed over.")
    return None


def fee_for(order: Order, rows: tuple[Portion, ...], held: Money) -> Money:
    """Work out what giving these parts up costs by the terms: never more than what was paid."""
    if order.purpose is Purpose.QUOTATION:
        return Money(0, order.currency)
    worth = Money(0, order.currency)
    for portion in rows:
        row = order.row(portion.line)
        if row is not None:
            worth += order.part(order.gross(row), row, portion.quantity)
    free = max(held - order.fee_due, Money(0, order.currency))
    return min(order.terms.fee.of(worth), free)
