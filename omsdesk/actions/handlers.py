"""Which command is carried out how: load what the decision looks at, then decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from omsdesk.actions import coupons, customers, mailing, orders, other_store, promotions, seeing, shelf
from omsdesk.actions.buying import for_customer
from omsdesk.domain import (
    account,
    approval,
    attempts,
    cash,
    catalogue,
    drawer,
    kitchen,
    label_design,
    labels,
    people,
    price_override,
    printing,
    returns,
    role,
    sale,
    sale_command,
    selling,
    shop,
    stock,
    stored_value,
)
from omsdesk.domain.field_write import UNSEEN, Seen
from omsdesk.domain.messages import Command, Decision, Refusal
from omsdesk.domain.order_command import OrderCommand, SettleOrder
from omsdesk.domain.ordering import account_of
from omsdesk.domain.printing import PrintState
from omsdesk.domain.returns import Receipts
from omsdesk.store import journal
from omsdesk.store.database import Transaction
from omsdesk.store.queries import account as account_queries
from omsdesk.store.queries import approval as approval_queries
from omsdesk.store.queries import catalogue as catalogue_queries
from omsdesk.store.queries import people as people_queries
from omsdesk.store.queries import printing as printing_queries
from omsdesk.store.queries import returns as returns_queries
from omsdesk.store.queries import shift as shift_queries
from omsdesk.store.queries import till as till_queries
from omsdesk.store.queries.ticket import receipt_of

Handler = Callable[[Transaction, Any], Decision]

_NO_TILL = Refusal("This computer is not set up as a till yet. Set up the shop and a till first.")


def handler_of(command: type[Command]) -> Handler:
    """Find how a command is carried out."""
    for cls in command.__mro__:
        if cls in _HANDLERS:
            return _HANDLERS[cls]
    message = f"Nobody carries out {command.__name__}."
    raise TypeError(message)


def _desk(transaction: Transaction) -> shop.Desk | None:
    station = till_queries.station(transaction.connection)
    return till_queries.desk(transaction.connection, station, transaction.author.stamp)


def _sale(transaction: Transaction, command: sale_command.SaleCommand) -> Decision:
    desk = _desk(transaction)
    if desk is None:
        return _NO_TILL
    ticket = transaction.ticket(command.sale)
    here = ticket.here if ticket else None
    receipts = _receipts(transaction, here, command)
    accounts = stored_value.accounts_of(command, here, (row for of in receipts.values() for row in of.sold.lines))
    served = orders.orders_of(command, here)
    if served:
        desk = orders.with_orders(transaction, served, desk)
        command, desk = orders.with_what_is_asked(transaction, command, desk)
        accounts = tuple({**dict.fromkeys(accounts), **dict.fromkeys(map(account_of, served))})
    is_held = shelf.is_held(here, command, desk)
    if accounts or is_held or _is_limited(here, command) or _may_refund(here, command):
        desk = _with_author(transaction, desk, command.sale)
    if accounts:
        station = till_queries.station(transaction.connection)
        desk = replace(desk, ledger=account_queries.ledger(transaction.connection, station, accounts))
    if isinstance(command, returns.ReturnWithoutReceipt):
        article = returns_queries.at_lowest_price(transaction.connection, command.article, desk.shop, desk.at)
        command = replace(command, article=article)
    fault = coupons.spent_meanwhile(transaction.connection, here, command)
    if fault is not None:
        return fault
    command = coupons.with_known(transaction.connection, desk, command)
    command, anew = for_customer(transaction.connection, desk, here, command)
    if is_held or isinstance(command, returns.ReturnGoods):
        desk = replace(desk, shelf=shelf.shelf_of(transaction.connection, here, command, desk, receipts))
    decision = selling.decide(here, command, desk, receipts, anew)
    if isinstance(decision, Refusal) or (ticket is not None and not isinstance(command, sale_command.RecallSale)):
        return decision
    # The till turns to this ticket: another one that is open there is put on hold, so that none is ever out of sight.
    other = till_queries.open_sale_id(transaction.connection, desk.till.id)
    left = transaction.ticket(other) if other else None
    return (*selling.set_aside(left.own, desk), *decision) if left and left.own else decision


_LIMITED = (
    sale_command.ChangePrice,
    sale_command.DiscountLine,
    sale_command.DiscountSale,
    returns.ReturnGoods,
    returns.ReturnWithoutReceipt,
    sale_command.VoidSale,
)
"""What a role may do up to a limit."""


def _is_limited(ticket: sale.Sale | None, command: sale_command.SaleCommand) -> bool:
    # What a person took off stays when there is less to take it off.
    is_less = isinstance(command, sale_command.ChangeQuantity | sale_command.RemoveLine)
    return isinstance(command, _LIMITED) or (is_less and price_override.is_touched(ticket))


def _may_refund(ticket: sale.Sale | None, command: sale_command.SaleCommand) -> bool:
    if not isinstance(command, sale_command.TakeTender) or ticket is None:
        return False
    return any(row.returned is not None for row in ticket.lines)


def _with_author(transaction: Transaction, desk: shop.Desk, ticket: str) -> shop.Desk:
    connection, author = transaction.connection, transaction.author
    who = None if author.actor == people.SYSTEM else till_queries.person(connection, author.actor)
    given = approval_queries.grants(connection, desk.till, ticket, author.actor, author.stamp)
    return replace(desk, author=who, grants=(*transaction.assumed, *given))


def _receipts(transaction: Transaction, ticket: sale.Sale | None, command: sale_command.SaleCommand) -> Receipts:
    """Read the receipts of what comes back, where the command is about that."""
    match command:
        case SettleOrder(order=order):
            return orders.payments(transaction, order)
        case returns.ReturnGoods(receipt=receipt):
            known = receipt_of(transaction.connection, receipt)
            return {receipt: known} if known else {}
        case sale_command.CompleteSale() | sale_command.TakeTender():
            return returns_queries.receipts_on(transaction.connection, ticket)
    return {}


def _order(transaction: Transaction, command: OrderCommand) -> Decision:
    desk = _desk(transaction)
    if desk is None:
        return _NO_TILL
    return orders.on_order(transaction, command, _with_author(transaction, desk, ""))


def _approve(transaction: Transaction, command: approval.Approve) -> Decision:
    author, till = transaction.author, till_queries.till_of(transaction.connection, command.till)
    return approval.decide(
        command,
        till_queries.person(transaction.connection, author.actor),
        author.stamp,
        is_training=till is not None and till.is_training,
    )


def _block(transaction: Transaction, command: account.BlockAccount) -> Decision:
    known = account_queries.account(transaction.connection, command.account)
    return account.decide(command, known or account.Account(command.account, is_known=False))


def _cash(transaction: Transaction, command: cash.CashCommand) -> Decision:
    desk = _desk(transaction)
    if desk is None:
        return _NO_TILL
    figures = shift_queries.figures(transaction.connection, command.shift, desk.shop)
    facts = cash.CashFacts(
        figures,
        shift_queries.next_z_number(transaction.connection, desk.series),
        _paid_in_part(transaction, desk) if isinstance(command, cash.CloseShift) else (),
        is_made=command.document != command.shift and _is_made(transaction, command.document),
    )
    return cash.decide(transaction.state(command.shift, cash.evolve), command, desk, facts)


def _paid_in_part(transaction: Transaction, desk: shop.Desk) -> tuple[str, ...]:
    return tuple(row.sale for row in till_queries.paid_in_part(transaction.connection, desk.till.id))


def _is_made(transaction: Transaction, document: str) -> bool:
    return any(True for _ in journal.of_subject(transaction.connection, document))


def _drawer(transaction: Transaction, command: drawer.NoteDrawer) -> Decision:
    shift = till_queries.open_shift(transaction.connection, command.till)
    return drawer.decide(command, shift, is_known=_is_made(transaction, command.document))


def _kitchen(transaction: Transaction, command: kitchen.SendToKitchen) -> Decision:
    desk, ticket = _desk(transaction), transaction.ticket(command.sale)
    if desk is None or ticket is None:
        return ()
    known = transaction.state(kitchen.kitchen_of(command.sale), kitchen.evolve)
    return kitchen.decide(command, ticket.here, known, desk.shop.goods)


def _goods(transaction: Transaction, command: stock.MoveGoods) -> Decision:
    return stock.decide(command, is_known=_is_made(transaction, command.document))


def _save_shop(transaction: Transaction, command: shop.SaveShop) -> Decision:
    found = seeing.fields(transaction.connection, command.shop, command.said, command.base)
    return _shop(transaction, shop.SaveShop(found[0], found[1]), found[2]) if found else ()


def _save_till(transaction: Transaction, command: shop.SaveTill) -> Decision:
    found = seeing.fields(transaction.connection, command.till, command.said, command.base)
    return _shop(transaction, shop.SaveTill(found[0], found[1]), found[2]) if found else ()


def _shop(transaction: Transaction, command: shop.SaveShop | shop.SaveTill, seen: Seen) -> Decision:
    connection = transaction.connection
    # Codes are told apart over all stores, and so are receipts; the money of another store is no concern of this one.
    tills = till_queries.tills(connection)
    is_selling = any(till_queries.open_shift(connection, till.id) for till in tills)
    before = till_queries.shop_by_id(connection, command.shop.id) if isinstance(command, shop.SaveShop) else None
    return shop.decide(command, tills, before, seen, is_selling=is_selling)


def _save_person(transaction: Transaction, command: people.SavePerson) -> Decision:
    found = seeing.fields(transaction.connection, command.person, command.said, command.base)
    return _people(transaction, people.SavePerson(found[0], found[1]), found[2]) if found else ()


def _people(transaction: Transaction, command: people.SavePerson | people.SignIn, seen: Seen = UNSEEN) -> Decision:
    active = till_queries.people(transaction.connection)
    author = transaction.author.actor
    may_own = author == people.SYSTEM or any(who.id == author and who.may("shop.own") for who in active)
    return people.decide(command, active, seen, may_own=may_own)


def _save_role(transaction: Transaction, command: role.SaveRole) -> Decision:
    connection = transaction.connection
    active, author = till_queries.people(connection), transaction.author.actor
    may_own = author == people.SYSTEM or any(who.id == author and who.may("shop.own") for who in active)
    seen = seeing.rules(connection, command.role, [rule.right for rule in command.rules], command.base)
    return role.decide(command, people_queries.rules(connection, command.role), active, seen, may_own=may_own)


def _shut_out(transaction: Transaction, command: attempts.ShutOut) -> Decision:
    now = transaction.author.stamp
    before = approval_queries.waits(transaction.connection, command.person, command.till, now).times
    return attempts.decide(command, before, now)


def _products(transaction: Transaction, command: catalogue.SaveProducts) -> Decision:
    named = {pack.code: edit.product for edit in command.edits for pack in edit.barcodes or ()}
    claims = catalogue_queries.claims(transaction.connection, named)
    # A code that two stations gave two products is each one's own, until one of them gives it up.
    taken = {code: named[code] if named[code] in products else products[0] for code, products in claims.items()}
    return catalogue.decide(seeing.products(transaction.connection, command), taken)


def _prices(transaction: Transaction, command: catalogue.SetPrices) -> Decision:
    command, seen = seeing.prices(transaction.connection, command)
    return catalogue.decide(command, {}, seen)


def _print(transaction: Transaction, command: printing.AskPrint | printing.NotePrint) -> Decision:
    state = printing_queries.state_of(transaction.connection, command.job)
    if isinstance(command, printing.AskPrint) and not state:
        was_asked = printing_queries.was_asked(transaction.connection, command.paper, command.document)
        return printing.decide(command, None, was_asked=was_asked)
    return printing.decide(command, PrintState(state) if state else None)


def _labels(transaction: Transaction, command: labels.AskLabels) -> Decision:
    known = printing_queries.label_batch(transaction.connection, command.batch)
    return labels.decide(command, was_asked=known is not None)


def _save_design(transaction: Transaction, command: label_design.SaveDesign) -> Decision:
    found = seeing.fields(transaction.connection, command.design, command.said, command.base)
    return label_design.decide(label_design.SaveDesign(found[0], found[1]), found[2]) if found else ()


_HANDLERS: dict[type[Command], Handler] = {
    sale_command.SaleCommand: _sale,
    OrderCommand: _order,
    approval.Approve: _approve,
    account.BlockAccount: _block,
    cash.CashCommand: _cash,
    drawer.NoteDrawer: _drawer,
    kitchen.SendToKitchen: _kitchen,
    catalogue.SaveProducts: _products,
    catalogue.SetPrices: _prices,
    printing.AskPrint: _print,
    printing.NotePrint: _print,
    labels.AskLabels: _labels,
    label_design.SaveDesign: _save_design,
    stock.MoveGoods: _goods,
    shop.SaveShop: _save_shop,
    shop.SaveTill: _save_till,
    **customers.HANDLERS,
    **coupons.HANDLERS,
    **mailing.HANDLERS,
    **other_store.HANDLERS,
    **promotions.HANDLERS,
    people.SavePerson: _save_person,
    people.SignIn: _people,
    role.SaveRole: _save_role,
    attempts.ShutOut: _shut_out,
}
