"""What did not come out of the printer: in words, with what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence

from omsdesk.devices.spooler import STATE_WORDS
from omsdesk.domain.printing import PrintState
from omsdesk.store.queries.printing import Job
from omsdesk.ui.till.receipts.trouble_sheet import TroubleSheet
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.result_list import Result


class PrintsSheet(TroubleSheet[Job]):
    """The oldest first; F12 prints the marked one again, and so does Enter where it certainly did not come out.

    It goes when nothing waits any more.
    """

    title = "Prints that wait"
    help_page = "prints"
    icon = "printer"
    none = "Everything came out."

    def __init__(self, state: TillState) -> None:
        """List the prints that want a person."""
        super().__init__(state, "Print again")

    def refresh(self) -> None:
        """Show what waits now."""
        super().refresh()
        if self.marked is None:
            self.done.emit()

    def rows(self) -> Sequence[Job]:
        """Ask what waits."""
        return self.state.receipts.in_trouble()

    def result(self, row: Job) -> Result:
        """Name a print."""
        return Result(row.job, self.icon, self.state.receipts.name_of(row), STATE_WORDS[row.state])

    def explain(self, row: Job | None) -> None:
        """Say why it waits, or ask whether it came out."""
        if row is None:
            return
        is_asked = row.state is PrintState.UNKNOWN
        self.reason.setText(f"{self.state.receipts.question(row)} {row.detail}".strip() if is_asked else row.detail)
        self.settle.set_label("Yes, it came out" if is_asked else "Do not print it")
        self.again.key = "F12" if is_asked else "Enter"
        self.again.set_label("No, print it again" if is_asked else "Print again")
        # A printer that holds a job prints it by itself: sent again it would come out twice.
        self.again.setEnabled(row.state in {PrintState.FAILED, PrintState.UNKNOWN})

    def enter(self) -> None:
        """Print it again, unless it may have come out: a second Enter is no answer to a question."""
        if self.marked is not None and self.marked.state is not PrintState.UNKNOWN:
            self.confirm()

    def do_again(self, row: Job) -> None:
        """Print it again."""
        self.state.receipts.print_again(row)

    def give_up(self, row: Job) -> None:
        """Let it be: it came out, or nobody wants it."""
        self.state.receipts.settle(row)
