"""The tickets that wait, to be taken up again by Enter."""

from __future__ import annotations

from omsdesk.ui.till import models
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.result_list import ResultList


class HeldSheet(Body):
    """A list; the ticket in work is held in place of the one that is taken up."""

    title = "Held sales"
    help_page = "hold"

    def __init__(self, state: TillState) -> None:
        """List what waits, oldest first."""
        super().__init__()
        self.state = state
        self.list = ResultList("Held sales")
        self.list.show_results(models.tickets(state.counter, state.session.held()))
        self.list.chosen.connect(self._recall)
        self.setLayout(column(self.list))

    def begin(self) -> None:
        """Let the arrows walk the list."""
        self.list.setFocus()

    def confirm(self) -> None:
        """Take the marked ticket up."""
        self.list.choose_current()

    def _recall(self, sale: object) -> None:
        self.done.emit()
        self.state.session.recall(str(sale))
