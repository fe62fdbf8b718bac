"""A window with two fields and a button whose keys are heard, for the stories of ``test_keyboard*.py``."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.devices.scanner import Scan
from omsdesk.ui.keyboard import Keyboard
from tests.ui.keys import burst


class Desk(QWidget):
    """A window with two fields and a button, and an ear."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second, self.button = QLineEdit(), QLineEdit(), QPushButton("Press")
        column = QVBoxLayout(self)
        for part in (self.first, self.second, self.button):
            column.addWidget(part)
        self.scans: list[str] = []
        self.sources: list[str] = []
        self.keys: list[str] = []
        self.wants_scans = True
        self.place: QWidget | None = self.first
        self.keyboard = Keyboard(self, self._scanned, self._meant, lambda: self.place)

    def _scanned(self, scan: Scan) -> bool:
        if self.wants_scans:
            self.scans.append(scan.code)
            self.sources.append(scan.source)
        return self.wants_scans

    def _meant(self, keys: QKeySequence) -> bool:
        self.keys.append(keys.toString())
        return keys.toString() in {"F2", "Ctrl+K"}

    @property
    def handle(self) -> QWindow:
        """Where the system sends keys."""
        handle = self.windowHandle()
        assert handle is not None
        return handle

    def burst(self, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Let a scanner type."""
        burst(self.handle, text, end)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key."""
        QTest.keyClick(self.handle, key, modifier)


def put_desk(qtbot: QtBot) -> Desk:
    """Show one, with the focus in its first field."""
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.first.setFocus()
    return made
