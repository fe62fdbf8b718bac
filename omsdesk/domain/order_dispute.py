"""Two opinions on one order: what two stations did to it without hearing of each other, and how a person settles it.

What was handed over and what was paid happened, whoever thinks what. Left to a person is which lines hold where both
were changed, and whether goods that went although they were cancelled count as wanted.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from omsdesk.domain.line import SoldLine
from omsdesk.domain.messages import Decision
from omsdesk.domain.order import Order, OrderChanged, OrderSettled, name_of
from omsdesk.domain.order_change import ChangedMeanwhile, resized
from omsdesk.domain.order_command import CANCEL_RIGHT, AgreeOnOrder, ChangeOrder
from omsdesk.domain.shop import Desk
from omsdesk.domain.values import Quantity


class Dispute(StrEnum):
    """What two stations think differently of."""

    LINES = "lines"
    """Both changed what was ordered."""
    CANCELLED = "cancelled"
    """One cancelled what the other one handed over."""
    TWICE = "twice"
    """Both handed over the same."""


def dispute(order: Order) -> Dispute | None:
    """Tell what has to be settled first; None where all are of one mind."""
    if order.rivals:
        return Dispute.LINES
    lines = _overdone(order)
    if not lines or _is_settled(order):
        return None
    is_cancelled = any(portion.line in lines for fact in order.cancelled for portion in fact.rows)
    return Dispute.CANCELLED if is_cancelled else Dispute.TWICE


def _overdone(order: Order) -> set[str]:
    """Name the lines of which more was cancelled and handed over than was ordered, whatever was withdrawn."""
    done = dict[str, int]()
    for rows in (*(fact.rows for fact in order.cancelled), *(fact.rows for fact in order.handed_over)):
        for portion in rows:
            done[portion.line] = done.get(portion.line, 0) + portion.quantity.micro
    return {row.line for row in order.rows if done.get(row.line, 0) > row.quantity.micro}


def _is_settled(order: Order) -> bool:
    said = order.settlement
    if said is None:
        return False
    rivals = {fact.withdrawn for fact in order.settlements if fact.revision == said.revision}
    return len(rivals) == 1 and set(seen(order)) <= set(said.seen)


def seen(order: Order) -> tuple[str, ...]:
    """Name all that was cancelled and handed over."""
    return tuple(sorted([*map(name_of, order.cancelled), *map(name_of, order.handed_over)]))


def in_favour_of(order: Order, side: OrderChanged) -> ChangeOrder:
    """Make the change that lets one side hold; what was handed over or cancelled meanwhile stays on it."""
    return ChangeOrder(order.order, rows_with_done(order, side.rows), side.terms, order.revision)


def rows_with_done(order: Order, rows: tuple[SoldLine, ...]) -> tuple[SoldLine, ...]:
    """Give lines with at least as much of each as was handed over or cancelled."""
    known = {row.line: row for row in order.head.rows}
    known |= {row.line: row for fact in order.changed for row in fact.rows}
    known |= {row.line: row for row in order.rows}
    wanted = {row.line: row for row in rows}
    for line, row in known.items():
        done = order.done(line)
        at_least = wanted[line].quantity if line in wanted else Quantity(0)
        if done > at_least:
            wanted[line] = resized(order, wanted.get(line, row), done)
    return tuple(wanted.values())


def withdrawing(order: Order) -> AgreeOnOrder:
    """Ask to let no cancellation of goods hold that were handed over all the same."""
    lines = _overdone(order)
    gone = (fact for fact in order.cancelled if lines & {portion.line for portion in fact.rows})
    return AgreeOnOrder(order.order, seen(order), tuple(sorted(map(name_of, gone))))


def standing_by(order: Order) -> AgreeOnOrder:
    """Ask to leave everything as it was said: what was cancelled is cancelled, what went is gone."""
    return AgreeOnOrder(order.order, seen(order))


def agree(order: Order, command: AgreeOnOrder, desk: Desk) -> Decision:
    """Decide on a settlement."""
    if set(command.seen) != set(seen(order)):
        return ChangedMeanwhile("Something else happened to this order meanwhile. Look at it again, then settle it.")
    lacking = desk.lacks(CANCEL_RIGHT, 0, "", f"settle what happened to order {order.number}")
    if lacking is not None:
        return lacking
    revision = order.settlement.revision + 1 if order.settlement else 1
    return (OrderSettled(order.order, revision, desk.at, command.seen, command.withdrawn),)


def settled_as(order: Order, fact: OrderSettled) -> Order:
    """Give an order as it is once this is said."""
    return replace(order, settlements=(*order.settlements, fact))
