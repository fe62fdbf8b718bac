"""What is done about receipts of other stores: load what the decision looks at, then decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from omsdesk.domain.messages import Command, Decision
from omsdesk.domain.other_store import KeepReceipt, TellReturns
from omsdesk.store.database import Transaction
from omsdesk.store.queries import other_store as queries
from omsdesk.store.queries.till import station


def _keep_receipt(transaction: Transaction, command: KeepReceipt) -> Decision:
    return (command.receipt,) if queries.is_news(transaction.connection, command.receipt) else ()


def _tell_returns(transaction: Transaction, _: TellReturns) -> Decision:
    till = station(transaction.connection).till
    return tuple(queries.untold(transaction.connection, till)) if till else ()


HANDLERS: dict[type[Command], Callable[[Transaction, Any], Decision]] = {
    KeepReceipt: _keep_receipt,
    TellReturns: _tell_returns,
}
