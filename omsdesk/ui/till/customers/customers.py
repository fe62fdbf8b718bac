"""Whose ticket it is: customers found, written down and attached at the till."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.account import AccountKind, account_id
from omsdesk.domain.customer import Customer, SaveCustomer, from_text
from omsdesk.domain.values import Money, Stamp
from omsdesk.store.queries import account as accounts
from omsdesk.store.queries import customer as queries
from omsdesk.store.queries.customer import Listed
from omsdesk.ui.amounts import count_text
from omsdesk.ui.till.counter import Aspect, Counter, Tone
from omsdesk.ui.till.session import TillSession

MOST_FOUND = 30


class CustomerDesk:
    """State and intents of the ticket's customer. It knows no widget."""

    def __init__(self, counter: Counter, session: TillSession) -> None:
        """Hear the cards of customers among what is scanned."""
        self.counter, self.session = counter, session
        self.asked_for = ""
        """What the sheet looks for when it opens: a card that several customers have."""
        self._shown: tuple[str, Customer | None] = ("", None)
        self._late: tuple[str, str] = ("", "")
        session.intake.finders.append(self._find_card)

    # ------------------------------------------------------------------------------ who it is

    @property
    def attached(self) -> Customer | None:
        """The customer of the ticket in work, as they are known now."""
        sale = self.session.sale
        who = sale.customer.id if sale and sale.customer else ""
        if self._shown[0] != who:
            self._shown = who, queries.customer_by_id(self.counter.reader, who) if who else None
        return self._shown[1]

    def look_again(self) -> None:
        """Somebody changed customers: read again who is attached."""
        self._shown, self._late = ("", None), ("", "")
        self.counter.tell(Aspect.CART)

    def late(self, customer: Customer) -> str:
        """Say what of the customer's orders was to be paid by now and was not; read once for each customer."""
        if self._late[0] != customer.id:
            from omsdesk.store.queries.orders import orders_of

            day = self.counter.day
            found = [(known.order.number, known.late(day)) for known in orders_of(self.counter.reader, customer.id)]
            said = [f"{self.counter.money(late)} of order {number}" for number, late in found if late]
            self._late = customer.id, f"Late: {', '.join(said)}. Ctrl+O shows it." if said else ""
        return self._late[1]

    def groups(self, customer: Customer) -> str:
        """Name the groups of a customer."""
        if not customer.groups:
            return ""
        known = queries.groups(self.counter.reader)
        return ", ".join(known[id].name for id in customer.groups if id in known and known[id].is_active)

    def exemption(self, customer: Customer) -> str:
        """Say by which number they pay no tax today."""
        exemption = customer.exemption
        return f"Tax exempt {exemption.number}" if exemption and exemption.holds(self.counter.day) else ""

    def figures(self, customer: Customer) -> tuple[str, ...]:
        """Say what they have with the shop: what they owe and how much they may, store credit, points."""
        reader, currency = self.counter.reader, self.counter.shop.currency
        found = {
            kind: row.balance
            for kind in (AccountKind.POINTS, AccountKind.STORE_CREDIT, AccountKind.CREDIT)
            if (row := accounts.account(reader, account_id(kind, customer.id))) is not None and row.balance
        }

        def money(minor: int) -> str:
            return self.counter.money(Money(minor, currency))

        owed = -found.get(AccountKind.CREDIT, 0)
        may_owe = f" of {self.counter.money(customer.credit_limit)}" if customer.credit_limit else ""
        said = (
            f"owes {money(owed)}{may_owe}" if owed > 0 else f"{money(-owed)} in advance" if owed else "",
            f"{money(found[AccountKind.STORE_CREDIT])} credit" if AccountKind.STORE_CREDIT in found else "",
            f"{count_text(found[AccountKind.POINTS], self.counter.shop.locale)} points"
            if AccountKind.POINTS in found
            else "",
        )
        return tuple(text for text in said if text)

    # ------------------------------------------------------------------------------ finding and attaching

    def search(self, text: str) -> list[Listed]:
        """Find customers by what was typed so far; without anything, the newest."""
        if text.strip():
            return queries.search(self.counter.reader, text, MOST_FOUND)
        last = queries.last_no(self.counter.reader)
        return [row for row in queries.listed(self.counter.reader, last, MOST_FOUND) if row.customer.is_active]

    def attach(self, customer: str) -> None:
        """Make the ticket theirs."""
        self.session.set_customer(customer)

    def detach(self) -> None:
        """Make the ticket nobody's again."""
        self.session.set_customer("")

    def _find_card(self, code: str) -> bool:
        found = queries.customers_of_card(self.counter.reader, code)
        if len(found) == 1:
            self.attach(found[0].id)
        elif found:
            self.asked_for = code.strip()
            self.counter.say(Tone.WARN, f"Several customers have the card {code.strip()}. Choose one.")
            self.counter.tell(Aspect.CUSTOMER)
        return bool(found)

    # ------------------------------------------------------------------------------ writing down

    def draft(self, text: str) -> Customer:
        """Make sense of what was typed of somebody who is new."""
        return from_text(self.counter.clock.new_id(), text)

    def alike(self, customer: Customer) -> list[Customer]:
        """Find who has the same number, address or card already."""
        return queries.alike(self.counter.reader, customer)

    def save(self, customer: Customer) -> None:
        """Write a customer down, or what was changed of them, and make the ticket theirs in the same breath."""
        self._shown = "", None
        self.session.set_customer(customer.id, SaveCustomer(customer))

    def agreed(self, before: Stamp | None, *, is_given: bool) -> Stamp | None:
        """Tell when leave was given that a box says is given: it keeps the moment in which it was given first."""
        return (before or self.counter.clock.now()) if is_given else None

    def with_consent(self, customer: Customer, *, receipts: bool, marketing: bool) -> Customer:
        """Note what a customer agrees to, from now or since then."""
        return replace(
            customer,
            receipts_by_email=self.agreed(customer.receipts_by_email, is_given=receipts),
            marketing=self.agreed(customer.marketing, is_given=marketing),
        )
