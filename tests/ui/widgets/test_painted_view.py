"""What holds for every painted list: a tap meets what stands painted there, whatever its size, text and filling."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
import shiboken6
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from omsdesk.ui import theme
from omsdesk.ui.widgets.action_bar import Action
from omsdesk.ui.widgets.line_list import Line, LineList
from omsdesk.ui.widgets.painted_view import PaintedView
from omsdesk.ui.widgets.pill_bar import PillBar
from omsdesk.ui.widgets.result_list import Result, ResultList
from omsdesk.ui.widgets.tile_grid import Tile, TileGrid

if TYPE_CHECKING:
    from omsdesk.ui.theme import Theme
    from tests.ui.widgets.conftest import Show

ODD_NAMES = ("", "W" * 60, "חומוס עם טחינה", "🍵👨‍👩‍👧", "a\nb\tc", "Łódź & sons <b>", " ", "e\u0301" * 30)


def name(number: int) -> str:
    return ODD_NAMES[number % len(ODD_NAMES)] + (f" {number}" if number >= len(ODD_NAMES) else "")


def tiles(count: int) -> TileGrid:
    grid = TileGrid("Products")
    grid.set_tiles([Tile(n, name(n), name(n + 1), name(n + 2) if n % 3 == 0 else "") for n in range(count)])
    return grid


def lines(count: int) -> LineList:
    made = LineList("Cart", (Action("remove", "Remove", "trash-2", "Del"),))
    for n in range(count):
        made.append(Line(n, str(n), name(n), name(n + 1), "€1.00", name(n + 2)))
    made.select(count // 2 if count else None)
    return made


def results(count: int) -> ResultList:
    made = ResultList("Found")
    made.show_results([Result(n, "package", name(n), name(n + 1), "€1.00") for n in range(count)], "w")
    return made


def pills(count: int) -> PillBar:
    made = PillBar("Categories")
    made.set_pills([(n, name(n)) for n in range(count)])
    return made


KINDS: dict[str, Callable[[int], PaintedView]] = {"tiles": tiles, "lines": lines, "results": results, "pills": pills}
each_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)


@pytest.fixture
def _right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def painted_rows(view: PaintedView, monkeypatch: pytest.MonkeyPatch) -> dict[int, QRect]:
    """The cells that the view paints when it is shown anew, with their places."""
    seen: dict[int, QRect] = {}
    genuine = type(view).paint_cell

    def note(self: Any, painter: QPainter, look: Theme, row: int, rect: QRect) -> None:
        seen[row] = QRect(rect)
        genuine(self, painter, look, row, rect)

    with monkeypatch.context() as patch:
        patch.setattr(type(view), "paint_cell", note)
        view.viewport().grab()
    return seen


# --- hitting is painting ----------------------------------------------------------------------------------------------


@each_kind
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    count=st.integers(0, 60),
    width=st.integers(1, 900),
    height=st.integers(1, 700),
    scale=st.sampled_from([0.9, 1.0, 1.5, 2.5]),
    scrolled=st.floats(0, 1),
)
def test_a_tap_meets_what_stands_painted_there(
    make: Callable[[int], PaintedView],
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    count: int,
    width: int,
    height: int,
    scale: float,
    scrolled: float,
) -> None:
    theme.apply(theme.load("light", scale), qapp)
    view = make(count)
    view.resize(width, height)
    view.show()
    for bar in (view.verticalScrollBar(), view.horizontalScrollBar()):
        bar.setValue(round(bar.maximum() * scrolled))
    window = view.viewport().rect()
    painted = painted_rows(view, monkeypatch)
    should = {row for row in range(count) if view.shown_rect(row).intersects(window)}
    assert set(painted) == should
    for row, rect in painted.items():
        seen = rect & window
        for point in (seen.center(), seen.topLeft(), seen.bottomRight()):
            assert view.row_at(point) == row
            assert view.indexAt(point).row() == row
    for point in (QPoint(-1, 5), QPoint(5, -1), QPoint(window.right() + 1, 5), QPoint(5, window.bottom() + 1)):
        assert view.row_at(point) == -1
    shiboken6.delete(view)  # at once: a later look would cost each further example


@each_kind
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(width=st.integers(60, 900), count=st.integers(2, 40))
def test_no_two_cells_cover_one_another_and_all_lie_within_the_whole(
    make: Callable[[int], PaintedView], qapp: QApplication, width: int, count: int
) -> None:
    view = make(count)
    view.resize(width, 300)
    view.show()
    rects = [view.cell_rect(row) for row in range(count)]
    assert not any(a.intersects(b) for a, b in pairwise(rects))
    whole = view.content_size()
    assert max(rect.bottom() for rect in rects) < max(whole.height(), view.viewport().height())
    shiboken6.delete(view)


# --- empty, one, very many --------------------------------------------------------------------------------------------


@each_kind
@pytest.mark.parametrize("size", [(1, 1), (10, 400), (400, 10), (3000, 40)])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_list_of_any_size_and_filling_paints_and_takes_every_key(
    make: Callable[[int], PaintedView], count: int, size: tuple[int, int], show: Show
) -> None:
    view = show(make(count), *size)
    keys = Qt.Key
    for key in (
        keys.Key_Down,
        keys.Key_PageDown,
        keys.Key_End,
        keys.Key_Return,
        keys.Key_Home,
        keys.Key_Up,
        keys.Key_Left,
    ):
        QTest.keyClick(view, key)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.viewport().rect().center())
    assert not view.grab().isNull()
    assert view.currentIndex().row() < max(count, 1)


@each_kind
def test_an_empty_list_says_nothing_and_chooses_nothing(make: Callable[[int], PaintedView], show: Show) -> None:
    view = show(make(0))
    chosen: list[object] = []
    if not isinstance(view, LineList):
        view.chosen.connect(chosen.append)  # type: ignore[attr-defined]
    view.move_to(0)
    view.update_row(0)
    view.scrollTo(view.rows.index(5))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.visible_rows(view.viewport().rect()) == range(0)
    assert view.rows.rowCount() == 0
    assert chosen == []
    if isinstance(view, ResultList):
        view.step(1)
        assert view.choose_current() is False


@pytest.mark.parametrize("make", [tiles, results], ids=["tiles", "results"])
def test_a_hundred_thousand_rows_are_shown_and_walked_at_once(make: Callable[[int], PaintedView], show: Show) -> None:
    view = show(make(100_000), 900, 600)
    start = time.process_time()
    QTest.keyClick(view, Qt.Key.Key_Home)
    for _ in range(20):
        QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_End)
    view.viewport().grab()
    assert time.process_time() - start < 1.5
    assert view.currentIndex().row() == 99_999
    assert view.viewport().rect().contains(view.shown_rect(99_999))


# --- hands ------------------------------------------------------------------------------------------------------------


def moved(view: PaintedView, kind: QEvent.Type, place: QPoint, held: bool = True) -> None:
    button = Qt.MouseButton.LeftButton if held else Qt.MouseButton.NoButton
    at = QPointF(place)
    event = QMouseEvent(
        kind, at, view.viewport().mapToGlobal(at), Qt.MouseButton.LeftButton, button, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view.viewport(), event)


@pytest.mark.parametrize("make", [tiles, results], ids=["tiles", "results"])
def test_a_finger_that_drags_scrolls_and_chooses_nothing(make: Callable[[int], PaintedView], show: Show) -> None:
    view = show(make(60), 400, 300)
    chosen: list[object] = []
    view.chosen.connect(chosen.append)  # type: ignore[attr-defined]
    moved(view, QEvent.Type.MouseButtonPress, QPoint(50, 250))
    assert view.pressed_row == view.row_at(QPoint(50, 250))
    for y in range(245, 50, -15):
        moved(view, QEvent.Type.MouseMove, QPoint(50, y))
    assert view.pressed_row == -1
    assert view.verticalOffset() >= 150
    moved(view, QEvent.Type.MouseButtonRelease, QPoint(50, 60), held=False)
    assert chosen == []
    moved(view, QEvent.Type.MouseButtonPress, QPoint(50, 60))
    moved(view, QEvent.Type.MouseMove, QPoint(54, 63))  # a finger is never still
    moved(view, QEvent.Type.MouseButtonRelease, QPoint(54, 63), held=False)
    assert len(chosen) == 1


@each_kind
def test_a_finger_that_leaves_the_list_sideways_chooses_nothing(make: Callable[[int], PaintedView], show: Show) -> None:
    view = show(make(1), 300, 60)
    before = view.currentIndex().row()
    moved(view, QEvent.Type.MouseButtonPress, QPoint(20, 20))
    moved(view, QEvent.Type.MouseButtonRelease, QPoint(-30, 20), held=False)
    assert view.pressed_row == -1
    assert view.currentIndex().row() == before


@each_kind
def test_the_other_buttons_of_the_mouse_choose_nothing(make: Callable[[int], PaintedView], show: Show) -> None:
    view = show(make(5))
    before = view.currentIndex().row()
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(view.viewport(), button, pos=QPoint(20, 20))
    assert view.pressed_row == -1
    assert view.currentIndex().row() == before


def test_the_pointer_is_followed_and_forgotten_when_it_leaves(show: Show) -> None:
    view = show(results(5))
    QTest.mouseMove(view.viewport(), QPoint(50, 90))
    moved(view, QEvent.Type.MouseMove, QPoint(50, 90), held=False)
    assert view.hover_row == 1
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert view.hover_row == -1


def test_a_wheel_turns_as_far_as_there_is_something_and_no_further(show: Show) -> None:
    view = show(results(20), 300, 200)
    for _ in range(200):
        none, at = Qt.MouseButton.NoButton, QPointF(50, 50)
        turned, keys, phase = QPoint(0, -120), Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
        wheel = QWheelEvent(at, at, QPoint(), turned, none, keys, phase, False)
        QApplication.sendEvent(view.viewport(), wheel)
    assert view.verticalOffset() == view.content_size().height() - view.viewport().height()


# --- keys and ears ----------------------------------------------------------------------------------------------------


@each_kind
def test_every_cell_is_reached_by_keys_alone_and_comes_into_view(
    make: Callable[[int], PaintedView], show: Show
) -> None:
    view = show(make(12), 320, 260)
    QTest.keyClick(view, Qt.Key.Key_Home)
    step = Qt.Key.Key_Right if isinstance(view, TileGrid | PillBar) else Qt.Key.Key_Down
    reached = []
    for _ in range(12):
        row = view.currentIndex().row()
        reached.append(row)
        assert view.viewport().rect().intersects(view.shown_rect(row))
        QTest.keyClick(view, step)
    assert reached == list(range(12))


@each_kind
def test_keys_that_mean_nothing_here_are_left_to_the_screen(make: Callable[[int], PaintedView], show: Show) -> None:
    view = show(make(3))
    for key in (Qt.Key.Key_F6, Qt.Key.Key_Escape, Qt.Key.Key_A, Qt.Key.Key_Delete):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        view.keyPressEvent(event)
        assert not event.isAccepted()


@each_kind
def test_a_screen_reader_hears_the_list_and_each_of_its_cells(make: Callable[[int], PaintedView], show: Show) -> None:
    view = show(make(10))
    reader = QAccessible.queryAccessibleInterface(view)
    assert reader.text(QAccessible.Text.Name) == view.accessibleName() != ""
    assert reader.childCount() >= 10
    said = [view.rows.data(view.rows.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(10)]
    assert said == [view.name_of(row) for row in range(10)]
    heard = {reader.child(child).text(QAccessible.Text.Name) for child in range(reader.childCount())}
    assert {text for text in said if text} <= heard
    assert view.rows.data(view.rows.index(99)) is None


@pytest.mark.usefixtures("_right_to_left")
@each_kind
def test_from_right_to_left_a_tap_still_meets_what_it_touches(
    make: Callable[[int], PaintedView], show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = show(make(12), 500, 300)
    for row, rect in painted_rows(view, monkeypatch).items():
        assert view.row_at((rect & view.viewport().rect()).center()) == row
    view.move_to(11)
    assert view.viewport().rect().intersects(view.shown_rect(11))


@each_kind
def test_a_larger_text_keeps_the_current_cell_and_every_cell_reachable(
    make: Callable[[int], PaintedView], show: Show, qapp: QApplication
) -> None:
    view = show(make(12), 360, 260)
    view.move_to(7)
    for scale in (1.5, 2.5, 1.0):
        theme.apply(theme.load("contrast", scale), qapp)
        assert view.currentIndex().row() == 7
        view.move_to(11)
        assert view.viewport().rect().intersects(view.shown_rect(11))
        view.move_to(7)
