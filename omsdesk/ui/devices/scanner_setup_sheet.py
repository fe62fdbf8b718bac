"""“Set up a scanner”: a code at a time on the screen, what is wrong with what came, and what was learnt in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from omsdesk.devices.scanner_lesson import LABELS
from omsdesk.ui.devices.scanner_setup import ScannerSetup
from omsdesk.ui.guest_sheet import GuestSheet
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.barcode_view import BarcodeView
from omsdesk.ui.widgets.fact_rows import Fact, FactRows
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from omsdesk.devices.scanner import Scan

_WIDEST = 980
_HOW = (
    "Hold the scanner a hand's length before the screen. "
    "One that reads no screens: save the codes as PDF, print them, and scan them from the paper."
)


class ScannerSetupBody(QWidget):
    """The codes first, what was learnt afterwards."""

    def __init__(self, setup: ScannerSetup) -> None:
        """Show the first code."""
        super().__init__()
        self.setup = setup
        self.step = Label("", 20, 600)
        self.purpose = Label("", 16, 400, Tone.NEUTRAL)
        self.code = BarcodeView()
        self.said = Label("", 16, 500)
        self.said.setWordWrap(True)
        self.learnt = FactRows("What was learnt", "")
        self.name = QLineEdit()
        self.name.setPlaceholderText("What people call it, such as “Till 1, in the hand”")
        self.name.setAccessibleName("Name of the scanner")
        self.name.returnPressed.connect(lambda: setup.save(self.name.text()))
        self.save = PrimaryButton("Save", "check")
        self.save.clicked.connect(lambda: setup.save(self.name.text()))
        self.to_pdf = KeyButton("Save the codes as PDF", "download")
        self.to_pdf.clicked.connect(self._write_sheet)
        self.again = KeyButton("Begin again", "refresh-cw")
        self.again.clicked.connect(setup.begin)
        lines = column(spacing=14)
        for part in (self.step, self.purpose, self.code, self.said, self.learnt, self.name):
            lines.addWidget(part)
        lines.addLayout(row(self.save, self.again, self.to_pdf, 1))
        lines.addStretch(1)
        self.setLayout(lines)
        setup.listeners.append(self.show_setup)
        self.show_setup()

    def show_setup(self) -> None:
        """Show where one is."""
        setup, symbol = self.setup, self.setup.symbol
        is_done = symbol is None
        for shown in (self.code, self.purpose, self.to_pdf):
            shown.setHidden(is_done)
        self.learnt.setVisible(is_done)
        for asked in (self.name, self.save):
            asked.setVisible(is_done and not setup.is_saved)
        if symbol is not None:
            label = LABELS[setup.lesson.step]
            self.step.setText(f"Scan code {setup.lesson.step + 1} of {len(LABELS)}")
            self.purpose.setText(label.purpose)
            self.code.show_row(symbol.rows[0], f"Barcode: {symbol.text}")
            self._say(setup.fault or _HOW, Tone.WARN if setup.fault else Tone.NEUTRAL)
        else:
            self.step.setText("The scanner is set up" if setup.is_saved else "This is how the scanner is set")
            self.learnt.show_facts([Fact("check", name, value, tone=Tone.OK) for name, value in setup.learnt])
            self._say_result()
            if not setup.is_saved and not self.name.hasFocus():
                self.name.setFocus()

    def _say_result(self) -> None:
        setup = self.setup
        if setup.fault:
            self._say(setup.fault, Tone.WARN)
        elif setup.tried is not None:
            kind = f" ({setup.tried.aim})" if setup.tried.aim else ""
            self._say(f"Read: {setup.tried.text}{kind}", Tone.OK)
        elif setup.lesson.remarks:
            self._say("\n".join(setup.lesson.remarks), Tone.WARN)
        else:
            self._say("Scan anything to try it.", Tone.NEUTRAL)

    def _say(self, sentence: str, tone: Tone) -> None:
        self.said.setText(sentence)
        self.said.set_tone(tone)

    def _write_sheet(self) -> None:
        self._say(self.setup.write_sheet(), Tone.NEUTRAL)


class ScannerSetupSheet(GuestSheet):
    """Has all scans until it is closed."""

    help_page = "scanner"

    def __init__(self, setup: ScannerSetup, area: QWidget) -> None:
        """Cover the area with the first code."""
        self.content = ScannerSetupBody(setup)
        super().__init__("Set up a scanner", self.content, area, (), _WIDEST)

    def take_scan(self, scan: Scan) -> bool:
        """Learn from it."""
        self.content.setup.heard_scan(scan)
        return True

    def typing_place(self) -> QWidget | None:
        """Typing names the scanner."""
        return self.content.name if self.content.name.isVisible() else None
