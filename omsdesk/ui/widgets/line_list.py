"""The list of a cart: what was rung up, with the chosen line's buttons below it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Signal

from omsdesk.domain.records import record
from omsdesk.ui import icons, theme
from omsdesk.ui.theme import Theme, Tone
from omsdesk.ui.widgets.action_bar import Action, ActionBar
from omsdesk.ui.widgets.painted_view import Index, PaintedView
from omsdesk.ui.widgets.painting import CENTRE, RIGHT, box, text_width, write

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from PySide6.QtGui import QColor, QPainter
    from PySide6.QtWidgets import QWidget

ROW = 64
MARK = 22
"""Pixels that each mark makes a line taller."""
BUTTONS = 58
"""Pixels that the chosen line is taller."""

FEWER, MORE = "fewer", "more"
"""The actions of minus and plus, which every list has."""

_STEPS = (Action(FEWER, "One fewer", "minus", is_icon_only=True), Action(MORE, "One more", "plus", is_icon_only=True))
_QUANTITY = 36
_LEFT = 12


@record
class Mark:
    """What stands below a line by itself: something that is taken off it, and how much."""

    text: str
    amount: str = ""
    tone: Tone = Tone.OK


@record
class Line:
    """One row. ``note`` stands below the amount in its tone: a promotion, a price that was overridden, a return."""

    key: Hashable
    quantity: str
    title: str
    detail: str = ""
    amount: str = ""
    note: str = ""
    note_tone: Tone = Tone.OK
    is_dimmed: bool = False
    icon: str = ""
    """Stands before the note, in its tone."""
    marks: tuple[Mark, ...] = ()


class LineList(PaintedView):
    """Emits ``line_selected(key or None)``, ``action_chosen(key, action)`` and ``quantity_pressed(key)``.

    Appending, replacing and removing a line paint what changed and nothing else.
    """

    line_selected = Signal(object)
    action_chosen = Signal(object, str)
    quantity_pressed = Signal(object)

    def __init__(self, name: str, actions: Iterable[Action] = (), parent: QWidget | None = None) -> None:
        """Make an empty list that a screen reader calls ``name``."""
        self._lines: list[Line] = []
        self._marks = [0]
        """How many marks stand above each line, and above the end."""
        super().__init__(parent)
        self.setAccessibleName(name)
        steps = (
            Action(FEWER, "One fewer", "minus", is_icon_only=True),
            Action(MORE, "One more", "plus", is_icon_only=True),
        )
        self._buttons = ActionBar((*steps, *actions), is_filled=False, height=48, parent=self.viewport())
        self._buttons.hide()
        self._buttons.chosen.connect(self._act)

    # Content.

    def set_lines(self, lines: Iterable[Line]) -> None:
        """Show another cart with no line chosen, scrolled to its end."""
        self.rows.beginResetModel()
        self._lines = list(lines)
        self.rows.endResetModel()
        self._arrange(0)
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def append(self, line: Line) -> None:
        """Add a line at the end, choose it and bring it into view."""
        row = len(self._lines)
        self.rows.beginInsertRows(QModelIndex(), row, row)
        self._lines.append(line)
        self.rows.endInsertRows()
        self._arrange(row)
        self.move_to(row)

    def replace(self, line: Line) -> None:
        """Show another state of the line with the same key.

        Raises:
            KeyError: no line has that key.

        """
        row = self.row_of(line.key)
        if self._lines[row] != line:
            is_as_high = len(self._lines[row].marks) == len(line.marks)
            self._lines[row] = line
            self.rows.dataChanged.emit(self.rows.index(row), self.rows.index(row))
            if not is_as_high:
                self._arrange(row)

    def remove(self, key: Hashable) -> None:
        """Take a line out; if it was the chosen one, none is.

        Raises:
            KeyError: no line has that key.

        """
        row = self.row_of(key)
        if row == self.current_row():
            self.select(None)
        self.rows.beginRemoveRows(QModelIndex(), row, row)
        del self._lines[row]
        self.rows.endRemoveRows()
        self._arrange(row)

    def row_of(self, key: Hashable) -> int:
        """Find a line; the newest are looked at first.

        Raises:
            KeyError: no line has that key.

        """
        for row in range(len(self._lines) - 1, -1, -1):
            if self._lines[row].key == key:
                return row
        raise KeyError(key)

    def lines(self) -> tuple[Line, ...]:
        """Everything that is shown."""
        return tuple(self._lines)

    # Choice.

    def current_row(self) -> int:
        """Row of the chosen line, -1 for none."""
        return self.currentIndex().row()

    def selected_key(self) -> Hashable | None:
        """Key of the chosen line, ``None`` for none."""
        row = self.current_row()
        return self._lines[row].key if row >= 0 else None

    def select(self, key: Hashable | None) -> None:
        """Choose a line, or none."""
        if key is None:
            self.setCurrentIndex(QModelIndex())
        else:
            self.move_to(self.row_of(key))

    def step(self, count: int) -> None:
        """Choose the line ``count`` below (above if negative); from none, the last one."""
        row = self.current_row()
        self.move_to(max(0, min(self.count() - 1, row + count)) if row >= 0 else self.count() - 1)

    def set_action_enabled(self, name: str, is_enabled: bool) -> None:
        """Allow or forbid an action on the chosen line."""
        self._buttons.buttons[name].setEnabled(is_enabled)

    def choose(self, row: int, point: QPoint | None = None) -> None:
        """Choose a line; a tap on the quantity of the chosen one asks to type another."""
        box_size = theme.current().px(_QUANTITY)
        if row == self.current_row() and point is not None and point.x() < _LEFT + box_size + 4:
            self.quantity_pressed.emit(self._lines[row].key)
        self.move_to(row)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Open the chosen line and close the one before."""
        super().currentChanged(current, previous)
        rows = [index.row() for index in (current, previous) if index.isValid()]
        self._arrange(min(rows, default=0))
        self.line_selected.emit(self.selected_key())

    def _act(self, action: str) -> None:
        key = self.selected_key()
        if key is not None:
            self.action_chosen.emit(key, action)

    def _arrange(self, first: int) -> None:
        """Paint everything from a row downwards and put the buttons below the chosen line."""
        self.hover_row = self.pressed_row = -1
        self._marks = [0, *accumulate(len(line.marks) for line in self._lines)]
        self.updateGeometries()
        top = self.shown_rect(first).top() - 1 if first < self.count() else self.cell_top(first) - self.verticalOffset()
        self.viewport().update(0, max(0, top), self.viewport().width(), self.viewport().height())

    # Arithmetic: every row is equally high but the chosen one, and those with marks.

    def count(self) -> int:
        """Count the lines."""
        return len(self._lines)

    def name_of(self, row: int) -> str:
        """Quantity, title, amount, note and marks."""
        line = self._lines[row]
        marks = (f"{mark.text} {mark.amount}".strip() for mark in line.marks)
        parts = (line.quantity, line.title, line.detail, line.amount, line.note, *marks)
        return ", ".join(part for part in parts if part)

    def cell_top(self, row: int) -> int:
        """Top of a row, which need not exist."""
        look, chosen = theme.current(), self.current_row()
        marks = self._marks[min(row, len(self._marks) - 1)] * look.px(MARK)
        return row * look.px(ROW) + marks + (look.px(BUTTONS) if 0 <= chosen < row else 0)

    def cell_rect(self, row: int) -> QRect:
        """Place of a line, with its buttons if it is the chosen one."""
        top = self.cell_top(row)
        return QRect(0, top, self.viewport().width(), self._words_height(row) + self._buttons_height(row))

    def _words_height(self, row: int) -> int:
        look = theme.current()
        return look.px(ROW) + len(self._lines[row].marks) * look.px(MARK)

    def _buttons_height(self, row: int) -> int:
        return theme.current().px(BUTTONS) if row == self.current_row() else 0

    def cell_at(self, point: QPoint) -> int:
        """Find the line at a point."""
        row = bisect_right(range(self.count()), point.y(), key=self.cell_top) - 1
        return row if point.y() < self.cell_top(self.count()) else -1

    def content_size(self) -> QSize:
        """Size of all lines; never wider than the view."""
        return QSize(0, self.cell_top(self.count()))

    def minimumSizeHint(self) -> QSize:
        """Room for the chosen line."""
        look = theme.current()
        return QSize(280, look.px(ROW) + look.px(BUTTONS))

    def updateGeometries(self) -> None:
        """Keep the scroll range and the buttons' place."""
        super().updateGeometries()
        self._place_buttons()

    def scrollContentsBy(self, across: int, down: int) -> None:
        """Take the buttons along."""
        super().scrollContentsBy(across, down)
        self._place_buttons()

    def _place_buttons(self) -> None:
        if not hasattr(self, "_buttons"):
            return  # Qt asks before the list is complete
        row, buttons = self.current_row(), self._buttons
        if row < 0:
            buttons.hide()
            return
        look, rect = theme.current(), self.shown_rect(row)
        # Below the words if everything fits there, else from the edge.
        left = _LEFT + look.px(_QUANTITY) + 12
        if not buttons.fits(rect.width() - left - _LEFT, has_label=True):
            left = _LEFT
        top = rect.top() + self._words_height(row) - 2
        buttons.setGeometry(left, top, rect.width() - left - _LEFT, look.px(48))
        buttons.show()

    # Paint.

    def paint_cell(self, painter: QPainter, look: Theme, row: int, rect: QRect) -> None:
        """Paint one line."""
        line, colour, is_chosen = self._lines[row], look.colour, row == self.current_row()
        ground = None
        if is_chosen:
            ground = colour.accent_soft
            edge = colour.accent if look.name == "contrast" or self.hasFocus() else None
            box(painter, rect.adjusted(0, 1, 0, -1), ground, edge, 8, 2 if self.hasFocus() else 1)
        elif row in {self.hover_row, self.pressed_row}:
            shade = look.press if row == self.pressed_row else look.hover
            box(painter, rect.adjusted(0, 1, 0, -1), shade(colour.surface), None, 8)
        elif row + 1 != self.current_row():
            painter.fillRect(QRect(_LEFT, rect.bottom(), rect.width() - 2 * _LEFT, 1), colour.line)
        ink = look.faint(ground or colour.surface) if line.is_dimmed else colour.text
        self._paint_words(painter, look, line, QRect(rect.x(), rect.y(), rect.width(), look.px(ROW)), ink, is_chosen)

    def _paint_words(
        self, painter: QPainter, look: Theme, line: Line, rect: QRect, ink: QColor, is_chosen: bool
    ) -> None:
        colour, side, half = look.colour, look.px(_QUANTITY), look.px(22)
        square = QRect(_LEFT, rect.y() + (rect.height() - side) // 2, side, side)
        wide = text_width(look.font(16, 600), line.quantity) + 10
        square.setWidth(max(side, min(wide, side * 2)))
        box(painter, square, colour.surface if is_chosen else colour.sunken, None, 8)
        write(painter, square, line.quantity, look.font(16, 600), ink, CENTRE)

        top = rect.y() + (rect.height() - 2 * half) // 2
        left, right = square.right() + 13, rect.right() - _LEFT
        amount = text_width(look.font(17, 600), line.amount)
        write(painter, QRect(right - amount, top, amount + 1, half), line.amount, look.font(17, 600), ink, RIGHT)
        write(painter, QRect(left, top, right - amount - 12 - left, half), line.title, look.font(16, 600), ink)

        note = min(text_width(look.font(14, 600), line.note), (right - left) * 2 // 3) if line.note else 0
        tone = look.tone(line.note_tone)[0]
        write(painter, QRect(right - note, top + half, note + 1, half), line.note, look.font(14, 600), tone, RIGHT)
        if line.icon:
            size = look.px(16)
            icons.draw(
                painter, line.icon, QRect(right - note - size - 4, top + half + (half - size) // 2, size, size), tone
            )
            note += size + 4
        room = QRect(left, top + half, right - note - (12 if note else 0) - left, half)
        write(painter, room, line.detail, look.font(14), colour.muted)
        for number, mark in enumerate(line.marks):
            self._paint_mark(painter, look, mark, QRect(left, rect.bottom() - 6 + number * half, right - left, half))

    def _paint_mark(self, painter: QPainter, look: Theme, mark: Mark, rect: QRect) -> None:
        ink, font = look.tone(mark.tone)[0], look.font(14, 600)
        amount = text_width(font, mark.amount)
        write(painter, QRect(rect.right() - amount, rect.y(), amount + 1, rect.height()), mark.amount, font, ink, RIGHT)
        write(painter, rect.adjusted(0, 0, -amount - (12 if amount else 0), 0), mark.text, font, ink)
