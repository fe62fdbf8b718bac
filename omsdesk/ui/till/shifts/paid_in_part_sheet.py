"""Before the count: the tickets whose money lies in the drawer, though they are not finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.store.queries.till import Held
from omsdesk.ui.till import models
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import ResultList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class PaidInPartSheet(Body):
    """A list; the ticket that is chosen is taken up, with its payments in sight."""

    title = "Before the shift closes"
    help_page = "paid_in_part"

    def __init__(self, state: TillState, found: Sequence[Held]) -> None:
        """List what has to be finished, oldest first."""
        super().__init__()
        self.state = state
        what = "this ticket, and it is" if len(found) == 1 else "these tickets, and they are"
        words = f"Money was taken for {what} not finished. Take the rest, or give the money back; then close the shift."
        self.words = Label(words, 16)
        self.words.setWordWrap(True)
        self.list = ResultList("Tickets paid in part")
        self.list.show_results(models.unfinished(state.counter, found))
        self.list.chosen.connect(self._take_up)
        self.take_up = PrimaryButton("Take it up", "arrow-right", "F12")
        self.take_up.clicked.connect(self.confirm)
        self.setLayout(column(self.words, self.list, spacing=16))

    def buttons(self) -> Sequence[QWidget]:
        """Take the marked ticket up."""
        return (self.take_up,)

    def begin(self) -> None:
        """Let the arrows walk the list."""
        self.list.setFocus()

    def confirm(self) -> None:
        """Take the marked ticket up."""
        self.list.choose_current()

    def _take_up(self, sale: object) -> None:
        self.done.emit()
        self.state.checkout.jump_to(str(sale))
