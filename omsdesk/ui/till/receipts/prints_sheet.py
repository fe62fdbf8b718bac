"""What did not come out of the printer: in words, with what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from omsdesk.devices.spooler import STATE_WORDS
from omsdesk.domain.printing import PrintState
from omsdesk.store.queries.printing import Job
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import Result, ResultList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class PrintsSheet(Body):
    """The oldest first; Enter prints the marked one again. It goes when nothing waits any more."""

    title = "Prints that wait"
    help_page = "prints"

    def __init__(self, state: TillState) -> None:
        """List the prints that want a person."""
        super().__init__()
        self.state = state
        self._jobs: list[Job] = []
        self.list, self.reason = ResultList("Prints that wait"), Label("", 16)
        self.reason.setWordWrap(True)
        self.settle = KeyButton("", "check", height=68)
        self.again = PrimaryButton("Print again", "printer", "Enter")
        self.settle.clicked.connect(self._settle)
        self.again.clicked.connect(self.confirm)
        self.list.chosen.connect(lambda _: self.confirm())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._explain())
        self.setLayout(column(self.list, self.reason, spacing=16))
        self.refresh()

    def buttons(self) -> Sequence[QWidget]:
        """What can be done with the marked print."""
        return (self.settle, self.again)

    def begin(self) -> None:
        """Let the arrows walk the list."""
        self.list.setFocus()

    def refresh(self) -> None:
        """Show what waits now."""
        receipts = self.state.receipts
        self._jobs = receipts.in_trouble()
        names = [(job, receipts.name_of(job)) for job in self._jobs]
        self.list.show_results([Result(job.job, "printer", name, STATE_WORDS[job.state]) for job, name in names])
        if self._jobs:
            self._explain()
        else:
            self.done.emit()

    @property
    def marked(self) -> Job | None:
        """The print that the buttons act on."""
        at = self.list.currentIndex().row()
        return self._jobs[at] if 0 <= at < len(self._jobs) else None

    def _explain(self) -> None:
        job = self.marked
        if job is None:
            return
        is_asked = job.state is PrintState.UNKNOWN
        self.reason.setText(f"{self.state.receipts.question(job)} {job.detail}".strip() if is_asked else job.detail)
        self.settle.set_label("Yes, it came out" if is_asked else "Do not print it")
        self.again.set_label("No, print it again" if is_asked else "Print again")
        # A printer that holds a job prints it by itself: sent again it would come out twice.
        self.again.setEnabled(job.state in {PrintState.FAILED, PrintState.UNKNOWN})

    def confirm(self) -> None:
        """Print the marked one again."""
        job = self.marked
        if job is not None and self.again.isEnabled():
            self.state.receipts.print_again(job)

    def _settle(self) -> None:
        job = self.marked
        if job is not None:
            self.state.receipts.settle(job)
