"""What a laid-out label is made of: ink, pictures in dots and bars, each in a rectangle of whole dots."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from omsdesk.documents.labels.symbology import Symbol

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Whole dots from the upper left corner of the label; never empty."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column past it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row past it."""
        return self.y + self.height

    def within(self, other: Rectangle) -> Rectangle | None:
        """Give what lies in both; None where that is nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        width, height = min(self.right, other.right) - x, min(self.bottom, other.bottom) - y
        return Rectangle(x, y, width, height) if width > 0 and height > 0 else None

    def encloses(self, other: Rectangle) -> bool:
        """Tell whether the other lies in this one."""
        return self.within(other) == other


@dataclass(frozen=True, slots=True)
class Ink:
    """A black rectangle."""

    box: Rectangle


@dataclass(frozen=True, slots=True)
class Dots:
    """A picture of black (0) and white dots; white covers nothing."""

    box: Rectangle
    picture: Image

    @classmethod
    def of(cls, picture: Image, x: int, y: int) -> Dots:
        """Put a picture at a place."""
        return cls(Rectangle(x, y, picture.width, picture.height), picture)


@dataclass(frozen=True, slots=True)
class Bars:
    """A barcode or matrix without its quiet zone: ``module`` dots for each module, turned by so many degrees.

    The guard bars of an article number reach so many dots further down than the others (``guard``).
    """

    box: Rectangle
    symbol: Symbol
    module: int
    turn: int = 0
    guard: int = 0

    @property
    def length(self) -> int:
        """How long its bars are in dots, without their guards."""
        return (self.box.width if self.turn in {90, 270} else self.box.height) - self.guard

    @property
    def picture(self) -> Image:
        """The same as dots."""
        width, height = self.box.width, self.box.height
        if self.turn in {90, 270}:
            width, height = height, width
        upright = _drawn(self.symbol.rows, width, height - self.guard)
        if self.guard:
            upright = _guarded(upright, self.symbol, self.guard)
        return _turned(upright, self.turn)


Mark = Ink | Dots | Bars


def turned_box(old: Rectangle, degrees: int, room: tuple[int, int], box: Rectangle) -> Rectangle:
    """Turn a rectangle of an upright room of ``width, height`` clockwise, and put it where the room's box is."""
    width, height = room
    x, y, is_lying = {
        0: (old.x, old.y, False),
        90: (height - old.bottom, old.x, True),
        180: (width - old.right, height - old.bottom, False),
        270: (old.y, width - old.right, True),
    }[degrees]
    size = (old.height, old.width) if is_lying else (old.width, old.height)
    return Rectangle(box.x + x, box.y + y, *size)


def turned(mark: Mark, degrees: int, room: tuple[int, int], box: Rectangle) -> Mark:
    """Turn a mark in the same way."""
    place = turned_box(mark.box, degrees, room, box)
    match mark:
        case Dots():
            return Dots(place, _turned(mark.picture, degrees))
        case Bars():
            return replace(mark, box=place, turn=degrees)
        case Ink():
            return Ink(place)


def blank(width: int, height: int) -> Image:
    """Make a white picture."""
    from PIL import Image

    return Image.new("1", (width, height), 255)


def _turned(picture: Image, degrees: int) -> Image:
    from PIL import Image

    if not degrees:
        return picture
    quarters = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return picture.transpose(quarters[degrees])


@lru_cache(maxsize=256)
def _drawn(rows: tuple[str, ...], width: int, height: int) -> Image:
    from PIL import Image

    small = Image.new("1", (len(rows[0]), len(rows)))
    small.putdata([255 * (module == "0") for row in rows for module in row])
    return small.resize((width, height), Image.Resampling.NEAREST)


def _guarded(bars: Image, symbol: Symbol, guard: int) -> Image:
    """Let the bars at both ends and in the middle reach further down."""
    row = symbol.rows[0]
    middle = len(row) // 2
    kept = {0, 2, middle - 1, middle + 1, len(row) - 3, len(row) - 1}
    ends = "".join("1" if place in kept else "0" for place in range(len(row)))
    sheet = blank(bars.width, bars.height + guard)
    sheet.paste(bars, (0, 0))
    sheet.paste(_drawn((ends,), bars.width, guard), (0, bars.height))
    return sheet
