"""Every scan goes one way: to the screen in front, and after the dialog that is open."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.devices.scanner import Scan
from omsdesk.ui.scan_route import ScanRoute


class Desk(QWidget):
    """A window with a field and some text, and the way of its scans."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.notes = QLineEdit(), QPlainTextEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.notes)
        self.taken: list[str] = []
        self.wants_scans, self.is_asking, self.asks_after_each = True, False, False
        self.route = ScanRoute(self._give, lambda: self.is_asking)
        self.counts: list[int] = []
        self.heard: list[str] = []
        self.given: list[tuple[str, bool]] = []
        self.route.waiting_changed.connect(self.counts.append)
        self.route.heard.connect(lambda scan: self.heard.append(scan.text))
        self.route.given.connect(lambda scan, is_taken: self.given.append((scan.text, is_taken)))

    def _give(self, scan: Scan) -> bool:
        self.is_asking = self.asks_after_each
        if self.wants_scans:
            self.taken.append(scan.text)
        return self.wants_scans


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.field.setFocus()
    return made


def test_a_scan_is_given_at_once(desk: Desk) -> None:
    assert desk.route.take(Scan("4006381333931"))
    desk.route.arrived(Scan("96385074"))
    assert desk.taken == desk.heard == ["4006381333931", "96385074"]
    assert desk.given == [("4006381333931", True), ("96385074", True)]
    assert desk.field.text() == ""


def test_while_a_dialog_is_open_scans_wait_and_come_in_their_order(desk: Desk, qtbot: QtBot) -> None:
    dialog = QDialog(desk)
    dialog.setModal(True)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert desk.route.take(Scan("1"))
    desk.route.arrived(Scan("2"))
    assert (desk.taken, desk.heard, desk.counts) == ([], ["1", "2"], [1, 2])
    dialog.close()
    # One that comes before the others were given does not overtake them.
    desk.route.arrived(Scan("3"))
    qtbot.waitUntil(lambda: desk.taken == ["1", "2", "3"])
    assert desk.counts == [1, 2, 3, 2, 1, 0]
    assert not desk.route._timer.isActive()


def test_while_the_window_asks_scans_wait(desk: Desk, qtbot: QtBot) -> None:
    desk.is_asking = True
    assert desk.route.take(Scan("1"))
    assert desk.taken == []
    desk.is_asking = False
    qtbot.waitUntil(lambda: desk.taken == ["1"])


def test_a_scan_may_open_the_next_dialog_and_the_others_wait_for_that(desk: Desk, qtbot: QtBot) -> None:
    desk.is_asking = True
    for code in "123":
        desk.route.arrived(Scan(code))
    desk.asks_after_each = True
    desk.is_asking = False
    qtbot.waitUntil(lambda: desk.taken == ["1"])
    assert [scan.text for scan in desk.route.waiting] == ["2", "3"]
    desk.is_asking = False
    qtbot.waitUntil(lambda: desk.taken == ["1", "2"])


def test_what_nobody_wants_goes_where_typing_would(desk: Desk, qtbot: QtBot) -> None:
    desk.wants_scans = False
    assert not desk.route.take(Scan("1"))
    assert desk.field.text() == "", "the keys of a scanner that types go there by themselves"
    desk.route.arrived(Scan("2"))
    assert desk.field.text() == "2"
    desk.notes.setFocus()
    desk.route.arrived(Scan("3"))
    assert desk.notes.toPlainText() == "3"
    desk.field.setReadOnly(True)
    desk.field.setFocus()
    desk.route.arrived(Scan("4"))
    assert desk.field.text() == "2"
    assert desk.given[-1] == ("4", False)
