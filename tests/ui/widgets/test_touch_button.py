"""Buttons of every kind answer to finger, Tab and Enter, say what they do and show the state they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_button import CardButton
from omsdesk.ui.widgets.chip import Chip
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.touch_button import TouchButton

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import PaintWatch, Show

LEFT = Qt.MouseButton.LeftButton


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
