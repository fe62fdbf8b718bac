"""The reports page: shifts and receipts of the tills on the left, the chosen one as paper on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from omsdesk.actions.execute import Changes
from omsdesk.ui.navigation import Intent, Screen
from omsdesk.ui.reports.approvals_session import ApprovalsSession
from omsdesk.ui.reports.approvals_view import ApprovalsView
from omsdesk.ui.reports.drawing import Kind
from omsdesk.ui.reports.office import Office
from omsdesk.ui.reports.session import ACCOUNTS, DOUBLES, RECEIPTS, SHIFTS, TRACES, ReportsSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card import Panel
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.page_head import MARGIN, PageHead
from omsdesk.ui.widgets.paper_view import PaperView
from omsdesk.ui.widgets.passing_banner import PassingBanner
from omsdesk.ui.widgets.pill_bar import PillBar
from omsdesk.ui.widgets.result_list import Result, ResultList
from omsdesk.ui.widgets.search_field import SearchField

_SIDE = 352
_NOTHING = {
    SHIFTS: ("clock", "No shift was opened {} yet. Its reports appear here."),
    RECEIPTS: ("receipt", "Nothing was sold {} yet. Receipts appear here."),
    ACCOUNTS: ("gift", "Nobody knows this card. Type the whole number, or scan it."),
    TRACES: ("tag", "Type or scan a serial number or a lot: here is who bought it, and on which receipt."),
    DOUBLES: ("circle-check", "No ticket has two receipts."),
}
_SHIFTS, _RECEIPTS = (SHIFTS, "Shifts"), (RECEIPTS, "Receipts")
_ICONS = {
    Kind.SHIFT: "file-text",
    Kind.OPEN_SHIFT: "clock",
    Kind.RECEIPT: "receipt",
    Kind.ACCOUNT: "gift",
    Kind.BALANCES: "coins",
    Kind.TRACE: "tag",
}
_WHAT_IS_TYPED = {RECEIPTS: "Receipt number", ACCOUNTS: "Card number", TRACES: "Serial number or lot"}
APPROVALS = "approvals"
_NO_RIGHT = ("lock", "Figures of shifts are for managers. Ask one to sign in; receipts are open to you.")


class ReportsScreen(Screen):
    """Shows reports and receipts as they were printed."""

    help_page = "reports"

    def __init__(self, office: Office) -> None:
        """Show the newest shift."""
        super().__init__()
        self.office = office
        self.session = ReportsSession(office)
        self.session.listeners.append(self._follow)
        self.pills = PillBar("Reports")
        self._pills: list[tuple[str, str]] = []
        self.pills.chosen.connect(lambda view: self.show_list(str(view)))
        self.tills = PillBar("Tills", has_keys=False)
        self.tills.chosen.connect(lambda till: self.session.choose_till(str(till)))
        self._known: list[tuple[str, str]] = []
        self.search = SearchField("Receipt number", "Ctrl F")
        self.search.textEdited.connect(self.session.search)
        self.search.cleared.connect(lambda: self.session.search(""))
        self.list = ResultList("Reports")
        self.list.chosen.connect(lambda document: self.session.choose(str(document)))
        self.search.stepped.connect(self.list.step)
        self.search.returnPressed.connect(self.list.choose_current)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.printing = KeyButton("Print again", "printer", "Ctrl P")
        self.printing.clicked.connect(self.session.print_again)
        self.pdf = KeyButton("Save as PDF", "download", "Ctrl S")
        self.pdf.clicked.connect(self.session.save_pdf)
        self.table = KeyButton("Save as table", "download")
        self.table.clicked.connect(self.session.save_table)
        self.head = PageHead("Reports", [self.table, self.pdf, self.printing])
        self.banner = PassingBanner()
        self.banner.gone.connect(self.session.was_read)
        self.paper = PaperView("Document")
        self.empty = EmptyState("clock", "")
        self.approvals = ApprovalsSession(office)
        self.approvals_view = ApprovalsView(self.approvals)
        self.approvals_view.receipt_wanted.connect(self._show_receipt)
        self.approvals.listeners.append(self._follow)
        self.people = ResultList("Who stood there")
        self.people.chosen.connect(lambda who: self.approvals.choose_person(str(who)))
        self._is_at_approvals = False
        self._stack = QStackedWidget()
        self._shown: tuple[bytes, ...] = ()
        self._lay_out()
        self._offer_pills()
        office.feed.changed.connect(self._changed)

    def _lay_out(self) -> None:
        side = Panel(Qt.Edge.RightEdge)
        side.setFixedWidth(_SIDE)
        inside = QVBoxLayout(side)
        inside.setContentsMargins(12, 14, 12, 12)
        inside.setSpacing(12)
        inside.addWidget(self.tills)
        inside.addWidget(self.search)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.people, 1)
        self._stack.addWidget(self.paper)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.approvals_view)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.head)
        right.addWidget(self.banner)
        right.addWidget(self._stack, 1)
        parts = row(side, right, spacing=0)
        parts.setStretch(1, 1)
        top = row(self.pills)
        top.setContentsMargins(MARGIN, 14, MARGIN, 14)
        whole = column(top, parts, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    # ------------------------------------------------------------------------------ what comes in

    def arrived(self) -> None:
        """Show what is there now."""
        self._offer_pills()
        self._offer_tills()
        if self._is_at_approvals:
            self.approvals.refresh()
        elif not self.office.may_read and self.session.view == SHIFTS:
            self.pills.move_to(1)
            self.session.show_list(RECEIPTS)
        else:
            self.session.refresh(with_paper=True)
        self.pills.setFocus()

    def _offer_pills(self) -> None:
        """Say how many cards are overspent; offer exceptions to managers, and tickets with two receipts if any."""
        overspent = self.session.overspent
        accounts = f"Cards · {overspent}" if overspent else "Cards"
        approvals = [(APPROVALS, "Exceptions")] if self.office.may_read else []
        doubles = [(DOUBLES, "Sold twice")] if self.session.has_doubles else []
        wanted = [_SHIFTS, _RECEIPTS, (ACCOUNTS, accounts), *approvals, (TRACES, "Serials"), *doubles]
        if wanted == self._pills:
            return
        chosen, keys = self.pills.chosen_key() if self._pills else SHIFTS, [key for key, _ in wanted]
        self._pills = wanted
        self.pills.set_pills(wanted)
        if chosen in keys:
            self.pills.move_to(keys.index(str(chosen)))
        else:
            self.show_list(SHIFTS)

    def _offer_tills(self) -> None:
        """Let one till be chosen where there are several."""
        known = [("", "All tills"), *((till.id, till.name) for till in self.session.tills)]
        if known != self._known:
            self._known = known
            self.tills.set_pills(known)
            self.tills.move_to(next((at for at, (till, _) in enumerate(known) if till == self.session.till), 0))
            self.session.choose_till(str(self.tills.chosen_key()))
        self._follow()

    def show_list(self, view: str) -> None:
        """Show shifts, receipts, approvals, or tickets with two receipts."""
        self.search.clear()
        self._is_at_approvals = view == APPROVALS
        if self._is_at_approvals:
            self.approvals.refresh()
            self._follow()
        else:
            self.session.show_list(view)

    def _show_receipt(self, number: str) -> None:
        """Show the receipt that an approval was for."""
        self._find()
        self.search.setText(number)
        self.session.search(number)

    def intents(self) -> Sequence[Intent]:
        """What can be done with reports."""
        return (
            Intent("reports.print", "Print again", "printer", self.session.print_again, "Ctrl+P", self._may_print),
            Intent("reports.pdf", "Save as PDF", "download", self.session.save_pdf, "Ctrl+S", self._has_paper),
            Intent("reports.find", "Find a receipt", "search", self._find, "Ctrl+F"),
        )

    def _may_print(self) -> bool:
        return self.session.can_print and not self._is_at_approvals

    def _has_paper(self) -> bool:
        return self.session.chosen is not None and not self._is_at_approvals

    def _find(self) -> None:
        if self.session.view != RECEIPTS or self._is_at_approvals:
            self.pills.choose(1)
        self.search.setFocus()

    def scanned(self, code: str) -> bool:
        """Find the receipt whose code was scanned, or where the goods with that serial number went."""
        is_of_goods = self.session.view == TRACES or self.session.knows_goods(code)
        if is_of_goods and not self._is_at_approvals:
            self.pills.choose([key for key, _ in self._pills].index(TRACES))
        elif self.session.view != ACCOUNTS:
            self._find()
        self.search.setText(code)
        self.session.search(code)
        return True

    def typing_place(self) -> QWidget | None:
        """Typing looks for a receipt's number."""
        return self.search if self.session.view in _WHAT_IS_TYPED and not self._is_at_approvals else None

    def _scrolled(self, value: int) -> None:
        if value >= self.list.verticalScrollBar().maximum() > 0:
            self.session.more()

    def _changed(self, changes: Changes) -> None:
        if changes.touch("approval", "people", "cash", "return", "sale") and self.isVisible() and self._is_at_approvals:
            self.approvals.refresh()
        if changes.touch("sale", "cash", "shop", "account") and self.isVisible():
            self._offer_pills()
            self._offer_tills()
            self.session.refresh(with_paper=True)

    # ------------------------------------------------------------------------------ what the session says

    def _follow(self) -> None:
        self.list.setVisible(not self._is_at_approvals)
        self.people.setVisible(self._is_at_approvals)
        if self._is_at_approvals:
            self._show_approvals()
        else:
            self._show_documents()

    def _show_approvals(self) -> None:
        session = self.approvals
        for part in (self.search, self.tills, self.printing, self.pdf, self.table, self.banner):
            part.hide()
        self.head.say(
            "Exceptions", "Approvals, wrong PINs, what was given up, drawers without a sale, goods back twice"
        )
        self.people.show_results([Result(who.key, "user", who.name, who.detail) for who in session.people])
        self.people.move_to(next((at for at, who in enumerate(session.people) if who.key == session.asker), -1))
        self._stack.setCurrentWidget(self.approvals_view)
        self._stack.show()

    def _show_documents(self) -> None:
        session = self.session
        self.search.setVisible(session.view in _WHAT_IS_TYPED)
        self.search.setPlaceholderText(_WHAT_IS_TYPED.get(session.view, ""))
        self.tills.setVisible(len(self._known) > 2 and session.view not in {DOUBLES, ACCOUNTS, TRACES})
        self._show_items()
        item = session.chosen
        self.head.say(item.title if item else "Reports", item.detail if item else "")
        self.printing.setVisible(session.can_print)
        self.printing.set_label("Print as X report" if item and item.kind is Kind.OPEN_SHIFT else "Print again")
        self.pdf.setVisible(item is not None)
        self.table.setVisible(item is not None and item.kind is Kind.TRACE)
        self._stack.setCurrentWidget(self.paper if item else self.empty)
        self._stack.setVisible(session.is_read)
        if item is None:
            self._explain()
        if session.drawn.pages != self._shown:
            self._shown = session.drawn.pages
            self.paper.show_pages(session.drawn.pages)
        said = session.said.sentence or session.drawn.trouble
        if said:
            is_good = bool(session.said.sentence) and session.said.is_good
            self.banner.say(said, Tone.OK if is_good else Tone.BAD, "circle-check" if is_good else "circle-alert")
        else:
            self.banner.hide()

    def _explain(self) -> None:
        session = self.session
        if not session.may_read:
            self.empty.set_content(*_NO_RIGHT)
        elif session.text and session.view == RECEIPTS:
            self.empty.set_content("search", f"No receipt has the number “{session.text}”.")
        elif session.text and session.view == TRACES:
            self.empty.set_content("search", f"Nothing with the number “{session.text}” was sold, as far as is known.")
        else:
            icon, sentence = _NOTHING[session.view]
            self.empty.set_content(icon, sentence.format("at this till" if session.office.till else "at any till"))

    def _show_items(self) -> None:
        session = self.session
        results = [Result(row.document, _ICONS[row.kind], row.title, row.detail, row.amount) for row in session.items]
        if results != self._results:
            top = self.list.verticalScrollBar().value()
            self.list.show_results(results, session.text)
            self.list.verticalScrollBar().setValue(top if len(self._results) <= len(results) else 0)
            self._results = results
        chosen = next((at for at, row in enumerate(session.items) if row is session.chosen), -1)
        if chosen != self.list.currentIndex().row():
            self.list.move_to(chosen)
            self.list.viewport().update()

    _results: Sequence[Result] = ()
