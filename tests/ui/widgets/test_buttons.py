"""Buttons answer to finger, Tab and Enter, say what they do and give up words before they give up room for a finger."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.action_bar import Action, ActionBar
from omsdesk.ui.widgets.card_button import CardButton
from omsdesk.ui.widgets.chip import Chip
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.primary_button import SPINNER_AFTER, PrimaryButton
from omsdesk.ui.widgets.touch_button import TouchButton
from omsdesk.ui.widgets.undo_chip import UndoChip

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from tests.ui.widgets.conftest import PaintWatch, Show

LEFT = Qt.MouseButton.LeftButton


def colours(image: QImage) -> set[str]:
    """Every colour of a picture."""
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def buttons() -> list[TouchButton]:
    """Make one of each kind."""
    return [
        KeyButton("Hold sale", "pause", "F6"),
        KeyButton("€75", face=Face.QUIET),
        KeyButton("Remove", "trash-2", face=Face.DANGER),
        PrimaryButton("Pay", "credit-card", "F12"),
        Chip("Printer", "printer", Tone.OK),
        CardButton("Mia Schneider", "user", "Gold", "F4"),
    ]


@pytest.mark.parametrize("number", range(6))
def test_a_button_takes_a_finger_and_the_enter_key(show: Show, number: int) -> None:
    button = show(buttons()[number], 300, 60)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.mouseClick(button, LEFT)
    button.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(button, key)
    assert len(pressed) == 4
    button.setEnabled(False)
    QTest.mouseClick(button, LEFT)
    assert len(pressed) == 4


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("scale", theme.SCALES)
def test_a_button_is_never_too_small_for_a_finger(qapp: QApplication, number: int, scale: float) -> None:
    theme.apply(theme.load("light", scale), qapp)
    button = buttons()[number]
    for size in (button.sizeHint(), button.minimumSizeHint()):
        assert size.height() >= 48
        assert size.width() >= 48
    assert button.minimumSizeHint().width() <= 260


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("name", theme.THEMES)
def test_every_state_looks_different(show: Show, qapp: QApplication, number: int, name: str) -> None:
    theme.apply(theme.load(name), qapp)
    button = show(buttons()[number], 260, 60)
    rest = button.grab().toImage()
    button.setDown(True)
    pressed = button.grab().toImage()
    button.setDown(False)
    button.setFocus()
    focused = button.grab().toImage()
    button.clearFocus()
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    below_pointer = button.grab().toImage()
    button.setEnabled(False)
    disabled = button.grab().toImage()
    assert rest != pressed
    assert rest != focused
    assert rest != below_pointer
    if not isinstance(button, Chip):
        assert rest != disabled


@pytest.mark.parametrize("number", range(6))
def test_a_screen_reader_finds_a_button_with_a_name(number: int) -> None:
    button = buttons()[number]
    reader = QAccessible.queryAccessibleInterface(button)
    assert reader.role() == QAccessible.Role.Button
    assert reader.text(QAccessible.Text.Name).startswith(button.label)


def test_a_press_is_painted_at_once(show: Show, watch: type[PaintWatch]) -> None:
    button = show(KeyButton("Hold sale", "pause"), 200, 52)
    paints = watch(button)
    QTest.mousePress(button, LEFT)
    QApplication.processEvents()
    assert paints.areas
    QTest.mouseRelease(button, LEFT)


def test_a_press_leaves_the_focus_where_scans_are_typed(show: Show) -> None:
    screen = QWidget()
    row = QHBoxLayout(screen)
    field, button = QLineEdit(), KeyButton("Hold sale")
    row.addWidget(field)
    row.addWidget(button)
    show(screen)
    field.setFocus()
    QTest.mouseClick(button, LEFT)
    assert screen.focusWidget() is field
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert screen.focusWidget() is button


def test_a_name_with_an_ampersand_is_no_shortcut() -> None:
    button = KeyButton("Fish & chips")
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "Fish & chips"


def test_a_narrow_button_gives_up_its_cap_then_its_word(show: Show) -> None:
    button = show(KeyButton("Hold sale", "pause", "F6"))
    look = theme.current()
    full, no_cap = button.room(look), button.room(look, has_cap=False)
    assert button.sizeHint().width() == full
    widths = []
    for width in (full, no_cap, 60):
        button.resize(width, 52)
        image = button.grab().toImage()
        inked = [x for x in range(4, width - 4) for y in range(16, 36) if image.pixelColor(x, y).lightness() < 120]
        widths.append(max(inked) - min(inked))
    assert widths[0] > widths[1] > widths[2]
    assert widths[2] <= 24


def test_words_alone_break_into_two_lines_rather_than_be_cut(show: Show) -> None:
    button = show(KeyButton("Exact cash", face=Face.QUIET), 60, 48)
    image = button.grab().toImage()
    dark = [y for y in range(48) for x in range(60) if image.pixelColor(x, y).lightness() < 90]
    assert max(dark) - min(dark) > 20


def test_a_checked_button_is_framed(show: Show) -> None:
    button = show(KeyButton("Card", "credit-card"), 160, 52)
    button.setCheckable(True)
    QTest.mouseClick(button, LEFT)
    assert button.grab().toImage().pixelColor(80, 0) == theme.current().colour.accent


def test_new_words_reach_eyes_and_ears(show: Show) -> None:
    button = show(KeyButton("Hold sale", "pause"), 200, 52)
    before = button.grab().toImage()
    button.set_label("Recall")
    button.set_icon("history")
    assert button.accessibleName() == "Recall"
    assert button.grab().toImage() != before


def test_the_primary_button_reads_its_amount(show: Show) -> None:
    button = show(PrimaryButton("Pay", "credit-card", "F12"), 400, 68)
    button.set_amount("€73.75")
    assert button.accessibleName() == "Pay €73.75"
    assert button.grab().toImage().pixelColor(200, 34) == theme.current().colour.pay


def test_the_primary_button_takes_one_press_and_spins_only_if_work_lasts(show: Show, qtbot: QtBot) -> None:
    button = show(PrimaryButton("Pay", "credit-card"), 300, 68)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    calm = button.grab().toImage()
    button.set_busy(True)
    QTest.mouseClick(button, LEFT)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == []
    button.clearFocus()
    assert button.grab().toImage() == calm, "short work is nobody's business"
    qtbot.waitUntil(lambda: button.grab().toImage() != calm, timeout=SPINNER_AFTER * 5)
    button.set_busy(False)
    QTest.mouseClick(button, LEFT)
    assert len(pressed) == 1


def test_a_chip_is_a_pill_that_can_be_touched_beside_it(show: Show) -> None:
    chip = show(Chip("Printer", "printer", Tone.OK), 110, 48)
    image = chip.grab().toImage()
    assert image.pixelColor(90, 24).name() == theme.current().colour.ok_soft.name()
    assert image.pixelColor(90, 2) == theme.current().colour.bg
    pressed: list[bool] = []
    chip.clicked.connect(lambda: pressed.append(True))
    QTest.mouseClick(chip, LEFT, pos=QPoint(50, 2))
    assert pressed


def test_a_chip_changes_word_icon_and_tone_together(show: Show) -> None:
    chip = show(Chip("Printer", "printer", Tone.OK), 140, 48)
    chip.set_state("Out of paper", "printer-x", Tone.BAD)
    assert chip.accessibleName() == chip.toolTip() == "Out of paper"
    found = colours(chip.grab().toImage())
    assert theme.current().colour.bad_soft.name() in found
    assert theme.current().colour.ok_soft.name() not in found


def test_a_card_shows_another_customer(show: Show) -> None:
    card = show(CardButton("Add customer", "user-plus", key="F4"), 300, 56)
    card.set_content("Mia Schneider", "Gold")
    assert card.accessibleName() == "Mia Schneider, Gold"
    card.set_content("Add customer")
    assert card.accessibleName() == "Add customer"


def test_undo_lives_for_a_while_and_then_says_so(show: Show, qtbot: QtBot) -> None:
    screen = QWidget()
    undo = UndoChip()
    QHBoxLayout(screen).addWidget(undo)
    show(screen, 400, 60)
    assert not undo.isVisible()
    with qtbot.waitSignal(undo.expired, timeout=3000):
        undo.offer("Almond cookie removed", seconds=0.3)
        assert undo.isVisible()
        assert undo.accessibleName() == "Almond cookie removed. Undo"
    assert not undo.isVisible()


def test_undo_taken_is_undo_spent(show: Show) -> None:
    screen = QWidget()
    undo = UndoChip()
    QHBoxLayout(screen).addWidget(undo)
    show(screen, 400, 60)
    taken: list[bool] = []
    undo.clicked.connect(lambda: taken.append(True))
    undo.offer("Almond cookie removed")
    QTest.mouseClick(undo, LEFT)
    assert len(taken) == 1
    assert not undo.isVisible()


def test_undo_paints_only_its_life_line_while_it_waits(show: Show, qtbot: QtBot, watch: type[PaintWatch]) -> None:
    screen = QWidget()
    undo = UndoChip()
    QHBoxLayout(screen).addWidget(undo)
    show(screen, 400, 70)
    undo.offer("Almond cookie removed")
    QApplication.processEvents()
    paints = watch(undo)
    qtbot.waitUntil(lambda: len(paints.areas) > 1, timeout=2000)
    assert all(area.height() <= 8 for area in paints.areas)


ACTIONS = (
    Action("hold", "Hold sale", "pause", "F6"),
    Action("return", "Return", "undo-2", "F7"),
    Action("more", "More", "layout-grid", "F10"),
)


def test_a_bar_fills_its_width_evenly_and_says_what_was_chosen(show: Show) -> None:
    bar = show(ActionBar(ACTIONS), 700, 52)
    chosen: list[str] = []
    bar.chosen.connect(chosen.append)
    for button in bar.buttons.values():
        QTest.mouseClick(button, LEFT)
    assert chosen == ["hold", "return", "more"]
    widths = {button.width() for button in bar.buttons.values()}
    assert max(widths) - min(widths) <= 1
    assert bar.buttons["more"].geometry().right() == 699


def test_a_bar_shows_all_caps_or_none(show: Show) -> None:
    bar = show(ActionBar(ACTIONS), 700, 52)
    for width in range(200, 700, 20):
        bar.resize(width, 52)
        assert len({button._may_show for button in bar.buttons.values()}) == 1
        places = [button.geometry() for button in bar.buttons.values()]
        assert all(one.right() < other.left() for one, other in itertools.pairwise(places))


def test_a_loose_bar_keeps_danger_at_the_far_end(show: Show) -> None:
    bar = ActionBar((*ACTIONS, Action("void", "Void", "trash-2", is_dangerous=True)), is_filled=False)
    show(bar, 900, 52)
    assert bar.buttons["void"].geometry().right() == 899
    assert bar.buttons["hold"].geometry().left() == 0
    assert bar.buttons["hold"].width() == bar.buttons["hold"].sizeHint().width()
    assert bar.fits(900, has_label=True)
    assert not bar.fits(100, has_label=True)
