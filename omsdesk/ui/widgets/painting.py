"""Strokes shared by all painted widgets: boxes with crisp borders, elided text, key caps and focus frames."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from omsdesk.ui.theme import Theme, blend

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

RADIUS = 8
CARD_RADIUS = 10
PRIMARY_RADIUS = 14


def box(
    painter: QPainter,
    rect: QRect,
    ground: QColor | None,
    edge: QColor | None = None,
    radius: int = RADIUS,
    width: int = 1,
) -> None:
    """Fill a rounded rectangle and draw its border inside it, on whole pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(ground or Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    painter.setPen(QPen(edge, width))
    inset = width / 2
    inner = radius - inset
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), inner, inner)


def focus_frame(painter: QPainter, rect: QRect, colour: QColor, radius: int = RADIUS) -> None:
    """Draw the 2 px frame of what the keyboard acts on."""
    box(painter, rect, None, colour, radius, 2)


def write(painter: QPainter, rect: QRect, text: str, font: QFont, ink: QColor, align: Qt.AlignmentFlag = LEFT) -> None:
    """Write one line, shortened with an ellipsis where it does not fit."""
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(rect, _one_line(align), _elided(font, text, rect.width()))


# A screen paints the same words again and again, and Qt shapes them anew each time.


@lru_cache(maxsize=4096)
def text_width(font: QFont, text: str) -> int:
    """Width in pixels of one line."""
    return QFontMetrics(font).horizontalAdvance(text)


@lru_cache(maxsize=4096)
def _elided(font: QFont, text: str, width: int) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


@lru_cache(maxsize=16)
def _one_line(align: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    return align | Qt.TextFlag.TextSingleLine


def measure_anew() -> None:
    """Forget how wide words are: a font came that has letters which another one stood in for."""
    text_width.cache_clear()
    _elided.cache_clear()


def whole_parts(font: QFont, text: str, width: int, between: str = " · ") -> str:
    """Leave out the last parts of a line where it is too long, so that no figure is cut in the middle."""
    metrics, parts = QFontMetrics(font), text.split(between)
    for count in range(len(parts), 0, -1):
        shown = between.join(parts[:count]) + (" …" if count < len(parts) else "")
        if metrics.elidedText(shown, Qt.TextElideMode.ElideRight, width) == shown:
            return shown
    return text if len(parts) < 2 else f"{parts[0]} …"


def cap_size(theme: Theme, keys: str) -> QSize:
    """Size of the key cap that ``key_cap`` draws."""
    return QSize(max(text_width(theme.font(14, 600), keys) + 14, theme.px(24)), theme.px(22))


def key_cap(
    painter: QPainter, theme: Theme, right: QPoint, keys: str, colours: tuple[QColor, QColor] | None = None
) -> None:
    """Draw a key whose right middle is at a point; ``colours`` (ink, ground) where the usual ones do not fit."""
    rect = QRect(QPoint(0, 0), cap_size(theme, keys))
    rect.moveCenter(right)
    rect.moveRight(right.x())
    colour = theme.colour
    ink, ground = colours or (colour.muted, colour.sunken)
    box(painter, rect, ground, None if colours else blend(colour.line, colour.muted, 0.15), 5)
    write(painter, rect, keys, theme.font(14, 600), ink, CENTRE)


def chip_width(theme: Theme, text: str) -> int:
    """Width of the small chip that ``chip`` draws."""
    return text_width(theme.font(14, 600), text) + 14


def chip(painter: QPainter, theme: Theme, rect: QRect, text: str, colours: tuple[QColor, QColor]) -> None:
    """Draw a small rounded chip; ``colours`` are ink and ground."""
    box(painter, rect, colours[1], None, 6)
    write(painter, rect, text, theme.font(14, 600), colours[0], CENTRE)
