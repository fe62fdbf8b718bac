"""The grid of touch tiles: painted, floor-divided into columns, as quick with 100,000 tiles as with ten."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap

from omsdesk.domain.records import record
from omsdesk.ui import theme
from omsdesk.ui.theme import Theme, Tone
from omsdesk.ui.widgets.painted_view import PaintedView
from omsdesk.ui.widgets.painting import CARD_RADIUS, box, chip, chip_width, focus_frame, write

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtWidgets import QWidget

SMALLEST = QSize(165, 100)
"""Pixels at normal text size: four beside one another on most tills, three on a screen of 1024 pixels."""
GAP = 10
EDGE = 4
LINE, FOOT = 21, 24
GUTTER = 10

_PADDING = 14
_MARGIN = 11
_PICTURE = 48
_KEPT = 120
"""Painted tiles that are kept: several screens full, 10 MB."""


@record
class Tile:
    """One touch tile. ``hue`` is the number of its category's colour; a badge is for exceptions only."""

    key: Hashable
    title: str
    subtitle: str = ""
    badge: str = ""
    badge_tone: Tone = Tone.WARN
    hue: int = 0
    is_dimmed: bool = False
    picture: QPixmap | None = None


class TileGrid(PaintedView):
    """Emits ``chosen(key)``. Rows share the height of the view, so that no row is cut at rest."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make an empty grid that a screen reader calls ``name``."""
        self._tiles: Sequence[Tile] = ()
        self._painted: dict[tuple[object, ...], QPixmap] = {}
        """Tiles at rest, the one used longest ago first."""
        super().__init__(parent)
        self.setAccessibleName(name)

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show other tiles, from the top. Only the visible ones are ever read, so a lazy sequence is welcome."""
        self.rows.beginResetModel()
        self._tiles = tiles
        self.rows.endResetModel()
        self.hover_row = self.pressed_row = -1
        self.updateGeometries()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def refresh(self, row: int) -> None:
        """Paint a tile again after its place in the sequence got another one."""
        self.rows.dataChanged.emit(self.rows.index(row), self.rows.index(row))

    def columns(self) -> int:
        """Count the columns that fit."""
        return self._layout()[0]

    def tile_size(self) -> QSize:
        """Size of every tile."""
        return self._layout()[1]

    def _layout(self) -> tuple[int, QSize]:
        view = self.viewport()
        return _layout(view.width(), view.height(), self.count(), _smallest(theme.current()))

    def count(self) -> int:
        """Count the tiles."""
        return len(self._tiles)

    def name_of(self, row: int) -> str:
        """Title, price and badge."""
        tile = self._tiles[row]
        return ", ".join(part for part in (tile.title, tile.subtitle, tile.badge) if part)

    def cell_rect(self, row: int) -> QRect:
        """Place of a tile."""
        size = self.tile_size()
        down, across = divmod(row, self.columns())
        return QRect(QPoint(across * (size.width() + GAP), down * (size.height() + GAP)), size)

    def cell_at(self, point: QPoint) -> int:
        """Find the tile at a point."""
        size, columns = self.tile_size(), self.columns()
        across, down = point.x() // (size.width() + GAP), point.y() // (size.height() + GAP)
        row = down * columns + across
        is_tile = 0 <= across < columns and 0 <= row < self.count()
        return row if is_tile and self.cell_rect(row).contains(point) else -1

    def content_size(self) -> QSize:
        """Size of all rows; never wider than the view."""
        rows = -(-self.count() // self.columns())
        return QSize(0, rows * (self.tile_size().height() + GAP) - GAP)

    def neighbour(self, row: int, across: int, down: int) -> int:
        """Find the tile beside, above or below."""
        return row + across + down * self.columns()

    def visible_rows(self, area: QRect) -> range:
        """Tiles of the grid rows that touch an area."""
        pitch, columns = self.tile_size().height() + GAP, self.columns()
        top = max(0, area.top() + self.verticalOffset())
        first, last = top // pitch, (area.bottom() + self.verticalOffset()) // pitch
        return range(min(first * columns, self.count()), min((last + 1) * columns, self.count()))

    def minimumSizeHint(self) -> QSize:
        """Room for one tile."""
        return _smallest(theme.current())

    def choose(self, row: int, point: QPoint | None = None) -> None:
        """Emit the key of a tile."""
        self.chosen.emit(self._tiles[row].key)

    def paint_cell(self, painter: QPainter, look: Theme, row: int, rect: QRect) -> None:
        """Paint ground, coloured edge, words and badge; a tile at rest is painted once and copied from then on."""
        tile = self._tiles[row]
        ground = look.colour.surface if tile.is_dimmed else look.tinted(look.hue(tile.hue))
        if row == self.pressed_row:
            self._paint_tile(painter, look, tile, rect, look.press(ground))
        elif row == self.hover_row:
            self._paint_tile(painter, look, tile, rect, look.hover(ground))
        else:
            painter.drawPixmap(rect.topLeft(), self._at_rest(look, tile, rect.size(), ground))
        if row == self.currentIndex().row() and self.hasFocus():
            focus_frame(painter, rect, look.colour.accent, CARD_RADIUS)

    def _at_rest(self, look: Theme, tile: Tile, size: QSize, ground: QColor) -> QPixmap:
        ratio = self.devicePixelRatioF()
        key = (tile, size.width(), size.height(), look.name, look.scale, ratio)
        kept = self._painted.pop(key, None)
        if kept is None:
            kept = QPixmap(size * ratio)
            kept.setDevicePixelRatio(ratio)
            kept.fill(Qt.GlobalColor.transparent)
            painter = QPainter(kept)
            self._paint_tile(painter, look, tile, QRect(QPoint(0, 0), size), ground)
            painter.end()
        self._painted[key] = kept
        if len(self._painted) > _KEPT:
            del self._painted[next(iter(self._painted))]
        return kept

    def _paint_tile(self, painter: QPainter, look: Theme, tile: Tile, rect: QRect, ground: QColor) -> None:
        box(painter, rect, ground, look.colour.line, CARD_RADIUS)
        painter.setClipRect(rect.x(), rect.y(), EDGE, rect.height())
        box(painter, rect, look.hue(tile.hue), None, CARD_RADIUS)
        painter.setClipping(False)
        self._paint_words(painter, look, tile, rect.adjusted(_PADDING + 2, _MARGIN, -12, -_MARGIN))

    def _paint_words(self, painter: QPainter, look: Theme, tile: Tile, room: QRect) -> None:
        ink = look.colour.muted if tile.is_dimmed else look.colour.text
        width = room.width()
        if tile.picture is not None:
            side = look.px(_PICTURE)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(QRect(room.right() - side + 1, room.y(), side, side), tile.picture)
            width -= side + 8
        font, line = look.font(16, 600), look.px(LINE)
        for number, text in enumerate(_two_lines(tile.title, font.pixelSize(), width)):
            write(painter, QRect(room.x(), room.y() + number * line, width, line), text, font, ink)
        foot = QRect(room.x(), room.bottom() - look.px(FOOT) + 1, room.width(), look.px(FOOT))
        if tile.badge:
            badge = QRect(foot)
            badge.setLeft(max(foot.left(), foot.right() + 1 - chip_width(look, tile.badge)))
            chip(painter, look, badge, tile.badge, look.tone(tile.badge_tone))
            foot.setRight(badge.left() - 8)
        write(painter, foot, tile.subtitle, look.font(16, 500), ink)


def _smallest(look: Theme) -> QSize:
    """Half the growth of the text is enough for a tile: its title has two lines."""
    words = 2 * look.px(LINE) + look.px(FOOT) + 2 * _MARGIN
    return QSize(round(SMALLEST.width() * (1 + look.scale) / 2), max(SMALLEST.height(), words))


def _layout(width: int, height: int, count: int, smallest: QSize) -> tuple[int, QSize]:
    """Columns and size of the tiles: a gutter stays free for the grip where there is more than fits."""
    rows = max(1, (height + GAP) // (smallest.height() + GAP))
    columns = max(1, (width + GAP) // (smallest.width() + GAP))
    if count > columns * rows:
        width -= GUTTER
        columns = max(1, (width + GAP) // (smallest.width() + GAP))
    tall = max((height - (rows - 1) * GAP) // rows, smallest.height())
    return columns, QSize((width - (columns - 1) * GAP) // columns, tall)


@lru_cache(maxsize=4096)
def _two_lines(text: str, pixels: int, width: int) -> tuple[str, ...]:
    """Break a title into at most two lines; the second is shortened when it is painted."""
    font = QFont(theme.current().font(16, 600))
    font.setPixelSize(pixels)
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= width:
        return (text,)
    words = text.split(" ")
    for end in range(len(words) - 1, 0, -1):
        first = " ".join(words[:end])
        if metrics.horizontalAdvance(first) <= width:
            return first, " ".join(words[end:])
    return (text,)
