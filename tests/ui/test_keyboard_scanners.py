"""Scanners that type: those that were set up, what no key has, letters that are composed, windows over the window."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from omsdesk.devices.scanner import Reader, ScannerOptions
from omsdesk.ui.burst import BURST_GAP, STUTTER
from tests.ui.keyboard_desk import Desk, put_desk
from tests.ui.keys import alt_code, burst


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return put_desk(qtbot)


F9 = ScannerOptions(start_key="F9")
GS = "\x1d"


def test_a_key_before_each_code_tells_the_scanner_at_once(desk: Desk, qtbot: QtBot) -> None:
    desk.keyboard.set_scanners([Reader(ScannerOptions(), "scanner-1"), Reader(F9, "scanner-2")])
    burst(desk.handle, "7", begin=Qt.Key.Key_F9)
    burst(desk.handle, "40", None, begin=Qt.Key.Key_F9)
    qtbot.wait(STUTTER // 2)
    desk.burst("0123")
    desk.burst("96385074")
    assert desk.scans == ["7", "400123", "96385074"], "neither short codes nor a stop after two digits matter any more"
    assert desk.sources == ["scanner-2", "scanner-2", "scanner-1"]
    assert desk.first.text() == ""
    assert desk.keys == []


def test_a_control_key_may_be_that_key(desk: Desk) -> None:
    desk.keyboard.set_scanners([Reader(ScannerOptions(start_key="Ctrl+B", end_key="Ctrl+C"), "scanner-1")])
    burst(desk.handle, "\x024001234500027\x03", None)
    assert desk.scans == ["4001234500027"]
    assert desk.keys == []


def test_a_person_who_presses_that_key_types_on(desk: Desk, qtbot: QtBot) -> None:
    desk.keyboard.set_scanners([Reader(F9)])
    burst(desk.handle, "", None, begin=Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: desk.keys == ["F9"])
    desk.burst("m", None)
    qtbot.waitUntil(lambda: desk.first.text() == "m")
    burst(desk.handle, "", None, begin=Qt.Key.Key_F9)
    desk.press(Qt.Key.Key_F2)
    assert desk.keys == ["F9", "F9", "F2"]


def test_scanners_are_told_apart_by_their_prefix(desk: Desk) -> None:
    desk.keyboard.set_scanners([Reader(ScannerOptions(), "scanner-1"), Reader(ScannerOptions(prefix="/"), "scanner-2")])
    desk.burst("/4001234500027")
    desk.burst("4001234500027")
    assert desk.scans == ["4001234500027"] * 2
    assert desk.sources == ["scanner-2", "scanner-1"]


def test_one_that_nobody_set_up_is_heard_as_before(desk: Desk) -> None:
    desk.keyboard.set_scanners([Reader(ScannerOptions(prefix="/"), "scanner-2")])
    desk.burst("4001234500027")
    assert desk.sources == ["keyboard"]


def test_another_keyboards_letters_are_put_right(desk: Desk) -> None:
    desk.keyboard.set_scanners([Reader(ScannerOptions(layout="&1é2\"3'4(5-6è7_8ç9à0"), "scanner-1")])
    desk.burst("'àà&é\"'(ààà-ç")
    assert desk.scans == ["4001234500069"]


def test_who_learns_hears_each_code_with_its_keys_and_nobody_else_does(desk: Desk, qtbot: QtBot) -> None:
    heard: list[tuple[str, str, str]] = []
    desk.keyboard.set_scanners([Reader(F9)])
    desk.keyboard.learn(lambda *code: heard.append(code))
    burst(desk.handle, "400123", begin=Qt.Key.Key_F9)
    burst(desk.handle, "400124", Qt.Key.Key_Tab)
    burst(desk.handle, "400125", Qt.Key.Key_F10)
    desk.burst("400126", None)
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert heard == [("400123", "F9", "Return"), ("400124", "", "Tab"), ("400125", "", "F10"), ("400126", "", "")]
    desk.burst("m", None)
    qtbot.waitUntil(lambda: desk.first.text() == "m")
    desk.keyboard.learn(None)
    desk.burst("400127")
    assert desk.scans == ["400127"]


def test_a_scanner_that_ends_with_nothing_is_heard_by_its_silence(desk: Desk, qtbot: QtBot) -> None:
    desk.keyboard.set_scanners([Reader(ScannerOptions(end_key=""), "scanner-1")])
    desk.burst("4001234500027", None)
    qtbot.waitUntil(lambda: desk.scans == ["4001234500027"])
    desk.burst("oat", None)
    qtbot.waitUntil(lambda: desk.first.text() == "oat")


def test_two_codes_with_silence_between_them_are_two(desk: Desk, qtbot: QtBot) -> None:
    desk.keyboard.set_scanners([Reader(ScannerOptions(end_key=""), "scanner-1")])
    desk.burst("4001234500027", None)
    # The program is busy, and hears both at once: what counts is when the keys were pressed.
    time.sleep(0.2)
    desk.burst("96385074", None)
    qtbot.waitUntil(lambda: desk.scans == ["4001234500027", "96385074"])


@pytest.mark.parametrize("second", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_an_end_of_two_keys_presses_nothing_in_the_window(desk: Desk, second: Qt.Key) -> None:
    desk.wants_scans = True
    burst(desk.handle, "4001234500027", Qt.Key.Key_Return, second)
    burst(desk.handle, "4001234500027\r\n", None)
    assert desk.scans == ["4001234500027"] * 2
    assert desk.keys == []
    assert desk.first.hasFocus()


def test_enter_after_a_scan_is_enter_when_a_person_presses_it(desk: Desk, qtbot: QtBot) -> None:
    desk.burst("4001234500027")
    qtbot.wait(2 * BURST_GAP)
    desk.burst("")
    assert desk.keys == ["Return"]


def test_the_separator_of_gs1_is_a_key_with_ctrl_or_a_number_with_alt(desk: Desk) -> None:
    desk.burst(f"]C1010400638133393110AB{GS}21CD")
    desk.burst("]C1010400638133393110AB", None)
    alt_code(desk.handle, "029")
    desk.burst("21CD")
    assert desk.scans == [f"]C1010400638133393110AB{GS}21CD"] * 2
    assert desk.keys == []


@pytest.mark.parametrize("has_num_lock", [True, False])
def test_a_scanner_may_type_all_of_a_code_by_numbers(desk: Desk, has_num_lock: bool) -> None:
    for letter in "]C1É-9":
        number = {"É": "0201"}.get(letter, f"{ord(letter):03d}")
        alt_code(desk.handle, number, has_num_lock=has_num_lock)
    desk.press(Qt.Key.Key_Return)
    assert desk.scans == ["]C1É-9"]


def test_alt_and_one_digit_is_a_persons_shortcut(desk: Desk) -> None:
    alt_code(desk.handle, "2")
    assert desk.keys == ["Alt+2"]
    assert desk.scans == []


def test_ctrl_and_a_letter_is_a_shortcut_when_a_person_presses_it(desk: Desk, qtbot: QtBot) -> None:
    desk.burst("oat", None)
    qtbot.waitUntil(lambda: desk.first.text() == "oat")
    desk.burst("\x0b", None)
    assert desk.keys == ["Ctrl+K"]


def test_a_code_twice_from_a_scanner_that_stands_is_once_and_types_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.keyboard.set_scanners([Reader(ScannerOptions(repeat_ms=20_000))])
    desk.burst("4001234500027")
    desk.burst("4001234500027")
    qtbot.wait(2 * BURST_GAP)
    assert desk.scans == ["4001234500027"]
    assert desk.first.text() == ""


# ---- letters that are composed, and windows over the window


def _compose(desk: Desk, letter: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(letter)
    place = QApplication.focusWidget()
    assert place is not None
    QApplication.sendEvent(place, event)


def test_a_letter_with_an_accent_is_typed(desk: Desk, qtbot: QtBot) -> None:
    _compose(desk, "ë")
    assert desk.first.text() == ""
    qtbot.waitUntil(lambda: desk.first.text() == "ë")


def test_a_composed_letter_in_a_code_belongs_to_the_code(desk: Desk, qtbot: QtBot) -> None:
    _compose(desk, "Ë")
    desk.burst("04001234500027", None)
    _compose(desk, "ü")
    desk.press(Qt.Key.Key_Return)
    assert desk.scans == ["Ë04001234500027ü"]
    qtbot.wait(2 * BURST_GAP)
    assert desk.first.text() == ""


def test_an_input_method_at_work_is_not_disturbed(desk: Desk) -> None:
    desk.burst("m", None)
    QApplication.sendEvent(desk.first, QInputMethodEvent("に", []))
    assert desk.first.text() == "m", "what was typed before it comes before it"
    _compose(desk, "日")
    _compose(desk, "本酒")
    assert desk.first.text() == "m日本酒", "at once, and in its order"


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> QDialog:
    made = QDialog(desk)
    made.setModal(True)
    field = QLineEdit(made)
    QVBoxLayout(made).addWidget(field)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is field)
    return made


def test_a_scan_over_a_dialog_is_heard_and_never_typed_into_it(desk: Desk, dialog: QDialog, qtbot: QtBot) -> None:
    handle, field = dialog.windowHandle(), dialog.findChild(QLineEdit)
    assert handle is not None
    assert field is not None
    burst(handle, "4001234500027")
    assert desk.scans == ["4001234500027"]
    burst(handle, "letters", None)
    qtbot.waitUntil(lambda: field.text() == "letters")
    assert desk.first.text() == ""
    assert dialog.isVisible()


def test_keys_over_a_dialog_are_the_dialogs(desk: Desk, dialog: QDialog) -> None:
    handle = dialog.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_F2)
    assert desk.keys == []
    QTest.keyClick(handle, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_letters_choose_in_an_open_list(desk: Desk, qtbot: QtBot) -> None:
    box = QComboBox(desk)
    box.addItems(["apples", "milk", "pears"])
    box.show()
    box.setFocus()
    box.showPopup()
    desk.burst("p", None)
    qtbot.waitUntil(lambda: box.view().currentIndex().row() == 2)


def test_who_has_gone_deaf_hears_nothing(desk: Desk) -> None:
    desk.keyboard.go_deaf()
    desk.burst("4001234500027")
    assert desk.scans == []
