"""Asking for mails and noting what became of them: what the decision looks at, and where addresses lie meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from omsdesk.domain import mailing
from omsdesk.domain.mailing import AskMail, Known, Letter, MailState, NoteMail
from omsdesk.domain.messages import Command, Decision, Refusal
from omsdesk.store.database import Transaction
from omsdesk.store.engine import Connection
from omsdesk.store.queries import mailing as queries
from omsdesk.store.queries.customer import customer_by_id
from omsdesk.store.queries.mailing import Mail
from omsdesk.store.sql import Statements

_sql = Statements("mailing")

KEPT_MS = 30 * 24 * 3600 * 1000
"""So long a typed address waits for its mail: what was not sent in a month is not wanted any more."""

NO_CONSENT = "This customer does not want receipts by e-mail any more."
_NO_ADDRESS = "There is no address any more that it could go to."


class NobodyToWriteTo(LookupError):
    """A mail has no address any more; the sentence says why."""


def address_of(connection: Connection, mail: Mail) -> str:
    """Find where a mail goes, as it is known now.

    Raises:
        NobodyToWriteTo: the customer was forgotten, has no address, or does not want receipts any more.

    """
    typed = queries.typed_address(connection, mail.job)
    if typed or not mail.customer:
        if not typed:
            raise NobodyToWriteTo(_NO_ADDRESS)
        return typed
    customer = customer_by_id(connection, mail.customer)
    if customer is None or not customer.email:
        raise NobodyToWriteTo(_NO_ADDRESS)
    if mail.letter is Letter.RECEIPT and not customer.takes_receipts_by_email:
        raise NobodyToWriteTo(NO_CONSENT)
    return customer.email


def forget_address(connection: Connection, address: str) -> None:
    """Forget an address that was typed for a mail, wherever it waits: its owner asked to be forgotten."""
    if address:
        connection.run(_sql.DROP_SAME_ADDRESS, address=address)


def _ask(transaction: Transaction, command: AskMail) -> Decision:
    connection, known = transaction.connection, queries.one(transaction.connection, command.job)
    customer = customer_by_id(connection, command.customer) if command.customer else None
    address = command.address.strip() or (customer.email if customer else "")
    decision = mailing.decide(command, _known(known), address)
    if command.address.strip() and not isinstance(decision, Refusal) and decision:
        _keep(transaction, command.job, address)
    return decision


def _note(transaction: Transaction, command: NoteMail) -> Decision:
    address = command.address.strip()
    if address and not mailing.is_address(address):
        return mailing.NoAddress("Type an e-mail address like name@example.org.")
    decision = mailing.decide(command, _known(queries.one(transaction.connection, command.job)))
    if isinstance(decision, Refusal):
        return decision
    if command.state in {MailState.SENT, MailState.CANCELLED}:
        transaction.connection.run(_sql.DROP_ADDRESS, job=command.job)
    elif address:
        _keep(transaction, command.job, address)
    return decision


def _keep(transaction: Transaction, job: str, address: str) -> None:
    now = transaction.author.stamp.utc_ms
    transaction.connection.run(_sql.DROP_OLD_ADDRESSES, before_ms=now - KEPT_MS)
    transaction.connection.run(_sql.KEEP_ADDRESS, job=job, address=address, asked_ms=now)


def _known(mail: Mail | None) -> Known | None:
    return Known(mail.state, mail.detail, mail.attempt) if mail else None


HANDLERS: dict[type[Command], Callable[[Transaction, Any], Decision]] = {AskMail: _ask, NoteMail: _note}
