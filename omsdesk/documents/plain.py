"""A document as plain text, for e-mail, the screen reader and the log."""

from __future__ import annotations

from typing import assert_never

from omsdesk.documents.paper import Barcode, Cut, Feed, KickDrawer, Paper, Picture, QrCode, Rule
from omsdesk.documents.typeset import Grid, Line, Row, typeset

_WHOLE_LINE = 2


def render(paper: Paper, columns: int = 42) -> str:
    """Write a document in a monospaced grid; a code stands there as its text, a picture as its description."""
    lines: list[str] = []
    for row in typeset(paper, Grid(columns, columns, columns)):
        lines += _lines(row, columns)
    return "\n".join(lines).rstrip("\n") + "\n"


def _lines(row: Row, columns: int) -> list[str]:
    match row:
        case Line():
            return [row.text.rstrip(" ")]
        case Rule():
            return ["─" * columns]
        case Feed(half_lines):
            return [""] * (half_lines // _WHOLE_LINE)
        case Barcode(_, has_text=False):
            return []
        case QrCode(content) | Barcode(content):
            return [content.center(columns).rstrip()]
        case Picture():
            return [f"[{row.description}]".center(columns).rstrip()] if row.description else []
        case Cut() | KickDrawer():
            return []
        case _:
            assert_never(row)
