"""Goods in places: every change is a movement from one place to another, and stock is the sum."""

from __future__ import annotations

from typing import ClassVar

from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.records import record
from omsdesk.domain.values import MOST_MICRO, Quantity

CUSTOMER = "customer"
SUPPLIER = "supplier"
ADJUSTMENT = "adjustment"
SCRAP = "scrap"
TRANSIT = "transit"

_MOST = 1000 * MOST_MICRO


@record
class Move:
    """Goods that went from one place to another."""

    product: str
    quantity: Quantity
    source: str
    target: str


@record
class Shelf:
    """What is known here of the goods that a command is about, as far as anybody asks."""

    available: Quantity | None = None
    """How much of it is in the shop and kept for no order; None where nobody wants to know, or it was never counted."""
    sold_serials: frozenset[str] = frozenset()
    """Which of its serial numbers were sold before and did not come back."""


@record
class MoveGoods(Command):
    """Book goods from place to place: a delivery, a loss, an opening stock."""

    permission: ClassVar[str] = "stock.move"
    document: str
    reason: str
    moves: tuple[Move, ...]


@event("stock.goods_moved")
@record
class GoodsMoved(Event):
    """Goods changed their place; one entry carries all rows of its document."""

    document: str
    reason: str
    moves: tuple[Move, ...]


def decide(command: MoveGoods, *, is_known: bool = False) -> Decision:
    """Record the movement once; ``is_known`` tells whether its document is in the journal already.

    What was physically moved is never refused, only what cannot have been meant.
    """
    if is_known or not command.moves:
        return ()
    if any(abs(move.quantity.micro) > _MOST for move in command.moves):
        return Refusal("This is too much for one movement. Was a barcode typed as the quantity?")
    return (GoodsMoved(command.document, command.reason, command.moves),)
