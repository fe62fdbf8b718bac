"""A row of pills of which one is chosen: categories, date presets, filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QPainter, QShortcut, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from omsdesk.ui import icons, theme
from omsdesk.ui.theme import blend
from omsdesk.ui.widgets.painted_view import PaintedView
from omsdesk.ui.widgets.painting import CENTRE, box, focus_frame, text_width, write

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtWidgets import QWidget

    from omsdesk.ui.theme import Theme

HEIGHT = 48
GAP = 8

_PADDING = 17
_END = 48
_INSET = 2


class PillBar(PaintedView):
    """Emits ``chosen(key)``. Alt+1 to Alt+9 choose from anywhere in the window; too many pills scroll sideways."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None, *, has_keys: bool = True) -> None:
        """Make an empty bar that a screen reader calls ``name``; only one bar on a screen can have the keys."""
        self._pills: Sequence[tuple[Hashable, str]] = ()
        self._rects: list[QRect] = []
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shortcuts = [QShortcut(QKeySequence(f"Alt+{number}"), self) for number in range(1, 10 if has_keys else 1)]
        for row, shortcut in enumerate(self._shortcuts):
            shortcut.activated.connect(lambda row=row: self.choose(row))

    def set_pills(self, pills: Sequence[tuple[Hashable, str]]) -> None:
        """Show pills given as key and label; the first is chosen, silently."""
        self.rows.beginResetModel()
        self._pills = pills
        self._rects = []
        self.rows.endResetModel()
        self.hover_row = self.pressed_row = -1
        self.updateGeometries()
        self.horizontalScrollBar().setValue(0)
        self.move_to(0)
        self.viewport().update()

    def chosen_key(self) -> Hashable | None:
        """Key of the chosen pill, ``None`` without pills."""
        row = self.currentIndex().row()
        return self._pills[row][0] if row >= 0 else None

    def choose(self, row: int, point: QPoint | None = None) -> None:
        """Choose a pill and say so; a row that does not exist changes nothing."""
        if 0 <= row < self.count():
            self.move_to(row)
            self.chosen.emit(self._pills[row][0])

    def move_to(self, row: int) -> None:
        """Mark a pill without saying so."""
        super().move_to(row)
        hidden = self.shown_rect(row).right() - self._ends()[0].left() if self._ends() and row < self.count() else 0
        self.horizontalScrollBar().setValue(self.horizontalOffset() + max(0, hidden))
        self.viewport().update()

    def count(self) -> int:
        """Count the pills."""
        return len(self._pills)

    def name_of(self, row: int) -> str:
        """Label of a pill."""
        return self._pills[row][1]

    def cell_rect(self, row: int) -> QRect:
        """Place of a pill."""
        return self._places()[row]

    def cell_at(self, point: QPoint) -> int:
        """Find the pill at a point."""
        return next((row for row, rect in enumerate(self._places()) if rect.contains(point)), -1)

    def content_size(self) -> QSize:
        """Size of all pills, and of the arrows if there are any; never higher than the view."""
        width = self._places()[-1].right() + 1 if self._pills else 0
        return QSize(width + (2 * _END if width > self.viewport().width() else 0), 0)

    def visible_rows(self, area: QRect) -> range:
        """Pills that touch an area."""
        shown = area.translated(self.offset())
        rows = [row for row, rect in enumerate(self._places()) if rect.intersects(shown)]
        return range(rows[0], rows[-1] + 1) if rows else range(0)

    def sizeHint(self) -> QSize:
        """As wide as all pills, as high as a finger."""
        return QSize(self.content_size().width(), theme.current().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Room for one pill and the arrows."""
        return QSize(160, theme.current().px(HEIGHT))

    def updateGeometries(self) -> None:
        """Measure the pills again: the text size may have changed."""
        self._rects = []
        super().updateGeometries()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll sideways with an ordinary wheel."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turn)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Page at the arrows, press a pill elsewhere."""
        place, bar = event.position().toPoint(), self.horizontalScrollBar()
        for end, way in zip(self._ends(), (-1, 1), strict=False):
            if end.contains(place):
                bar.setValue(bar.value() + way * (self.viewport().width() - 3 * _END))
                return
        super().mousePressEvent(event)

    def _places(self) -> list[QRect]:
        if len(self._rects) != len(self._pills):
            look, left = theme.current(), 0
            self._rects = []
            for _key, label in self._pills:
                width = max(look.px(48), text_width(look.font(16, 600), label) + 2 * _PADDING)
                self._rects.append(QRect(left, 0, width, look.px(HEIGHT)))
                left += width + GAP
        return self._rects

    def _ends(self) -> tuple[QRect, ...]:
        """Places of the two arrows, side by side at the right, so that tapping one again never meets a pill."""
        if self.horizontalScrollBar().maximum() == 0:
            return ()
        width, height = self.viewport().width(), self.viewport().height()
        return QRect(width - 2 * _END, 0, _END, height), QRect(width - _END, 0, _END, height)

    def paint_cell(self, painter: QPainter, look: Theme, row: int, rect: QRect) -> None:
        """Paint a pill; the chosen one is dark."""
        colour, is_chosen = look.colour, row == self.currentIndex().row()
        ground, ink = (colour.text, colour.surface) if is_chosen else (colour.surface, colour.text)
        if row == self.pressed_row:
            ground = look.press(ground)
        elif row == self.hover_row and not is_chosen:
            ground = look.hover(ground)
        pill = rect.adjusted(0, _INSET, 0, -_INSET)
        box(painter, pill, ground, None if is_chosen else colour.line, pill.height() // 2)
        if is_chosen and self.hasFocus():
            focus_frame(painter, pill.adjusted(3, 3, -3, -3), colour.accent_soft, pill.height() // 2 - 3)
        write(painter, pill, self._pills[row][1], look.font(16, 600 if is_chosen else 500), ink, CENTRE)

    def paint_over(self, painter: QPainter, look: Theme) -> None:
        """Paint the arrows over what is hidden; the one that leads nowhere is faint."""
        bar = self.horizontalScrollBar()
        leads = (bar.value() > 0, bar.value() < bar.maximum())
        for end, icon, does_lead in zip(self._ends(), ("chevron-left", "chevron-right"), leads, strict=False):
            painter.fillRect(end, look.colour.bg)
            side = look.px(22)
            place = QRect(0, 0, side, side)
            place.moveCenter(end.center())
            ink = look.colour.text if does_lead else blend(look.colour.bg, look.colour.muted, 0.4)
            icons.draw(painter, icon, place, ink)
