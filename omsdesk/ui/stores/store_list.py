"""A row per store: its name and how it stands, what it took, and what somebody should look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Signal

from omsdesk.ui import icons, theme
from omsdesk.ui.stores.words import StoreRow
from omsdesk.ui.widgets.painted_view import PaintedView
from omsdesk.ui.widgets.painting import CARD_RADIUS, RIGHT, box, chip, chip_width, focus_frame, text_width, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from omsdesk.ui.theme import Theme

ROW, GAP = 98, 10
_PADDING = 18
_GUTTER = 10
_COLUMN = 112
_SALES = 276
_NAME = 250


class StoreList(PaintedView):
    """Emits ``chosen(key)`` of the store that is to be opened."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        self._stores: Sequence[StoreRow] = ()
        super().__init__(parent)
        self.setAccessibleName("Stores")

    def show_stores(self, stores: Sequence[StoreRow]) -> None:
        """Show other rows; who stands at a store stays there."""
        if stores == self._stores:
            return
        row = self.currentIndex().row()
        before = self._stores[row].key if 0 <= row < len(self._stores) else ""
        top = self.verticalScrollBar().value()
        self.rows.beginResetModel()
        self._stores = stores
        self.rows.endResetModel()
        self.hover_row = self.pressed_row = -1
        self.updateGeometries()
        self.verticalScrollBar().setValue(top)
        at = next((number for number, store in enumerate(stores) if store.key == before), 0)
        if stores:
            self.setCurrentIndex(self.rows.index(at))
        self.viewport().update()

    def count(self) -> int:
        """Count the stores."""
        return len(self._stores)

    def name_of(self, row: int) -> str:
        """Name, sales, how they compare, and what is to be looked at."""
        store = self._stores[row]
        figures = (f"{column.value} {column.label.lower()}" for column in store.columns)
        chips = (text for text, _ in store.chips)
        return ", ".join(filter(None, (store.name, *store.sales, store.delta.text, store.state, *figures, *chips)))

    def cell_rect(self, row: int) -> QRect:
        """Place of a row."""
        height, view = theme.current().px(ROW), self.viewport()
        # The grip that shows how far one has scrolled stands beside the rows, not on them.
        gutter = _GUTTER if self.content_size().height() > view.height() else 0
        return QRect(0, row * (height + GAP), view.width() - gutter, height)

    def cell_at(self, point: QPoint) -> int:
        """Find the row at a point."""
        row = point.y() // (theme.current().px(ROW) + GAP)
        return row if 0 <= row < self.count() and self.cell_rect(row).contains(point) else -1

    def content_size(self) -> QSize:
        """Size of all rows; never wider than the view."""
        return QSize(0, max(0, self.count() * (theme.current().px(ROW) + GAP) - GAP))

    def minimumSizeHint(self) -> QSize:
        """Room for one row."""
        return QSize(320, theme.current().px(ROW))

    def choose(self, row: int, point: QPoint | None = None) -> None:
        """Emit the key of a store."""
        self.move_to(row)
        self.chosen.emit(self._stores[row].key)

    def paint_cell(self, painter: QPainter, look: Theme, row: int, rect: QRect) -> None:
        """Paint a card with name, figures and chips."""
        store, colour = self._stores[row], look.colour
        ground = colour.surface if store.is_heard else colour.bg
        if store.is_heard and row in {self.pressed_row, self.hover_row}:
            ground = look.press(ground) if row == self.pressed_row else look.hover(ground)
        box(painter, rect, ground, colour.line, CARD_RADIUS)
        if row == self.currentIndex().row() and self.hasFocus():
            focus_frame(painter, rect, colour.accent, CARD_RADIUS)
        room = rect.adjusted(_PADDING, look.px(13), -_PADDING, -look.px(11))
        if not store.is_heard:
            self._paint_words(painter, look, store, room)
            return
        side = look.px(22)
        icons.draw(
            painter, "chevron-right", QRect(room.right() - side + 4, rect.center().y() - side // 2, side, side),
            colour.muted,
        )  # fmt: skip
        room.setRight(room.right() - side - 4)
        sales = min(look.px(_SALES), room.width() // 2)
        self._paint_sales(painter, look, store, QRect(room.right() - sales + 1, room.y(), sales, room.height()))
        room.setRight(room.right() - sales - 16)
        fit = max(0, min(len(store.columns), (room.width() - look.px(_NAME)) // look.px(_COLUMN)))
        for number, column in enumerate(reversed(store.columns[:fit])):
            place = QRect(0, room.y(), look.px(_COLUMN), look.px(26))
            place.moveRight(room.right() - number * look.px(_COLUMN))
            write(painter, place, column.value, look.font(18, 600), colour.text, RIGHT)
            below = QRect(place.x(), room.y() + look.px(28), place.width(), look.px(20))
            write(painter, below, column.label, look.font(14, 400), colour.muted, RIGHT)
        room.setRight(room.right() - fit * look.px(_COLUMN))
        self._paint_words(painter, look, store, room)

    def _paint_words(self, painter: QPainter, look: Theme, store: StoreRow, room: QRect) -> None:
        ink = look.colour.text if store.is_heard else look.colour.muted
        write(painter, QRect(room.x(), room.y(), room.width(), look.px(26)), store.name, look.font(18, 600), ink)
        state = QRect(room.x(), room.y() + look.px(28), room.width(), look.px(20))
        write(painter, state, store.state, look.font(14, 400), look.colour.muted)
        left, top, height = room.x(), room.y() + look.px(52), look.px(22)
        for text, tone in store.chips:
            width = chip_width(look, text)
            if left + width > room.right():
                return
            chip(painter, look, QRect(left, top, width, height), text, look.tone(tone))
            left += width + 6

    def _paint_sales(self, painter: QPainter, look: Theme, store: StoreRow, room: QRect) -> None:
        size = 24 if len(store.sales) == 1 else 18
        words = " + ".join(store.sales)
        amount = QRect(room.x(), room.y() - 2, room.width(), look.px(28))
        write(painter, amount, words, look.font(size, 700), look.colour.text, RIGHT)
        ink, font, side = look.tone(store.delta.tone)[0], look.font(14, 500), look.px(18)
        line = QRect(room.x(), room.y() + look.px(28), room.width(), look.px(20))
        write(painter, line, store.delta.text, font, ink, RIGHT)
        if store.delta.icon:
            left = line.right() - text_width(font, store.delta.text) - look.px(24)
            place = QRect(max(left, line.x()), line.center().y() - side // 2 + 1, side, side)
            icons.draw(painter, store.delta.icon, place, ink)
