"""The last receipts: looked at, printed again as a copy, or saved as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from omsdesk.domain.printing import PaperKind
from omsdesk.ui.till import models
from omsdesk.ui.till.sheets import Body, while_alive
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.paper_view import PaperView
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import ResultList

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

_PAPER_FROM = 640
"""Pixels from which there is room to show the receipt beside the list."""


class ReceiptsSheet(Body):
    """The newest first; Enter prints a copy."""

    title = "Last receipts"

    def __init__(self, state: TillState) -> None:
        """List the receipts of this till."""
        super().__init__()
        self.state = state
        self.list, self.paper = ResultList("Last receipts"), PaperView("Receipt")
        self.pdf = KeyButton("Save as PDF", "file-text", height=68)
        self.copy = PrimaryButton("Print a copy", "printer", "Enter")
        self.pdf.clicked.connect(self._save)
        self.copy.clicked.connect(self.confirm)
        found = state.receipts.last()
        self.list.show_results(models.receipts(state.counter, found))
        self.list.chosen.connect(self._print)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._look())
        self._keys = [receipt.sale for receipt in found]
        empty = EmptyState("receipt", "Nothing was sold at this till yet.")
        (empty if found else self.list).hide()
        self.pdf.setEnabled(bool(found))
        self.copy.setEnabled(bool(found))
        made = row(self.list, self.paper, empty, spacing=16)
        made.setStretch(0, 1)
        made.setStretch(1, 1)
        self.setLayout(column(made))
        self._look()

    def buttons(self) -> Sequence[QWidget]:
        """What can be done with the marked receipt."""
        return (self.pdf, self.copy)

    def begin(self) -> None:
        """Let the arrows walk the list."""
        self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the paper where there is room for it."""
        super().resizeEvent(event)
        self.paper.setVisible(self.width() >= _PAPER_FROM and bool(self._keys))

    @property
    def marked(self) -> str:
        """The sale whose receipt is marked."""
        at = self.list.currentIndex().row()
        return self._keys[at] if at >= 0 else ""

    def _look(self) -> None:
        if self.marked:
            self.state.receipts.pages(PaperKind.RECEIPT, self.marked, while_alive(self.paper, self.paper.show_pages))

    def _print(self, sale: object) -> None:
        self.done.emit()
        self.state.receipts.print_receipt(str(sale))

    def confirm(self) -> None:
        """Print a copy of the marked receipt."""
        self.list.choose_current()

    def _save(self) -> None:
        if self.marked:
            self.state.receipts.save_pdf(self.marked)
            self.done.emit()
