"""Orders at the till: a ticket becomes one, is paid in parts, handed over, given up; found by number, name, phone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from omsdesk.actions.execute import Done, Outcome
from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.order import ENDED, Party, Purpose, Status
from omsdesk.domain.order_command import (
    AcceptQuotation,
    CancelOrder,
    HandedPortion,
    HandOver,
    OrderCommand,
    PlaceOrder,
    ReadyGoods,
    SettleOrder,
)
from omsdesk.domain.order_terms import Terms
from omsdesk.domain.order_ticket import DEPOSIT
from omsdesk.domain.ordering import account_of, fee_for
from omsdesk.domain.printing import AskPrint, PaperKind
from omsdesk.domain.sale import Sale
from omsdesk.domain.sale_command import CheckAge, LoadAccount
from omsdesk.domain.shop import Shop
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.engine import Connection
from omsdesk.store.queries import customer as customers
from omsdesk.store.queries import orders as queries
from omsdesk.store.queries.orders import Known
from omsdesk.store.queries.till import shop_by_id, shop_ids
from omsdesk.ui.order_paper_file import write_pdf
from omsdesk.ui.till.checkout import Checkout
from omsdesk.ui.till.counter import Aspect, Counter, Tone
from omsdesk.ui.till.kitchen import fetching
from omsdesk.ui.till.orders.order_draft import Draft, proposed
from omsdesk.ui.till.session import TillSession

if TYPE_CHECKING:
    from omsdesk.ui.order_change import OrderChange

_FETCHED = {Purpose.PICK_UP, Purpose.DELIVERY}
"""Orders whose goods somebody fetches from the shelves at once."""


class OrderDesk:
    """State and intents around orders."""

    def __init__(self, counter: Counter, session: TillSession, checkout: Checkout, pdf_folder: Path) -> None:
        """Take the ticket in work, how it is paid, and the folder that PDF files go to."""
        self.counter, self.session, self.checkout, self.pdf_folder = counter, session, checkout, pdf_folder
        self.asked_for = ""
        """The number that was scanned or typed last."""

    # ------------------------------------------------------------------------------ finding

    def find(self, text: str, then: Callable[[list[Known]], None]) -> None:
        """List the open orders, or look for some by what is typed."""

        def look(reader: Connection) -> list[Known]:
            return queries.find_orders(reader, text) if text.strip() else queries.open_orders(reader)

        self.counter.work.ask(look, then)

    def order(self, order: str) -> Known | None:
        """Read how an order stands."""
        return queries.order(self.counter.reader, order)

    def status(self, known: Known) -> Status:
        """Tell what an order is today."""
        return known.status(self.counter.day)

    @property
    def open_count(self) -> int:
        """How many orders are open."""
        return queries.open_count(self.counter.reader)

    def numbered(self, code: str) -> Known | None:
        """Find the order that a scanned code or a typed number stands for."""
        return next(iter(queries.orders_with(self.counter.reader, code)), None)

    def finds(self, code: str) -> bool:
        """Take the number or the code of an order, and tell whether it was one."""
        found = self.numbered(code)
        if found is not None:
            self.asked_for = found.order.number
            self.counter.hush()
            self.counter.tell(Aspect.ORDER)
        return found is not None

    @property
    def whose(self) -> str:
        """Who the ticket in work belongs to, if they have an open order."""
        sale, day = self.session.sale, self.counter.day
        if sale is None or sale.customer is None:
            return ""
        known = queries.orders_of(self.counter.reader, sale.customer.id)
        is_open = any(row.status(day) not in ENDED or row.is_to_settle for row in known)
        return known[0].order.party.name if is_open else ""

    def stores(self) -> list[Shop]:
        """List the shops that goods can come from, this one first."""
        here, reader = self.counter.shop, self.counter.reader
        others = (shop_by_id(reader, name) for name in shop_ids(reader) if name != here.id)
        return [here, *sorted(filter(None, others), key=lambda shop: shop.name.casefold())]

    # ------------------------------------------------------------------------------ a new order

    @property
    def can_order(self) -> bool:
        """Whether the ticket in work can become an order."""
        sale = self.session.sale
        return sale is not None and bool(sale.lines) and not sale.tenders

    def draft(self) -> Draft:
        """Begin an order of the ticket in work, for its customer."""
        counter, sale = self.counter, self.session.sale
        total = sale.total if sale else Money(0, counter.shop.currency)
        draft = Draft(Purpose.LAYAWAY, total, counter.day, counter.shop, counter.shop.id, self._party(sale))
        return proposed(draft, Purpose.LAYAWAY)

    def _party(self, sale: Sale | None) -> Party:
        if sale is None or sale.customer is None:
            return Party()
        who = customers.customer_by_id(self.counter.reader, sale.customer.id)
        if who is None:
            return Party(sale.customer.id, sale.customer.name)
        return Party(who.id, who.title, who.phone, who.email, who.address, who.country)

    def place(self, draft: Draft) -> None:
        """Place the order; what is paid now stands on a ticket of its own."""
        sale, order = self.session.sale, self.counter.clock.new_id()
        if sale is None:
            return
        now = draft.paid_now

        def placed(_: Done) -> None:
            known = self.order(order)
            if known is None:
                return
            if now:
                self.take_payment(known, now)
            else:
                self.counter.say(Tone.OK, f"{known.order.number} is written down. Its paper is printing.")

        command = PlaceOrder(
            order, draft.purpose, draft.store, sale.sale, (), draft.party, draft.terms, prints=not now
        )  # fmt: skip
        is_fetched_here = draft.purpose in _FETCHED and draft.store == self.counter.shop.id
        self.session.leave(command, *(fetching(self.counter, order) if is_fetched_here else ()), then=placed)

    # ------------------------------------------------------------------------------ money and goods

    def take_payment(self, known: Known, amount: Money) -> None:
        """Put a payment for an order on the ticket, and go on to pay."""
        name = f"Payment for order {known.order.number}"
        account = account_of(known.order.order)
        self._ring(LoadAccount(self.session.ticket(), self.counter.clock.new_id(), account, amount, name=name))

    def hand_over(self, known: Known, wanted: Mapping[str, Quantity] | None = None) -> None:
        """Put goods of an order on its customer's ticket, all unless said otherwise; what was paid on it pays first."""
        from omsdesk.ui.till.orders.handing import Handing, whole

        def answered(portions: tuple[HandedPortion, ...], age: int) -> None:
            order, sale, ticket = known.order, self.session.sale, self.session.ticket()
            checked = sale.age_checked if sale else 0
            seen = (CheckAge(ticket, age),) if age > checked else ()
            whose = self._whose(ticket, order.party.id)
            handed = HandOver(ticket, order.order, portions)
            self.session.submit(*whose, *seen, handed, then=lambda done: self._handed(done, known))

        Handing(self.counter, self.session.intake, known, wanted or whole(known), answered).go_on()

    def _whose(self, ticket: str, customer: str) -> tuple[SetCustomer, ...]:
        """Say whose ticket it becomes, if it is nobody's yet: what is handed over earns its customer their points."""
        sale, person = self.session.sale, self.counter.person
        is_known = bool(customer) and customers.buyer_by_id(self.counter.reader, customer, self.counter.day) is not None
        may = person is not None and person.may_ask(SetCustomer.permission)
        is_free = sale is None or (sale.customer is None and not sale.tenders)
        return (SetCustomer(ticket, customer),) if is_known and may and is_free else ()

    def _handed(self, done: Done, known: Known) -> None:
        self.session.follow(done)
        sale = self.session.sale
        if sale is None:
            return
        rows = (row.ordered for row in sale.lines if row.ordered and row.ordered.order == known.order.order)
        worth = sum((row.gross for row in rows), start=Money(0, sale.currency))
        spent = min(known.held, worth, sale.due)
        if spent.minor > 0:
            self.checkout.pay(DEPOSIT, spent, account=account_of(known.order.order))
        else:
            self.checkout.open()

    def settle(self, known: Known) -> None:
        """Put on the ticket what the customer gets back, less the fee, and go on to give it."""
        self._ring(SettleOrder(self.session.ticket(), self.counter.clock.new_id(), known.order.order))

    def _ring(self, command: LoadAccount | SettleOrder) -> None:
        def rung(done: Done) -> None:
            self.session.follow(done)
            self.checkout.open()

        self.session.submit(command, then=rung)

    # ------------------------------------------------------------------------------ what becomes of it

    def fee(self, known: Known) -> Money:
        """Work out what giving all of an order up costs."""
        return fee_for(known.order, known.order.open_portions(), known.held)

    def cancel(self, known: Known, fee: Money, reason: str) -> None:
        """Give an order up; what was paid above the fee is given back at once."""
        has_expired = known.order.is_over(self.counter.day)

        def cancelled(_: Done) -> None:
            after = self.order(known.order.order)
            if after is not None and after.is_to_settle:
                self.settle(after)
            else:
                self.counter.say(Tone.OK, f"Order {known.order.number} is given up.")

        command = CancelOrder(known.order.order, fee=fee, reason=reason, has_expired=has_expired)
        self._do(command, cancelled)

    def change(self, change: OrderChange, then: Callable[[], None], refused: Callable[[], None]) -> None:
        """Let an order have other goods; ``then`` shows the order, ``refused`` what was wanted in vain."""

        def changed(_: Done) -> None:
            after, number = self.order(change.order.order), change.order.number
            if after is None:
                return
            self.asked_for = number
            then()
            money = self.counter.money
            rest = f"{money(-after.due)} goes back." if after.due.minor < 0 else f"{money(after.due)} is to be paid."
            is_quoted = after.order.purpose is Purpose.QUOTATION
            total = f"{number} comes to {money(after.order.total)} now."
            self.counter.say(Tone.OK, total if is_quoted else f"{total} {rest}")

        def arrived(outcome: Outcome) -> None:
            if isinstance(outcome, Refusal):
                refused()
                self.counter.refuse(outcome)
            else:
                changed(outcome)

        self.counter.perform(change.command, then=arrived)

    def settle_opinions(self, command: OrderCommand, number: str, then: Callable[[], None]) -> None:
        """Let one of two opinions on an order hold, everywhere."""

        def settled(_: Done) -> None:
            self.asked_for = number
            then()
            self.counter.say(Tone.OK, f"Settled. Every station follows for order {number}.")

        self._do(command, settled)

    def accept(self, known: Known) -> None:
        """Make an order of a quotation, to be fetched here, at its prices."""
        here, order = self.counter.shop.id, known.order

        def accepted(_: Done) -> None:
            self.counter.say(Tone.OK, f"{order.number} is an order now. Its goods are kept.")

        self._do(AcceptQuotation(order.order, Purpose.PICK_UP, here, Terms()), accepted)

    def ready(self, known: Known) -> None:
        """Say that the goods stand together for the customer."""
        number = known.order.number
        self._do(ReadyGoods(known.order.order), lambda _: self.counter.say(Tone.OK, f"Order {number} is ready."))

    def print_paper(self, known: Known) -> None:
        """Print the paper of an order as it stands now."""
        command = AskPrint(self.counter.clock.new_id(), self.counter.till.id, PaperKind.ORDER, known.order.order)
        self._do(command, lambda _: self.counter.say(Tone.OK, f"The paper of {known.order.number} is printing."))

    def _do(self, command: OrderCommand | AskPrint, then: Callable[[Done], None]) -> None:
        commands: tuple[Command, ...] = (command,)
        self.counter.change(*commands, then=then)

    def save_pdf(self, known: Known) -> None:
        """Save the paper of an order as PDF in the folder for it."""
        folder, order = self.pdf_folder, known.order.order

        def saved(place: Path | str) -> None:
            if isinstance(place, str):
                self.counter.say(Tone.BAD, place)
            else:
                self.counter.say(Tone.OK, f"Saved as {place.name} in the folder {place.parent.name}.")

        self.counter.work.ask(lambda connection: write_pdf(connection, order, folder), saved)
