"""Which command is carried out how: load what the decision looks at, then decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from omsdesk.domain import cash, catalogue, people, printing, sale, shop, stock
from omsdesk.domain.messages import Command, Decision, Refusal
from omsdesk.domain.printing import PrintState
from omsdesk.store.database import Transaction
from omsdesk.store.queries import catalogue as catalogue_queries
from omsdesk.store.queries import printing as printing_queries
from omsdesk.store.queries import shift as shift_queries
from omsdesk.store.queries import till as till_queries

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


def _sale(transaction: Transaction, command: sale.SaleCommand) -> Decision:
    desk = _desk(transaction)
    if desk is None:
        return _NO_TILL
    return sale.decide(transaction.state(command.sale, sale.evolve), command, desk)


def _cash(transaction: Transaction, command: cash.CashCommand) -> Decision:
    desk = _desk(transaction)
    if desk is None:
        return _NO_TILL
    figures = shift_queries.figures(transaction.connection, command.shift, desk.shop)
    facts = cash.CashFacts(figures, shift_queries.next_z_number(transaction.connection, desk.till.id))
    return cash.decide(transaction.state(command.shift, cash.evolve), command, desk, facts)


def _products(transaction: Transaction, command: catalogue.SaveProducts) -> Decision:
    codes = {pack.code for edit in command.edits for pack in edit.barcodes or ()}
    return catalogue.decide(command, catalogue_queries.owners(transaction.connection, codes))


def _prices(_: Transaction, command: catalogue.SetPrices) -> Decision:
    return catalogue.decide(command, {})


def _print(transaction: Transaction, command: printing.AskPrint | printing.NotePrint) -> Decision:
    state = printing_queries.state_of(transaction.connection, command.job)
    return printing.decide(command, PrintState(state) if state else None)


_HANDLERS: dict[type[Command], Handler] = {
    sale.SaleCommand: _sale,
    cash.CashCommand: _cash,
    catalogue.SaveProducts: _products,
    catalogue.SetPrices: _prices,
    printing.AskPrint: _print,
    printing.NotePrint: _print,
    stock.MoveGoods: lambda _, command: stock.decide(command),
    shop.SaveShop: lambda _, command: shop.decide(command),
    shop.SaveTill: lambda _, command: shop.decide(command),
    people.SavePerson: lambda _, command: people.decide(command),
    people.SignIn: lambda _, command: people.decide(command),
}
