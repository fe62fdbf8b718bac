"""How commands about promotions are carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from omsdesk.actions import seeing
from omsdesk.domain import promotion_book
from omsdesk.domain.messages import Command, Decision
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.store.database import Transaction


def _save(transaction: Transaction, command: SavePromotion) -> Decision:
    found = seeing.fields(transaction.connection, command.promotion, command.said, command.base)
    return promotion_book.decide(SavePromotion(found[0], found[1]), found[2]) if found else ()


HANDLERS: dict[type[Command], Callable[[Transaction, Any], Decision]] = {SavePromotion: _save}
