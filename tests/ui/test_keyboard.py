"""A scanner is a keyboard that types fast: its bursts never touch a field, and a person's typing is never lost."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.ui.burst import BURST_GAP, STUTTER
from omsdesk.ui.keyboard import TAKES_KEYS, TAKES_PIN, takes_text
from tests.ui.keyboard_desk import Desk, put_desk


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return put_desk(qtbot)


def test_a_burst_is_a_scan_and_touches_no_field(desk: Desk, qtbot: QtBot) -> None:
    desk.second.setFocus()
    desk.burst("4001234500027")
    qtbot.wait(2 * BURST_GAP)
    assert desk.scans == ["4001234500027"]
    assert desk.first.text() == desk.second.text() == ""


def test_a_field_never_hears_the_end_of_a_key_whose_beginning_was_taken(desk: Desk, qtbot: QtBot) -> None:
    heard: list[QEvent.Type] = []

    class Ear(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            heard.append(event.type())
            return False

    ear = Ear(desk)
    desk.first.installEventFilter(ear)
    desk.burst("4001234500027")
    assert (desk.scans, heard.count(QEvent.Type.KeyRelease)) == (["4001234500027"], 0)
    desk.press(Qt.Key.Key_Left)
    assert heard.count(QEvent.Type.KeyPress) == heard.count(QEvent.Type.KeyRelease) == 1


def test_a_scanner_presses_shift_for_capitals(desk: Desk, qtbot: QtBot) -> None:
    handle = desk.windowHandle()
    assert handle is not None
    for letter in "2A-00B0C1":
        shift = Qt.KeyboardModifier.ShiftModifier if letter.isalpha() else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(handle, Qt.Key(ord(letter)), shift)
    desk.press(Qt.Key.Key_Return)
    # Simulated keys have no capitals, whatever Shift says.
    assert [code.upper() for code in desk.scans] == ["2A-00B0C1"]
    qtbot.wait(2 * BURST_GAP)
    assert desk.first.text() == ""


def test_a_command_right_after_a_letter_is_one(desk: Desk) -> None:
    desk.burst("ab", None)
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (desk.first.text(), desk.keys) == ("ab", ["Ctrl+Return"])


def test_a_scanner_may_end_with_tab(desk: Desk) -> None:
    desk.burst("4001234500027", Qt.Key.Key_Tab)
    assert desk.scans == ["4001234500027"]
    assert desk.first.hasFocus()


def test_a_digit_twice_in_a_code_is_no_key_that_is_held_down(desk: Desk, qtbot: QtBot) -> None:
    at = int(time.monotonic() * 1000)
    for letter, is_repeated in (("4", False), ("0", False), ("0", True), ("6", False), ("6", True)):
        event = QKeyEvent(QEvent.Type.KeyPress, ord(letter), Qt.KeyboardModifier.NoModifier, letter, is_repeated)
        event.setTimestamp(at)
        QApplication.sendEvent(desk.handle, event)
    desk.burst("")
    assert desk.scans == ["40066"]
    qtbot.wait(2 * BURST_GAP)
    assert desk.first.text() == ""


def test_a_key_that_a_person_holds_down_repeats_at_once(desk: Desk, qtbot: QtBot) -> None:
    desk.burst("a", None)
    qtbot.waitUntil(lambda: desk.first.text() == "a")
    for delay in (500, 530, 560):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", autorep=True)
        event.setTimestamp(int(time.monotonic() * 1000) + delay)
        QApplication.sendEvent(desk.handle, event)
    desk.burst("")
    assert desk.scans == []


def test_two_scans_in_a_row_are_two_scans(desk: Desk) -> None:
    desk.burst("11112222")
    desk.burst("33334444")
    assert desk.scans == ["11112222", "33334444"]


def test_what_is_too_short_for_a_barcode_is_typing(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.first.returnPressed):
        desk.burst("abc")
    assert desk.scans == []
    assert desk.first.text() == "abc"


def test_a_burst_without_its_end_is_typing(desk: Desk, qtbot: QtBot) -> None:
    desk.burst("oat milk", None)
    assert desk.first.text() == ""
    qtbot.waitUntil(lambda: desk.first.text() == "oat milk")
    assert desk.scans == []


def test_slow_keys_are_typing_even_when_enter_follows(desk: Desk, qtbot: QtBot) -> None:
    for letter in "12345":
        desk.burst(letter, None)
        qtbot.wait(BURST_GAP + 15)
    desk.press(Qt.Key.Key_Return)
    assert desk.scans == []
    assert desk.first.text() == "12345"


def test_a_scanner_that_stutters_is_heard_whole_and_the_field_sees_nothing_of_it(desk: Desk, qtbot: QtBot) -> None:
    desk.first.setText("for mia")
    desk.burst("40012345", None)
    qtbot.wait(STUTTER // 2)
    assert desk.first.text() == "for mia"
    desk.burst("00027")
    assert desk.scans == ["4001234500027"]
    assert desk.first.text() == "for mia"


def test_an_enter_that_comes_late_still_ends_a_scan(desk: Desk, qtbot: QtBot) -> None:
    desk.second.setFocus()
    desk.burst("4001234500027", None)
    qtbot.wait(STUTTER // 2)
    desk.press(Qt.Key.Key_Return)
    assert desk.scans == ["4001234500027"]
    assert desk.second.text() == ""
    assert desk.keys == []


def test_after_a_long_stop_the_rest_is_a_burst_of_its_own(desk: Desk, qtbot: QtBot) -> None:
    desk.burst("40012345", None)
    qtbot.waitUntil(lambda: desk.first.text() == "40012345")
    desk.burst("00027")
    assert desk.scans == ["00027"]
    assert desk.first.text() == "40012345"


def test_a_click_between_two_bursts_parts_them(desk: Desk) -> None:
    desk.burst("40012345", None)
    handle = desk.windowHandle()
    assert handle is not None
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=desk.second.geometry().center())
    desk.burst("00027")
    assert desk.scans == ["00027"]
    assert (desk.first.text(), desk.second.text()) == ("40012345", "")


def test_a_busy_program_takes_no_scan_apart(desk: Desk, qtbot: QtBot) -> None:
    desk.burst("40012345", None)
    time.sleep(2 * STUTTER / 1000)
    # The timer is over now; what the scanner sent meanwhile is still to be read.
    QTest.qWait(1)
    assert desk.first.text() == ""
    qtbot.waitUntil(lambda: desk.first.text() == "40012345")


def test_a_scan_right_after_typing_is_no_part_of_it(desk: Desk, qtbot: QtBot) -> None:
    for letter in "espresso":
        desk.burst(letter, None)
        qtbot.wait(BURST_GAP + 5)
    desk.burst("4001234500027")
    assert desk.scans == ["4001234500027"]
    assert desk.first.text() == "espresso"


def test_fast_typing_is_no_stuttering_scanner(desk: Desk, qtbot: QtBot) -> None:
    for letter in "espresso":
        desk.burst(letter, None)
        qtbot.wait(BURST_GAP + 5)
    with qtbot.waitSignal(desk.first.returnPressed):
        desk.press(Qt.Key.Key_Return)
    assert desk.scans == []
    assert desk.first.text() == "espresso"


def test_a_scan_that_nobody_wants_is_typed_and_confirmed(desk: Desk, qtbot: QtBot) -> None:
    desk.wants_scans = False
    with qtbot.waitSignal(desk.first.returnPressed):
        desk.burst("4711")
    assert desk.first.text() == "4711"


def test_a_pin_that_is_typed_in_a_flash_is_no_scan_and_a_badge_is(desk: Desk, qtbot: QtBot) -> None:
    desk.second.setProperty(TAKES_KEYS, True)
    desk.second.setProperty(TAKES_PIN, True)
    desk.second.setFocus()
    desk.burst("2222")
    qtbot.waitUntil(lambda: desk.second.text() == "2222")
    assert desk.scans == []
    desk.burst("200012345")
    desk.burst("96385074")
    assert desk.scans == ["200012345", "96385074"], "a small article has eight digits, too"
    assert desk.second.text() == "2222"
    desk.burst("96385073")
    qtbot.waitUntil(lambda: desk.second.text() == "222296385073")


def test_typing_goes_to_the_field_that_has_the_focus(desk: Desk, qtbot: QtBot) -> None:
    desk.second.setFocus()
    desk.burst("mia", None)
    qtbot.waitUntil(lambda: desk.second.text() == "mia")


def test_typing_over_a_button_goes_to_the_first_field(desk: Desk, qtbot: QtBot) -> None:
    desk.button.setFocus()
    desk.burst("oat", None)
    qtbot.waitUntil(lambda: desk.first.text() == "oat")
    assert desk.first.hasFocus()


def test_keys_that_mean_something_are_heard_first(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_Left)
    assert desk.keys == ["F2", "Ctrl+K", "Left"]


def test_the_keypads_enter_is_enter(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert desk.keys == ["Return"]


def test_a_modifier_alone_means_nothing(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Control)
    assert desk.keys == []


def test_a_key_lets_what_was_typed_through_before_it(desk: Desk) -> None:
    desk.burst("oat", None)
    desk.press(Qt.Key.Key_Backspace)
    assert desk.first.text() == "oa"


def test_a_click_lets_what_was_typed_through_before_it(desk: Desk) -> None:
    desk.burst("oat", None)
    handle = desk.windowHandle()
    assert handle is not None
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=desk.second.geometry().center())
    assert desk.first.text() == "oat"


def test_only_what_reads_keys_takes_text(desk: Desk) -> None:
    assert takes_text(desk.first)
    assert not takes_text(desk.button)
    assert not takes_text(None)
    desk.button.setProperty(TAKES_KEYS, True)
    assert takes_text(desk.button)
    desk.button.hide()
    assert not takes_text(desk.button)


def test_a_short_space_presses_the_button_where_typing_has_no_place(desk: Desk) -> None:
    desk.button.setCheckable(True)
    desk.place = None
    desk.button.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert desk.button.isChecked(), "nobody holds a key down for long"
    desk.place = desk.first
    desk.button.setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.keyboard.let_through()
    assert desk.first.text() == " ", "where typing has a place, a space is typed there"


def test_a_space_inside_a_code_belongs_to_the_code(desk: Desk) -> None:
    desk.place = None
    desk.button.setFocus()
    desk.burst("ab 12")
    assert desk.scans == ["ab 12"]


def test_a_window_beside_it_has_its_own_keys(desk: Desk, qtbot: QtBot) -> None:
    beside = put_desk(qtbot)
    qtbot.waitUntil(beside.isActiveWindow)
    desk.activateWindow()
    qtbot.waitUntil(desk.isActiveWindow)
    desk.burst("4001234500027")
    assert (desk.scans, beside.scans) == (["4001234500027"], [])
    desk.press(Qt.Key.Key_F2)
    assert (desk.keys, beside.keys) == (["F2"], [])
