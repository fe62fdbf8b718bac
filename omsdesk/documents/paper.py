"""The blocks every document is made of before a printer, a PDF or a text gives them a shape.

Documents (receipt, shift report) know shop words and make blocks; renderers know blocks and no shop words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_QR_BYTES = 2331
"""What a QR code of the largest size holds at error correction M (ISO/IEC 18004, version 40)."""


class Align(StrEnum):
    """Where a line of text stands between the margins."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Size(StrEnum):
    """How large letters are, in the steps that every receipt printer has."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    """Twice as wide and high; only twice as high where the line would not fit."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; it wraps between the margins and is never cut off."""

    text: str
    align: Align = Align.LEFT
    size: Size = Size.NORMAL
    is_bold: bool = False
    is_inverted: bool = False
    """White on a black bar from margin to margin."""
    indent: int = 0
    """Columns left free before each line."""
    hang: int = 0
    """Columns left free before each line but the first, beside the indent."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Two texts on one line: the left one wraps, the right one stands at the right margin of the first line."""

    left: str
    right: str
    size: Size = Size.NORMAL
    is_bold: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length: the first column takes the room that is left and wraps, the others stand at its right."""

    rows: tuple[tuple[str, ...], ...]
    heading: tuple[str, ...] = ()
    size: Size = Size.SMALL


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line from margin to margin."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty paper, counted in half lines."""

    half_lines: int = 1


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code in the middle; ``modules`` is the wish for dots per module on a 203 dpi printer.

    Raises:
        ValueError: there is nothing to encode, or more than any QR code holds.

    """

    content: str
    modules: int = 5

    def __post_init__(self) -> None:
        """Refuse what a printer would leave out without a word."""
        if not 0 < len(self.content.encode()) <= MOST_QR_BYTES:
            raise ValueError(f"A QR code holds 1 to {MOST_QR_BYTES:,} bytes. Use a shorter text.")


@dataclass(frozen=True, slots=True)
class Barcode:
    """A Code 128 symbol in the middle; ``content`` is printable ASCII, and stands below it unless something else does.

    Raises:
        ValueError: it is not.

    """

    content: str
    has_text: bool = True

    def __post_init__(self) -> None:
        """Refuse what a printer would leave out, or take for something else."""
        if not (self.content and self.content.isascii() and self.content.isprintable()):
            raise ValueError("A barcode holds letters from A to Z, digits and plain signs only. Choose another text.")


TOO_WIDE = "A code on this document is too wide for the paper."
"""The sentence of every renderer for a symbol that would be cut off at the margins."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the middle, never wider than the paper; ``description`` stands for it in plain text."""

    png: bytes
    description: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """Feed the paper past the blade and cut it, where there is a blade."""


@dataclass(frozen=True, slots=True)
class KickDrawer:
    """Open the cash drawer that hangs on the printer."""


Block = Text | Columns | Table | Rule | Feed | QrCode | Barcode | Picture | Cut | KickDrawer
Paper = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a renderer made, and sentences about anything that could not be shown as it was written."""

    payload: bytes
    notes: tuple[str, ...] = ()
