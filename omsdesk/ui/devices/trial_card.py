"""Trying a device: what can be done depends on its class."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from omsdesk.devices.driver import Category
from omsdesk.documents.formats import format_quantity
from omsdesk.domain.values import Quantity
from omsdesk.ui.devices.heard import Heard
from omsdesk.ui.devices.trial_session import PINS, PULSES, TrialSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.chip import Chip
from omsdesk.ui.widgets.fact_rows import Fact, FactRows
from omsdesk.ui.widgets.field_card import FieldCard, choices, combo, line, read
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column, row
from omsdesk.ui.widgets.paper_view import PaperView

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

_PAPER = 360
_TICK_MS = 150


class TrialCard(FieldCard):
    """Shows the parts that the class of the device has."""

    def __init__(self, session: TrialSession, heard: Heard) -> None:
        """Lay all parts out."""
        super().__init__("Try it")
        self.session = session
        self.result = Label("", 16, 500)
        self.result.setWordWrap(True)
        self.printer, self.labels = PrinterTrial(session), _LabelTrial(session)
        self.scale, self.display, self.scanner = ScaleTrial(session), DisplayTrial(session), ScannerTrial(heard)
        self.parts: dict[Category, QWidget] = {
            Category.RECEIPT_PRINTER: self.printer,
            Category.LABEL_PRINTER: self.labels,
            Category.SCALE: self.scale,
            Category.LINE_DISPLAY: self.display,
            Category.CUSTOMER_SCREEN: self.display,
            Category.SCANNER: self.scanner,
        }
        self.column.addWidget(self.result)
        for part in dict.fromkeys(self.parts.values()):
            self.column.addWidget(part)
        self.paper = PaperView("What came out")
        self.paper.setFixedHeight(_PAPER)
        self.column.addWidget(self.paper)
        self._sheets: tuple[bytes, ...] = ()
        session.listeners.append(self.follow)

    def follow(self) -> None:
        """Show what the session has now."""
        session, category = self.session, self.session.page.player.category
        for part in self.parts.values():
            part.setVisible(part is self.parts.get(category))
        self.printer.follow()
        trial = session.trial
        self.result.setText("Printing…" if session.running else trial.sentence if trial else "")
        self.result.setVisible(bool(self.result.text()))
        self.result.set_tone(None if session.running or trial is None else Tone.OK if trial.is_good else Tone.BAD)
        sheets = trial.sheets if trial else ()
        self.paper.setVisible(bool(sheets))
        if sheets and sheets is not self._sheets:
            self.paper.show_pages(sheets)
        self._sheets = sheets

    def press(self) -> None:
        """Try it, as its first button does."""
        match self.session.page.player.category:
            case Category.RECEIPT_PRINTER:
                self.session.print_page()
            case Category.LABEL_PRINTER:
                self.session.print_label()
            case Category.LINE_DISPLAY | Category.CUSTOMER_SCREEN:
                self.display.send()
            case _:
                pass


class PrinterTrial(QWidget):
    """A test page with tables of letters, and the drawer."""

    def __init__(self, session: TrialSession) -> None:
        """Lay the buttons out."""
        super().__init__()
        self.session = session
        self.page = KeyButton("Print a test page", "printer", "Ctrl P")
        self.page.clicked.connect(session.print_page)
        self.kicks = {pin: KeyButton(f"Open drawer, pin {pin}", "inbox") for pin in PINS}
        self.pulse = combo()
        choices(self.pulse, [(str(ms), f"Pulse {ms} ms") for ms in PULSES], "100")
        self.pulse.setMinimumContentsLength(14)
        self.pulse.setAccessibleName("Length of the pulse that opens the drawer")
        for pin, button in self.kicks.items():
            button.clicked.connect(partial(self._kick, pin))
        self.keep = KeyButton("It opened: always like this", "check")
        self.keep.clicked.connect(session.keep_kick)
        self.question = Label("Which numbers had two lines that look the same? Only these tables are used.", 14, 600)
        self.question.setWordWrap(True)
        self._tables = QVBoxLayout()
        self._tables.setSpacing(4)
        self.ticks: dict[int, QCheckBox] = {}
        self.setLayout(
            column(
                row(self.page, 1),
                row(*self.kicks.values(), 1),
                row(self.pulse, self.keep, 1),
                self.question,
                self._tables,
                spacing=12,
            )
        )

    def _kick(self, pin: int) -> None:
        self.session.kick(pin, int(str(read(self.pulse))))

    def follow(self) -> None:
        """Ask for the tables once they were printed."""
        session, player = self.session, self.session.page.player
        self.page.setEnabled(not session.running)
        has_drawer = bool(session.page.office.till())
        for part in (*self.kicks.values(), self.pulse):
            part.setVisible(has_drawer)
        is_kicked = session.kicked is not None and session.trial is not None and session.trial.is_good
        names = {option.name for option in player.card.options} if player.card is not None else set()
        self.keep.setVisible(is_kicked and "kick_pin" in names and session.page.may_change)
        has_pages = "pages" in names
        is_asked = has_pages and session.has_tables and session.page.may_change
        self.question.setVisible(is_asked)
        if not is_asked:
            self.ticks.clear()
            clear(self._tables)
            return
        for page, is_used in session.pages:
            if page.number not in self.ticks:
                tick = self.ticks[page.number] = QCheckBox(f"{page.number}   {_letters(page.codec)}")
                tick.setChecked(is_used)
                tick.clicked.connect(lambda on, number=page.number: self.session.use_page(number, is_right=on))
                self._tables.addWidget(tick)
            self.ticks[page.number].setChecked(is_used)


class _LabelTrial(QWidget):
    """A test label."""

    def __init__(self, session: TrialSession) -> None:
        super().__init__()
        self.print = KeyButton("Print a test label", "tag", "Ctrl P")
        self.print.clicked.connect(session.print_label)
        self.setLayout(row(self.print, 1))


class ScaleTrial(QWidget):
    """What the scale shows, many times a second, as long as somebody looks."""

    def __init__(self, session: TrialSession) -> None:
        """Lay weight and button out."""
        super().__init__()
        self.session = session
        self.weight, self.sentence = Label("", 40, 600), Label("", 16, 400, Tone.NEUTRAL)
        self.sentence.setWordWrap(True)
        self.zero = KeyButton("Set to zero", "scale")
        self.zero.clicked.connect(session.zero)
        self.setLayout(column(self.weight, self.sentence, row(self.zero, 1), spacing=8))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.look)

    def look(self) -> None:
        """Show what lies on it now."""
        from omsdesk.devices.scale import ScaleStatus

        weighing = self.session.weighing()
        locale = self.session.page.office.locale
        if weighing is None:
            self.weight.setText("–")
            self.sentence.setText("No scale is set up here.")
            return
        kilograms = format_quantity(Quantity(weighing.grams * 1000), locale)
        self.weight.setText(f"{kilograms} kg" if weighing.weight or weighing.status is ScaleStatus.ZERO else "–")
        self.sentence.setText(weighing.sentence or "Steady.")

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look."""
        super().showEvent(event)
        self.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        super().hideEvent(event)
        self._timer.stop()


class DisplayTrial(QWidget):
    """Two lines to show."""

    def __init__(self, session: TrialSession) -> None:
        """Lay fields and button out."""
        super().__init__()
        self.session = session
        self.upper_line, self.lower_line = line(), line()
        for field, name, text in (
            (self.upper_line, "Upper line", "Welcome"),
            (self.lower_line, "Lower line", "Total      12.90"),
        ):
            field.setAccessibleName(name)
            field.setMaxLength(20)
            field.setText(text)
        self.show_it = KeyButton("Show it", "monitor", "Ctrl P")
        self.show_it.clicked.connect(self.send)
        self.setLayout(column(self.upper_line, self.lower_line, row(self.show_it, 1)))

    def send(self) -> None:
        """Show the lines."""
        self.session.show_line(self.upper_line.text(), self.lower_line.text())


class ScannerTrial(QWidget):
    """The last scans, and what was made of each."""

    def __init__(self, heard: Heard) -> None:
        """Lay the list out."""
        super().__init__()
        self.heard = heard
        self.chip = Chip("Scan anything", "scan-line", Tone.NEUTRAL)
        self.rows = FactRows("Scans", "Nothing was scanned yet. Hold the scanner over any barcode.")
        self.setLayout(column(row(self.chip, 1), self.rows, spacing=8))
        heard.listeners.append(self.follow)

    def follow(self) -> None:
        """Show the scans."""
        scans = self.heard.scans
        self.chip.set_state("It works" if scans else "Scan anything", "scan-line", Tone.OK if scans else Tone.NEUTRAL)
        self.rows.show_facts([Fact("scan-barcode", row.text, row.meaning, row.symbology, row.source) for row in scans])


def _letters(codec: str) -> str:
    from omsdesk.documents.trial_page import PAGE_LETTERS

    return PAGE_LETTERS.get(codec, codec)
