"""Lines that go with another one, a deposit with its bottle, extras with a coffee: they have its quantity and fate."""

from __future__ import annotations

from omsdesk.domain.line import Line
from omsdesk.domain.messages import Event, Refusal
from omsdesk.domain.sale import LineAdded, LineRemoved, QuantityChanged, Sale
from omsdesk.domain.sale_command import AddLine, ChangeQuantity, NoteLine, RemoveLine
from omsdesk.domain.units import WEIGHTS
from omsdesk.domain.values import Quantity


def followers(sale: Sale, line: str) -> tuple[Line, ...]:
    """List the lines that go with a line, in their order."""
    return tuple(row for row in sale.lines if row.parent == line)


def lines_of(command: AddLine) -> tuple[Line, ...]:
    """Make the line of an article and those that go with it."""
    first = Line(
        command.line, command.article, command.quantity, open_price=command.open_price, serials=command.serials,
        lot=command.lot, expiry=command.expiry,
    )  # fmt: skip
    parts = (
        Line(part.line, part.article, command.quantity, open_price=part.open_price, parent=command.line)
        for part in command.parts
    )
    return (first, *parts)


def are_same(sale: Sale, row: Line, made: tuple[Line, ...]) -> bool:
    """Tell whether a line of the ticket is one more of the same, with the same that goes with it."""
    first, *parts = made
    # Asked of every line of a ticket at each scan: most are of another product.
    if row.article.product != first.article.product:
        return False
    if row.article.unit in WEIGHTS:
        # What was weighed twice costs what the scale, its label and the display said twice, to the penny (OIML R 76).
        return False
    is_plain = not row.note and row.discount is None and row.is_priced_here and not (row.parent or row.serials)
    if not is_plain or row.article != first.article or row.open_price != first.open_price or first.serials:
        return False
    if (row.lot, row.expiry) != (first.lot, first.expiry):
        return False
    known = followers(sale, row.line)
    return len(known) == len(parts) and all(
        (one.article, one.open_price, one.note, one.discount) == (other.article, other.open_price, "", None)
        for one, other in zip(known, parts, strict=True)
    )


def added(sale: Sale, made: tuple[Line, ...]) -> tuple[Event, ...]:
    """Put lines on the ticket."""
    return tuple(LineAdded(sale.sale, row) for row in made)


def resized(sale: Sale, row: Line, quantity: Quantity) -> tuple[Event, ...]:
    """Set the quantity of a line and of what goes with it."""
    return tuple(QuantityChanged(sale.sale, one.line, quantity) for one in (row, *followers(sale, row.line)))


def removed(sale: Sale, row: Line) -> tuple[Event, ...]:
    """Take a line off with what goes with it, the last one first."""
    every = (row, *followers(sale, row.line))
    return tuple(
        LineRemoved(sale.sale, one.line, one.article.product, one.amount(sale.currency)) for one in reversed(every)
    )


def fault(sale: Sale, row: Line, command: ChangeQuantity | RemoveLine | NoteLine) -> Refusal | None:
    """Say why a line that goes with another cannot be changed by itself; None where it can."""
    parent = sale.line(row.parent) if row.parent else None
    if parent is None or isinstance(command, NoteLine):
        return None
    if isinstance(command, RemoveLine) and not row.article.traits.is_deposit:
        return None
    return Refusal(f"“{row.article.name}” goes with “{parent.article.name}”. Change that line.")
