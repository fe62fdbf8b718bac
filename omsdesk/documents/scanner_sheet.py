"""A page of barcodes to be scanned one after the other, A4, sharp at any size."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from omsdesk.documents.labels.symbology import Symbol
from omsdesk.documents.pdf_text import Face, draw_text, wrap_text
from omsdesk.domain.records import record

_MM = 72 / 25.4
_MARGIN, _WIDTH, _HEIGHT = 20 * _MM, 210 * _MM, 297 * _MM
_MODULE = 0.36 * _MM
"""The narrowest bar: any scanner reads it from a hand's length away, and the longest code still fits the page."""
_BARS = 17 * _MM
_TITLE, _TEXT, _NUMBER = Face(20, 26, is_bold=True), Face(11, 15), Face(26, 30, is_bold=True)


@record
class SheetCode:
    """One barcode, and what is learnt from it."""

    symbol: Symbol
    purpose: str


def render(title: str, advice: str, codes: Sequence[SheetCode]) -> bytes:
    """Draw the page as a PDF. The same codes give the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    payload = io.BytesIO()
    page: Any = Canvas(payload, pagesize=(_WIDTH, _HEIGHT), invariant=True)
    page.setTitle(title)
    top = _HEIGHT - _MARGIN - 8 * _MM
    draw_text(page, _MARGIN, top, title, _TITLE)
    top -= 3 * _MM
    for line in wrap_text(advice, _TEXT, _WIDTH - 2 * _MARGIN):
        top -= 6 * _MM
        draw_text(page, _MARGIN, top, line, _TEXT)
    top -= 3 * _MM
    step = (top - _MARGIN) / len(codes)
    for number, code in enumerate(codes, 1):
        _draw(page, top - step * number + (step - _BARS) / 2, number, code)
    page.save()
    return payload.getvalue()


def _draw(page: Any, bottom: float, number: int, code: SheetCode) -> None:
    """Draw one code with its number before it and its purpose above it."""
    left = _MARGIN + 14 * _MM
    draw_text(page, _MARGIN, bottom + _BARS / 2 - 9, str(number), _NUMBER)
    draw_text(page, left, bottom + _BARS + 2 * _MM, code.purpose, _TEXT)
    row = code.symbol.rows[0]
    at = 0
    while at < len(row):
        end = row.find("0", at) if row[at] == "1" else row.find("1", at)
        end = len(row) if end < 0 else end
        if row[at] == "1":
            page.rect(left + at * _MODULE, bottom, (end - at) * _MODULE, _BARS, stroke=0, fill=1)
        at = end
