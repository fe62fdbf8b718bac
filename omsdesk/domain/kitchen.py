"""What the kitchen was told of a ticket: each slip says what is new since the last, and what is wanted no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from omsdesk.domain.goods_policy import GoodsPolicy
from omsdesk.domain.line import Line
from omsdesk.domain.messages import Command, Event, event
from omsdesk.domain.records import record
from omsdesk.domain.sale import Sale
from omsdesk.domain.units import PIECE
from omsdesk.domain.values import Quantity

KITCHEN = "kitchen"
"""The role of the printer in the kitchen, or at the bar."""
PICK = "pick"
"""The role of the printer whose slips goods of orders are fetched by; where there is none, the kitchen's does it."""


@record
class KitchenRow:
    """Something to make, or to stop making."""

    line: str
    name: str
    quantity: Quantity
    notes: tuple[str, ...] = ()
    """How it is wanted: what goes with it, and what the cashier wrote."""
    is_cancelled: bool = False
    unit: str = PIECE


@record
class SendToKitchen(Command):
    """Tell the kitchen what it does not know yet of a ticket; nothing happens where that is nothing."""

    slip: str
    sale: str
    till: str


@event("kitchen.sent")
@record
class KitchenSent(Event):
    """The kitchen is to be told of this."""

    kitchen: str
    """What the kitchen knows of one ticket: see ``kitchen_of``."""
    slip: str
    sale: str
    till: str
    rows: tuple[KitchenRow, ...]
    name: str = ""
    """Whose it is, or which table's."""
    number: str = ""
    """The receipt's; empty while the ticket is open."""


@record
class Kitchen:
    """What was sent of a ticket: of each line what is to be made by now."""

    slips: tuple[str, ...] = ()
    rows: tuple[KitchenRow, ...] = ()
    name: str = ""

    def row(self, line: str) -> KitchenRow | None:
        """Find what is being made of a line."""
        return next((row for row in self.rows if row.line == line), None)


def kitchen_of(sale: str) -> str:
    """Name what the kitchen knows of a ticket."""
    return f"{sale}:kitchen"


def slip_of(fact: KitchenSent) -> str:
    """Name a slip, so that it can be found again by ``slip_named``."""
    return f"{fact.kitchen}:{fact.slip}"


def slip_named(name: str) -> tuple[str, str]:
    """Tell of which kitchen, and which slip, a name is."""
    kitchen, _, slip = name.rpartition(":")
    return kitchen, slip


def decide(
    command: SendToKitchen, sale: Sale | None, known: Kitchen | None, goods: GoodsPolicy
) -> tuple[KitchenSent, ...]:
    """Decide what the kitchen has to hear. It never says no: no sale waits for a kitchen."""
    known = known or Kitchen()
    if sale is None or sale.is_training or command.slip in known.slips:
        return ()
    rows = tuple(_rows(sale, known, goods))
    if not rows:
        return ()
    name = sale.held_as or (sale.customer.name if sale.customer else "") or known.name
    return (KitchenSent(kitchen_of(sale.sale), command.slip, sale.sale, command.till, rows, name, sale.number),)


def evolve(known: Kitchen | None, fact: Event) -> Kitchen | None:
    """Take a slip into account."""
    if not isinstance(fact, KitchenSent):
        return known
    known = known or Kitchen()
    made = {row.line: row for row in known.rows}
    for row in fact.rows:
        old = made.pop(row.line, None)
        before = old.quantity if old else Quantity(0)
        left = before - row.quantity if row.is_cancelled else before + row.quantity
        if left:
            made[row.line] = replace(row, quantity=left, is_cancelled=False)
    return Kitchen((*known.slips, fact.slip), tuple(made.values()), fact.name or known.name)


def _rows(sale: Sale, known: Kitchen, goods: GoodsPolicy) -> Iterator[KitchenRow]:
    wanted = () if sale.is_voided else tuple(_wanted(sale, goods))
    for row in known.rows:
        if all(row.line != other.line for other in wanted):
            yield _stopped(row, row.quantity)
    for row in wanted:
        yield from _news(row, known.row(row.line))


def _news(row: KitchenRow, old: KitchenRow | None) -> Iterator[KitchenRow]:
    if old is None:
        yield row
    elif (old.name, old.notes) != (row.name, row.notes):
        yield _stopped(old, old.quantity)
        yield row
    elif row.quantity.micro > old.quantity.micro:
        yield replace(row, quantity=row.quantity - old.quantity)
    elif row.quantity.micro < old.quantity.micro:
        yield _stopped(old, old.quantity - row.quantity)


def _stopped(row: KitchenRow, quantity: Quantity) -> KitchenRow:
    return replace(row, quantity=quantity, is_cancelled=True)


def _wanted(sale: Sale, goods: GoodsPolicy) -> Iterator[KitchenRow]:
    for row in sale.lines:
        is_sold = row.returned is None and not row.loads and not row.parent and row.quantity.micro > 0
        if is_sold and goods.is_made_in_kitchen(row.article.category):
            notes = tuple(_notes(sale, row))
            yield KitchenRow(row.line, row.article.name, row.quantity, notes, unit=row.article.unit)


def _notes(sale: Sale, row: Line) -> Iterator[str]:
    for other in sale.lines:
        if other.parent == row.line and not other.is_deposit:
            yield other.article.name
    if row.note:
        yield row.note
