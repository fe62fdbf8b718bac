"""What a search found: rows with the matching letters marked, walked by ↑↓ and taken by Enter."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter

from omsdesk.domain.records import record
from omsdesk.ui import icons, theme
from omsdesk.ui.widgets.painted_view import PaintedRows
from omsdesk.ui.widgets.painting import CARD_RADIUS, RIGHT, box, text_width, write

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtGui import QColor, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from omsdesk.ui.theme import Theme

ROW = 60

_PADDING = 14


@record
class Result:
    """One thing that was found."""

    key: Hashable
    icon: str
    title: str
    detail: str = ""
    amount: str = ""


class ResultList(PaintedRows):
    """Emits ``chosen(key)``. The first row is current from the start, unless there is a choice to be made."""

    row_height = ROW
    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make an empty list that a screen reader calls ``name``."""
        self._results: Sequence[Result] = ()
        self._words: tuple[str, ...] = ()
        super().__init__(parent)
        self.setAccessibleName(name)

    def show_results(self, results: Sequence[Result], typed: str = "", *, is_clear: bool = True) -> None:
        """Show what was found for the typed words, best first; where it is not clear, no row is marked yet."""
        self.rows.beginResetModel()
        self._results = results
        self._words = tuple(word.casefold() for word in typed.split())
        self.rows.endResetModel()
        self.hover_row = self.pressed_row = -1
        self.updateGeometries()
        self.verticalScrollBar().setValue(0)
        self.move_to(0 if is_clear else -1)
        self.viewport().update()

    def step(self, count: int) -> None:
        """Walk down, or up if negative, and stop at the ends."""
        self.move_to(max(0, min(self.count() - 1, self.currentIndex().row() + count)))

    def choose_current(self) -> bool:
        """Take the current row; say whether there was one."""
        row = self.currentIndex().row()
        if row >= 0:
            self.choose(row)
        return row >= 0

    def choose(self, row: int, point: QPoint | None = None) -> None:
        """Emit the key of a row."""
        self.chosen.emit(self._results[row].key)

    def count(self) -> int:
        """Count the rows."""
        return len(self._results)

    def key_at(self, row: int) -> Hashable:
        """Tell what a row is about."""
        return self._results[row].key

    def name_of(self, row: int) -> str:
        """Title, detail and amount."""
        result = self._results[row]
        return ", ".join(part for part in (result.title, result.detail, result.amount) if part)

    def minimumSizeHint(self) -> QSize:
        """Room for two rows."""
        return QSize(240, 2 * theme.current().px(ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay a card below the rows."""
        painter, look = QPainter(self.viewport()), theme.current()
        height = min(self.viewport().height(), self.content_size().height())
        if height:
            box(
                painter,
                QRect(0, 0, self.viewport().width(), height),
                look.colour.surface,
                look.colour.line,
                CARD_RADIUS,
            )
        painter.end()
        super().paintEvent(event)

    def paint_cell(self, painter: QPainter, look: Theme, row: int, rect: QRect) -> None:
        """Paint icon, words and amount."""
        result, colour = self._results[row], look.colour
        inner = rect.adjusted(4, 2, -4, -2)
        if row == self.currentIndex().row():
            box(painter, inner, colour.accent_soft, colour.accent if look.name == "contrast" else None, 8)
        elif row in {self.hover_row, self.pressed_row}:
            box(painter, inner, look.hover(colour.surface), None, 8)
        side, half = look.px(22), look.px(22)
        icon = QRect(rect.x() + _PADDING, rect.center().y() - side // 2, side, side)
        icons.draw(painter, result.icon, icon, colour.muted)
        left, right = icon.right() + _PADDING, rect.right() - _PADDING
        font = look.font(17, 600)
        amount = text_width(font, result.amount)
        place = QRect(right - amount, rect.y(), amount + 1, rect.height())
        write(painter, place, result.amount, font, colour.text, RIGHT)
        room = right - amount - 12 - left
        if not result.detail:
            self._paint_marked(painter, look, result.title, QRect(left, rect.y(), room, rect.height()), 16)
            return
        top = rect.y() + (rect.height() - 2 * half) // 2
        self._paint_marked(painter, look, result.title, QRect(left, top, room, half), 16)
        self._paint_marked(painter, look, result.detail, QRect(left, top + half, room, half), 14)

    def _paint_marked(self, painter: QPainter, look: Theme, text: str, rect: QRect, size: int) -> None:
        plain: QColor = look.colour.text if size == 16 else look.colour.muted
        for part, is_match in marked(text, self._words):
            font = look.font(size, 700 if is_match else 500 if size == 16 else 400)
            write(painter, rect, part, font, look.colour.accent if is_match else plain)
            rect = rect.adjusted(text_width(font, part), 0, 0, 0)
            if rect.width() <= 0:
                return


@lru_cache(maxsize=2048)
def marked(text: str, words: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Cut a text into parts that match what was typed and parts that do not; a match begins where a word begins."""
    folded = text.casefold()
    if len(folded) != len(text):
        return ((text, False),)
    is_marked = [False] * len(text)
    for word in words:
        at = folded.find(word)
        while at >= 0:
            if at == 0 or not folded[at - 1].isalnum():
                is_marked[at : at + len(word)] = [True] * len(word)
            at = folded.find(word, at + 1)
    parts: list[tuple[str, bool]] = []
    for letter, is_match in zip(text, is_marked, strict=True):
        if parts and parts[-1][1] is is_match:
            parts[-1] = (parts[-1][0] + letter, is_match)
        else:
            parts.append((letter, is_match))
    return tuple(parts)
