"""A character by its number: Alt and the digits of the keypad."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from omsdesk.ui import alt_code
from omsdesk.ui.alt_code import character_of, digit_of

ALT, KEYPAD = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.KeypadModifier


def _pressed(key: Qt.Key, held: Qt.KeyboardModifier) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held)


@pytest.mark.parametrize(
    ("digits", "character"),
    [("029", "\x1d"), ("29", "\x1d"), ("065", "A"), ("0201", "É"), ("144", "É"), ("0128", "€"), ("093", "]")],
)
def test_a_number_is_the_character_that_windows_makes_of_it(digits: str, character: str) -> None:
    assert character_of(digits) == character


def test_any_digits_are_some_character() -> None:
    assert all(len(character_of(f"{zero}{number}")) == 1 for number in range(1000) for zero in ("", "0"))


@pytest.mark.parametrize(
    ("key", "digit"), [(Qt.Key.Key_0, "0"), (Qt.Key.Key_9, "9"), (Qt.Key.Key_Insert, "0"), (Qt.Key.Key_PageUp, "9")]
)
def test_a_key_of_the_keypad_is_its_digit_whether_num_lock_is_on(key: Qt.Key, digit: str) -> None:
    assert digit_of(_pressed(key, ALT | KEYPAD)) == digit


@pytest.mark.parametrize(
    ("key", "held"),
    [(Qt.Key.Key_2, ALT), (Qt.Key.Key_2, KEYPAD), (Qt.Key.Key_Plus, ALT | KEYPAD), (Qt.Key.Key_F1, ALT)],
)
def test_any_other_key_is_none(key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    assert digit_of(_pressed(key, held)) == ""


def test_windows_makes_the_character_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alt_code, "IS_OURS", False)
    assert digit_of(_pressed(Qt.Key.Key_2, ALT | KEYPAD)) == ""
