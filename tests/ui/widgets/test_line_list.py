"""The cart paints what changed, opens the chosen line and can be worked by finger, key and screen reader."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.action_bar import Action
from omsdesk.ui.widgets.line_list import BUTTONS, FEWER, MARK, MORE, ROW, Line, LineList, Mark

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import PaintWatch, Show

LEFT = Qt.MouseButton.LeftButton
ACTIONS = (
    Action("discount", "Discount", "percent", "F9"),
    Action("remove", "Remove", "trash-2", "Del", is_dangerous=True),
)


def line(key: str, amount: str = "€1.00") -> Line:
    """Make an ordinary line."""
    return Line(key, "1", f"Product {key}", "€1.00 each", amount)


@pytest.fixture
def cart(show: Show) -> LineList:
    """Show five lines, none chosen."""
    made = show(LineList("Cart", ACTIONS), 424, 460)
    made.set_lines(line(key) for key in "abcde")
    QApplication.processEvents()
    return made


def tap(cart: LineList, row: int, x: int = 200) -> None:
    """Tap a line."""
    QTest.mouseClick(cart.viewport(), LEFT, pos=QPoint(x, cart.shown_rect(row).top() + 20))


def test_a_tapped_line_opens_its_buttons(cart: LineList) -> None:
    chosen: list[object] = []
    cart.line_selected.connect(chosen.append)
    assert not cart._buttons.isVisible()
    tap(cart, 2)
    assert chosen == ["c"]
    assert cart.selected_key() == "c"
    assert cart.cell_rect(2).height() == ROW + BUTTONS
    assert cart.cell_rect(3).top() == 3 * ROW + BUTTONS
    assert cart.shown_rect(2).contains(cart._buttons.geometry())
    assert cart._buttons.isVisible()


def test_the_buttons_say_which_line_and_what(cart: LineList) -> None:
    asked: list[tuple[object, str]] = []
    cart.action_chosen.connect(lambda key, action: asked.append((key, action)))
    cart.select("b")
    for name in (MORE, FEWER, "discount", "remove"):
        QTest.mouseClick(cart._buttons.buttons[name], LEFT)
    assert asked == [("b", MORE), ("b", FEWER), ("b", "discount"), ("b", "remove")]


def test_an_action_can_be_forbidden(cart: LineList) -> None:
    asked: list[str] = []
    cart.action_chosen.connect(lambda _key, action: asked.append(action))
    cart.select("b")
    cart.set_action_enabled("discount", False)
    QTest.mouseClick(cart._buttons.buttons["discount"], LEFT)
    assert asked == []


def test_lines_below_the_chosen_one_are_found_by_tap(cart: LineList) -> None:
    cart.select("b")
    tap(cart, 4)
    assert cart.selected_key() == "e"
    tap(cart, 0)
    assert cart.selected_key() == "a"


def test_a_tap_on_the_quantity_of_the_chosen_line_asks_to_type_one(cart: LineList) -> None:
    asked: list[object] = []
    cart.quantity_pressed.connect(asked.append)
    tap(cart, 1, x=30)
    assert asked == []
    tap(cart, 1, x=30)
    assert asked == ["b"]


def test_arrow_keys_walk_the_lines_and_stop_at_the_ends(cart: LineList) -> None:
    cart.setFocus()
    assert cart.selected_key() == "a", "what has the focus can be seen"
    for key, expected in (("Down", "b"), ("Down", "c"), ("Up", "b"), ("Home", "a"), ("Up", "a"), ("End", "e")):
        QTest.keyClick(cart, getattr(Qt.Key, f"Key_{key}"))
        assert cart.selected_key() == expected
    QTest.keyClick(cart, Qt.Key.Key_Down)
    assert cart.selected_key() == "e"


def test_a_screen_steps_without_giving_the_list_the_focus(cart: LineList) -> None:
    cart.step(-1)
    assert cart.selected_key() == "e", "from none, the newest"
    cart.step(-2)
    assert cart.selected_key() == "c"
    cart.step(+9)
    assert cart.selected_key() == "e"
    cart.select(None)
    assert cart.selected_key() is None
    assert not cart._buttons.isVisible()


def test_a_new_line_is_chosen_and_comes_into_view(cart: LineList) -> None:
    for number in range(30):
        cart.append(line(f"new {number}"))
    assert cart.selected_key() == "new 29"
    assert cart.viewport().rect().contains(cart.shown_rect(34))
    assert cart.viewport().rect().contains(cart._buttons.geometry())


def test_a_changed_line_is_painted_alone(cart: LineList, watch: type[PaintWatch]) -> None:
    paints = watch(cart.viewport())
    cart.replace(line("c", "€9.00"))
    QApplication.processEvents()
    assert paints.areas == [cart.shown_rect(2)]
    assert cart.lines()[2].amount == "€9.00"
    cart.replace(line("c", "€9.00"))
    QApplication.processEvents()
    assert len(paints.areas) == 1, "the same again paints nothing"


def test_an_appended_line_paints_only_below_the_lines_before(cart: LineList, watch: type[PaintWatch]) -> None:
    paints = watch(cart.viewport())
    cart.append(line("f"))
    QApplication.processEvents()
    assert min(area.top() for area in paints.areas) >= cart.shown_rect(4).bottom() - 1


def test_a_removed_line_is_gone_and_none_is_chosen(cart: LineList) -> None:
    cart.select("c")
    cart.remove("c")
    assert [entry.key for entry in cart.lines()] == ["a", "b", "d", "e"]
    assert cart.selected_key() is None
    cart.select("e")
    cart.remove("a")
    assert cart.selected_key() == "e", "the choice stays with its line"
    assert cart.shown_rect(cart.current_row()).contains(cart._buttons.geometry())


def test_an_unknown_line_is_an_error_of_the_caller(cart: LineList) -> None:
    with pytest.raises(KeyError):
        cart.remove("no such line")
    with pytest.raises(KeyError):
        cart.replace(line("no such line"))


def test_a_screen_reader_hears_the_whole_line(cart: LineList) -> None:
    cart.append(Line("x", "3", "Oat milk", "€2.80 each", "€7.50", "Multi-buy"))
    reader = QAccessible.queryAccessibleInterface(cart)
    assert reader.text(QAccessible.Text.Name) == "Cart"
    assert reader.child(5).text(QAccessible.Text.Name) == "3, Oat milk, €2.80 each, €7.50, Multi-buy"
    names = [button.accessibleName() for button in cart._buttons.buttons.values()]
    assert names == ["One fewer", "One more", "Discount", "Remove"]


def test_words_keep_their_side(show: Show) -> None:
    cart = show(LineList("Cart"), 424, 200)
    cart.set_lines([Line("a", "1", "Very long name " * 9, "detail " * 20, "€16.20", "−10 %  Opening week", Tone.OK)])
    image = cart.grab().toImage()
    ok = theme.current().colour.ok
    greens = [x for x in range(424) for y in range(30, 60) if image.pixelColor(x, y) == ok]
    assert min(greens) > 150
    assert max(greens) > 400, "the note ends where the amount ends"


def test_a_line_that_no_longer_counts_is_faint(show: Show) -> None:
    cart = show(LineList("Cart"), 424, 100)
    cart.set_lines([Line("a", "1", "Voided", amount="€1.00", is_dimmed=True)])
    image = cart.grab().toImage()
    darkest = min(image.pixelColor(x, y).lightness() for x in range(60, 424) for y in range(5, 35))
    assert darkest > theme.current().colour.text.lightness() + 40


@pytest.mark.parametrize("scale", theme.SCALES)
@pytest.mark.parametrize("width", [320, 360, 424])
def test_the_buttons_never_overlap(show: Show, qapp: QApplication, scale: float, width: int) -> None:
    theme.apply(theme.load("light", scale), qapp)
    cart = show(LineList("Cart", (*ACTIONS, Action("note", "Note", "message-square"))), width, 400)
    cart.append(line("a"))
    QApplication.processEvents()
    places = sorted((button.geometry() for button in cart._buttons.buttons.values()), key=lambda rect: rect.x())
    for one, other in itertools.pairwise(places):
        assert one.right() < other.left()
    assert places[-1].right() <= cart._buttons.width()
    assert all(place.height() >= 48 for place in places)


def test_a_thousand_lines_stay_within_a_frame(show: Show, watch: type[PaintWatch]) -> None:
    cart = show(LineList("Cart", ACTIONS), 424, 460)
    cart.set_lines(line(str(number)) for number in range(1000))
    QApplication.processEvents()
    paints, times = watch(cart.viewport()), []
    for number in range(100):
        paints.areas.clear()
        began = time.process_time()
        cart.append(line(f"new {number}"))
        while not paints.areas:
            QApplication.processEvents()
        times.append(time.process_time() - began)
    assert sorted(times)[94] < 0.016, "95 of 100 appends are painted within 16 ms"


def test_the_list_scrolls_by_drag_with_its_buttons(show: Show) -> None:
    cart = show(LineList("Cart", ACTIONS), 424, 300)
    cart.set_lines(line(str(number)) for number in range(40))
    cart.select("38")
    below = cart._buttons.y()
    start = QPoint(200, 20)
    QTest.mousePress(cart.viewport(), LEFT, pos=start)
    QTest.mouseMove(cart.viewport(), start + QPoint(0, 15))
    QTest.mouseMove(cart.viewport(), start + QPoint(0, 60))
    QTest.mouseRelease(cart.viewport(), LEFT, pos=start + QPoint(0, 60))
    assert cart._buttons.y() == below + 60
    assert cart.selected_key() == "38"


# ---- what is taken off stands below the line


def test_marks_make_their_line_taller_and_push_the_others_down(cart: LineList) -> None:
    cart.replace(replace(line("b"), marks=(Mark("3 for 2", "-€1.00"), Mark("Coffee week", "-€0.10"))))
    assert [cart.cell_rect(row).top() for row in range(3)] == [0, ROW, 2 * ROW + 2 * MARK]
    assert cart.cell_rect(1).height() == ROW + 2 * MARK
    assert cart.content_size().height() == 5 * ROW + 2 * MARK
    cart.replace(line("b"))
    assert cart.content_size().height() == 5 * ROW


def test_a_line_is_found_by_tap_wherever_marks_stand(cart: LineList) -> None:
    cart.replace(replace(line("a"), marks=(Mark("3 for 2", "-€1.00"),)))
    cart.select("b")
    for row in range(cart.count()):
        rect = cart.cell_rect(row)
        assert {cart.cell_at(QPoint(10, y)) for y in (rect.top(), rect.bottom())} == {row}
    assert cart.cell_at(QPoint(10, cart.cell_rect(4).bottom() + 1)) == -1


def test_the_buttons_stand_below_the_marks_of_the_chosen_line(cart: LineList) -> None:
    cart.replace(replace(line("b"), marks=(Mark("3 for 2", "-€1.00"),)))
    cart.select("b")
    assert cart._buttons.geometry().top() >= cart.shown_rect(1).top() + ROW + MARK - 2
    assert cart.shown_rect(1).contains(cart._buttons.geometry())


def test_a_screen_reader_reads_the_marks(cart: LineList) -> None:
    cart.replace(replace(line("b"), marks=(Mark("3 for 2", "-€1.00"),)))
    assert cart.name_of(1).endswith("3 for 2 -€1.00")
