"""Labels that were asked for: what one looks like, and how many of which goods. Each request is a fact.

What a label looks like is kept with the request, as it was when somebody asked for it.
"""

from __future__ import annotations

from omsdesk.domain.messages import Command, Event, Refusal, event
from omsdesk.domain.records import record

LABEL = "label"
"""The role of the printer that prints labels."""
MOST_LABELS = 1_000_000


@record
class LabelValue:
    """What one name in braces stands for."""

    name: str
    text: str


@record
class LabelRow:
    """So many labels of one product; ``values`` take the place of what is known of it, or stand alone."""

    product: str = ""
    count: int = 1
    values: tuple[LabelValue, ...] = ()


@record
class AskLabels(Command):
    """Print labels at this station's label printer. ``design`` is a label (documents/labels/model.py) as JSON."""

    batch: str
    till: str
    """The till that this station is; empty for none."""
    title: str
    design: str
    rows: tuple[LabelRow, ...]
    shop: str = ""
    """The shop whose prices and name they say; without one it is that of the till."""


@event("label.asked")
@record
class LabelsAsked(Event):
    """Labels are to come out."""

    batch: str
    till: str
    title: str
    design: str
    rows: tuple[LabelRow, ...]
    shop: str = ""

    @property
    def count(self) -> int:
        """How many labels."""
        return sum(row.count for row in self.rows)


@record
class NoLabels(Refusal):
    """There is nothing to print, or more than anybody needs."""


def decide(command: AskLabels, *, was_asked: bool) -> tuple[Event, ...] | Refusal:
    """Decide on labels; ``was_asked`` tells whether this batch was asked for before."""
    if was_asked:
        return ()
    if not command.rows or any(row.count < 1 for row in command.rows):
        return NoLabels("There is no label to print. Choose some products, and how many labels of each.")
    if sum(row.count for row in command.rows) > MOST_LABELS:
        return NoLabels(f"More than {MOST_LABELS:,} labels at once cannot be meant. Look at the numbers.")
    return (LabelsAsked(command.batch, command.till, command.title, command.design, command.rows, command.shop),)
