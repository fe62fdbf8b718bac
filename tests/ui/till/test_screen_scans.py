"""A scan finds its way to the ticket whatever is open, and is on the screen soon."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.ui.sounds import Sound
from omsdesk.ui.till.goods.product_sheet import ProductSheet
from omsdesk.ui.till.line_sheets import NoteSheet
from omsdesk.ui.till.lock_view import LockView
from omsdesk.ui.till.pay_view import PayView
from omsdesk.ui.till.screen import Mode
from tests.ui.keys import burst
from tests.ui.till.shop import PINS, Station, code_of, set_up

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def tap(till: Station, widget: QWidget, place: QPoint | None = None) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())
    till.settle()


@pytest.mark.parametrize("key", [Qt.Key.Key_F8, Qt.Key.Key_F10, Qt.Key.Key_F1])
def test_a_scan_rings_up_behind_an_open_sheet(till: Station, key: Qt.Key) -> None:
    till.press(key)
    till.scan(code_of("oat"))
    assert till.lines == [("1", "Oat milk 1 L")]
    assert till.speaker.heard == [Sound.OK]


def test_a_scan_does_not_fall_into_a_note(till: Station) -> None:
    till.scan(code_of("mug"))
    till.press(Qt.Key.Key_N, CTRL)
    till.type_in("for mia")
    till.scan(code_of("oat"))
    till.until(lambda: till.sheet(NoteSheet).field.text() == "for mia")
    assert [name for _, name in till.lines] == ["Travel mug 350 ml", "Oat milk 1 L"]


def test_a_digit_on_the_pay_view_is_given_money_and_a_scan_is_an_article(till: Station) -> None:
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F12)
    till.type_in("20")
    till.scan(code_of("oat"))
    view = till.view(PayView)
    assert view.given.text() == "20"
    assert till.lines == [("1", "Ethiopia Guji 250 g"), ("1", "Oat milk 1 L")]
    assert view.due.text() == "€15.70"


def test_a_scan_begins_the_next_sale(till: Station) -> None:
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F5)
    assert till.is_in(Mode.DONE)
    till.scan(code_of("oat"))
    assert till.is_in(Mode.SELLING)
    assert till.lines == [("1", "Oat milk 1 L")]


def test_scans_faster_than_the_disk_all_arrive(till: Station) -> None:
    for _ in range(25):
        burst(till.handle, code_of("oat"))
    till.until(lambda: till.lines == [("25", "Oat milk 1 L")])


def test_a_scan_before_the_drawer_was_counted_says_what_to_do(tmp_path: Path, qtbot: QtBot) -> None:
    till = Station(set_up(tmp_path), qtbot).start(is_open=False)
    till.scan(code_of("oat"))
    assert till.said.startswith("Open the shift first")
    assert till.speaker.heard == [Sound.BLOCKED]
    till.stop()


def test_an_unknown_code_is_heard_and_seen_and_can_be_made(till: Station) -> None:
    till.scan("4099999999991")
    assert till.speaker.heard == [Sound.NOT_FOUND]
    assert till.screen.status.notice.isVisible()
    tap(till, till.screen.status.notice.button)
    assert till.sheet(ProductSheet).name.hasFocus()
    till.press(Qt.Key.Key_Escape)
    assert till.screen.sheet is None
    assert not till.state.session.intake.is_deciding


def test_a_cashier_reads_whom_to_ask(tmp_path: Path, qtbot: QtBot) -> None:
    till = Station(set_up(tmp_path), qtbot).start(is_signed_in=False)
    lock = till.view(LockView)
    lock.choose(lock.people["ben"])
    till.type_in(PINS["ben"])
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.is_in(Mode.SELLING))
    till.settle()
    till.scan("4099999999991")
    assert "Ask a supervisor" in till.screen.status.notice.text()
    till.press(Qt.Key.Key_Return)
    assert till.screen.sheet is None
    till.stop()


def test_a_scan_is_durable_and_painted_soon(till: Station) -> None:
    """The goal is a frame of 16 ms, which the bench holds a clock to; here the work counts, three frames of it."""
    took = []
    codes = [code_of(product) for product in ("guji", "oat", "mug", "bag", "brew", "water")]
    for number in range(60):
        before, code = till.state.session.sale, codes[number % len(codes)]
        burst(till.handle, code, None)
        began = time.process_time()
        QTest.keyClick(till.handle, Qt.Key.Key_Return)
        while till.state.session.sale is before:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()
        took.append(time.process_time() - began)
    assert sorted(took)[len(took) // 2] < 0.048
