"""A scanner to be clicked, for whoever teaches, tries or shows the program: its scans go the way of all others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from omsdesk.devices.scanner import Reader
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.result_list import Result, ResultList
from omsdesk.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

SOURCE = "virtual"
_WIDTH, _HEIGHT = 420, 560


class VirtualScanner(QWidget):
    """A small window over the program's own. The keys of results are their barcodes."""

    scanned = Signal(object)
    """A scan, as every scanner gives them."""

    def __init__(self, find: Callable[[str], Sequence[Result]], parent: QWidget) -> None:
        """``find`` lists products for what was typed, and some for nothing."""
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle("Scan without a scanner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._find = find
        self._reader = Reader(source=SOURCE)
        self.field = SearchField("A product, or any code")
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._entered)
        self.list = ResultList("Products to scan")
        self.list.chosen.connect(lambda code: self.scan(str(code)))
        self.button = KeyButton("Scan what is typed", "scan-line")
        self.button.clicked.connect(self._entered)
        self.said = Label("Click a product, and the program hears it scanned.", 14, 400, Tone.NEUTRAL)
        self.said.setWordWrap(True)
        self.setLayout(column(self.field, self.list, self.said, row(self.button), spacing=12, margins=(16, 16, 16, 16)))
        self.resize(_WIDTH, _HEIGHT)
        self._typed("")

    def scan(self, code: str) -> None:
        """Scan a code."""
        scan = self._reader.read(code, monotonic())
        if scan is not None:
            self.said.setText(f"Scanned: {scan.text}")
            self.scanned.emit(scan)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self.list.show_results(self._find(text.strip()), text)
        self.button.setEnabled(bool(text.strip()))

    def _entered(self) -> None:
        self.scan(self.field.text())
        self.field.selectAll()
