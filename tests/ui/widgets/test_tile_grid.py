"""Tiles are chosen by finger, key and screen reader, and a hundred thousand cost no more than ten."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.tile_grid import GAP, Tile, TileGrid

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import PaintWatch, Show

LEFT = Qt.MouseButton.LeftButton


class Catalogue(Sequence[Tile]):
    """Very many tiles, none of which exists before it is looked at."""

    def __init__(self, count: int) -> None:
        self.count_of_tiles = count
        self.read: set[int] = set()

    def __len__(self) -> int:
        return self.count_of_tiles

    @overload
    def __getitem__(self, row: int) -> Tile: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Tile]: ...
    def __getitem__(self, row: int | slice) -> Tile | Sequence[Tile]:
        assert isinstance(row, int)
        self.read.add(row)
        return Tile(row, f"Product {row}", "€1.00", hue=row)


def some_tiles(count: int) -> list[Tile]:
    """Make ordinary tiles."""
    return [Tile(f"p{number}", f"Product {number}", "€1.00", hue=number) for number in range(count)]


@pytest.fixture
def grid(show: Show) -> TileGrid:
    """Show thirty tiles in four columns."""
    made = show(TileGrid("Products"), 818, 500)
    made.set_tiles(some_tiles(30))
    return made


def centre(grid: TileGrid, row: int) -> QPoint:
    """Find the middle of a tile on the screen."""
    return grid.shown_rect(row).center()


def test_columns_are_floor_divided_and_fill_the_width(grid: TileGrid, show: Show) -> None:
    assert grid.columns() == 4
    assert grid.cell_rect(3).right() in range(800, 818)
    for width, columns in ((165, 1), (339, 1), (340, 2), (515, 3)):
        narrow = show(TileGrid("Products"), width, 400)
        narrow.set_tiles(some_tiles(2))
        assert narrow.columns() == columns, width
        assert narrow.tile_size().width() >= 165


def test_no_row_is_cut_and_no_tile_is_too_small_for_a_finger(grid: TileGrid) -> None:
    for height in range(120, 900, 37):
        grid.resize(818, height)
        pitch = grid.tile_size().height() + GAP
        assert grid.tile_size().height() >= 100
        assert (height + GAP) // pitch * pitch - GAP in range(height - 10, height + 1)


def test_a_tap_chooses_and_a_tap_between_tiles_does_not(grid: TileGrid) -> None:
    chosen: list[object] = []
    grid.chosen.connect(chosen.append)
    QTest.mouseClick(grid.viewport(), LEFT, pos=centre(grid, 5))
    QTest.mouseClick(grid.viewport(), LEFT, pos=grid.shown_rect(0).topRight() + QPoint(GAP // 2, 20))
    assert chosen == ["p5"]


def test_two_quick_taps_are_two(grid: TileGrid) -> None:
    chosen: list[object] = []
    grid.chosen.connect(chosen.append)
    QTest.mouseClick(grid.viewport(), LEFT, pos=centre(grid, 1))
    QTest.mouseDClick(grid.viewport(), LEFT, pos=centre(grid, 1))
    QTest.mouseRelease(grid.viewport(), LEFT, pos=centre(grid, 1))
    assert chosen == ["p1", "p1"]


def test_a_finger_is_felt_at_once(grid: TileGrid, watch: type[PaintWatch]) -> None:
    before = grid.grab().toImage().pixelColor(centre(grid, 2) + QPoint(0, 10))
    paints = watch(grid.viewport())
    began = time.process_time()
    QTest.mousePress(grid.viewport(), LEFT, pos=centre(grid, 2))
    while not paints.areas:
        QApplication.processEvents()
    assert time.process_time() - began < 0.05
    assert paints.areas[0] == grid.shown_rect(2), "no other tile is painted"
    assert grid.grab().toImage().pixelColor(centre(grid, 2) + QPoint(0, 10)) != before
    QTest.mouseRelease(grid.viewport(), LEFT, pos=centre(grid, 2))


def test_a_finger_that_leaves_the_tile_chooses_nothing(grid: TileGrid) -> None:
    chosen: list[object] = []
    grid.chosen.connect(chosen.append)
    QTest.mousePress(grid.viewport(), LEFT, pos=centre(grid, 2))
    QTest.mouseRelease(grid.viewport(), LEFT, pos=centre(grid, 3))
    assert chosen == []


def test_a_drag_scrolls_and_chooses_nothing(grid: TileGrid) -> None:
    chosen: list[object] = []
    grid.chosen.connect(chosen.append)
    start = centre(grid, 8)
    QTest.mousePress(grid.viewport(), LEFT, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(grid.viewport(), start - QPoint(0, 30 * step))
    QTest.mouseRelease(grid.viewport(), LEFT, pos=start - QPoint(0, 150))
    assert grid.verticalOffset() == 150
    assert chosen == []


def test_the_wheel_scrolls(grid: TileGrid) -> None:
    place = QPointF(100, 100)
    wheel = QWheelEvent(
        place, grid.mapToGlobal(place), QPoint(), QPoint(0, -240), LEFT.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(grid.viewport(), wheel)
    assert grid.verticalOffset() > 0


def test_keys_walk_the_grid_and_enter_chooses(grid: TileGrid) -> None:
    chosen: list[object] = []
    grid.chosen.connect(chosen.append)
    grid.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(grid, key)
    QTest.keyClick(grid, Qt.Key.Key_End)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    QTest.keyClick(grid, Qt.Key.Key_Home)
    QTest.keyClick(grid, Qt.Key.Key_Enter)
    assert chosen == ["p8", "p29", "p0"], "the first tile is the current one when the grid gets the focus"


def test_the_current_tile_is_always_in_view_and_framed(grid: TileGrid) -> None:
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_End)
    rect = grid.shown_rect(29)
    assert grid.viewport().rect().contains(rect)
    frame = grid.viewport().grab().toImage().pixelColor(rect.center().x(), rect.top())
    assert frame == theme.current().colour.accent
    QTest.keyClick(grid, Qt.Key.Key_PageUp)
    assert grid.currentIndex().row() < 29
    assert grid.viewport().rect().contains(grid.shown_rect(grid.currentIndex().row()))


def test_keys_that_mean_nothing_here_go_to_the_screen(show: Show) -> None:
    heard: list[str] = []

    class Screen(QWidget):
        def keyPressEvent(self, event: object) -> None:
            heard.append(event.text())  # type: ignore[attr-defined]

    screen = Screen()
    grid = TileGrid("Products")
    QVBoxLayout(screen).addWidget(grid)
    grid.set_tiles(some_tiles(3))
    show(screen)
    grid.setFocus()
    QTest.keyClicks(grid, "4006")
    assert heard == ["4", "0", "0", "6"]


def test_a_screen_reader_finds_every_tile_in_its_place(grid: TileGrid) -> None:
    grid.set_tiles([Tile("a", "Decaf", "€11.40", "3 left"), Tile("b", "Cake")])
    reader = QAccessible.queryAccessibleInterface(grid)
    assert reader.text(QAccessible.Text.Name) == "Products"
    assert reader.childCount() == 2
    assert reader.child(0).text(QAccessible.Text.Name) == "Decaf, €11.40, 3 left"
    assert reader.child(1).role() == QAccessible.Role.ListItem
    assert reader.child(1).rect().size() == grid.tile_size()


def test_a_hundred_thousand_tiles_cost_what_is_visible(show: Show) -> None:
    catalogue = Catalogue(100_000)
    grid = show(TileGrid("Products"), 818, 500)
    began = time.process_time()
    grid.set_tiles(catalogue)
    QApplication.processEvents()
    assert time.process_time() - began < 0.25
    assert len(catalogue.read) <= 20
    grid.move_to(99_999)
    grid.grab()
    assert 99_999 in catalogue.read
    assert len(catalogue.read) <= 60


def test_a_tile_says_what_is_exceptional(show: Show) -> None:
    grid = show(TileGrid("Products"), 200, 120)
    look = theme.current()
    grid.set_tiles([Tile("a", "Decaf", "€11.40", hue=1)])
    assert grid.grab().toImage().pixelColor(1, 60) == look.hue(1), "the edge tells the category"
    assert grid.grab().toImage().pixelColor(150, 30) == look.tinted(look.hue(1))
    grid.set_tiles([Tile("a", "Decaf", "€11.40", "Sold out", Tone.BAD, 1, is_dimmed=True)])
    assert grid.grab().toImage().pixelColor(150, 30) == look.colour.surface
    row = {grid.grab().toImage().pixelColor(x, 98).name() for x in range(100, 200)}
    assert look.colour.bad_soft.name() in row


def test_a_picture_and_a_long_title_share_the_tile(show: Show) -> None:
    grid = show(TileGrid("Products"), 200, 120)
    picture = QPixmap(64, 64)
    picture.fill(QColor("#123456"))
    grid.set_tiles([Tile("a", "Travel mug with an engraving and a lid", "€24.00", picture=picture)])
    image = grid.grab().toImage()
    assert image.pixelColor(170, 30).name() == "#123456"


def test_tiles_lie_on_whatever_is_behind_them(show: Show) -> None:
    behind = QWidget()
    behind.setStyleSheet("background: #123456")
    grid = TileGrid("Products", behind)
    grid.viewport().setAutoFillBackground(False)
    layout = QVBoxLayout(behind)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(grid)
    show(behind, 800, 600)
    grid.set_tiles(some_tiles(4))
    picture = behind.grab().toImage()
    corner = grid.viewport().mapTo(behind, grid.shown_rect(1).topLeft())
    assert picture.pixelColor(corner) == QColor("#123456"), "A corner is round: it is not filled."
    assert picture.pixelColor(corner + QPoint(60, 60)) != QColor("#123456")


def test_a_tile_that_was_painted_follows_the_theme(grid: TileGrid, qapp: QApplication) -> None:
    place = grid.shown_rect(0).center() + QPoint(0, 8)
    light = grid.grab().toImage().pixelColor(place)
    theme.apply(theme.load("dark"), qapp)
    dark = grid.grab().toImage().pixelColor(place)
    theme.apply(theme.load("light"), qapp)
    assert dark.lightness() < light.lightness()
    assert grid.grab().toImage().pixelColor(place) == light


def test_one_tile_can_change_alone(show: Show, watch: type[PaintWatch]) -> None:
    tiles = some_tiles(8)
    grid = show(TileGrid("Products"), 818, 500)
    grid.set_tiles(tiles)
    QApplication.processEvents()
    paints = watch(grid.viewport())
    tiles[3] = Tile("p3", "Product 3", "€1.00", "3 left")
    grid.refresh(3)
    QApplication.processEvents()
    assert paints.areas == [grid.shown_rect(3)]


def test_new_tiles_begin_at_the_top(grid: TileGrid) -> None:
    grid.move_to(29)
    grid.set_tiles(some_tiles(30))
    assert grid.verticalOffset() == 0
    assert not grid.currentIndex().isValid()


def test_an_empty_grid_takes_every_key_and_tap(show: Show) -> None:
    grid = show(TileGrid("Products"))
    grid.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_End, Qt.Key.Key_PageDown):
        QTest.keyClick(grid, key)
    QTest.mouseClick(grid.viewport(), LEFT, pos=QPoint(10, 10))
    assert grid.count() == 0


def test_larger_text_makes_fewer_larger_tiles(grid: TileGrid, qapp: QApplication) -> None:
    small = grid.tile_size()
    theme.apply(theme.load("light", 1.5), qapp)
    assert grid.columns() == 3
    assert grid.tile_size().width() > small.width()


def test_a_tap_leaves_the_focus_where_scans_are_typed(show: Show) -> None:
    screen = QWidget()
    field, grid = QLineEdit(), TileGrid("Products")
    column = QVBoxLayout(screen)
    column.addWidget(field)
    column.addWidget(grid)
    grid.set_tiles(some_tiles(4))
    show(screen)
    field.setFocus()
    QTest.mouseClick(grid.viewport(), LEFT, pos=centre(grid, 0))
    assert screen.focusWidget() is field
