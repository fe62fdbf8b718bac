"""Commands about orders: what is known of an order and its money is loaded, then it is decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from omsdesk.actions import coupons
from omsdesk.domain import order_ticket, ordering
from omsdesk.domain.messages import Decision
from omsdesk.domain.order import Order, evolve
from omsdesk.domain.order_command import HandOver, OrderCommand, PlaceOrder, SettleOrder
from omsdesk.domain.returns import Receipts
from omsdesk.domain.sale import Sale
from omsdesk.domain.sale_command import CompleteSale, SaleCommand
from omsdesk.domain.shop import Desk
from omsdesk.store.database import Transaction
from omsdesk.store.queries import account as account_queries
from omsdesk.store.queries import orders as queries
from omsdesk.store.queries.ticket import receipt_of
from omsdesk.store.queries.till import product_by_id, station
from omsdesk.store.queries.trace import sold_serials


def on_order(transaction: Transaction, command: OrderCommand, desk: Desk) -> Decision:
    """Decide on a command for an order; the same order is placed once."""
    if isinstance(command, PlaceOrder):
        if _order(transaction, command.order) is not None:
            return ()
        ticket = transaction.ticket(command.sale) if command.sale else None
        here, number = ticket.here if ticket else None, queries.next_number(transaction.connection, desk.series)
        spent = coupons.spent_meanwhile(transaction.connection, here, command)
        return spent or ordering.place(command, here, number, desk)
    ledger = account_queries.ledger(
        transaction.connection, station(transaction.connection), [ordering.account_of(command.order)]
    )
    return ordering.decide(command, replace(with_orders(transaction, [command.order], desk), ledger=ledger))


def with_orders(transaction: Transaction, wanted: Iterable[str], desk: Desk) -> Desk:
    """Add to what a decision looks at the orders that it is about."""
    found = (_order(transaction, name) for name in wanted)
    return replace(desk, orders=tuple(row for row in found if row is not None))


def with_what_is_asked(transaction: Transaction, command: SaleCommand, desk: Desk) -> tuple[SaleCommand, Desk]:
    """Let goods of an order be asked about as those of a ticket: who fetches them may be too young for them."""
    if not isinstance(command, HandOver):
        return command, desk
    connection, order = transaction.connection, desk.order(command.order)
    products = {row.line: row.product for row in order.rows} if order else {}
    portions, sold = [], set[str]()
    for portion in command.portions:
        product = products.get(portion.of, "")
        found = product_by_id(connection, product, desk.shop, desk.at.day) if product else None
        portions.append(replace(portion, traits=found.article.traits) if found else portion)
        sold |= sold_serials(connection, product, portion.serials) if portion.serials else frozenset()
    shelf = replace(desk.shelf, sold_serials=frozenset(sold))
    return replace(command, portions=tuple(portions)), replace(desk, shelf=shelf)


def orders_of(command: SaleCommand, ticket: Sale | None) -> tuple[str, ...]:
    """Name the orders that a decision on a ticket is about."""
    match command:
        case HandOver(order=order) | SettleOrder(order=order):
            return (order,)
        case CompleteSale() if ticket is not None:
            return order_ticket.orders_on(ticket)
    return ()


def payments(transaction: Transaction, order: str) -> Receipts:
    """Read the receipts of what was paid on an order, as far as they are known here."""
    names = queries.payments_on(transaction.connection, ordering.account_of(order))
    found = {name: receipt_of(transaction.connection, name) for name in names}
    return {name: receipt for name, receipt in found.items() if receipt is not None}


def _order(transaction: Transaction, order: str) -> Order | None:
    return transaction.state(order, evolve)
