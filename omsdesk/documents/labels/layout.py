"""A label with its values as marks in whole dots: what every printer prints and the preview shows.

Nothing leaves the label, whatever its fields say: a field's box ends where the label ends, and what a field says is
brought into its box, or left out with a note that says what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from omsdesk.documents.labels.code_field import Laying, indent, lay_code
from omsdesk.documents.labels.lettering import Face, letter
from omsdesk.documents.labels.marks import Dots, Ink, Mark, Rectangle, blank, turned, turned_box
from omsdesk.documents.labels.model import FieldKind, Label, LabelField, fault_of
from omsdesk.documents.labels.values import Values, filled, is_left_out

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_PER_MM = {203: Fraction(8), 300: Fraction(3000, 254), 600: Fraction(6000, 254)}
"""By what printers are sold as: 203 dpi are 8 dots in a millimetre, to the dot."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A label ready to be written: its size in dots, its marks in the order in which they are laid on one another."""

    width: int
    height: int
    dpi: int
    label: Label
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()


def lay_out(label: Label, values: Values, dpi: int = 203) -> Laid:
    """Bring a label's fields to dots.

    Raises:
        ValueError: the label itself is wrong, or there is no printer of this resolution.

    """
    if fault := fault_of(label):
        raise ValueError(fault)
    if dpi not in DOTS_PER_MM:
        raise ValueError("Label printers have 203, 300 or 600 dots per inch. Choose one of these.")
    density = DOTS_PER_MM[dpi]
    sheet = Rectangle(0, 0, dots(label.width, density), dots(label.height, density))
    marks: list[Mark] = []
    notes: list[str] = []
    quiet: list[tuple[int, int, Rectangle]] = []
    for field in label.fields:
        if is_left_out(field.content, field.only_with, values):
            continue
        box = _box(field, density).within(sheet)
        if box is None:
            notes.append(f"The field “{field.id}” lies outside of the label. Move it back.")
            continue
        room = (box.height, box.width) if field.turn in {90, 270} else (box.width, box.height)
        laid = _laid(field, values, room, density)
        first = len(marks)
        marks += [turned(mark, field.turn, room, box) for mark in laid.marks]
        notes += laid.notes
        quiet += [(first, len(marks), turned_box(area, field.turn, room, box)) for area in laid.quiet]
    notes += _crowded(marks, quiet)
    return Laid(sheet.width, sheet.height, dpi, label, tuple(marks), tuple(dict.fromkeys(notes)))


def dots(tenths: int, density: Fraction) -> int:
    """Turn tenths of a millimetre into whole dots."""
    return round(tenths * density / 10)


def _box(field: LabelField, density: Fraction) -> Rectangle:
    left, top = dots(field.x, density), dots(field.y, density)
    right, bottom = dots(field.x + field.width, density), dots(field.y + field.height, density)
    return Rectangle(left, top, max(right - left, 1), max(bottom - top, 1))


def _crowded(marks: list[Mark], quiet: list[tuple[int, int, Rectangle]]) -> list[str]:
    """Say where something stands in the light zone that a scanner needs around a code."""
    for first, last, area in quiet:
        others = [*marks[:first], *marks[last:]]
        if any(mark.box.within(area) is not None and not mark.box.encloses(area) for mark in others):
            return ["Something stands too near to a code: scanners need the light zone around it. Move one of the two."]
    return []


def _laid(field: LabelField, values: Values, room: tuple[int, int], density: Fraction) -> Laying:
    match field.kind:
        case FieldKind.TEXT:
            return _text(field, values, room, density)
        case FieldKind.CODE:
            return lay_code(field, values, room, density)
        case FieldKind.LINE:
            return Laying((Ink(Rectangle(0, 0, *room)),))
        case FieldKind.BOX:
            return _outline(field, room, density)
        case FieldKind.PICTURE:
            return _picture(field, values, room)


def _text(field: LabelField, values: Values, room: tuple[int, int], density: Fraction) -> Laying:
    size, least = dots(field.size, density), dots(field.least_size, density)
    face = Face(size, least, field.is_bold, field.most_lines, field.align, field.stand)
    inset = dots(_INSET, density) if field.is_inverted else 0
    text = filled(field.content, values)
    set_text = letter(text, room[0] - 2 * inset, room[1] - 2 * inset, face)
    notes = (set_text.note,) if set_text.note else ()
    if set_text.picture is None:
        return Laying((), notes)
    place = set_text.x + inset, set_text.y + inset
    if not field.is_inverted:
        return Laying((Dots.of(set_text.picture, *place),), notes)
    return Laying((Dots.of(_inverted(set_text.picture, place, room), 0, 0),), notes)


_INSET = 6
"""Tenths of a millimetre of black around white letters."""


def _inverted(picture: Image, place: tuple[int, int], room: tuple[int, int]) -> Image:
    from PIL import ImageOps

    sheet = blank(*room)
    sheet.paste(picture, place)
    return ImageOps.invert(sheet)


def _outline(field: LabelField, room: tuple[int, int], density: Fraction) -> Laying:
    width, height = room
    thick = max(1, min(dots(field.thickness, density), width // 2, height // 2))
    if min(room) <= 2 * thick:
        return Laying((Ink(Rectangle(0, 0, width, height)),))
    inner = height - 2 * thick
    sides = (
        Rectangle(0, 0, width, thick),
        Rectangle(0, height - thick, width, thick),
        Rectangle(0, thick, thick, inner),
        Rectangle(width - thick, thick, thick, inner),
    )
    return Laying(tuple(Ink(side) for side in sides))


def _picture(field: LabelField, values: Values, room: tuple[int, int]) -> Laying:
    try:
        picture = _fitted(filled(field.content, values), *room)
    except ValueError as fault:
        return Laying((), (str(fault),))
    free = room[0] - picture.width, room[1] - picture.height
    return Laying((Dots.of(picture, indent(field.align, free[0]), free[1] // 2),))


@lru_cache(maxsize=64)
def _fitted(content: str, width: int, height: int) -> Image:
    """Bring a picture file in base64 to dots, as large as there is room for."""
    from PIL import Image

    from omsdesk.documents.logo import logo_png
    from omsdesk.documents.raster import open_picture

    png = logo_png(content)
    if png is None:
        raise ValueError("A picture of this label cannot be read. Choose a PNG or JPEG file.")
    picture = open_picture(png)
    scale = min(width / picture.width, height / picture.height)
    size = max(1, min(width, round(picture.width * scale))), max(1, min(height, round(picture.height * scale)))
    sheet = Image.new("RGBA", picture.size, "white")
    sheet.alpha_composite(picture)
    return sheet.resize(size, Image.Resampling.LANCZOS).convert("L").convert("1")
