"""A list that paints its own cells and does its own arithmetic: only what is visible costs anything.

It is a ``QListView``, so that screen readers find its cells, but none of Qt's per-item layout runs.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from omsdesk.ui import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from omsdesk.ui.theme import Theme
from omsdesk.ui.widgets.painting import box

DRAG = 10
"""Pixels a finger may wander before a tap becomes a drag."""

_STEPS = {Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0)}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_CHOOSE = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}

Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel):
    """Tells Qt and screen readers how many rows there are and what each is called."""

    def __init__(self, count: Callable[[], int], name: Callable[[int], str], parent: QWidget) -> None:
        """Ask the view's own data: nothing is copied."""
        super().__init__(parent)
        self._count = count
        self._name = name

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows; a row has no children."""
        return 0 if parent is not None and parent.isValid() else self._count()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Name a row."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} and index.isValid():
            return self._name(index.row())
        return None


class PaintedView(QListView):
    """Scrolls by wheel, drag and keys, shows press, hover and focus; a subclass places and paints the cells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty view."""
        super().__init__(parent)
        # One that was made here is known by name; to find out what Qt's own is costs 4 ms at first and is never kept.
        self.setViewport(QWidget())
        self.pressed_row = -1
        self.hover_row = -1
        self._grip: tuple[QPoint, QPoint] | None = None
        self._is_dragging = False
        self.rows = RowModel(self.count, self.name_of, self)
        self.setModel(self.rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A click must leave the focus where scans are typed.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)

    # What a subclass knows.

    @abstractmethod
    def count(self) -> int:
        """Count the cells."""

    @abstractmethod
    def name_of(self, row: int) -> str:
        """Say what a screen reader reads for a cell."""

    @abstractmethod
    def cell_rect(self, row: int) -> QRect:
        """Place of a cell, scrolled to the top."""

    @abstractmethod
    def cell_at(self, point: QPoint) -> int:
        """Find the row at a point, scrolled to the top; -1 between the cells."""

    @abstractmethod
    def content_size(self) -> QSize:
        """Size of everything, visible or not."""

    def neighbour(self, row: int, across: int, down: int) -> int:
        """Find the row that an arrow key leads to."""
        return row + across + down

    @abstractmethod
    def paint_cell(self, painter: QPainter, look: Theme, row: int, rect: QRect) -> None:
        """Paint a cell."""

    def paint_over(self, painter: QPainter, look: Theme) -> None:
        """Paint over the cells; by default a grip that shows how far the list is scrolled."""
        bar, view = self.verticalScrollBar(), self.viewport().rect()
        if bar.maximum() <= 0:
            return
        length = max(24, view.height() ** 2 // (bar.maximum() + view.height()))
        top = (view.height() - length) * bar.value() // bar.maximum()
        box(painter, QRect(view.right() - 3, top, 4, length), look.colour.edge, None, 2)

    @abstractmethod
    def choose(self, row: int, point: QPoint | None = None) -> None:
        """Act on a cell; ``point`` is where it was tapped, inside the cell."""

    # What this class does with it.

    def offset(self) -> QPoint:
        """Pixels scrolled away."""
        return QPoint(self.horizontalOffset(), self.verticalOffset())

    def row_at(self, point: QPoint) -> int:
        """Find the row at a point of the viewport; -1 between the cells and outside."""
        return self.cell_at(point + self.offset()) if self.viewport().rect().contains(point) else -1

    def shown_rect(self, row: int) -> QRect:
        """Place of a cell in the viewport."""
        return self.cell_rect(row).translated(-self.offset())

    def update_row(self, row: int) -> None:
        """Paint one cell again."""
        if 0 <= row < self.count():
            self.viewport().update(self.shown_rect(row))

    def visible_rows(self, area: QRect) -> range:
        """Rows that touch an area of the viewport."""
        shown = area.translated(self.offset())
        first = self._row_from(shown.top())
        last = first
        while last < self.count() and self.cell_rect(last).top() <= shown.bottom():
            last += 1
        return range(first, last)

    def _row_from(self, top: int) -> int:
        """First row that reaches below ``top``: a search by halves, for cells are in order from top to bottom."""
        low, high = 0, self.count()
        while low < high:
            middle = (low + high) // 2
            if self.cell_rect(middle).bottom() < top:
                low = middle + 1
            else:
                high = middle
        return low

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells that need it."""
        painter, look = QPainter(self.viewport()), theme.current()
        for row in self.visible_rows(event.rect()):
            rect = self.shown_rect(row)
            if event.region().intersects(rect):
                self.paint_cell(painter, look, row, rect)
        self.paint_over(painter, look)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show at once that the finger was felt."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        place = event.position().toPoint()
        self._grip, self._is_dragging = (place, self.offset()), False
        self.pressed_row = self.row_at(place)
        self.update_row(self.pressed_row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scroll with the finger, or follow the pointer."""
        place = event.position().toPoint()
        if self._grip is None:
            self._hover(self.row_at(place))
            return
        began, offset = self._grip
        if not self._is_dragging and (place - began).manhattanLength() > DRAG and self._can_scroll():
            self._is_dragging = True
            self.update_row(self.pressed_row)
            self.pressed_row = -1
        if self._is_dragging:
            self.horizontalScrollBar().setValue(offset.x() + began.x() - place.x())
            self.verticalScrollBar().setValue(offset.y() + began.y() - place.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the cell, unless the finger left it."""
        place, row = event.position().toPoint(), self.pressed_row
        self._grip, self.pressed_row = None, -1
        self.update_row(row)
        if row >= 0 and self.row_at(place) == row:
            self.choose(row, place - self.shown_rect(row).topLeft())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick taps are two taps."""
        self.mousePressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Forget the pointer when it leaves."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return bool(super().viewportEvent(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, pages, Home and End; choose by Enter or Space; leave every other key to the screen."""
        key, row = Qt.Key(event.key()), self.currentIndex().row()
        if key in _CHOOSE and row >= 0:
            self.choose(row)
        elif key in _STEPS:
            self.move_to(self.neighbour(row, *_STEPS[key]) if row >= 0 else 0)
        elif key in _PAGES and row >= 0:
            page = max(1, len(self.visible_rows(self.viewport().rect())) - 1)
            self.move_to(max(0, min(self.count() - 1, row + page * _PAGES[key])))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.move_to(0 if key == Qt.Key.Key_Home else self.count() - 1)
        else:
            event.ignore()

    def move_to(self, row: int) -> None:
        """Make a cell the current one and bring it into view; a row that does not exist changes nothing."""
        if 0 <= row < self.count():
            self.setCurrentIndex(self.rows.index(row))
            self.scrollTo(self.currentIndex())

    def _hover(self, row: int) -> None:
        if row != self.hover_row:
            self.update_row(self.hover_row)
            self.hover_row = row
            self.update_row(row)

    def _can_scroll(self) -> bool:
        return self.horizontalScrollBar().maximum() > 0 or self.verticalScrollBar().maximum() > 0

    # Qt asks these instead of its own layout.

    def visualRect(self, index: Index) -> QRect:
        """Place of an index in the viewport."""
        return self.shown_rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Index at a point of the viewport."""
        return self.rows.index(self.row_at(point))

    def scrollTo(
        self, index: Index, _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Scroll as little as needed to show a cell."""
        if not index.isValid():
            return
        rect, view = self.shown_rect(index.row()), self.viewport().rect()
        for bar, low, high, end in (
            (self.verticalScrollBar(), rect.top(), rect.bottom(), view.bottom()),
            (self.horizontalScrollBar(), rect.left(), rect.right(), view.right()),
        ):
            if low < 0:
                bar.setValue(bar.value() + low)
            elif high > end:
                bar.setValue(bar.value() + min(high - end, low))

    def horizontalOffset(self) -> int:
        """Pixels scrolled away on the left."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        """Pixels scrolled away at the top."""
        return self.verticalScrollBar().value()

    def updateGeometries(self) -> None:
        """Tell the scroll bars how far they can go."""
        size, view = self.content_size(), self.viewport().size()
        for bar, whole, part in (
            (self.verticalScrollBar(), size.height(), view.height()),
            (self.horizontalScrollBar(), size.width(), view.width()),
        ):
            bar.setRange(0, max(0, whole - part))
            bar.setPageStep(part)
            bar.setSingleStep(24)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint the changed cells: Qt would wait for a layout that never comes."""
        super().dataChanged(first, last, roles)
        for row in range(first.row(), last.row() + 1):
            self.update_row(row)

    def doItemsLayout(self) -> None:
        """Lay out nothing: cells are where the arithmetic says."""
        self.updateGeometries()

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        """Paint anew: the grip does not move with the cells."""
        self.viewport().update()

    def visualRegionForSelection(self, _selection: object) -> QRegion:
        """Nothing is selected: there is a current cell at most."""
        return QRegion()

    def setSelection(self, _rect: QRect, _command: object) -> None:
        """Select nothing."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.updateGeometries()
            self.viewport().update()


class PaintedRows(PaintedView):
    """One below the other, each as high as the next; a subclass says how high and paints them."""

    row_height: int
    """Pixels at 100 %."""

    def cell_rect(self, row: int) -> QRect:
        """Place of a row."""
        height = theme.current().px(self.row_height)
        return QRect(0, row * height, self.viewport().width(), height)

    def cell_at(self, point: QPoint) -> int:
        """Find the row at a point."""
        row = point.y() // theme.current().px(self.row_height)
        return row if 0 <= row < self.count() else -1

    def content_size(self) -> QSize:
        """Size of all rows; never wider than the view."""
        return QSize(0, self.count() * theme.current().px(self.row_height))
