"""What is done with customers: load what the decision looks at, then decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from omsdesk.actions import seeing
from omsdesk.actions.mailing import forget_address
from omsdesk.domain import customer
from omsdesk.domain.account import AccountKind, account_id
from omsdesk.domain.messages import Command, Decision, Refusal
from omsdesk.store.database import Transaction
from omsdesk.store.queries import customer as queries
from omsdesk.store.queries.account import account

_OPEN = {
    AccountKind.CREDIT: "There is something open on their account.",
    AccountKind.STORE_CREDIT: "There is store credit of theirs.",
}
_FORGOTTEN = Refusal("This person asked to be forgotten. Write them down anew, if they want that now.")
_UNKNOWN = Refusal("This customer is not known here.")


def _save_customer(transaction: Transaction, command: customer.SaveCustomer) -> Decision:
    connection, told = transaction.connection, customer.tidied(command.customer)
    if queries.is_forgotten(connection, told.id):
        return _FORGOTTEN
    found = seeing.fields(connection, told, command.said, command.base, customer.CONTACT)
    if found is None:
        return ()
    known, said, seen = found
    owners = queries.customers_of_card(connection, known.card) if not said or "card" in said else []
    # Two stations may have given one card to two people: each of them keeps it until somebody takes it away.
    others = [owner.title for owner in owners if owner.id != known.id]
    return customer.decide_contact(known, said, seen, card_owner=others[0] if others else "")


def _set_terms(transaction: Transaction, command: customer.SetTerms) -> Decision:
    if queries.is_forgotten(transaction.connection, command.customer.id):
        return _FORGOTTEN
    if queries.customer_by_id(transaction.connection, command.customer.id) is None:
        return _UNKNOWN
    found = seeing.fields(transaction.connection, command.customer, command.said, command.base, customer.TERMS)
    return customer.decide_terms(*found) if found else ()


def _save_group(transaction: Transaction, command: customer.SaveGroup) -> Decision:
    found = seeing.fields(transaction.connection, command.group, command.said, command.base)
    return customer.decide_group(customer.SaveGroup(found[0], found[1]), found[2]) if found else ()


def _forget_customer(transaction: Transaction, command: customer.ForgetCustomer) -> Decision:
    connection = transaction.connection
    known_as = queries.customer_by_id(connection, command.customer)
    if known_as is None:
        return _UNKNOWN
    for kind in (AccountKind.CREDIT, AccountKind.STORE_CREDIT):
        known = account(connection, account_id(kind, command.customer))
        if known is not None and known.balance:
            return customer.NotSettled(f"{_OPEN[kind]} Settle that first: nobody could tell whose it is afterwards.")
    forget_address(connection, known_as.email)
    return (customer.CustomerForgotten(command.customer),)


HANDLERS: dict[type[Command], Callable[[Transaction, Any], Decision]] = {
    customer.SaveCustomer: _save_customer,
    customer.SetTerms: _set_terms,
    customer.SaveGroup: _save_group,
    customer.ForgetCustomer: _forget_customer,
}
