"""Labels that the tests lay out, print and read back."""

from __future__ import annotations

from typing import Any

from omsdesk.documents.labels.model import FieldKind, Label, LabelField
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.documents.paper import Align

CONTENTS = {
    Symbology.EAN_13: ("4006381333931", ("]E0", "4006381333931")),
    Symbology.EAN_8: ("96385074", ("]E4", "96385074")),
    Symbology.UPC_A: ("036000291452", ("]E0", "0036000291452")),
    Symbology.CODE_128: ("Shelf 12-A/7", ("]C0", "Shelf 12-A/7")),
    Symbology.GS1_128: ("(01)04006381333931(10)AB1(17)271231", ("]C1", "01040063813339311727123110AB1")),
    Symbology.ITF_14: ("14006381333938", ("]I1", "14006381333938")),
    Symbology.CODE_39: ("OMS 12-34.$/+%", ("]A0", "OMS 12-34.$/+%")),
    Symbology.DATA_MATRIX: ("Żółw 42", ("]d1", "Żółw 42")),
    Symbology.GS1_DATA_MATRIX: (
        "(01)04006381333931(10)AB1(17)271231(21)7",
        ("]d2", "01040063813339311727123110AB1\x1d217"),
    ),
    Symbology.QR: ("https://example.com/żółw", ("]Q1", "https://example.com/żółw")),
}
"""What each symbology is given to say, and what a scanner gives back."""


def text(content: str, x: int, y: int, width: int, height: int, **more: Any) -> LabelField:
    """A text; its id says what and where it is."""
    return LabelField(f"{content}@{x},{y}", FieldKind.TEXT, x, y, width, height, content=content, **more)


def code(content: str, x: int, y: int, width: int, height: int, **more: Any) -> LabelField:
    """A code."""
    return LabelField(f"{content}@{x},{y}", FieldKind.CODE, x, y, width, height, content=content, **more)


def shape(kind: FieldKind, x: int, y: int, width: int, height: int, **more: Any) -> LabelField:
    """A line, a box or a picture."""
    return LabelField(f"{kind}@{x},{y}", kind, x, y, width, height, **more)


PRODUCT = Label(
    500,
    300,
    (
        text("{name}", 20, 15, 460, 70, size=36, most_lines=2, is_bold=True),
        text("{price}", 310, 90, 170, 90, size=70, is_bold=True, align=Align.RIGHT),
        code("{gtin}", 20, 130, 290, 160),
        text("{sku}", 440, 190, 40, 100, turn=90, size=24),
        shape(FieldKind.LINE, 20, 96, 200, 4),
    ),
)
"""A product's label of 50 by 30 mm."""


def alone(symbology: Symbology, content: str, turn: int = 0) -> Label:
    """A label of 90 by 90 mm with one code and a word beside it."""
    wide, high = (820, 250) if turn in {0, 180} else (250, 820)
    return Label(
        900,
        900,
        (
            code(content, 20, 50, wide, high, symbology=symbology, turn=turn),
            text("Ελλάδα é", 500, 650, 300, 200, turn=turn),
            shape(FieldKind.BOX, 0, 0, 900, 900),
        ),
    )
