"""The last receipts of this till or of all: looked at, found by number, printed again as a copy, or saved as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from omsdesk.domain.printing import PaperKind
from omsdesk.store.queries.receipts import Receipt
from omsdesk.ui.till import models
from omsdesk.ui.till.sheets import Body, while_alive
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.paper_view import PaperView
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import ResultList
from omsdesk.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QHBoxLayout, QWidget

_PAPER_FROM = 640
"""Pixels from which there is room to show the receipt beside the list."""


class ReceiptsSheet(Body):
    """The newest first; Enter prints a copy, typing looks for a number, F8 shows the receipts of all tills."""

    title = "Last receipts"
    help_page = "receipts"

    def __init__(self, state: TillState, wanted: Sequence[Receipt] = ()) -> None:
        """List the receipts of this till, or those that somebody asked for."""
        super().__init__()
        self.state = state
        self.field = SearchField("Receipt number of any till, or a serial number")
        self.all_tills = KeyButton("All tills", "store", "F8", height=52)
        self.all_tills.setCheckable(True)
        if not state.receipts.has_neighbours:
            self.all_tills.hide()
        self.list, self.paper = ResultList("Last receipts"), PaperView("Receipt")
        self.empty = EmptyState("receipt", "")
        self.back = KeyButton("Return", "undo-2", "F7", height=68)
        self.pdf = KeyButton("Save as PDF", "file-text", height=68)
        self.mail = KeyButton("E-mail", "mail", height=68)
        self.copy = PrimaryButton("Print a copy", "printer", "Enter")
        self._keys: list[str] = []
        self._asked = 0
        self._wire()
        self.setLayout(column(row(self.field, self.all_tills), self._middle(), spacing=12))
        self._show(wanted or state.receipts.last())

    def _wire(self) -> None:
        self.field.textChanged.connect(lambda _: self.refresh())
        self.field.stepped.connect(self.list.step)
        # Whoever types a number and confirms it wants to see the receipt; the next Enter prints.
        self.field.returnPressed.connect(self.list.setFocus)
        self.all_tills.clicked.connect(self._switched)
        self.pdf.clicked.connect(self._save)
        self.mail.clicked.connect(self._mail)
        self.copy.clicked.connect(self.confirm)
        self.list.chosen.connect(self._print)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._look())

    def _middle(self) -> QHBoxLayout:
        made = row(self.list, self.paper, self.empty, spacing=16)
        made.setStretch(0, 1)
        made.setStretch(1, 1)
        return made

    def buttons(self) -> Sequence[QWidget]:
        """What can be done with the marked receipt."""
        mail = (self.mail,) if self.state.mails.is_ready else ()
        return (self.back, self.pdf, *mail, self.copy)

    def typing_place(self) -> QWidget:
        """Typing looks for a number."""
        return self.field

    def scanned(self, code: str) -> bool:
        """Show the receipt whose code was scanned, or on which goods with that serial number are; others are sold."""
        numbers = self.state.receipts.numbers_of(code)
        wanted = code if len(numbers) > 1 else numbers[0] if numbers else self.state.receipts.goods_in(code)
        if wanted:
            self.field.setText(wanted)
        return bool(wanted)

    def begin(self) -> None:
        """Let the arrows walk the list."""
        self.list.setFocus()

    def once_more(self) -> None:
        """Show the receipts of all tills, or those of this one again."""
        if self.all_tills.isVisible():
            self.all_tills.click()

    def _switched(self) -> None:
        self.field.clear()
        self.refresh()
        self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the paper where there is room for it."""
        super().resizeEvent(event)
        self._show_paper()

    def _show_paper(self) -> None:
        self.paper.setVisible(self.width() >= _PAPER_FROM and bool(self._keys))

    # ------------------------------------------------------------------------------ what is listed

    def refresh(self) -> None:
        """Look for what was typed, or list the newest."""
        self._asked += 1
        asked, text = self._asked, self.field.text().strip()

        def found(receipts: list[Receipt]) -> None:
            if asked == self._asked:
                self._show(receipts)

        self.state.receipts.find(text, while_alive(self, found), is_all=self.all_tills.isChecked())

    def _show(self, found: Sequence[Receipt]) -> None:
        text, is_there = self.field.text().strip(), bool(found)
        self._keys = [receipt.sale for receipt in found]
        self.list.show_results(models.receipts(self.state.counter, found), text)
        where = "in this shop" if self.all_tills.isChecked() else "at this till"
        sentence = f"No receipt has the number “{text}”." if text else f"Nothing was sold {where} yet."
        self.empty.set_content("search" if text else "receipt", sentence)
        self.list.setVisible(is_there)
        self.empty.setVisible(not is_there)
        self._show_paper()
        self.pdf.setEnabled(is_there)
        self.mail.setEnabled(is_there)
        self.copy.setEnabled(is_there)
        self.back.setEnabled(is_there)
        self._look()

    def marked_receipt(self) -> str:
        """The sale whose receipt is marked: goods come back of it by the key of returns."""
        return self.marked

    @property
    def marked(self) -> str:
        """The sale whose receipt is marked."""
        at = self.list.currentIndex().row()
        return self._keys[at] if at >= 0 else ""

    # ------------------------------------------------------------------------------ what is done with one

    def _look(self) -> None:
        if self.marked:
            self.state.receipts.pages(PaperKind.RECEIPT, self.marked, while_alive(self.paper, self.paper.show_pages))

    def _print(self, sale: object) -> None:
        self.done.emit()
        self.state.receipts.print_receipt(str(sale))

    def confirm(self) -> None:
        """Print a copy of the marked receipt."""
        self.list.choose_current()

    def _mail(self) -> None:
        sale = self.marked
        if sale:
            self.done.emit()
            self.state.mails.send(sale)

    def _save(self) -> None:
        if self.marked:
            self.state.receipts.save_pdf(self.marked)
            self.done.emit()
