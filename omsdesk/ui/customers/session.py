"""Customers in the back office: who is listed, who is shown, what was typed of them. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from omsdesk.actions.customer_files import Look, Result, export_customers, import_customers, look_at
from omsdesk.actions.execute import Done
from omsdesk.domain.account import Account, AccountKind, account_id
from omsdesk.domain.customer import CONTACT, TERMS, Customer, CustomerGroup, ForgetCustomer, SaveCustomer, SetTerms
from omsdesk.domain.field_write import changed
from omsdesk.domain.mailing import AskMail, Letter
from omsdesk.domain.messages import Command
from omsdesk.domain.period import Period
from omsdesk.domain.pricing import PriceList
from omsdesk.store.engine import Connection
from omsdesk.store.queries import customer as queries
from omsdesk.store.queries.account import account
from omsdesk.store.queries.customer_history import Turnover, receipts_of, turnover_of
from omsdesk.store.queries.field_writes import left_at
from omsdesk.store.queries.receipts import Receipt
from omsdesk.store.queries.till import price_lists
from omsdesk.ui.customers.draft import Draft, customer_of, draft_of, problems
from omsdesk.ui.customers.office import NO_RIGHT, Office
from omsdesk.ui.drafts import rebased
from omsdesk.ui.paper_file import write_pdf

if TYPE_CHECKING:
    from omsdesk.documents.paper import Paper

MOST = 120
FORGOTTEN = "Forgotten. Only receipts keep the name."


@dataclass(frozen=True, slots=True)
class History:
    """What a customer bought, and what they have with the shop."""

    turnover: tuple[Turnover, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """A form that was left before it was saved."""

    customer: Customer
    is_new: bool
    base: int
    start: Draft
    draft: Draft


class CustomersSession:
    """State and intents of the customers' page."""

    def __init__(self, office: Office) -> None:
        """Show who was written down last."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.text = ""
        self.rows: list[queries.Listed] = []
        self.count = 0
        self.chosen: Customer | None = None
        self.is_new = False
        self.draft = self.start = Draft()
        self.history = History()
        self.errors: dict[str, str] = {}
        self.refusal = self.saved = ""
        self.is_saving = False
        self._base = self._asked = 0
        self.left: dict[str, Left] = {}
        """What was typed of others, and waits for somebody to come back to it."""
        self._is_searching = False
        self._undo: tuple[Customer, Customer, int] | None = None
        """Somebody before they were saved, and after, and the revision that left."""

    # ------------------------------------------------------------------------------ who is listed

    def search(self, text: str) -> None:
        """Look for what was typed so far; without anything, the newest."""
        self.text, self._is_searching = text.strip(), bool(text.strip())
        self.refresh()

    def refresh(self) -> None:
        """Ask again: something was typed, or changed."""
        self._asked += 1
        asked, text = self._asked, self.text

        def read(connection: Connection) -> tuple[int, list[queries.Listed]]:
            last = queries.last_no(connection)
            return last, queries.search(connection, text, MOST) if text else queries.listed(connection, last, MOST)

        self.office.work.ask(read, lambda found: self._listed(*found) if asked == self._asked else None)

    def _listed(self, count: int, rows: list[queries.Listed]) -> None:
        self.count, self.rows = count, [row for row in rows if row.customer.title]
        self._follow_chosen()
        self._show_found()
        if self.chosen is None and self.rows:
            # What was said last is about somebody who is not shown any more.
            said = self.saved
            self._show(self.rows[0].customer.id)
            self.saved = said
        self._tell()

    def _show_found(self) -> None:
        """Show the first who was found: what is marked in the list is what the form is about."""
        was_searched, self._is_searching = self._is_searching, False
        shown = self.chosen.id if self.chosen else ""
        if was_searched and self.rows and not self.is_typed and shown not in {row.customer.id for row in self.rows}:
            self._show(self.rows[0].customer.id)

    def _follow_chosen(self) -> None:
        """Let what was not touched follow what somebody else changed of who is shown."""
        found = queries.with_revision(self.office.reader, self.chosen.id) if self.chosen and not self.is_new else None
        if found is None or self.is_saving:
            return
        known = draft_of(found[0], self.office.locale)
        self.draft, self.start, self.chosen = rebased(self.draft, self.start, known), known, found[0]
        if self.draft == self.start:
            self._base = found[1]
        self._read_history()

    @property
    def groups(self) -> list[CustomerGroup]:
        """The groups that there are, by name."""
        known = queries.groups(self.office.reader).values()
        return sorted((row for row in known if row.is_active), key=lambda row: row.name.casefold())

    @property
    def given_lists(self) -> list[PriceList]:
        """The price lists that can be given to somebody."""
        return [row for row in price_lists(self.office.reader) if row.is_given]

    # ------------------------------------------------------------------------------ who is shown

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to save."""
        return self.draft != self.start

    @property
    def is_typed(self) -> bool:
        """Whether the form is one that nobody should lose."""
        return self.has_changes or self.is_new

    @property
    def unsaved(self) -> list[tuple[str, str]]:
        """The ids and names of those who are not saved: who is shown last."""
        rows = [(id, one.draft.name) for id, one in self.left.items()]
        return [*rows, (self.chosen.id, self.draft.name)] if self.is_typed and self.chosen else rows

    @property
    def can_undo(self) -> bool:
        """Whether what was saved last can be taken back."""
        return self._undo is not None

    def choose(self, customer: str) -> None:
        """Show somebody; what was typed of others waits."""
        if self.chosen is None or self.chosen.id != customer:
            self._set_aside()
            self._show(customer)
            self._tell()

    def _set_aside(self) -> None:
        if self.chosen is not None and self.has_changes and not self.is_saving:
            typed = Left(self.chosen, self.is_new, self._base, self.start, self.draft)
            self.left[self.chosen.id] = typed

    def begin(self) -> None:
        """Show an empty form for somebody new."""
        if self.office.may_write:
            self._set_aside()
            self.chosen, self.is_new, self._base = Customer(self.office.clock.new_id()), True, 0
            self.draft = self.start = Draft(name="" if self.rows else self.text)
            self.errors, self.refusal, self.saved, self.history = {}, "", "", History()
            self._tell()

    def _show(self, customer: str) -> None:
        left = self.left.pop(customer, None)
        if left is not None:
            self.chosen, self.is_new, self._base = left.customer, left.is_new, left.base
            self.start, self.draft = left.start, left.draft
            self.errors, self.refusal, self.saved, self.history = {}, "", "", History()
            self._read_history()
            return
        found = queries.with_revision(self.office.reader, customer)
        if found is not None:
            self.chosen, self._base = found
            self.is_new = False
            self.draft = self.start = draft_of(self.chosen, self.office.locale)
            self.errors, self.refusal, self.saved, self.history = {}, "", "", History()
            self._read_history()

    def _read_history(self) -> None:
        who = self.chosen.id if self.chosen else ""

        def read(connection: Connection) -> History:
            kinds = (AccountKind.CREDIT, AccountKind.STORE_CREDIT, AccountKind.POINTS)
            found = (account(connection, account_id(kind, who)) for kind in kinds)
            return History(
                tuple(turnover_of(connection, who)),
                tuple(receipts_of(connection, who)),
                tuple(row for row in found if row is not None),
            )

        def arrived(history: History) -> None:
            if self.chosen is not None and self.chosen.id == who:
                self.history = history
                self._tell()

        self.office.work.ask(read, arrived)

    def set(self, name: str, value: object) -> None:
        """Take what was typed into a field."""
        if getattr(self.draft, name) != value:
            self.draft = replace(self.draft, **{name: value})  # type: ignore[arg-type]  # the form knows its fields
            self.errors.pop(name, None)
            self.saved = ""
            self._tell()

    # ------------------------------------------------------------------------------ saving

    def save(self) -> None:
        """Save who is shown."""
        if self.is_saving or self.chosen is None or not (self.has_changes or self.is_new):
            return
        office, known = self.office, self.chosen
        currency, locale = office.shop.currency, office.locale
        self.errors = problems(self.draft, currency, locale)
        self.refusal = "" if office.may_write else NO_RIGHT
        if not (self.errors or self.refusal):
            after = customer_of(self.draft, known, office.clock.now(), currency, locale)
            self._save(known, after, self._base, self.draft)
        self._tell()

    def _save(self, before: Customer, after: Customer, base: int, sent: Draft | None) -> None:
        commands = self._commands(before, after, base)
        if not commands:
            self.draft = self.start
            return
        self.is_saving = True

        def saved(done: Done) -> None:
            revision = left_at(self.office.reader, "customer", after.id, done.entries)
            self.is_saving = self.is_new = False
            self._undo = (before, after, revision) if sent is not None and before.title else None
            if self.chosen is not None and self.chosen.id == after.id:
                self.start, self._base = sent or self.start, revision
            self.saved = f"Saved “{after.title}”" if sent is not None else ""
            self.refresh()

        def refused(sentence: str) -> None:
            self.is_saving, self.refusal = False, sentence
            self._tell()

        self.office.change(*commands, then=saved, refused=refused)

    def _commands(self, before: Customer, after: Customer, base: int) -> list[Command]:
        said = changed(before, after)
        contact = tuple(name for name in said if name in CONTACT)
        terms = tuple(name for name in said if name in TERMS)
        first = SaveCustomer(after, contact if base else (), base) if contact or not base else None
        given = SetTerms(after, terms, base) if terms and self.office.may_edit else None
        return [command for command in (first, given) if command is not None]

    @property
    def twins(self) -> list[Customer]:
        """Others with the number, address or card that was typed: somebody may be written down twice."""
        draft, start = self.draft, self.start
        known = Customer(
            self.chosen.id if self.chosen else "",
            phone=draft.phone if draft.phone != start.phone else "",
            email=draft.email if draft.email != start.email else "",
            card=draft.card if draft.card != start.card else "",
        )
        return queries.alike(self.office.reader, known) if known.title else []

    def save_statement(self, then: Callable[[Path | str], None]) -> None:
        """Write the statement of this year to a PDF; gives where, or why not."""
        if self.chosen is None:
            return
        who, folder, now = self.chosen.id, self.office.pdf_folder(), self.office.clock.now()
        period = Period(f"{now.day[:4]}-01-01", now.day)

        def compose(connection: Connection) -> tuple[str, Paper]:
            # Imported when somebody wants one: few do.
            from omsdesk.actions.customer_statement import statement_of
            from omsdesk.documents.statement import statement_paper

            return f"{who[:13]}-{period.last}", statement_paper(statement_of(connection, who, period, now))

        self.office.work.ask(lambda reader: write_pdf(folder, "statement", partial(compose, reader)), then)

    @property
    def can_mail_statement(self) -> bool:
        """Whether this computer can send a statement to whoever is shown."""
        return self.chosen is not None and bool(self.chosen.email) and self.office.can_mail()

    def mail_statement(self, then: Callable[[str], None], refused: Callable[[str], None]) -> None:
        """Send the statement of this year to the customer by e-mail; says so, or why not."""
        if self.chosen is None:
            return
        who, clock = self.chosen, self.office.clock
        today = clock.now().day
        ask = AskMail(clock.new_id(), Letter.STATEMENT, who.id, who.id, first=f"{today[:4]}-01-01", last=today)
        self.office.change(ask, then=lambda _: then(f"The statement goes by e-mail to {who.title}."), refused=refused)

    def look_into(self, path: Path, then: Callable[[Look], None]) -> None:
        """Look what a file holds; nothing of it is taken up."""

        def arrived(found: Look | str) -> None:
            self.refusal = found if isinstance(found, str) else ""
            self._tell()
            if isinstance(found, Look):
                then(found)

        self.office.work.work(lambda: look_at(path), arrived)

    def take_in(self, path: Path) -> None:
        """Import a file of customers; what came of it is said when it is done."""
        person = self.office.person()
        if person is None or self.is_saving:
            return
        self.is_saving = True
        writer, new_id, actor = self.office.writer, self.office.clock.new_id, person.id

        def read(connection: Connection) -> Result | str:
            return import_customers(connection, lambda *c: writer.submit(actor, *c).result(), new_id, path)

        def arrived(result: Result | str) -> None:
            self.is_saving = False
            self.refusal, self.saved = (result, "") if isinstance(result, str) else ("", result.sentence)
            self.refresh()

        self.office.work.ask(read, arrived)
        self._tell()

    def hand_out(self, path: Path) -> None:
        """Write all customers into a file."""

        def arrived(count: int | str) -> None:
            is_bad = isinstance(count, str)
            self.refusal = str(count) if is_bad else ""
            self.saved = "" if is_bad else f"{count:,} customers are in “{path.name}”."
            self._tell()

        self.office.work.ask(lambda connection: export_customers(connection, path), arrived)

    def discard(self) -> None:
        """Forget what was typed and not saved."""
        if self.is_new:
            self.chosen, self.is_new = None, False
            self.refresh()
        else:
            self.draft, self.errors, self.refusal = self.start, {}, ""
            self._tell()

    def take_back(self) -> None:
        """Save them as they were before."""
        undo, self._undo, self.saved = self._undo, None, ""
        if undo is not None:
            before, after, revision = undo
            self._save(after, before, revision, None)
        self._tell()

    def forget_undo(self) -> None:
        """Offer no more to take back what was saved: its time is over."""
        self._undo, self.saved = None, ""

    def was_read(self) -> None:
        """Say no more what was said: somebody read it."""
        self.refusal = ""
        if self._undo is None:
            self.saved = ""

    def forget(self) -> None:
        """Forget who is shown for good, everywhere."""
        if self.chosen is None or self.is_new or not self.office.may_edit:
            return

        def forgotten(_: Done) -> None:
            self.chosen, self._undo, self.saved = None, None, FORGOTTEN
            self.refresh()

        def refused(sentence: str) -> None:
            self.refusal = sentence
            self._tell()

        self.office.change(ForgetCustomer(self.chosen.id), then=forgotten, refused=refused)

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
