"""How a step is taken back that was about several lines: a bottle with its deposit, empties that are counted anew."""

from __future__ import annotations

from collections.abc import Sequence

from omsdesk.domain.messages import Command, Event
from omsdesk.domain.sale import LineAdded, LineRemoved, QuantityChanged, Sale
from omsdesk.domain.sale_command import ChangeQuantity, RestoreLine
from omsdesk.domain.values import Quantity


def goes_with_another(before: Sale, fact: Event) -> bool:
    """Tell whether a fact is about a line that goes with another one: what is said of that holds for it, too."""
    match fact:
        case LineAdded(row=row):
            return bool(row.parent)
        case QuantityChanged(line=line) | LineRemoved(line=line):
            known = before.line(line)
            return known is not None and bool(known.parent) and before.line(known.parent) is not None
    return False


def whole_way_back(start: Sale, facts: Sequence[Event]) -> tuple[str, *tuple[Command, ...]] | None:
    """Say what takes an action back that was about several lines, with its sentence; None for one about a single line.

    ``start`` is the ticket before it.
    """
    gone = [fact for fact in facts if isinstance(fact, LineRemoved)]
    come = [fact for fact in facts if isinstance(fact, LineAdded)]
    if len(gone) == len(come) == 1:
        row = start.line(gone[0].line)
        if row is None:
            return None
        before, after = Quantity(abs(row.quantity.micro)), Quantity(abs(come[0].row.quantity.micro))
        sentence = f"{row.article.name}: {before} → {after}"
        return sentence, ChangeQuantity(start.sale, come[0].row.line, before)
    lines = {fact.line for fact in gone}
    rows = [(at, row) for at, row in enumerate(start.lines) if row.line in lines]
    if len(rows) < 2 or come:
        return None
    name = next((row.article.name for _, row in rows if not row.parent), rows[0][1].article.name)
    return f"{name} removed", *(RestoreLine(start.sale, row, at) for at, row in rows)
