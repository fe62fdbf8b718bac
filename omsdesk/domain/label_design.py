"""Labels that a shop has drawn for itself. All its stores share them.

What stands on a label is said as one: half of what one person drew and half of what another did is nobody's label.
"""

from __future__ import annotations

from typing import ClassVar

from omsdesk.domain.field_write import UNSEEN, Seen
from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.records import record


@record
class LabelDesign:
    """A label by its name. ``label`` is what stands on it (documents/labels/model.py) as JSON."""

    id: str
    name: str
    label: str
    is_active: bool = True
    """Whether it is offered; one that is not is kept."""


@record
class SaveDesign(Command):
    """Make a label, or change it; ``said`` and ``base`` as in ``SavePerson``."""

    permission: ClassVar[str] = "catalogue.edit"
    design: LabelDesign
    said: tuple[str, ...] = ()
    base: int = 0


@event("label_design.saved")
@record
class DesignSaved(Event):
    """A label was made, or changed in the fields that are ``said``; the rest as in ``PersonSaved``."""

    id: str
    design: LabelDesign
    said: tuple[str, ...] = ()
    saw: tuple[str, ...] = ()
    generation: int = 0


def decide(command: SaveDesign, seen: Seen = UNSEEN) -> Decision:
    """Decide on a label; ``seen`` is what was known of it."""
    if not command.design.name.strip():
        return Refusal("A label needs a name to be chosen by. Type one and save again.")
    return (DesignSaved(command.design.id, command.design, command.said, seen.refs, seen.generation),)
