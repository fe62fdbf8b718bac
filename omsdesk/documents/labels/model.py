"""A label as data: how large it is, and what stands where on it.

Lengths are tenths of a millimetre from the upper left corner, as finely as a ruler or a feeding motor can be set; an
inch is 254 of them. A field's box is where it may print: what it says is brought into that box or reported.
"""

from __future__ import annotations

from enum import StrEnum

from omsdesk.documents.labels.symbology import Symbology
from omsdesk.documents.paper import Align
from omsdesk.domain.records import record

LEAST_SIDE, LONGEST_SIDE = 50, 6000
"""Tenths of a millimetre: the smallest and the largest label that a printer feeds."""
TURNS = (0, 90, 180, 270)


class Media(StrEnum):
    """How the printer finds where a label ends."""

    GAP = "gap"
    MARK = "mark"
    """A black mark on the back."""
    CONTINUOUS = "continuous"


class FieldKind(StrEnum):
    """What a field draws."""

    TEXT = "text"
    CODE = "code"
    LINE = "line"
    """Its whole box, black."""
    BOX = "box"
    """The outline of its box."""
    PICTURE = "picture"


class Stand(StrEnum):
    """Where a text stands between the upper and the lower edge of its box."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@record
class LabelField:
    """One thing on a label. Which of the properties count depends on its kind."""

    id: str
    kind: FieldKind
    x: int
    y: int
    width: int
    height: int
    turn: int = 0
    """Degrees clockwise that its content is turned inside its box."""
    content: str = ""
    """Text with names in braces (``values``), what a code says, or a picture file in base64."""
    only_with: str = ""
    """The name of a value: the field is left out where that is empty. A field all of whose own values are is, too."""
    size: int = 30
    """Of letters, as fonts are measured: a capital is seven tenths of it. Below a code, of the letters of its text."""
    least_size: int = 18
    """How small they may become before the text is cut off, which is reported."""
    most_lines: int = 1
    is_bold: bool = False
    is_inverted: bool = False
    """White letters on a black box."""
    align: Align = Align.LEFT
    stand: Stand = Stand.TOP
    symbology: Symbology = Symbology.ARTICLE
    shows_text: bool = True
    """Whether what a code says stands below it in letters."""
    module: int = 0
    """How wide the narrowest bar may be at most, in thousandths of a millimetre; 0 is as wide as there is room for."""
    thickness: int = 3
    """Of a box's outline."""


@record
class Label:
    """A label of one size. ``gap`` is what lies between two labels, or the height of the black mark."""

    width: int
    height: int
    fields: tuple[LabelField, ...] = ()
    media: Media = Media.GAP
    gap: int = 30


def fault_of(label: Label) -> str:
    """Say in a sentence what is wrong with a label; empty for one that can be laid out."""
    for name, side in (("width", label.width), ("height", label.height)):
        if not LEAST_SIDE <= side <= LONGEST_SIDE:
            return f"The {name} of a label is between {LEAST_SIDE // 10} and {LONGEST_SIDE // 10} mm. Change it."
    if not 0 <= label.gap <= LONGEST_SIDE:
        return "The gap between two labels cannot be less than nothing. Change it."
    ids = [field.id for field in label.fields]
    if len(set(ids)) != len(ids):
        return "Two fields of this label have the same name. Give one of them another."
    for field in label.fields:
        if field.turn not in TURNS:
            return "A field can be turned by 90, 180 or 270 degrees only. Change it."
        if min(field.width, field.height, field.size, field.least_size, field.most_lines, field.thickness) < 1:
            return "A field needs a width, a height and letters of more than nothing. Change it."
    return ""
