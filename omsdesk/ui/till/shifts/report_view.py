"""The shift is closed: its report on the screen, and in words what did not add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from omsdesk.domain.cash import ShiftFigures
from omsdesk.domain.printing import PaperKind
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.till.sheets import while_alive
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column, row
from omsdesk.ui.widgets.paper_view import PaperView
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


def differences(counter: Counter, figures: ShiftFigures) -> list[tuple[str, Tone]]:
    """Say for each counted way to pay whether it adds up."""
    found: list[tuple[str, Tone]] = []
    for row_ in figures.tenders:
        if row_.difference is None:
            continue
        amount = counter.money(row_.difference if row_.difference.minor >= 0 else -row_.difference)
        if not row_.difference:
            found.append((f"{row_.name}: it adds up.", Tone.OK))
        elif row_.difference.minor < 0:
            found.append((f"{row_.name}: {amount} is missing.", Tone.BAD))
        else:
            found.append((f"{row_.name}: {amount} too much.", Tone.WARN))
    return found


class ReportView(QWidget):
    """The Z report as paper, until the next shift."""

    help_page = "shift_report"

    def __init__(self, state: TillState) -> None:
        """Prepare the view; ``begin`` shows the shift that was just closed."""
        super().__init__()
        self.state = state
        self.paper = PaperView("Z report")
        self.title = Label("", 22, 600)
        self.words = QWidget()
        self._words = column(spacing=4)
        self.words.setLayout(self._words)
        self.again = KeyButton("Print a copy", "printer", height=56)
        self.again.clicked.connect(self._print)
        self.next_button = PrimaryButton("Open the next shift", "lock-open", "F12")
        self.next_button.clicked.connect(state.shift.begin_next)
        side = column(self.title, self.words, 1, self.again, self.next_button, spacing=16)
        made = row(self.paper, side, spacing=24)
        made.setStretch(0, 3)
        made.setStretch(1, 2)
        self.setLayout(made)

    def begin(self) -> None:
        """Show the shift that was just closed."""
        closed = self.state.shift.closed
        if closed is None:
            return
        self.title.setText(f"Shift closed, Z {closed.number}")
        clear(self._words)
        counter, figures = self.state.counter, closed.figures
        tickets = "1 receipt" if figures.sale_count == 1 else f"{figures.sale_count} receipts"
        told = [(f"{tickets}, {counter.money(figures.total)}", Tone.NEUTRAL), *differences(counter, figures)]
        for sentence, tone in told:
            label = Label(sentence, 18, 600, tone)
            label.setWordWrap(True)
            self._words.addWidget(label)
        self.state.receipts.pages(PaperKind.SHIFT_REPORT, closed.shift, while_alive(self.paper, self.paper.show_pages))
        self.next_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leaf through the paper, though the button has the focus."""
        bar = self.paper.verticalScrollBar()
        steps = {Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep()}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)

    def _print(self) -> None:
        closed = self.state.shift.closed
        if closed is not None:
            self.state.receipts.print_report(closed.shift)
