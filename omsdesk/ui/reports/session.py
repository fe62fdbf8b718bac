"""What is listed and what is looked at on the reports page. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from omsdesk.actions.execute import Done
from omsdesk.documents.formats import format_moment, format_money, format_quantity
from omsdesk.domain.account import Account, AccountKind, display_name, owner_of
from omsdesk.domain.card_number import read
from omsdesk.domain.cash import TakeXReport, XReportTaken
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.printing import RECEIPT, AskPrint, PaperKind, PrintAsked
from omsdesk.domain.shop import Shop, Till
from omsdesk.domain.values import Money, Quantity, Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries import account as accounts
from omsdesk.store.queries import receipts
from omsdesk.store.queries import shift as shifts
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.account import Overspent
from omsdesk.store.queries.receipts import Receipt
from omsdesk.store.queries.trace import Traced, where_is
from omsdesk.ui.reports.drawing import Drawn, Kind, Saved, draw, save_pdf, save_table
from omsdesk.ui.reports.office import Office

STRETCH = 100
_MOST_OF_EACH = 10
"""Closed shifts of each till, where those of all tills are listed."""
_Read = Callable[[Connection, Shop, "list[Till]", int], "list[Item]"]
_MOST_SEARCHED = 10 * STRETCH
SHIFTS, RECEIPTS, ACCOUNTS, TRACES, DOUBLES = "shifts", "receipts", "accounts", "traces", "doubles"


@dataclass(frozen=True, slots=True)
class Item:
    """A document in the list."""

    kind: Kind
    document: str
    title: str
    detail: str
    amount: str
    number: str


class ReportsSession:
    """Shows the shifts of all tills or of one, their receipts, or tickets with two of them; one document as paper."""

    def __init__(self, office: Office) -> None:
        """Show the shifts, or the receipts to whom may not see shifts."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.view = SHIFTS
        self.till = ""
        """The till whose documents are listed; empty for all of them."""
        self.text = ""
        self.items: list[Item] = []
        self.chosen: Item | None = None
        self.drawn = Drawn()
        self.said = Saved("", is_good=True)
        """What became of the last press of a button."""
        self.is_read = False
        """Whether the list has come."""
        self._is_stale = False
        """Whether what stands on the paper may have changed since it was drawn."""
        self._most = STRETCH
        self._asked = 0

    @property
    def has_doubles(self) -> bool:
        """Whether any ticket of the store has two receipts."""
        return bool(receipts.double(self.office.reader, most=1))

    @property
    def overspent(self) -> int:
        """How many cards more was spent of than was on them."""
        return accounts.overspent_count(self.office.reader)

    @property
    def tills(self) -> list[Till]:
        """The tills to choose from: those of the shop, or of all stores where this station is no till."""
        office = self.office
        return queries.tills(office.reader, office.shop.id if office.till else "")

    def choose_till(self, till: str) -> None:
        """List the documents of one till, or of all."""
        if till != self.till:
            self.till, self._most = till, STRETCH
            self.refresh()

    @property
    def may_print(self) -> bool:
        """Whether there is a printer for it."""
        return self.office.has_printer(RECEIPT)

    @property
    def can_print(self) -> bool:
        """Whether what is chosen can be printed: an X report of a shift is taken where the shift is open."""
        item, office = self.chosen, self.office
        if item is not None and item.kind in {Kind.ACCOUNT, Kind.BALANCES, Kind.TRACE}:
            return False
        if item is None or item.kind is not Kind.OPEN_SHIFT:
            return self.may_print and item is not None
        return bool(office.till) and item.document == queries.open_shift(office.reader, office.till)

    @property
    def may_read(self) -> bool:
        """Whether whoever is here may see what is chosen above the list."""
        return self.view == RECEIPTS or self.office.may_read

    # ------------------------------------------------------------------------------ the list

    def show_list(self, view: str) -> None:
        """Show shifts, receipts, or the receipts of tickets that have two."""
        self.view, self.text, self.chosen, self.items = view, "", None, []
        self.drawn, self.said, self._most = Drawn(), Saved("", is_good=True), STRETCH
        self.refresh()

    def search(self, text: str) -> None:
        """Look for a receipt by its number, or the end of it."""
        self.text = text.strip()
        self.refresh()

    def more(self) -> None:
        """List more receipts: a person came to the end."""
        if self.view == RECEIPTS and not self.text and len(self.items) >= self._most:
            self._most += STRETCH
            self.refresh()

    def refresh(self, *, with_paper: bool = False) -> None:
        """Read the list again, and draw the paper again if what stands on it may have changed, too."""
        self._asked += 1
        self._is_stale = self._is_stale or with_paper
        asked, office = self._asked, self.office
        if not self.may_read:
            self.items, self.chosen, self.is_read = [], None, True
            self._tell()
            return
        shop, offset = office.shop, office.clock.now().offset_minutes
        tills = [till for till in self.tills if self.till in {"", till.id}]
        numbered = partial(_receipts, text=self.text, most=self._most)
        views: dict[str, _Read] = {
            SHIFTS: partial(_shifts, own=office.till),
            RECEIPTS: numbered,
            ACCOUNTS: partial(_accounts, text=self.text),
            TRACES: partial(_traces, code=self.text),
            DOUBLES: _doubles,
        }
        read = views[self.view]
        office.work.ask(
            lambda c: read(c, shop, tills, offset),
            lambda items: self._take(items) if asked == self._asked else None,
        )

    def _take(self, items: list[Item]) -> None:
        self.items, self.is_read = items, True
        kept = next((row for row in items if self.chosen and row.document == self.chosen.document), None)
        if self._is_stale or kept is None or kept != self.chosen:
            self._look_at(kept or next(iter(items), None))
        self._is_stale = False
        self._tell()

    # ------------------------------------------------------------------------------ the paper

    def choose(self, document: str) -> None:
        """Look at a document."""
        item = next((row for row in self.items if row.document == document), None)
        if item is not None and item != self.chosen:
            self.said = Saved("", is_good=True)
            self._look_at(item)
            self._tell()

    def _look_at(self, item: Item | None) -> None:
        self.chosen = item
        if item is None:
            self.drawn = Drawn()
            return
        at = self.office.clock.now()
        self.office.work.ask(
            lambda c: draw(c, item.kind, item.document, at), lambda drawn: self._take_paper(item, drawn)
        )

    def _take_paper(self, item: Item, drawn: Drawn) -> None:
        if item is self.chosen:
            self.drawn = drawn
            self._tell()

    def print_again(self) -> None:
        """Print what is chosen: a copy, or the figures so far as an X report."""
        item, new_id = self.chosen, self.office.clock.new_id
        if item is None or not self.can_print:
            return
        if item.kind is Kind.OPEN_SHIFT:
            self._do(TakeXReport(item.document, new_id()))
            return
        paper = PaperKind.RECEIPT if item.kind is Kind.RECEIPT else PaperKind.SHIFT_REPORT
        self._do(AskPrint(new_id(), self.office.till, paper, item.document))

    def _do(self, command: Command) -> None:
        person = self.office.person()
        if person is None:
            self._say(Saved("Sign in first, then print again.", is_good=False))
            return
        self.office.work.change(
            person.id,
            command,
            then=lambda outcome: self._say(
                Saved(outcome.sentence, is_good=False)
                if isinstance(outcome, Refusal)
                else Saved(_printing(outcome), is_good=True)
            ),
        )

    def save_pdf(self) -> None:
        """Save what is chosen as PDF in the folder of the settings."""
        item, folder, at = self.chosen, self.office.pdf_folder(), self.office.clock.now()
        if item is not None:
            self.office.work.ask(lambda c: save_pdf(c, item.kind, item.document, item.number, folder, at), self._say)

    def save_table(self) -> None:
        """Save where a serial number or a lot went as a table, to write to everybody in it."""
        item, folder, at = self.chosen, self.office.pdf_folder(), self.office.clock.now()
        if item is not None and item.kind is Kind.TRACE:
            self.office.work.ask(lambda c: save_table(c, item.document, item.number, folder, at), self._say)

    def knows_goods(self, code: str) -> bool:
        """Tell whether goods with a serial number, or of a lot, were ever sold."""
        return bool(where_is(self.office.reader, code, 1))

    def was_read(self) -> None:
        """Forget what was said: somebody read it."""
        self.said = Saved("", is_good=True)

    def _say(self, said: Saved) -> None:
        self.said = said
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()


def _printing(done: Done) -> str:
    """Say what comes out: there is one original of every paper, and it may not have been printed before."""
    asked = next((fact for fact in done.facts if isinstance(fact, PrintAsked)), None)
    if asked is None:
        return "It is printing."
    if asked.is_copy:
        return "The copy is printing."
    if asked.paper is PaperKind.RECEIPT:
        return "The receipt is printing."
    is_x = any(isinstance(fact, XReportTaken) for fact in done.facts)
    return "The X report is printing." if is_x else "The report is printing."


def _shifts(connection: Connection, shop: Shop, tills: list[Till], offset: int, own: str) -> list[Item]:
    """List the shifts of a till, or the newest ones of several: open ones first, and of these that of this till."""
    if len(tills) == 1:
        return [item for _, item in _shifts_of(connection, shop, tills[0], offset)]
    found = [
        ((item.kind is Kind.OPEN_SHIFT, item.kind is Kind.OPEN_SHIFT and till.id == own, moment), till.name, item)
        for till in tills
        for moment, item in _shifts_of(connection, shop, till, offset, _MOST_OF_EACH)
    ]
    found.sort(key=lambda row: row[0], reverse=True)
    return [replace(item, title=f"{name} · {item.title}") for _, name, item in found]


def _shifts_of(
    connection: Connection, shop: Shop, till: Till, offset: int, most: int = 50
) -> Iterator[tuple[int, Item]]:
    """List the open shift of a till, then the closed ones, the newest first, each with its moment."""
    shop = queries.shop_of(connection, till.id) or shop
    # Files of two tills must not have one name.
    mark = f"{till.code}-" if len(queries.tills(connection, shop.id)) > 1 else ""
    running = queries.open_shift(connection, till.id)
    head = shifts.shift_head(connection, running) if running else None
    if head is not None:
        since = format_moment(Stamp(head.opened_ms, offset), shop.locale)
        amount = _amount(connection, running, shop)
        yield head.opened_ms, Item(Kind.OPEN_SHIFT, running, "Open now", f"since {since}", amount, f"{mark}open")
    for row in shifts.closed_shifts(connection, till.id, most):
        moment = format_moment(Stamp(row.at_ms, offset), shop.locale)
        detail = f"{moment} · closed twice" if row.is_double else moment
        amount = _amount(connection, row.shift, shop)
        yield row.at_ms, Item(Kind.SHIFT, row.shift, f"Z {row.number}", detail, amount, f"{mark}Z{row.number}")


def _amount(connection: Connection, shift: str, shop: Shop) -> str:
    figures = shifts.figures(connection, shift, shop)
    return format_money(figures.total, shop.locale) if figures else ""


def _receipts(connection: Connection, shop: Shop, tills: list[Till], offset: int, text: str, most: int) -> list[Item]:
    """List the newest receipts of some tills, or those whose number was typed: whole, or what follows its zeros."""
    places = [till.id for till in tills]
    found = (
        receipts.find(connection, places, text, _MOST_SEARCHED) if text else receipts.newest(connection, places, most)
    )
    names = {till.id: till.name for till in tills} if len(tills) > 1 else {}
    twice = {True: "One of two", False: ""}
    return [_receipt(row, shop, offset, names.get(row.till, ""), twice[row.is_double]) for row in found]


def _accounts(connection: Connection, shop: Shop, _: list[Till], _offset: int, text: str) -> list[Item]:
    """List what is open and the cards that were overspent, or the card whose number was typed or scanned."""
    if text:
        found = accounts.card(connection, read(text)) if read(text) else None
        return [_account(found, shop, "Its movements")] if found else []
    everything = Item(Kind.BALANCES, "", "Open balances", "Cards, credit, deposits, points", "", "all")
    return [everything, *(_overspent(row, shop) for row in accounts.overspent(connection))]


def _overspent(row: Overspent, shop: Shop) -> Item:
    tills = {movement.till for movement in row.movements if movement.amount < 0}
    where = f"spent at {len(tills)} till{'' if len(tills) == 1 else 's'}"
    return _account(row.account, shop, f"Overspent · {where}")


def _account(account: Account, shop: Shop, detail: str) -> Item:
    number = owner_of(account.id)[-4:]
    return Item(Kind.ACCOUNT, account.id, display_name(account.id), detail, _written(account, shop), number)


def _written(account: Account, shop: Shop) -> str:
    if account.kind is AccountKind.POINTS:
        return f"{account.balance} points"
    return format_money(Money(account.balance, account.currency or shop.currency), shop.locale)


def _traces(connection: Connection, shop: Shop, _: list[Till], offset: int, code: str) -> list[Item]:
    """List where goods with a serial number or of a lot went: all of it on one paper, then each receipt."""
    found = where_is(connection, code, _MOST_SEARCHED) if code else []
    if not found:
        return []
    out = format_quantity(Quantity(sum(row.quantity.micro for row in found)), shop.locale)
    name = "Lot" if found[0].is_lot else "Serial number"
    file = "".join(letter if letter.isalnum() else "-" for letter in code)
    whole = Item(Kind.TRACE, code, f"{name} {code}", f"{found[0].name} · {out} with customers", "", file)
    rows = {row.sale: row for row in reversed(found)}
    return [whole, *(_traced(row, shop, offset) for row in reversed(rows.values()))]


def _traced(row: Traced, shop: Shop, offset: int) -> Item:
    which = "Sold" if row.quantity.micro > 0 else "Came back"
    detail = f"{which} · {format_moment(Stamp(row.at.utc_ms, offset), shop.locale)}"
    return Item(Kind.RECEIPT, row.sale, row.number, detail, "", row.number)


def _doubles(connection: Connection, shop: Shop, _: list[Till], offset: int) -> list[Item]:
    """List the receipts of tickets that have two, side by side, each with its till."""
    names = {till.id: till.name for till in queries.tills(connection)}
    return [_receipt(row, shop, offset, names.get(row.till, "")) for row in receipts.double(connection)]


def _receipt(row: Receipt, shop: Shop, offset: int, *marks: str) -> Item:
    pieces = f"{row.item_count} item{'' if row.item_count == 1 else 's'}"
    parts = (*marks, format_moment(Stamp(row.at_ms, offset), shop.locale), pieces)
    detail, amount = " · ".join(filter(None, parts)), format_money(row.total, shop.locale)
    return Item(Kind.RECEIPT, row.sale, row.number, detail, amount, row.number)
