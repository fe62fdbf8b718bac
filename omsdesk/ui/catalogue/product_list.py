"""The list of products: painted rows, as many as there are, of which only the visible ones are ever read."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from omsdesk.domain.values import Money, Quantity
from omsdesk.store.queries.products import Listed
from omsdesk.store.queries.till import full_name
from omsdesk.ui import icons, theme
from omsdesk.ui.catalogue.pages import Found, Rows
from omsdesk.ui.theme import Theme, Tone, blend
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.painted_view import PaintedRows
from omsdesk.ui.widgets.painting import LEFT, RIGHT, box, chip, chip_width, write

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

ROW = 56
HEAD = 36

_PADDING = 16
_WIDE = 760
_BOX, _TICK = 44, 20
"""Pixels at the left of a row that mark it, and the side of the square there."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ProductList(PaintedRows):
    """Emits ``chosen(product)``, and ``mark_wanted(product)`` or ``range_wanted(first, last)`` where rows are marked.

    A click opens a product; at the left of its row or with Ctrl it marks it, with Shift all up to it. Rows that are on
    their way are grey bars until they come.
    """

    row_height = ROW
    chosen = Signal(str)
    mark_wanted = Signal(str)
    range_wanted = Signal(int, int)

    def __init__(
        self, money: Callable[[Money], str], quantity: Callable[[Quantity], str], marks: Container[str] = ()
    ) -> None:
        """Write amounts and quantities as the shop does; ``marks`` are the products that are marked."""
        self._marks = marks
        self._held = Qt.KeyboardModifier.NoModifier
        """The keys that are held down while a row is clicked."""
        self._anchor = -1
        """The row from which Shift marks."""
        self._rows: Rows = Found([])
        self._hues: dict[str, int] = {}
        self._money, self._quantity = money, quantity
        super().__init__()
        self.setAccessibleName("Products")

    def show_rows(self, rows: Rows, hues: dict[str, int], *, keeps_place: bool = False) -> None:
        """Show other rows, from the top or from where the list stands."""
        top, current = self.verticalScrollBar().value(), self.currentIndex().row()
        self.rows.beginResetModel()
        self._rows, self._hues = rows, hues
        self.rows.endResetModel()
        self.hover_row = self.pressed_row = -1
        self.updateGeometries()
        if not keeps_place:
            self._anchor = -1
        at = current if keeps_place and 0 <= current < self.count() else 0
        self.setCurrentIndex(self.rows.index(at))
        # After the current row, which steps into view: whoever scrolled on is left where they are.
        self.verticalScrollBar().setValue(top if keeps_place else 0)
        self.viewport().update()

    def step(self, count: int) -> None:
        """Walk down, or up if negative, and stop at the ends."""
        self.move_to(max(0, min(self.count() - 1, self.currentIndex().row() + count)))
        self.viewport().update()

    def choose_current(self) -> None:
        """Open the current row."""
        if self.currentIndex().row() >= 0:
            self.choose(self.currentIndex().row())

    def choose(self, row: int, point: QPoint | None = None) -> None:
        """Open a product, or mark it; a row that has not come yet cannot be opened."""
        if self._held & Qt.KeyboardModifier.ShiftModifier:
            self.extend_to(row)
        elif self._held & Qt.KeyboardModifier.ControlModifier or (point is not None and point.x() < _box_width()):
            self.mark(row)
        elif (found := self._rows.row(row)) is not None:
            self.move_to(row)
            self.chosen.emit(found.product)

    def mark(self, row: int) -> None:
        """Mark a row, or take its mark away."""
        found = self._rows.row(row) if 0 <= row < self.count() else None
        if found is not None:
            self.move_to(row)
            self._anchor = row
            self.mark_wanted.emit(found.product)

    def mark_current(self) -> None:
        """Mark the current row, or take its mark away."""
        self.mark(self.currentIndex().row())

    def extend_to(self, row: int) -> None:
        """Mark everything from the row that was marked last to another one."""
        if 0 <= row < self.count():
            if self._anchor < 0:
                self._anchor = max(0, self.currentIndex().row())
            self.move_to(row)
            self.range_wanted.emit(min(self._anchor, row), max(self._anchor, row))

    def extend(self, count: int) -> None:
        """Walk down, or up if negative, and mark what is on the way."""
        self.extend_to(max(0, min(self.count() - 1, self.currentIndex().row() + count)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose or mark the cell."""
        self._held = event.modifiers()
        super().mouseReleaseEvent(event)
        self._held = Qt.KeyboardModifier.NoModifier

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark by Space, and by Shift with an arrow; the rest as in every list."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self.mark_current()
        elif key in _STEPS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.extend(_STEPS[key])
        else:
            super().keyPressEvent(event)

    @property
    def current(self) -> str:
        """The product that is current; empty for none, or one that has not come yet."""
        at = self.currentIndex().row()
        found = self._rows.row(at) if 0 <= at < self.count() else None
        return found.product if found is not None else ""

    def count(self) -> int:
        """Count the rows."""
        return self._rows.count

    def name_of(self, row: int) -> str:
        """Name, SKU and price, and whether it is marked."""
        found = self._rows.row(row)
        if found is None:
            return "Loading"
        price = self._money(found.price) if found.price else "no price"
        mark = "marked" if found.product in self._marks else ""
        return ", ".join(part for part in (full_name(found.name, found.variant), found.sku, price, mark) if part)

    def minimumSizeHint(self) -> QSize:
        """Room for a few rows."""
        return QSize(400, 4 * theme.current().px(ROW))

    def paint_cell(self, painter: QPainter, look: Theme, row: int, rect: QRect) -> None:
        """Paint name and details on the left, category, stock and price in their columns."""
        colour = look.colour
        inner = rect.adjusted(4, 2, -8, -2)
        if row == self.currentIndex().row():
            box(painter, inner, colour.accent_soft, colour.accent if look.name == "contrast" else None, 8)
        elif row in {self.hover_row, self.pressed_row}:
            box(painter, inner, look.hover(colour.surface), None, 8)
        name, category, stock, price = columns(look, rect)
        found = self._rows.row(row)
        if found is None:
            bar = QRect(name.x(), rect.center().y() - 5, min(220, name.width()), 10)
            box(painter, bar, blend(colour.surface, colour.text, 0.07), None, 5)
            return
        tick(painter, look, rect, is_on=found.product in self._marks)
        self._paint_name(painter, look, found, name)
        if category.width():
            dot = QRect(category.x(), rect.center().y() - 4, 8, 8)
            if found.category:
                box(painter, dot, look.hue(self._hues.get(found.category, 0)), None, 4)
            write(painter, category.adjusted(18, 0, 0, 0), found.category, look.font(14), colour.muted)
        self._paint_stock(painter, look, found, stock)
        amount = self._money(found.price) if found.price else "no price"
        ink = colour.text if found.price else colour.muted
        write(painter, price, amount, look.font(16, 600 if found.price else 400), ink, RIGHT)

    def _paint_name(self, painter: QPainter, look: Theme, found: Listed, room: QRect) -> None:
        colour, half = look.colour, look.px(20)
        top = room.y() + (room.height() - 2 * half) // 2
        if not found.is_sold:
            width = chip_width(look, "Not sold")
            place = QRect(room.right() - width, room.center().y() - look.px(12), width, look.px(24))
            chip(painter, look, place, "Not sold", look.tone(Tone.NEUTRAL))
            room = room.adjusted(0, 0, -width - 12, 0)
        ink = colour.text if found.is_sold else colour.muted
        detail = " · ".join(part for part in (found.brand, found.sku) if part)
        if not detail:
            write(painter, room, full_name(found.name, found.variant), look.font(16, 500), ink)
            return
        line = QRect(room.x(), top, room.width(), half)
        write(painter, line, full_name(found.name, found.variant), look.font(16, 500), ink)
        write(painter, line.translated(0, half), detail, look.font(14), colour.muted)

    def _paint_stock(self, painter: QPainter, look: Theme, found: Listed, room: QRect) -> None:
        if found.on_hand is None:
            return
        is_short = found.on_hand.micro <= 0
        text = self._quantity(found.on_hand) + ("" if found.unit == "piece" else f" {found.unit}")
        ink = look.colour.warn if is_short else look.colour.text
        write(painter, room, text, look.font(16, 600 if is_short else 400), ink, RIGHT)


def columns(look: Theme, rect: QRect) -> tuple[QRect, QRect, QRect, QRect]:
    """Place name, category, stock and price in a row; the category goes first where it is narrow."""
    right = rect.right() - _PADDING - 4
    price = QRect(right - look.px(110), rect.y(), look.px(110), rect.height())
    stock = QRect(price.x() - look.px(100), rect.y(), look.px(88), rect.height())
    wide = look.px(200) if rect.width() >= look.px(_WIDE) else 0
    category = QRect(stock.x() - wide, rect.y(), max(0, wide - 12), rect.height())
    left = _box_width()
    name = QRect(left, rect.y(), category.x() - left - 16, rect.height())
    return name, category, stock, price


def tick(painter: QPainter, look: Theme, rect: QRect, *, is_on: bool, icon: str = "check") -> None:
    """Paint the square at the left of a row that says whether it is marked."""
    colour, side = look.colour, look.px(_TICK)
    square = QRect(_PADDING, rect.center().y() - side // 2, side, side)
    box(painter, square, colour.accent if is_on else colour.surface, colour.accent if is_on else colour.edge, 5, 2)
    if is_on:
        icons.draw(painter, icon, square.adjusted(2, 2, -2, -2), colour.on)


def _box_width() -> int:
    return theme.current().px(_BOX)


class ProductTable(Card):
    """A card with the names of the columns above the list."""

    def __init__(self, products: ProductList) -> None:
        """Put the names above ``products``."""
        super().__init__()
        self.names = ColumnNames()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(0)
        column.addWidget(self.names)
        column.addWidget(products, 1)


class ColumnNames(QWidget):
    """The names of the columns, at their places, and a square for all rows: emits ``pressed`` when it is clicked."""

    pressed = Signal()

    def __init__(self) -> None:
        """Show that nothing is marked."""
        super().__init__()
        self._marked = self._listed = 0

    def follow(self, marked: int, listed: int) -> None:
        """Show whether some products are marked, or as many as are listed."""
        self._marked, self._listed = marked, listed
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a line."""
        return QSize(400, theme.current().px(HEAD))

    def minimumSizeHint(self) -> QSize:
        """As much as is wanted."""
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hear a click on the square."""
        if event.position().x() < _box_width():
            self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint square and names."""
        painter, look = QPainter(self), theme.current()
        if self._listed:
            icon = "check" if self._marked >= self._listed else "minus"
            tick(painter, look, self.rect(), is_on=self._marked > 0, icon=icon)
        names = ("Product", "Category", "On hand", "Price")
        for name, place in zip(names, columns(look, self.rect()), strict=True):
            align = RIGHT if name in {"On hand", "Price"} else LEFT
            write(painter, place, name if place.width() else "", look.font(14, 600), look.colour.muted, align)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.colour.line)
        painter.end()
