"""The list of products: painted rows, as many as there are, of which only the visible ones are ever read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from omsdesk.domain.values import Money, Quantity
from omsdesk.store.queries.products import Listed
from omsdesk.store.queries.till import full_name
from omsdesk.ui import theme
from omsdesk.ui.catalogue.pages import Found, Rows
from omsdesk.ui.theme import Theme, Tone, blend
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.painted_view import PaintedView
from omsdesk.ui.widgets.painting import LEFT, RIGHT, box, chip, chip_width, write

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

ROW = 56
HEAD = 36

_PADDING = 16
_WIDE = 760


class ProductList(PaintedView):
    """Emits ``chosen(product)``. Rows that are on their way are grey bars until they come."""

    chosen = Signal(str)

    def __init__(self, money: Callable[[Money], str], quantity: Callable[[Quantity], str]) -> None:
        """Write amounts and quantities as the shop does."""
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
        """Open a product; a row that has not come yet cannot be opened."""
        found = self._rows.row(row)
        if found is not None:
            self.move_to(row)
            self.chosen.emit(found.product)

    @property
    def marked(self) -> str:
        """The product that is marked; empty for none, or one that has not come yet."""
        at = self.currentIndex().row()
        found = self._rows.row(at) if 0 <= at < self.count() else None
        return found.product if found is not None else ""

    def count(self) -> int:
        """Count the rows."""
        return self._rows.count

    def name_of(self, row: int) -> str:
        """Name, SKU and price."""
        found = self._rows.row(row)
        if found is None:
            return "Loading"
        price = self._money(found.price) if found.price else "no price"
        return ", ".join(part for part in (full_name(found.name, found.variant), found.sku, price) if part)

    def cell_rect(self, row: int) -> QRect:
        """Place of a row."""
        height = theme.current().px(ROW)
        return QRect(0, row * height, self.viewport().width(), height)

    def cell_at(self, point: QPoint) -> int:
        """Find the row at a point."""
        row = point.y() // theme.current().px(ROW)
        return row if 0 <= row < self.count() else -1

    def content_size(self) -> QSize:
        """Size of all rows; never wider than the view."""
        return QSize(0, self.count() * theme.current().px(ROW))

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
    name = QRect(_PADDING, rect.y(), category.x() - _PADDING - 16, rect.height())
    return name, category, stock, price


class ProductTable(Card):
    """A card with the names of the columns above the list."""

    def __init__(self, products: ProductList) -> None:
        """Put the names above ``products``."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(0)
        column.addWidget(_ColumnNames())
        column.addWidget(products, 1)


class _ColumnNames(QWidget):
    """The names of the columns, at their places."""

    def sizeHint(self) -> QSize:
        return QSize(400, theme.current().px(HEAD))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        names = ("Product", "Category", "On hand", "Price")
        for name, place in zip(names, columns(look, self.rect()), strict=True):
            align = RIGHT if name in {"On hand", "Price"} else LEFT
            write(painter, place, name if place.width() else "", look.font(14, 600), look.colour.muted, align)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.colour.line)
        painter.end()
