"""A window on a real X server that writes down what it hears: a process of its own, for ``test_keyboard_wedge.py``.

On standard input come lines: ``learn``, how the scanners are set in JSON, or an empty one for the end. On standard
output goes ``ready``, and at the end what was scanned, what stands in the field, and every key with its moment.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from omsdesk.devices.scanner import Reader, Scan, ScannerOptions
from omsdesk.ui import theme
from omsdesk.ui.navigation import Page, Screen
from omsdesk.ui.window import Window


class Room(Screen):
    """A screen with one field."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setMaxLength(1_000_000)
        QVBoxLayout(self).addWidget(self.field)

    def arrived(self) -> None:
        self.field.setFocus()

    def typing_place(self) -> QWidget | None:
        return self.field


class Notes(QObject):
    """Writes down every key before anybody else sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[tuple[int, str]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWindow) and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keys.append((event.timestamp(), event.text()))
        return False


def say(line: str) -> None:
    """Tell the story that plays with this process."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Run until the standard input ends."""
    app = QApplication(sys.argv[:1])
    theme.apply(theme.load("light"), app)
    room, scans, notes = Room(), [], Notes()
    window = Window([Page("room", "Room", "store", lambda: room)])

    def heard(scan: Scan) -> bool:
        scans.append({"text": scan.text, "raw": scan.raw, "aim": scan.aim, "source": scan.source})
        return True

    window._keyboard._on_scan = heard
    window.show()
    app.installEventFilter(notes)
    window.activateWindow()

    def told() -> None:
        line = sys.stdin.readline().strip()
        if line == "learn":
            window._keyboard.learn(lambda *code: scans.append(dict(zip(("raw", "start", "end"), code, strict=True))))
            say("ready")
        elif line:
            options = [ScannerOptions.from_dict(row) for row in json.loads(line)]
            window._keyboard.set_scanners([Reader(row, f"scanner-{at}") for at, row in enumerate(options, 1)])
            say("ready")
        else:
            app.quit()

    listener = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    listener.activated.connect(told)

    def begun() -> None:
        if window.isActiveWindow() and room.field.hasFocus():
            say("ready")
        else:
            QTimer.singleShot(20, begun)

    begun()
    app.exec()
    QApplication.processEvents()
    window._keyboard.let_through()
    say(json.dumps({"scans": scans, "field": room.field.text(), "keys": notes.keys}))


if __name__ == "__main__":
    main()
