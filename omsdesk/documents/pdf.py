"""A document as a PDF of a paper roll: one page as long as it needs, sharp at every size, with its font inside.

reportlab costs 135 ms to import and is imported at the first rendering. The same document gives the same bytes.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, assert_never

from omsdesk.documents import fonts, raster
from omsdesk.documents.paper import (
    TOO_WIDE,
    Align,
    Barcode,
    Block,
    Columns,
    Cut,
    Feed,
    KickDrawer,
    Paper,
    Picture,
    QrCode,
    Rendered,
    Rule,
    Size,
    Table,
    Text,
)
from omsdesk.documents.pdf_text import Face, draw_text, text_width, wrap_text
from omsdesk.documents.printer_profile import PICTURE_MM
from omsdesk.documents.typeset import stack_table
from omsdesk.documents.wrap import clean, clean_figure

if TYPE_CHECKING:
    from collections.abc import Callable

_POINTS_PER_MM = 72 / 25.4
_MARGIN_MM = 4.0
_LONGEST = 14_000.0
"""Points; PDF viewers stop at 14,400, where a new page begins."""

_FACES = {80: {Size.SMALL: Face(7.2, 9.6), Size.NORMAL: Face(9.0, 12.2), Size.LARGE: Face(17.0, 22.0)}}
_FACES[58] = {Size.SMALL: Face(6.4, 8.6), Size.NORMAL: Face(7.8, 10.6), Size.LARGE: Face(14.0, 18.5)}

_INDENT = 0.6
"""Width of an indented column in parts of the letters' size."""
_GAP = 9.0
_LEAST_NAME = 40.0
_HALF_LINE = 5.5
_RULE_ABOVE, _RULE_BELOW, _HAIRLINE = 4.5, 4.0, 0.6
_QR_POINTS = 68.0
_BAR_POINTS = 26.0
_PICTURE_DPI = 203

Strip = tuple[float, "Callable[[Any, float], None]"]
"""A piece of the page: its height in points, and what draws it with its top at a height."""


def render(paper: Paper, width_mm: int = 80, title: str = "") -> Rendered:
    """Draw a document for a roll of 80 or 58 mm.

    Raises:
        ValueError: a picture of the document cannot be read, or a code is too wide for the paper.

    """
    sheet = _Sheet(width_mm)
    for block in paper:
        sheet.put(block)
    return Rendered(sheet.finish(title), sheet.notes())


class _Sheet:
    """Collects strips from top to bottom, and draws them once the length of the page is known."""

    def __init__(self, width_mm: int) -> None:
        self._width = width_mm * _POINTS_PER_MM
        self._left = _MARGIN_MM * _POINTS_PER_MM
        self._room = self._width - 2 * self._left
        self._faces = _FACES[width_mm]
        self._strips: list[Strip] = []
        self._text = ""

    def put(self, block: Block) -> None:
        """Set a block below what is there."""
        match block:
            case Text():
                self._put_text(block)
            case Columns():
                self._put_columns(block)
            case Table():
                self._put_table(block)
            case Rule():
                self._strips.append((_RULE_ABOVE + _RULE_BELOW, self._draw_rule))
            case Feed(half_lines):
                self._strips.append((half_lines * _HALF_LINE, _draw_nothing))
            case QrCode(content):
                self._put_drawing(_qr_drawing(content), _QR_POINTS)
            case Barcode():
                self._put_barcode(block)
            case Picture():
                self._put_picture(block)
            case Cut() | KickDrawer():
                pass
            case _:
                assert_never(block)

    def finish(self, title: str) -> bytes:
        """Draw all strips on a page of just the right length, or on several where one would be too long."""
        from reportlab.pdfgen.canvas import Canvas

        out = io.BytesIO()
        canvas = Canvas(out, invariant=1, pageCompression=1)
        canvas.setTitle(title)
        canvas.setCreator("omsdesk")
        for strips in _pages(self._strips):
            height = sum(tall for tall, _ in strips) + 2 * self._left
            canvas.setPageSize((self._width, height))
            top = height - self._left
            for tall, draw in strips:
                draw(canvas, top)
                top -= tall
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    def notes(self) -> tuple[str, ...]:
        """Sentences about letters that could not be drawn."""
        note = fonts.missing_note(self._text)
        return (note,) if note else ()

    def _put_text(self, block: Text) -> None:
        face = self._faces[block.size].styled(is_bold=block.is_bold)
        indent, hang = (columns * face.size * _INDENT for columns in (block.indent, block.hang))
        for place, line in enumerate(wrap_text(clean(block.text), face, self._room - indent - hang)):
            left = indent + hang * (place > 0)
            self._put_line(((line, left, self._room - left, block.align),), face, is_inverted=block.is_inverted)

    def _put_columns(self, block: Columns) -> None:
        face = self._faces[block.size].styled(is_bold=block.is_bold)
        left, right = clean(block.left), clean_figure(block.right)
        indent = block.indent * face.size * _INDENT
        taken = text_width(right, face) + _GAP if right else 0.0
        room = self._room - indent - taken
        longest = max((text_width(word, face) for word in left.split()), default=0.0)
        if room < min(_LEAST_NAME, text_width(left, face)) or room < longest <= self._room - indent:
            self._put_text(Text(left, size=block.size, is_bold=block.is_bold, indent=block.indent))
            self._put_text(Text(right, Align.RIGHT, block.size, is_bold=block.is_bold))
            return
        figure = (right, 0.0, self._room, Align.RIGHT)
        for place, line in enumerate(wrap_text(left, face, room)):
            name = (line, indent, room, Align.LEFT)
            self._put_line((name, figure) if place == 0 else (name,), face)

    def _put_table(self, block: Table) -> None:
        heading = (block.heading,) if block.heading else ()
        face = self._faces[block.size]
        bold = face.styled(is_bold=True)
        rows = [(bold, row) for row in heading] + [(face, row) for row in block.rows]
        rows = [(style, (clean(row[0]), *map(clean_figure, row[1:]))) for style, row in rows]
        count = len(rows[0][1]) if rows else 0
        widths = [max(text_width(row[i], style) for style, row in rows) + _GAP for i in range(1, count)]
        room = self._room - sum(widths)
        longest = max((text_width(row[0], style) for style, row in rows), default=0.0)
        if room < min(_LEAST_NAME, longest):
            for stacked in stack_table(block):
                self.put(stacked)
            return
        for style, row in rows:
            figures, at = [], room
            for text, width in zip(row[1:], widths, strict=True):
                figures.append((text, at, width, Align.RIGHT))
                at += width
            for place, line in enumerate(wrap_text(row[0], style, room)):
                name = (line, 0.0, room, Align.LEFT)
                self._put_line((name, *figures) if place == 0 else (name,), style)

    def _put_line(
        self, spans: tuple[tuple[str, float, float, Align], ...], face: Face, *, is_inverted: bool = False
    ) -> None:
        self._text += "".join(text for text, *_ in spans)

        def draw(page: Any, top: float) -> None:
            page.setFillGray(0)
            if is_inverted:
                page.rect(self._left, top - face.leading, self._room, face.leading, stroke=0, fill=1)
                page.setFillGray(1)
            baseline = top - face.leading + face.descent
            for text, at, room, align in spans:
                free = room - text_width(text, face)
                start = {Align.LEFT: 0.0, Align.CENTER: free / 2, Align.RIGHT: free}[align]
                draw_text(page, self._left + at + start, baseline, text, face, is_white=is_inverted)

        self._strips.append((face.leading, draw))

    def _draw_rule(self, page: Any, top: float) -> None:
        page.setLineWidth(_HAIRLINE)
        page.setStrokeGray(0)
        page.line(self._left, top - _RULE_ABOVE, self._left + self._room, top - _RULE_ABOVE)

    def _put_drawing(self, drawing: Any, size: float) -> None:
        from reportlab.graphics import renderPDF

        def draw(page: Any, top: float) -> None:
            renderPDF.draw(drawing, page, self._left + (self._room - drawing.width) / 2, top - size)

        self._strips.append((size, draw))

    def _put_barcode(self, block: Barcode) -> None:
        from reportlab.graphics.barcode.code128 import Code128

        symbol = Code128(block.content, barHeight=_BAR_POINTS, barWidth=0.8, quiet=0)
        if symbol.width > self._room:
            raise ValueError(TOO_WIDE)

        def draw(page: Any, top: float) -> None:
            page.setFillGray(0)
            symbol.drawOn(page, self._left + (self._room - symbol.width) / 2, top - _BAR_POINTS)

        self._strips.append((_BAR_POINTS, draw))
        if block.has_text:
            self._put_text(Text(block.content, Align.CENTER, Size.SMALL))

    def _put_picture(self, block: Picture) -> None:
        from reportlab.lib.utils import ImageReader

        picture = raster.open_picture(block.png)
        scale = min(72 / _PICTURE_DPI, self._room / picture.width, PICTURE_MM / 25.4 * 72 / picture.height)
        width, height = picture.width * scale, picture.height * scale
        reader = ImageReader(picture)

        def draw(page: Any, top: float) -> None:
            left = self._left + (self._room - width) / 2
            page.drawImage(reader, left, top - height, width, height, mask="auto")

        self._strips.append((height, draw))


def _draw_nothing(_page: Any, _top: float) -> None:
    """Leave the paper empty."""


def _qr_drawing(content: str) -> Any:
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing

    widget = QrCodeWidget(content, barLevel="M", barBorder=0, barWidth=_QR_POINTS, barHeight=_QR_POINTS)
    drawing = Drawing(_QR_POINTS, _QR_POINTS)
    drawing.add(widget)
    return drawing


def _pages(strips: list[Strip]) -> list[list[Strip]]:
    pages: list[list[Strip]] = [[]]
    used = 0.0
    for strip in strips:
        if used + strip[0] > _LONGEST:
            pages.append([])
            used = 0.0
        pages[-1].append(strip)
        used += strip[0]
    return pages
