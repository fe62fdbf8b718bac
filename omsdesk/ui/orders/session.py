"""Which orders are listed, which is looked at, and what a manager decides about it. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from omsdesk.domain.order import Purpose
from omsdesk.domain.order_command import CancelOrder, ChangeOrder, OrderCommand, ReadyGoods
from omsdesk.domain.order_dispute import dispute
from omsdesk.domain.order_terms import days_after
from omsdesk.domain.ordering import fee_for
from omsdesk.domain.printing import RECEIPT, AskPrint, PaperKind
from omsdesk.domain.values import Money
from omsdesk.store.engine import Connection
from omsdesk.store.queries import orders as queries
from omsdesk.store.queries.orders import Known, Short
from omsdesk.ui.amounts import money_text
from omsdesk.ui.days import day_text
from omsdesk.ui.order_change import OrderChange, change_of
from omsdesk.ui.order_opinions import Opinions
from omsdesk.ui.order_paper_file import write_pdf
from omsdesk.ui.orders.office import Office

OPEN, QUOTES, OVER, SETTLE, SHORT, ALL = "open", "quotations", "over", "settle", "short", "all"
OPINIONS, LATE = "opinions", "late"
NAMES = {
    OPEN: "Open",
    QUOTES: "Quotations",
    LATE: "Late",
    OVER: "Over their day",
    SETTLE: "To settle",
    SHORT: "Promised, not here",
    OPINIONS: "Two opinions",
    ALL: "All",
}
LONGER = 14
"""For how many days an order is kept longer, from today."""
_MOST = 500


class OrdersSession:
    """Lists orders by what has to be looked at; keeps the chosen one through changes."""

    def __init__(self, office: Office) -> None:
        """Show the open ones."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.view, self.text = OPEN, ""
        self.found: list[Known] = []
        self.short: list[Short] = []
        self.has_disputes = False
        """Whether two stations think differently of any order."""
        self.chosen = ""
        self.said, self.is_good = "", True
        self.change: OrderChange | None = None
        """The order whose goods are being changed."""
        self._asked = 0

    @property
    def day(self) -> str:
        """Today."""
        return self.office.clock.now().day

    @property
    def known(self) -> Known | None:
        """The order that is looked at."""
        return next((row for row in self.found if row.order.order == self.chosen), None)

    def show_list(self, view: str) -> None:
        """List others."""
        self.view, self.text, self.chosen = view, "", ""
        self.refresh()

    def search(self, text: str) -> None:
        """Look for orders by number, name or phone."""
        self.text = text.strip()
        self.refresh()

    def choose(self, order: str) -> None:
        """Look at an order."""
        self.chosen = order
        self._tell()

    def refresh(self) -> None:
        """Read the list again."""
        self._asked += 1
        asked, view, text, day, shop = self._asked, self.view, self.text, self.day, self.office.shop

        def look(reader: Connection) -> tuple[list[Known], list[Short], bool]:
            short, open_ones = queries.short(reader, shop), queries.open_orders(reader, _MOST)
            has_disputes = any(dispute(known.order) is not None for known in open_ones)
            return _listed(reader, view, text, day, short, open_ones), short, has_disputes

        def arrived(answer: tuple[list[Known], list[Short], bool]) -> None:
            if asked == self._asked:
                self.found, self.short, self.has_disputes = answer
                if self.known is None:
                    self.chosen = self.found[0].order.order if self.found else ""
                self._tell()

        self.office.work.ask(look, arrived)

    def short_of(self, known: Known) -> list[Short]:
        """List the goods of an order of which more is promised than there is."""
        return [row for row in self.short if any(other.order.order == known.order.order for other in row.orders)]

    # ------------------------------------------------------------------------------ what is decided

    def money(self, known: Known) -> str:
        """Write what an order comes to."""
        return money_text(known.order.total, self.office.locale)

    def make_ready(self) -> None:
        """Say that the goods stand together for their customer."""
        self._do(lambda known: ReadyGoods(known.order.order), "The goods are ready.")

    def keep_longer(self) -> None:
        """Keep the goods, or hold the prices, for some more days."""
        until = days_after(self.day, LONGER)
        self._do(
            lambda known: ChangeOrder(known.order.order, known.order.rows, replace(known.order.terms, until=until)),
            f"Kept until {day_text(until, self.office.locale)}.",
        )

    def let_go(self) -> None:
        """Give an order up whose day is over: its goods are free, the fee is kept and the rest given back at a till."""
        self._do(
            lambda known: CancelOrder(known.order.order, has_expired=True),
            "Given up. What was paid is given back at a till, less the fee.",
        )

    # ------------------------------------------------------------------------------ all that are over

    @property
    def over(self) -> list[Known]:
        """Those in the list whose day is over, where the list is theirs."""
        is_theirs = self.view == OVER and not self.text
        return [known for known in self.found if known.order.is_over(self.day)] if is_theirs else []

    def over_words(self) -> str:
        """Say what letting all of them go comes to; empty where there are not several."""
        over = self.over
        if len(over) < 2:
            return ""
        fees, back = dict[str, int](), dict[str, int]()
        for known in over:
            order, currency = known.order, known.order.currency
            fee = fee_for(order, order.open_portions(), known.held)
            fees[currency] = fees.get(currency, 0) + fee.minor
            back[currency] = back.get(currency, 0) + max((known.held - order.fee_due - fee).minor, 0)
        kept, given = self._sums(fees), self._sums(back)
        return f"Letting all {len(over)} go frees their goods, keeps {kept} in fees and gives {given} back at a till."

    def _sums(self, found: dict[str, int]) -> str:
        return " and ".join(money_text(Money(minor, code), self.office.locale) for code, minor in sorted(found.items()))

    def let_all_go(self) -> None:
        """Give all up whose day is over, in one go: all of them, or none."""
        over = self.over
        commands = [CancelOrder(known.order.order, has_expired=True) for known in over]
        if commands:
            sentence = f"{len(over)} orders are given up. What was paid is given back at a till, less the fees."
            self.office.change(*commands, then=lambda _: self._done(sentence), refused=self._refused)

    def _do(self, make: Callable[[Known], ReadyGoods | ChangeOrder | CancelOrder], sentence: str) -> None:
        known = self.known
        if known is not None:
            self.office.change(make(known), then=lambda _: self._done(sentence), refused=self._refused)

    # ------------------------------------------------------------------------------ two opinions

    def opinions(self, known: Known) -> Opinions:
        """Put both sides beside each other."""
        office = self.office
        locale = office.locale
        return Opinions(office.reader, known, office.clock.now(), locale, lambda amount: money_text(amount, locale))

    def settle_opinions(self, command: OrderCommand) -> None:
        """Let one of two opinions hold."""
        self.office.change(
            command, then=lambda _: self._done("Settled. Every station follows."), refused=self._refused
        )  # fmt: skip

    # ------------------------------------------------------------------------------ other goods

    def begin_change(self) -> None:
        """Let the goods of the order be changed."""
        known = self.known
        if known is not None and self.change is None and known.order.has_open_rows:
            change = change_of(self.office.reader, self.office.clock, known)
            if isinstance(change, str):
                self._say(change, is_good=False)
            else:
                self.change = change
                self._tell()

    def end_change(self) -> None:
        """Leave the goods as they are."""
        self.change = None
        self._tell()

    def save_change(self) -> None:
        """Write the change down; what is refused stays to be put right."""
        change = self.change
        if change is not None:
            total = money_text(change.total, self.office.locale)
            self.office.change(change.command, then=lambda _: self._changed(total), refused=self._refused)

    def _changed(self, total: str) -> None:
        self.change = None
        self._done(f"The goods are changed. The order comes to {total} now.")

    def print_paper(self) -> None:
        """Print the paper of the order as it stands now."""
        self._print(PaperKind.ORDER, RECEIPT, "The paper is printing.")

    def print_slip(self) -> None:
        """Print the slip that its goods are fetched by."""
        self._print(PaperKind.PICK, self.office.slip_printer, "The slip is printing.")

    def _print(self, paper: PaperKind, role: str, sentence: str) -> None:
        known, office = self.known, self.office
        if known is not None and office.has_printer(role):
            command = AskPrint(office.clock.new_id(), office.till(), paper, known.order.order, role)
            office.change(command, then=lambda _: self._say(sentence), refused=self._refused)

    def save_pdf(self) -> None:
        """Save the paper of the order as PDF."""
        known, folder = self.known, self.office.pdf_folder()
        if known is not None:
            order = known.order.order

            def saved(place: Path | str) -> None:
                good = isinstance(place, Path)
                self._say(f"Saved as {place.name}." if isinstance(place, Path) else place, is_good=good)

            self.office.work.ask(lambda connection: write_pdf(connection, order, folder), saved)

    def _done(self, sentence: str) -> None:
        self._say(sentence)
        self.refresh()

    def _refused(self, sentence: str) -> None:
        self._say(sentence, is_good=False)

    def _say(self, sentence: str, *, is_good: bool = True) -> None:
        self.said, self.is_good = sentence, is_good
        self._tell()

    def was_read(self) -> None:
        """Forget what was said."""
        self.said = ""

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()


def _listed(
    reader: Connection, view: str, text: str, day: str, short: list[Short], open_ones: list[Known]
) -> list[Known]:
    if text:
        return queries.find_orders(reader, text)
    if view == ALL:
        return queries.newest_orders(reader, _MOST)
    if view == SHORT:
        return list({known.order.order: known for row in short for known in row.orders}.values())
    tests: dict[str, Callable[[Known], bool]] = {
        OPEN: lambda known: known.order.purpose is not Purpose.QUOTATION and not known.is_to_settle,
        QUOTES: lambda known: known.order.purpose is Purpose.QUOTATION,
        LATE: lambda known: bool(known.late(day)),
        OVER: lambda known: known.order.is_over(day),
        OPINIONS: lambda known: dispute(known.order) is not None,
        SETTLE: lambda known: known.is_to_settle or known.due.minor < 0,
    }
    return [known for known in open_ones if tests[view](known)]
