"""Lines to read, not to press: an icon, what it is, a word about it, and how much at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.domain.records import record
from omsdesk.ui import icons, theme
from omsdesk.ui.theme import Theme, Tone
from omsdesk.ui.widgets.painting import RIGHT, text_width, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

_ROW = 52
_LINE = 21


@record
class Fact:
    """One line; ``note`` stands below the amount, the tone is that of the icon and the detail."""

    icon: str
    title: str
    detail: str = ""
    amount: str = ""
    note: str = ""
    tone: Tone = Tone.NEUTRAL


class FactRows(QWidget):
    """Shows lines below one another, and a sentence where there is none."""

    def __init__(self, name: str, nothing: str, parent: QWidget | None = None) -> None:
        """Make an empty list that a screen reader calls ``name``."""
        super().__init__(parent)
        self._name, self.nothing = name, nothing
        self.facts: Sequence[Fact] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other lines."""
        self.facts = facts
        words = (", ".join(filter(None, (row.title, row.detail, row.amount, row.note))) for row in facts)
        self.setAccessibleName(f"{self._name}: {'; '.join(words) or self.nothing}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all lines, or for the sentence."""
        return QSize(280, max(1, len(self.facts)) * theme.current().px(_ROW))

    def minimumSizeHint(self) -> QSize:
        """As high as the hint."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines, a hair between them."""
        painter, look = QPainter(self), theme.current()
        height = look.px(_ROW)
        if not self.facts:
            write(painter, QRect(0, 0, self.width(), height), self.nothing, look.font(16), look.colour.muted)
        for number, fact in enumerate(self.facts):
            rect = QRect(0, number * height, self.width(), height)
            if number:
                painter.fillRect(QRect(0, rect.top(), rect.width(), 1), look.colour.line)
            _paint(painter, look, fact, rect)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()


def _paint(painter: QPainter, look: Theme, fact: Fact, rect: QRect) -> None:
    colour, line, side = look.colour, look.px(_LINE), look.px(20)
    ink = look.tone(fact.tone)[0]
    top = rect.y() + (rect.height() - 2 * line) // 2
    icons.draw(painter, fact.icon, QRect(rect.x(), rect.center().y() - side // 2, side, side), ink)
    left = rect.x() + side + 12
    has_note, big, small = bool(fact.note), look.font(16, 600), look.font(14, 400)
    end = max(text_width(big, fact.amount), text_width(small, fact.note)) + 1
    right = QRect(rect.right() - end, top if has_note else rect.y(), end, line if has_note else rect.height())
    write(painter, right, fact.amount, big, colour.text, RIGHT)
    if has_note:
        write(painter, right.translated(0, line), fact.note, small, colour.muted, RIGHT)
    room = QRect(left, top, right.left() - left - 12, line)
    if not fact.detail:
        write(painter, QRect(left, rect.y(), room.width(), rect.height()), fact.title, look.font(16, 500), colour.text)
        return
    write(painter, room, fact.title, look.font(16, 500), colour.text)
    write(painter, room.translated(0, line), fact.detail, small, ink)
