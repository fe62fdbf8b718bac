"""Labels as a PDF with a page of exactly its size for each, for any printer that the operating system knows.

Everything lies on the dots of the resolution that the labels were laid out for, so that a printer of that resolution
prints whole dots; bars and lines are drawn as such and stay sharp on any other. reportlab is imported at the first use.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from omsdesk.documents.labels.layout import DOTS_PER_MM, Laid
from omsdesk.documents.labels.marks import Bars, Dots, Ink, Rectangle

_POINTS_PER_MM = 72 / 25.4
_WHITE = [255, 255] * 3
"""The colour that covers nothing, as PDF masks it: from and to, for red, green and blue."""


def render(labels: Iterable[Laid], title: str = "") -> bytes:
    """Write labels, one page each; the same labels give the same bytes.

    Raises:
        ValueError: there is no label.

    """
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas: Any = Canvas(file, invariant=1, pageCompression=1)
    canvas.setTitle(title or "Labels")
    count = 0
    for count, laid in enumerate(labels, 1):  # noqa: B007 - counted for after the loop
        _draw(canvas, laid)
        canvas.showPage()
    if not count:
        raise ValueError("There is no label to print. Choose some products first.")
    canvas.save()
    return file.getvalue()


def _draw(canvas: Any, laid: Laid) -> None:
    dot = _POINTS_PER_MM / float(DOTS_PER_MM[laid.dpi])
    height = laid.label.height / 10 * _POINTS_PER_MM
    canvas.setPageSize((laid.label.width / 10 * _POINTS_PER_MM, height))
    # From here on in dots from the upper left corner, as the marks are; y upwards.
    canvas.translate(0, height)
    canvas.scale(dot, dot)
    for mark in laid.marks:
        match mark:
            case Ink():
                _fill(canvas, mark.box)
            case Dots():
                _picture(canvas, mark)
            case Bars():
                for bar in _runs(mark):
                    _fill(canvas, bar)


def _fill(canvas: Any, box: Rectangle) -> None:
    canvas.rect(*_inset(box), stroke=0, fill=1)


_INSET = 0.02


def _inset(box: Rectangle) -> tuple[float, float, float, float]:
    """Draw in a hair: PDF paints every dot that is touched, and a bar must not grow by one for a rounding."""
    return box.x + _INSET, -box.bottom + _INSET, box.width - 2 * _INSET, box.height - 2 * _INSET


def _picture(canvas: Any, mark: Dots) -> None:
    from reportlab.lib.utils import ImageReader

    reader: Any = ImageReader(mark.picture.convert("RGB"))
    canvas.drawImage(reader, *_inset(mark.box), mask=_WHITE)


def _runs(bars: Bars) -> Iterable[Rectangle]:
    """Give the black rectangles of a code: each row of its picture that differs from the one above, in runs."""
    width, height = bars.picture.size
    data = bars.picture.convert("L").tobytes()
    rows = [data[row * width : (row + 1) * width] for row in range(height)]
    top = 0
    for row in range(1, height + 1):
        if row == height or rows[row] != rows[top]:
            yield from _dark(rows[top], bars.box.x, bars.box.y + top, row - top)
            top = row


def _dark(row: bytes, left: int, top: int, height: int) -> Iterable[Rectangle]:
    start = row.find(0)
    while start >= 0:
        end = row.find(255, start)
        end = len(row) if end < 0 else end
        yield Rectangle(left + start, top, end - start, height)
        start = row.find(0, end)
