"""The pages that fill the customer's screen: the shop between two customers, a question, the thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from omsdesk.ui import icons
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.customer_display.brush import At, Brush
from omsdesk.ui.till.customer_display.shown import Question, Shown, Stage
from omsdesk.ui.widgets.qr_view import Modules, paint_modules

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

_HEADLINES = {
    Stage.IDLE: "Welcome",
    Stage.CLOSED: "This till is closed",
    Stage.AWAY: "One moment, please. We will be right back.",
}
_THANKS = 40
_CODE_WORDS = ("Take a picture of this code:", "with it we find your receipt.")


def paint_training(brush: Brush) -> None:
    """Say across the whole width that this is no sale; what else is shown has the rest of the area."""
    ink, ground = brush.look.tone(Tone.WARN)
    band = QRect(brush.area.left(), brush.area.top(), brush.area.width(), brush.px(48))
    brush.stripes(band, ground, ink)
    brush.write(band, "Training: this is no sale", 22, 600, ink, At.MIDDLE)
    brush.area = brush.area.adjusted(0, band.height(), 0, 0)


def paint_shop(brush: Brush, shown: Shown, logo: QPixmap) -> None:
    """Show whose shop it is."""
    area, colour = brush.area, brush.look.colour
    brush.fill(area, colour.surface)
    words = _HEADLINES.get(shown.stage, "")
    name_high, words_high = brush.px(96), brush.px(52)
    logo_high = 0 if logo.isNull() else min(area.height() * 38 // 100, brush.px(300))
    top = area.top() + (area.height() - name_high - words_high - logo_high) // 2
    wide = area.adjusted(brush.px(40), 0, -brush.px(40), 0)
    if logo_high:
        # A logo has a white ground of its own.
        room = QRect(wide.left(), top - brush.px(16), wide.width(), logo_high)
        brush.picture(room, logo)
        top += logo_high
    brush.fit(QRect(wide.left(), top, wide.width(), name_high), shown.shop, 72, 700, colour.text, At.MIDDLE)
    below = QRect(wide.left(), top + name_high, wide.width(), words_high)
    brush.fit(below, words, 32, 400, colour.muted, At.MIDDLE)


def paint_question(brush: Brush, room: QRect, question: Question) -> None:
    """Ask for something in the room of the articles."""
    colour = brush.look.colour
    brush.fill(room, colour.surface)
    inner = room.adjusted(brush.px(32), brush.px(24), -brush.px(32), -brush.px(24))
    rows = [(question.title, 40, 700, colour.text), (question.about, 28, 500, colour.muted)]
    if question.weight:
        rows.append((question.weight, 84, 700, colour.text))
    if question.each:
        times = "\N{MULTIPLICATION SIGN} " if question.weight else ""
        rows.append((f"{times}{question.each}", 34, 500, colour.muted))
    if question.amount is not None:
        rows.append((f"= {brush.money(question.amount)}", 60, 700, colour.accent))
    if question.advice and question.advice.rstrip(".") != question.title:
        rows.append((question.advice, 26, 600, brush.look.tone(Tone.WARN)[0]))
    heights = [brush.px(round(size * 1.5)) for _, size, _, _ in rows]
    top = inner.top() + max(0, inner.height() - sum(heights)) // 2
    for (text, size, weight, ink), height in zip(rows, heights, strict=True):
        brush.fit(QRect(inner.left(), top, inner.width(), height), text, size, weight, ink, At.MIDDLE)
        top += height


def paint_thanks(brush: Brush, shown: Shown, modules: Modules) -> None:
    """Say what comes back, and thank."""
    area = brush.area
    brush.fill(area, brush.look.colour.surface)
    if not shown.code:
        _paint_change(brush, area, shown)
    elif area.width() > area.height():
        at = area.left() + area.width() * 62 // 100
        _paint_change(brush, QRect(area.left(), area.top(), at - area.left(), area.height()), shown)
        _paint_code(brush, QRect(at, area.top(), area.right() - at + 1, area.height()), modules)
    else:
        at = area.top() + area.height() * 55 // 100
        _paint_change(brush, QRect(area.left(), area.top(), area.width(), at - area.top()), shown)
        _paint_code(brush, QRect(area.left(), at, area.width(), area.bottom() - at + 1), modules)


def _paint_change(brush: Brush, room: QRect, shown: Shown) -> None:
    colour, main = brush.look.colour, shown.main
    inner = room.adjusted(brush.px(32), brush.px(16), -brush.px(32), -brush.px(16))
    rows = [(main.name, 36, 600, colour.muted), (brush.money(main.amount), 112, 700, colour.text)] if main else []
    rows += [(f"{row.name} {brush.money(row.amount)}", 24, 400, colour.muted) for row in shown.figures]
    rows.append(("Thank you!", _THANKS, 600, colour.text))
    if shown.points:
        rows.append((f"You earned {shown.points} points.", 28, 600, brush.look.tone(Tone.OK)[0]))
    side = brush.px(72)
    # What is thanked for stands apart from what it came to.
    heights = [brush.px(round(size * (1.8 if size == _THANKS else 1.35))) for _, size, _, _ in rows]
    has_tick = inner.height() >= sum(heights) + side
    top = inner.top() + max(0, inner.height() - sum(heights) - side * has_tick) // 2
    if has_tick:
        _paint_tick(brush, QRect(inner.center().x() - side // 2, top, side, side))
        top += side
    for (text, size, weight, ink), height in zip(rows, heights, strict=True):
        brush.fit(QRect(inner.left(), top, inner.width(), height), text, size, weight, ink, At.MIDDLE)
        top += height


def _paint_tick(brush: Brush, room: QRect) -> None:
    ink, ground = brush.look.tone(Tone.OK)
    brush.box(room, ground, 36)
    inset = room.width() // 4
    icons.draw(brush.painter, "check", brush.place(room).adjusted(inset, inset, -inset, -inset), ink)


def _paint_code(brush: Brush, room: QRect, modules: Modules) -> None:
    brush.fill(room, brush.look.colour.bg)
    words_high = brush.px(32)
    side = min(room.width() - brush.px(48), room.height() - len(_CODE_WORDS) * words_high - brush.px(64), brush.px(380))
    square = QRect(0, 0, side, side)
    square.moveCenter(room.center())
    square.moveTop(room.top() + (room.height() - side - len(_CODE_WORDS) * words_high - brush.px(12)) // 2)
    paint_modules(brush.painter, brush.place(square), modules)
    for number, words in enumerate(_CODE_WORDS):
        top = square.bottom() + brush.px(12) + number * words_high
        line = QRect(room.left() + brush.px(12), top, room.width() - brush.px(24), words_high)
        brush.fit(line, words, 20, 500, brush.look.colour.muted, At.MIDDLE)
