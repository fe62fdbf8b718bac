"""What can be done with a label on the drawing board; lengths are tenths of a millimetre. It knows no widget."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.documents.labels.model import FieldKind, Label, LabelField
from omsdesk.documents.labels.symbology import Symbology

GRID = 10
"""What things snap to: a millimetre."""
LEAST = 5
"""Nothing is drawn narrower or lower than half a millimetre by hand."""
Grip = tuple[int, int]
"""Which edges of a field are held, across and down: -1 is left or top, 1 right or bottom, 0 none."""
GRIPS: tuple[Grip, ...] = ((1, 1), (-1, -1), (1, -1), (-1, 1), (1, 0), (-1, 0), (0, 1), (0, -1))
"""Those that can be taken hold of, corners before edges."""

_NEW = {
    FieldKind.TEXT: LabelField("", FieldKind.TEXT, 0, 0, 250, 40, content="Text"),
    FieldKind.CODE: LabelField("", FieldKind.CODE, 0, 0, 300, 150, content="{gtin}", symbology=Symbology.ARTICLE),
    FieldKind.LINE: LabelField("", FieldKind.LINE, 0, 0, 300, 5),
    FieldKind.BOX: LabelField("", FieldKind.BOX, 0, 0, 300, 150),
    FieldKind.PICTURE: LabelField("", FieldKind.PICTURE, 0, 0, 150, 150, content="{logo}"),
}


def find(label: Label, id: str) -> LabelField | None:
    """Find a field; None where it is gone."""
    return next((field for field in label.fields if field.id == id), None)


def at(label: Label, x: int, y: int) -> str:
    """Name the field at a place: the smallest where several lie on one another; empty for none."""
    hit = [f for f in label.fields if f.x <= x < f.x + f.width and f.y <= y < f.y + f.height]
    return min(hit, key=lambda field: field.width * field.height).id if hit else ""


def put(label: Label, field: LabelField) -> Label:
    """Let a field take the place of the one with its id."""
    return replace(label, fields=tuple(field if old.id == field.id else old for old in label.fields))


def moved(label: Label, id: str, x: int, y: int) -> Label:
    """Move a field so that its upper left corner is at a place, as far as the label reaches."""
    field = find(label, id)
    if field is None:
        return label
    x = max(0, min(x, label.width - field.width))
    y = max(0, min(y, label.height - field.height))
    return put(label, replace(field, x=x, y=y))


def resized(label: Label, id: str, width: int, height: int) -> Label:
    """Make a field as large as said, as far as the label reaches."""
    field = find(label, id)
    if field is None:
        return label
    width = max(LEAST, min(width, label.width - field.x))
    height = max(LEAST, min(height, label.height - field.y))
    return put(label, replace(field, width=width, height=height))


def stretched(label: Label, field: LabelField, grip: Grip, to: tuple[int, int]) -> Label:
    """Bring the edges of a field that a grip holds to a place; the others stay, and nothing leaves the label."""
    left, right = _stretched(field.x, field.x + field.width, grip[0], to[0], label.width)
    top, bottom = _stretched(field.y, field.y + field.height, grip[1], to[1], label.height)
    return put(label, replace(field, x=left, y=top, width=right - left, height=bottom - top))


def _stretched(low: int, high: int, held: int, to: int, end: int) -> tuple[int, int]:
    if held < 0:
        return max(0, min(to, high - LEAST)), high
    return low, max(low + LEAST, min(to, end)) if held > 0 else high


def snapped(length: int) -> int:
    """Bring a length to the grid."""
    return round(length / GRID) * GRID


def added(label: Label, kind: FieldKind) -> tuple[Label, str]:
    """Put a new field on the label, where there is room for it or near its upper left corner; gives its id, too."""
    id = _free_id(label, str(kind))
    new = _NEW[kind]
    x, y = _free_place(label, new) or (min(2 * GRID, label.width // 4), min(2 * GRID, label.height // 4))
    width, height = min(new.width, label.width - x), min(new.height, label.height - y)
    made = replace(new, id=id, x=x, y=y, width=width, height=height)
    return replace(label, fields=(*label.fields, made)), id


def _free_place(label: Label, new: LabelField) -> tuple[int, int] | None:
    """Find room for a field that touches no other one, from the top down."""
    for y in range(GRID, label.height - new.height - GRID + 1, GRID):
        for x in range(2 * GRID, label.width - new.width - GRID + 1, GRID):
            if not any(_meet(field, x, y, new) for field in label.fields):
                return x, y
    return None


def _meet(field: LabelField, x: int, y: int, new: LabelField) -> bool:
    is_beside = x + new.width <= field.x or field.x + field.width <= x
    return not (is_beside or y + new.height <= field.y or field.y + field.height <= y)


def doubled(label: Label, id: str) -> tuple[Label, str]:
    """Put a copy of a field beside it; gives the copy's id, too."""
    field = find(label, id)
    if field is None:
        return label, id
    made = replace(field, id=_free_id(label, str(field.kind)))
    with_it = replace(label, fields=(*label.fields, made))
    return moved(with_it, made.id, field.x + 2 * GRID, field.y + 2 * GRID), made.id


def removed(label: Label, id: str) -> Label:
    """Take a field away."""
    return replace(label, fields=tuple(field for field in label.fields if field.id != id))


def next_to(label: Label, id: str, step: int) -> str:
    """Name the field after another one, or before it; empty where there is none at all."""
    ids = [field.id for field in label.fields]
    if not ids:
        return ""
    return ids[(ids.index(id) + step) % len(ids)] if id in ids else ids[0 if step > 0 else -1]


def _free_id(label: Label, word: str) -> str:
    taken = {field.id for field in label.fields}
    return next(name for name in (f"{word} {number}" for number in range(1, len(taken) + 2)) if name not in taken)


class History:
    """What a label was before, for taking back; several small steps of one kind in a row are one."""

    def __init__(self) -> None:
        """Know nothing before now."""
        self._before: list[Label] = []
        self._after: list[Label] = []
        self._what = ""

    @property
    def can_undo(self) -> bool:
        """Whether anything can be taken back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether anything that was taken back can be done again."""
        return bool(self._after)

    def note(self, label: Label, what: str) -> None:
        """Remember what a label was before something was done to it; ``what`` names that, empty for a step alone."""
        if not what or what != self._what:
            self._before.append(label)
        self._what = what
        self._after.clear()

    def note_end(self) -> None:
        """What comes next is a step of its own, whatever it is called."""
        self._what = ""

    def undo(self, now: Label) -> Label:
        """Give what the label was before."""
        if not self._before:
            return now
        self._after.append(now)
        self._what = ""
        return self._before.pop()

    def redo(self, now: Label) -> Label:
        """Give what the label was after."""
        if not self._after:
            return now
        self._before.append(now)
        return self._after.pop()
