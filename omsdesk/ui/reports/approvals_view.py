"""The manager's list of what is out of the ordinary: a time, and a row for each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from omsdesk.ui.reports.approvals_session import KINDS, LABELS, ApprovalsSession, Days, Kind, Row
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.page_head import MARGIN
from omsdesk.ui.widgets.pill_bar import PillBar
from omsdesk.ui.widgets.result_list import Result, ResultList

_NOTHING = (
    "Nothing was out of the ordinary in this time. Approvals at the tills, PINs that were wrong too often, what was "
    "rung up and given up, drawers that were opened without a sale and goods that came back twice appear here."
)
_ICONS = {
    Kind.APPROVAL: "shield-check",
    Kind.WRONG_PIN: "lock",
    Kind.GIVEN_UP: "trash-2",
    Kind.DRAWER: "inbox",
    Kind.RETURN: "undo-2",
}


class ApprovalsView(QWidget):
    """Emits ``receipt_wanted(number)`` for a row whose ticket has a receipt."""

    receipt_wanted = Signal(str)

    def __init__(self, session: ApprovalsSession) -> None:
        """Show what is listed."""
        super().__init__()
        self.session = session
        self.days = PillBar("How far back", has_keys=False)
        self.days.set_pills([(str(days), label) for days, label in LABELS.items()])
        self.days.chosen.connect(lambda days: session.choose_days(Days(str(days))))
        self.kinds = PillBar("What", has_keys=False)
        self.kinds.set_pills([(str(kind), label) for kind, label in KINDS.items()])
        self.kinds.chosen.connect(lambda kind: session.choose_kind(str(kind)))
        self.list = ResultList("Exceptions")
        self.list.chosen.connect(lambda key: self._chosen(str(key)))
        self.empty = EmptyState("shield-check", _NOTHING)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        made = column(self.days, self.kinds, self._stack, spacing=12, margins=(MARGIN, 12, MARGIN, 12))
        made.setStretch(1, 1)
        self.setLayout(made)
        session.listeners.append(self._follow)

    def _follow(self) -> None:
        rows = self.session.rows
        self.list.show_results([Result(r.key, _icon(r), r.title, r.detail, r.amount) for r in rows])
        self._stack.setCurrentWidget(self.list if rows else self.empty)
        self._stack.setVisible(self.session.is_read)

    def _chosen(self, key: str) -> None:
        row = next((row for row in self.session.rows if row.key == key), None)
        if row is not None and row.number:
            self.receipt_wanted.emit(row.number)


def _icon(row: Row) -> str:
    return "graduation-cap" if row.is_training else _ICONS[row.kind]
