"""What it costs to hear a scanner: from its bytes to what the label says, and what the window's ear adds to each key.

It runs in a process of its own (``python -m tests.benchmarks.hearing``), so that nothing it loads weighs on what is
measured after it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial

from tests.benchmarks.measure import Row, Spread, in_turns, spreads
from tests.benchmarks.shops import Shops

_TIMES = 4000
_LABEL = "]C1010400638133393110L-77|21S1"
_FRENCH = "&1é2\"3'4(5-6è7_8ç9à0)-qaQAwzWZ,m?M$]"


def hearing(shops: Shops, size: int) -> list[Row]:
    """Read labels with everything that can be put right, and type codes into a window."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.benchmarks.hearing"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    (wire_floor, wire), (key_floor, key) = (
        tuple(Spread(*row) for row in pair) for pair in json.loads(done.stdout.splitlines()[-1])
    )
    return [
        Row("scanner's bytes to scan", "a label", wire, "< 0.05 ms", wire.p50 < 0.05, wire_floor),
        Row("the ear on each key", "a key", key, "< 0.1 ms", key.p50 < 0.1, key_floor),
    ]


def _reading() -> tuple[Spread, Spread]:
    """Compare with no more than decoding the bytes."""
    from omsdesk.devices.scanner import Reader, ScannerOptions, text_of

    reader = Reader(ScannerOptions(prefix="~", suffix="#", group="|", layout=_FRENCH), "scanner-1")
    typed = _LABEL.translate(str.maketrans(_FRENCH[1::2], _FRENCH[::2]))
    sent = f"~{typed}#\r".encode()
    low = [sent.decode] * _TIMES
    return spreads(in_turns(low, [lambda: reader.read(text_of(sent), 0.0)] * _TIMES))


def _keys() -> tuple[Spread, Spread]:
    """Compare a window without an ear: what Qt itself does with a key that nobody wants."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent, QWindow
    from PySide6.QtWidgets import QApplication, QWidget

    from omsdesk.ui.keyboard import Keyboard

    app = QApplication([])
    plain, heard = QWidget(), QWidget()
    for window in (plain, heard):
        window.show()
    keyboard = Keyboard(heard, lambda _scan: True, lambda _keys: False, lambda: None)
    app.processEvents()

    def press(window: QWindow, key: Qt.Key, text: str, at: int) -> None:
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(at)
        QApplication.sendEvent(window, event)

    code = [(Qt.Key(ord(digit)), digit) for digit in "4006381333931"] + [(Qt.Key.Key_Return, "\r")]
    typed = [(*code[place % len(code)], 1000 + 2 * place) for place in range(_TIMES)]
    windows = [window.windowHandle() for window in (plain, heard)]
    low, high = ([partial(press, window, *key) for key in typed] for window in windows if window is not None)
    found = spreads(in_turns(low, high))
    keyboard.go_deaf()
    return found


def main() -> None:
    """Print both as JSON."""
    pairs = [[[row.p50, row.p99] for row in pair] for pair in (_reading(), _keys())]
    print(json.dumps(pairs))


if __name__ == "__main__":
    main()
