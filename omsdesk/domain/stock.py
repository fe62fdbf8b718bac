"""Goods in places: every change is a movement from one place to another, and stock is the sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from omsdesk.domain.messages import Command, Event, event
from omsdesk.domain.values import Quantity

CUSTOMER = "customer"
SUPPLIER = "supplier"
ADJUSTMENT = "adjustment"
SCRAP = "scrap"
TRANSIT = "transit"


@dataclass(frozen=True, slots=True)
class Move:
    """Goods that went from one place to another."""

    product: str
    quantity: Quantity
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class MoveGoods(Command):
    """Book goods from place to place: a delivery, a loss, an opening stock."""

    permission: ClassVar[str] = "stock.move"
    document: str
    reason: str
    moves: tuple[Move, ...]


@event("stock.goods_moved")
@dataclass(frozen=True, slots=True)
class GoodsMoved(Event):
    """Goods changed their place; one entry carries all rows of its document."""

    document: str
    reason: str
    moves: tuple[Move, ...]


def decide(command: MoveGoods) -> tuple[Event, ...]:
    """Record the movement: a physical fact is never refused."""
    return (GoodsMoved(command.document, command.reason, command.moves),)
