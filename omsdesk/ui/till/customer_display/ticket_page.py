"""The page of a sale: the articles, newest last, and beside or below them what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from omsdesk.domain.values import Money
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.customer_display.brush import At, Brush
from omsdesk.ui.till.customer_display.shown import Figure, Row, Shown, Stage

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

_GAP = 20
_NAME, _SMALL = 26, 20
_PANEL_SHARE = 38


def paint_ticket(brush: Brush, shown: Shown, name: str) -> QRect:
    """Paint the sale in the brush's area; gives the room of the articles, for what is asked in between.

    ``name`` is whom the page greets; empty where nobody is to be named.
    """
    rows, panel = _parts(brush)
    brush.fill(brush.area, brush.look.colour.surface)
    _paint_rows(brush, rows, shown)
    _paint_panel(brush, panel, shown, f"Hello, {name}" if name else "")
    return rows


def _parts(brush: Brush) -> tuple[QRect, QRect]:
    area = brush.area
    if area.width() > area.height():
        at = area.left() + area.width() * (100 - _PANEL_SHARE) // 100
        return (
            QRect(area.left(), area.top(), at - area.left(), area.height()),
            QRect(at, area.top(), area.right() - at + 1, area.height()),
        )
    at = area.bottom() - max(brush.px(300), area.height() * 34 // 100)
    return (
        QRect(area.left(), area.top(), area.width(), at - area.top()),
        QRect(area.left(), at, area.width(), area.bottom() - at + 1),
    )


# ------------------------------------------------------------------------------ articles


def _paint_rows(brush: Brush, room: QRect, shown: Shown) -> None:
    gap = brush.px(12)
    inner = room.adjusted(gap, gap, -gap, -gap)
    first, heights = _visible(brush, shown.rows, shown.touched, inner.height())
    top = inner.top()
    if first:
        above = QRect(inner.left() + gap, top, inner.width() - 2 * gap, brush.px(32))
        brush.write(above, f"and {first} more above", 18, 500, brush.look.colour.muted)
        top += brush.px(36)
    for row, height in zip(shown.rows[first:], heights[first:], strict=True):
        if top + height > inner.bottom() + gap:
            break
        _paint_row(brush, QRect(inner.left(), top, inner.width(), height), row, is_touched=row.key == shown.touched)
        top += height


def _visible(brush: Brush, rows: Sequence[Row], touched: str, room: int) -> tuple[int, list[int]]:
    """Find the first row to show, so that the newest are in sight, and the one that it is about."""
    heights = [_height(brush, row) for row in rows]
    if sum(heights) <= room:
        return 0, heights
    left, first = room - brush.px(36), len(rows)
    while first > 0 and heights[first - 1] <= left:
        first -= 1
        left -= heights[first]
    at = next((number for number, row in enumerate(rows) if row.key == touched), first)
    return min(first, at, len(rows) - 1), heights


def _height(brush: Brush, row: Row) -> int:
    return brush.px(16 + 38 + 28 * (bool(row.detail) + len(row.off)))


def _paint_row(brush: Brush, room: QRect, row: Row, *, is_touched: bool) -> None:
    colour = brush.look.colour
    if is_touched:
        brush.box(room, colour.accent_soft)
        brush.box(QRect(room.left(), room.top(), brush.px(6), room.height()), colour.accent, 3)
    elif room.top() > brush.area.top() + brush.px(40):
        brush.fill(QRect(room.left() + brush.px(12), room.top(), room.width() - brush.px(24), 1), colour.line)
    line = QRect(room.left() + brush.px(18), room.top() + brush.px(8), room.width() - brush.px(36), brush.px(38))
    ink = brush.look.tone(Tone.WARN)[0] if row.comes_back else colour.text
    _name_and_amount(brush, line, row.name, row.amount, _NAME, ink)
    line.translate(0, line.height())
    line.setHeight(brush.px(28))
    if row.detail:
        brush.write(line, row.detail, _SMALL, 400, colour.muted)
        line.translate(0, line.height())
    for off in row.off:
        _name_and_amount(brush, line, off.name, off.amount, _SMALL, brush.look.tone(Tone.OK)[0])
        line.translate(0, line.height())


def _name_and_amount(brush: Brush, line: QRect, name: str, amount: Money, size: int, ink: QColor) -> None:
    text = brush.money(amount)
    wide = brush.width(text, size, 600)
    brush.write(line.adjusted(0, 0, -wide - brush.px(_GAP), 0), name, size, 600, ink)
    brush.write(line, text, size, 600, ink, At.END)


# ------------------------------------------------------------------------------ what it comes to


def _paint_panel(brush: Brush, room: QRect, shown: Shown, greeting: str) -> None:
    brush.fill(room, brush.look.colour.bg)
    gap = brush.px(_GAP)
    inner = room.adjusted(gap, gap, -gap, -gap)
    if shown.main is None:
        return
    total = QRect(inner.left(), inner.bottom() - brush.px(132) + 1, inner.width(), brush.px(132))
    _paint_total(brush, total, shown.main, is_asked=shown.stage is Stage.PAYING)
    bottom = _paint_words(brush, inner, total.top() - brush.px(8), shown)
    for figure in reversed(shown.figures):
        line = QRect(inner.left(), bottom - brush.px(36), inner.width(), brush.px(36))
        if line.top() < inner.top():
            break
        _paint_figure(brush, line, figure)
        bottom = line.top()
    head = shown.wish if shown.stage is Stage.PAYING else greeting or shown.shop
    if bottom - inner.top() > brush.px(56):
        brush.fit(QRect(inner.left(), inner.top(), inner.width(), brush.px(44)), head, 30, 600)


def _paint_total(brush: Brush, room: QRect, main: Figure, *, is_asked: bool) -> None:
    colour = brush.look.colour
    ground = colour.pay if is_asked else colour.rail
    ink = colour.on if is_asked else colour.rail_on
    brush.box(room, ground)
    inner = room.adjusted(brush.px(18), brush.px(10), -brush.px(18), -brush.px(10))
    brush.write(QRect(inner.left(), inner.top(), inner.width(), brush.px(32)), main.name, 22, 600, ink)
    amount = QRect(inner.left(), inner.top() + brush.px(30), inner.width(), inner.height() - brush.px(30))
    brush.fit(amount, brush.money(main.amount), 80, 700, ink, At.END)


def _paint_words(brush: Brush, inner: QRect, bottom: int, shown: Shown) -> int:
    """Write what was saved and the taxes above the total; gives where they begin."""
    ink, ground = brush.look.tone(Tone.OK)
    for text in reversed(shown.taxes.split(" · ") if shown.taxes else []):
        line = QRect(inner.left(), bottom - brush.px(26), inner.width(), brush.px(26))
        brush.fit(line, text, 18, 400, brush.look.colour.muted, At.END)
        bottom = line.top()
    if shown.saved:
        line = QRect(inner.left(), bottom - brush.px(56), inner.width(), brush.px(48))
        brush.box(line, ground, 8)
        inside = line.adjusted(brush.px(14), 0, -brush.px(14), 0)
        _name_and_amount(brush, inside, "You save", shown.saved, 22, ink)
        bottom = line.top() - brush.px(8)
    return bottom - brush.px(4)


def _paint_figure(brush: Brush, line: QRect, figure: Figure) -> None:
    ink = brush.look.tone(Tone.OK)[0] if figure.is_off else brush.look.colour.text
    _name_and_amount(brush, line, figure.name, figure.amount, 21, ink)
