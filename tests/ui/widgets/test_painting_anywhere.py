"""Every part at every size, in large letters, from right to left, with words nobody foresaw, and as a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.action_bar import Action, ActionBar
from omsdesk.ui.widgets.amount_label import AmountLabel
from omsdesk.ui.widgets.banner import Banner, BannerLook
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.card_button import CardButton
from omsdesk.ui.widgets.chip import Chip
from omsdesk.ui.widgets.chip_row import ChipRow
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.form import Form
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.number_pad import NumberPad
from omsdesk.ui.widgets.page_head import PageHead
from omsdesk.ui.widgets.paper_view import PaperView
from omsdesk.ui.widgets.pin_pad import PinPad
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.rail import Rail, RailEntry
from omsdesk.ui.widgets.search_field import SearchField
from omsdesk.ui.widgets.undo_chip import UndoChip
from tests.ui.widgets.compositions import PartsScene, SheetScene, TillScene, paper

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show

Make = Callable[[str], QWidget]


def banner(words: str) -> QWidget:
    made = Banner(BannerLook.STRIPED)
    made.say(words, Tone.WARN, "cloud-off", words)
    return made


def primary(words: str) -> QWidget:
    made = PrimaryButton(words, "credit-card", "F12")
    made.set_amount(words)
    return made


def rail(words: str) -> QWidget:
    made = Rail([RailEntry("a", "inbox", words), RailEntry("b", "users", "Other")])
    made.set_current("a")
    made.set_badge("a", words)
    made.set_user(words)
    return made


def undo(words: str) -> QWidget:
    made = UndoChip()
    made.offer(words)
    return made


def form(words: str) -> QWidget:
    made = Form()
    made.add_heading(words)
    made.add("name", words or "Name", QLineEdit(words), words)
    made.show_errors({"name": words})
    return made


def sheet_of_paper(words: str) -> QWidget:
    made = PaperView(words or "Receipt")
    made.show_pages([paper()])
    return made


def search(words: str) -> QWidget:
    made = SearchField(words or "Search", "F2")
    made.setText(words)
    return made


PARTS: dict[str, Make] = {
    "action bar": lambda words: ActionBar(
        [Action("a", words or "Do", "percent", "F9"), Action("b", "More", "x", "F1")]
    ),
    "amount": lambda words: AmountLabel(words, 44),
    "banner": banner,
    "card button": lambda words: CardButton(words or "Customer", "user", words, "F4"),
    "chip": lambda words: Chip(words or "Synced", "printer", Tone.OK),
    "chips": lambda words: ChipRow([Chip(words or "Synced", "printer"), Chip("Printer", "printer", Tone.BAD)]),
    "empty state": lambda words: EmptyState("inbox", words, words or "Add"),
    "form": form,
    "key button": lambda words: KeyButton(words or "Cash", "banknote", "1", face=Face.QUIET),
    "label": lambda words: Label(words, 14, 500, Tone.NEUTRAL),
    "number pad": lambda _words: NumberPad(),
    "page head": lambda words: PageHead(words or "Products", [KeyButton(words or "New")], has_back=True),
    "paper": sheet_of_paper,
    "PIN pad": lambda _words: PinPad(4),
    "primary button": primary,
    "rail": rail,
    "search": search,
    "undo": undo,
}
WORDS = {
    "nothing": "",
    "one word": "Donaudampfschifffahrtsgesellschaftskapitän" * 3,
    "right to left": "חומוס עם טחינה",
    "signs": "🍵 <b>&amp;</b> \u202e\t\n%s {0}",
}
each_part = pytest.mark.parametrize("make", PARTS.values(), ids=PARTS)


@pytest.fixture
def _right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def parts_of(widget: QWidget) -> list[QWidget]:
    return [widget, *widget.findChildren(QWidget)]


# --- sizes and words --------------------------------------------------------------------------------------------------


@each_part
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_a_part_paints_whatever_it_says_at_whatever_size(make: Make, words: str, qapp: QApplication) -> None:
    part = make(words)
    for width, height in ((1, 1), (20, 300), (700, 8), (320, 200)):
        part.resize(width, height)
        part.show()
        assert not part.grab().isNull()
    shiboken6.delete(part)


@each_part
def test_a_part_grows_with_its_text_and_shrinks_again(make: Make, qapp: QApplication) -> None:
    part = make("Opening week")
    part.show()
    before = part.sizeHint()
    theme.apply(theme.load("contrast", 2.0), qapp)
    part.grab()
    larger = part.sizeHint()
    assert larger.width() >= before.width()
    assert larger.height() >= before.height()
    theme.apply(theme.load("light"), qapp)
    part.grab()
    assert part.sizeHint() == before
    shiboken6.delete(part)


@each_part
def test_a_part_needs_no_more_room_than_it_asks_for(make: Make, qapp: QApplication) -> None:
    part = make("Opening week")
    part.show()
    least, wish = part.minimumSizeHint(), part.sizeHint()
    assert least.width() <= max(wish.width(), part.minimumWidth())
    assert least.height() <= max(wish.height(), part.minimumHeight())
    shiboken6.delete(part)


@pytest.mark.usefixtures("_right_to_left")
@each_part
def test_a_part_is_painted_and_pressed_from_right_to_left(make: Make, show: Show) -> None:
    part = show(make("חומוס"), 420, 320)
    for button in part.findChildren(QAbstractButton):
        if not button.isVisible() or not button.isEnabled():
            continue
        pressed: list[QAbstractButton] = []
        button.clicked.connect(lambda _checked, b=button, to=pressed: to.append(b))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert len(pressed) == 1
        break
    assert not part.grab().isNull()


# --- screen readers and keys ------------------------------------------------------------------------------------------


@each_part
def test_whatever_can_be_pressed_or_typed_into_has_a_name_to_be_read_out(make: Make, show: Show) -> None:
    part = show(make("Opening week"), 600, 500)
    for inner in parts_of(part):
        if isinstance(inner, QAbstractButton | QLineEdit) and inner.isVisible():
            name = QAccessible.queryAccessibleInterface(inner).text(QAccessible.Text.Name)
            assert name.strip(), f"{type(inner).__name__} says nothing"


@pytest.mark.parametrize("scene", [lambda: TillScene(380), PartsScene, SheetScene], ids=["till", "parts", "sheet"])
def test_a_screen_of_all_parts_names_everything_that_can_be_pressed(scene: Callable[[], QWidget], show: Show) -> None:
    screen = show(scene(), 1280, 800)
    unnamed = [
        type(inner).__name__
        for inner in parts_of(screen)
        if isinstance(inner, QAbstractButton)
        and inner.isVisible()
        and not QAccessible.queryAccessibleInterface(inner).text(QAccessible.Text.Name).strip()
    ]
    assert unnamed == []


@each_part
def test_what_tab_reaches_shows_that_it_has_the_focus(make: Make, show: Show) -> None:
    """Whoever works by keys alone has to see where they are."""
    window = QWidget()
    layout = QVBoxLayout(window)
    before = QLineEdit()
    layout.addWidget(before)
    layout.addWidget(make("Opening week"))
    show(window, 600, 500)
    before.setFocus()
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        # A PIN pad shows its dots, and paper the bar that moves: neither is one of several things to press.
        if focused is None or isinstance(focused, QLineEdit | PinPad | PaperView):
            continue
        lit = focused.grab().toImage()
        focused.clearFocus()
        assert focused.grab().toImage() != lit, type(focused).__name__
        focused.setFocus(Qt.FocusReason.TabFocusReason)


@each_part
def test_a_part_that_is_not_possible_now_takes_no_press(make: Make, show: Show) -> None:
    part = show(make("Opening week"), 400, 300)
    part.setEnabled(False)
    pressed: list[QAbstractButton] = []
    buttons = [inner for inner in parts_of(part) if isinstance(inner, QAbstractButton)]
    for button in buttons:
        button.clicked.connect(lambda _checked, b=button, to=pressed: to.append(b))
        button.click()
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            left, place = Qt.MouseButton.LeftButton, QPointF(button.rect().center())
            tap = QMouseEvent(kind, place, button.mapToGlobal(place), left, left, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(button, tap)
        QApplication.sendEvent(
            button, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
        )
    assert pressed == []
    assert not part.grab().isNull()


def test_a_card_of_nothing_is_a_card(show: Show) -> None:
    assert not show(Card(), 1, 1).grab().isNull()
