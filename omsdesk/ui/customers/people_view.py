"""Customers in the back office: the list with its search, and the form of whoever is chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from omsdesk.ui.amounts import count_text
from omsdesk.ui.customers.form_view import CustomerForm
from omsdesk.ui.customers.office import CONTACT_ONLY, NO_RIGHT
from omsdesk.ui.customers.session import CustomersSession, Left
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.page_head import MARGIN, PageHead
from omsdesk.ui.widgets.passing_banner import PassingBanner
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import Result, ResultList
from omsdesk.ui.widgets.search_field import SearchField
from omsdesk.ui.widgets.sheet import Sheet
from omsdesk.ui.widgets.touch_button import TouchButton

if TYPE_CHECKING:
    from omsdesk.actions.customer_files import Look
    from omsdesk.store.queries.customer import Listed

_NOT_SAVED = "Not saved yet"
_KINDS = "Files of customers (*.csv *.tsv *.txt *.xlsx)"
_FORGET = (
    "Name, phone, address, e-mail, card and note go from every list and every till, for good. "
    "Receipts keep the name that the law wants on them. There is no way back."
)


class PeopleView(QWidget):
    """The list at the left, who is chosen at the right."""

    help_page = "customers"

    def __init__(self, session: CustomersSession) -> None:
        """Show the session."""
        super().__init__()
        self.session = session
        self.new = KeyButton("New customer", "user-plus", "Ctrl N")
        self.discard = KeyButton("Discard", "undo-2")
        self.save = PrimaryButton("Save", "check", "Ctrl S")
        self.save.HEIGHT = 48
        self.importing, self.exporting = KeyButton("Import…", "upload"), KeyButton("Export…", "download")
        self.head = PageHead("Customers", [self.importing, self.exporting, self.new, self.discard, self.save])
        self.banner = PassingBanner()
        self.search = SearchField("Name, phone, e-mail or card", "Ctrl F")
        self.list = ResultList("Customers")
        self.empty = EmptyState("users", "No customers yet. They are written down here, or at the till.")
        self.form = CustomerForm(session)
        self._said = self._shown = ""
        self.question: Sheet | None = None
        self._wire()
        left = column(self.search, self.list, self.empty, spacing=12, margins=(MARGIN, 4, 0, MARGIN))
        self.empty.hide()
        middle = row(left, self.form, spacing=0)
        middle.setStretch(0, 2)
        middle.setStretch(1, 3)
        whole = column(self.head, self.banner, middle, spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        session.listeners.append(self.follow)

    def _wire(self) -> None:
        session = self.session
        self.new.clicked.connect(self.begin)
        self.discard.clicked.connect(session.discard)
        self.importing.clicked.connect(self.choose_file)
        self.exporting.clicked.connect(self.choose_place)
        self.save.clicked.connect(self.press_save)
        self.head.undo.clicked.connect(session.take_back)
        self.head.undo.expired.connect(session.forget_undo)
        self.banner.gone.connect(session.was_read)
        self.search.textChanged.connect(session.search)
        self.search.stepped.connect(self.list.step)
        self.search.returnPressed.connect(self.list.choose_current)
        self.list.chosen.connect(lambda key: session.choose(str(key)))
        self.form.statement_wanted.connect(self.save_statement)
        self.form.mail_wanted.connect(self.mail_statement)
        self.form.forget_wanted.connect(self.ask_to_forget)

    def begin(self) -> None:
        """Show an empty form."""
        if self.session.office.may_write:
            self.session.begin()
            self.form.contact.editor("name").setFocus()

    def press_save(self) -> None:
        """Save; go to the first field that is not right."""
        self.session.save()
        wrong = (part for part in self.form.findChildren(QWidget) if part.property("is_wrong") and part.isVisible())
        first = next(wrong, None)
        if first is not None:
            first.setFocus()
            self.form.ensureWidgetVisible(first)

    def arrived(self) -> None:
        """Take the focus and ask for what is there now."""
        self.search.setFocus()
        self.session.refresh()

    # ------------------------------------------------------------------------------ what is shown

    def follow(self) -> None:
        """Show what the session has now."""
        session = self.session
        there = [self.list.key_at(at) for at in range(self.list.count())]
        names = [self.list.name_of(at) for at in range(self.list.count())]
        results = [_left(id, one) for id, one in session.left.items() if one.is_new]
        results += [_result(row, is_left=row.customer.id in session.left) for row in session.rows]
        said = [", ".join(filter(None, (result.title, result.detail))) for result in results]
        if there != [result.key for result in results] or names != said or session.text != self._said:
            self._said = session.text
            self.list.show_results(results, session.text)
        shown = session.chosen.id if session.chosen and not session.is_new else ""
        at = next((at for at, row in enumerate(results) if row.key == shown), 0)
        # Somebody else than who is shown: Enter shows who is found.
        self.list.setCurrentIndex(self.list.rows.index(at))
        self.list.viewport().update()
        self.list.setVisible(bool(results))
        self.empty.setVisible(not results)
        if not session.rows and session.text:
            self.empty.set_content("search", f"Nobody is called “{session.text}”.")
        self.form.show_values()
        if shown != self._shown:
            # The name stands at the top.
            self._shown = shown
            self.form.to_top()
        self._show_state()

    def _show_state(self) -> None:
        session, office = self.session, self.session.office
        count = count_text(session.count, office.locale)
        self.head.say("Customers", "" if session.text or not session.count else f"{count}, the newest first")
        self.new.setVisible(office.may_write)
        self.save.setVisible(office.may_write)
        self.save.setEnabled(session.has_changes or session.is_new)
        self.save.set_busy(session.is_saving)
        is_typing = session.has_changes or session.is_new
        self.discard.setVisible(is_typing)
        for button in (self.importing, self.exporting):
            button.setVisible(office.may_edit and not is_typing)
        if session.saved and session.can_undo:
            self.head.undo.offer(session.saved)
        else:
            self.head.undo.dismiss()
        self._say()

    def _say(self) -> None:
        session = self.session
        twins = session.twins
        if session.refusal:
            self.banner.say(session.refusal, Tone.BAD, "circle-alert")
        elif session.saved and not session.can_undo:
            self.banner.say(session.saved, Tone.OK, "circle-check")
        elif twins:
            self.banner.say(f"{twins[0].title} has the same number, address or card.", Tone.WARN, "users")
        elif not session.office.may_write:
            self.banner.say(NO_RIGHT, Tone.NEUTRAL, "lock")
        elif not session.office.may_edit:
            self.banner.say(CONTACT_ONLY, Tone.NEUTRAL, "lock")
        else:
            self.banner.hide()

    # ------------------------------------------------------------------------------ what is done

    def choose_file(self) -> None:
        """Import a file that somebody chooses."""
        path, _ = QFileDialog.getOpenFileName(self, "Choose a file of customers", "", _KINDS)
        if path:
            self.session.look_into(Path(path), self.ask_to_import)

    def ask_to_import(self, found: Look) -> None:
        """Say what a file holds and which columns are not used, before anything of it is taken up."""
        go = PrimaryButton("Import", "upload", "Enter")

        go.setEnabled(found.rows > 0)
        self._ask("Import customers", found.sentence, go, lambda: self.session.take_in(found.path))
        go.setFocus()

    def choose_place(self) -> None:
        """Export into a file that somebody names."""
        begin = str(self.session.office.pdf_folder() / "customers.csv")
        path, _ = QFileDialog.getSaveFileName(self, "Save all customers", begin, "CSV (*.csv)")
        if path:
            self.session.hand_out(Path(path))

    def save_statement(self) -> None:
        """Write what moved on their accounts this year to a PDF."""
        self.session.save_statement(self._written)

    def mail_statement(self) -> None:
        """Send it to them."""
        self.session.mail_statement(
            lambda said: self.banner.say(said, Tone.OK, "circle-check"),
            lambda why: self.banner.say(why, Tone.BAD, "circle-alert"),
        )

    def _written(self, place: Path | str) -> None:
        if isinstance(place, Path):
            self.banner.say(f"Saved as {place}.", Tone.OK, "circle-check")
        else:
            self.banner.say(place, Tone.BAD, "circle-alert")

    def ask_to_forget(self) -> None:
        """Ask before somebody is forgotten: there is no way back."""
        go = KeyButton("Forget for good", "trash-2", face=Face.DANGER, height=68)
        name = self.session.chosen.title if self.session.chosen else ""
        self._ask(f"Forget {name}?", _FORGET, go, self.session.forget)

    def _ask(self, title: str, sentence: str, go: TouchButton, act: Callable[[], None]) -> None:
        words = Label(sentence, 18)
        words.setWordWrap(True)
        body = QWidget()
        body.setLayout(column(words, 1))
        question = self.question = Sheet(title, body, self, (go,))
        question.closed.connect(self._answered)
        go.clicked.connect(question.close_sheet)
        go.clicked.connect(act)
        question.open_sheet()

    def _answered(self) -> None:
        question, self.question = self.question, None
        if question is not None:
            question.deleteLater()


def _left(id: str, typed: Left) -> Result:
    return Result(id, "pencil", typed.draft.name or "Somebody new", _NOT_SAVED)


def _result(row: Listed, *, is_left: bool) -> Result:
    customer = row.customer
    ways = (customer.company if customer.name else "", customer.phone, customer.email)
    gone = "" if customer.is_active else "does not buy here any more"
    detail = " · ".join(part for part in (_NOT_SAVED if is_left else "", gone, *ways) if part)
    return Result(customer.id, "user" if customer.is_active else "lock", customer.title, detail)
