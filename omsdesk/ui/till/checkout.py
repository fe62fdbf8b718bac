"""Paying: what is due, what was given, what comes back, and the moment after."""

from __future__ import annotations

from collections.abc import Callable

from omsdesk.actions.execute import Done
from omsdesk.domain import refund
from omsdesk.domain import tender as tendering
from omsdesk.domain.account import AccountKind, account_id
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.records import record
from omsdesk.domain.refund import Way
from omsdesk.domain.sale import Sale, SaleCompleted, TenderTaken
from omsdesk.domain.sale_command import CompleteSale, RemoveTender, TakeTender
from omsdesk.domain.tender import FROM_ACCOUNT, Tender, TenderKind, TenderMethod
from omsdesk.domain.values import Money
from omsdesk.store.queries import account as queries
from omsdesk.store.queries.returns import receipts_on
from omsdesk.ui.till.counter import Aspect, Counter, Tone
from omsdesk.ui.till.goods.incoming import Demand
from omsdesk.ui.till.kitchen import news_of
from omsdesk.ui.till.session import TillSession


@record
class CardWanted(Demand):
    """A payment waits for the card that it is taken from, or given back onto."""

    method: TenderMethod
    wanted: Money | None = None
    """How much was typed; nothing is as much as there is."""


class Checkout:
    """The pay view's state: the sale is paid tender by tender, and ends when nothing is due."""

    def __init__(
        self,
        counter: Counter,
        session: TillSession,
        notes: tuple[int, ...],
        takes_mail: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Take the ticket in work and the banknotes of the country, in minor units.

        ``takes_mail`` tells whether a receipt can go to a customer by e-mail.
        """
        self.counter = counter
        self.session = session
        self.notes = notes
        self.is_open = False
        self.paper: Paper | None = None
        """What the next customer takes home; None is what the shop usually hands out."""
        self._takes_mail = takes_mail
        self._ways: tuple[Sale, tuple[Way, ...]] | None = None
        self.completed: SaleCompleted | None = None
        """The sale that was just finished: shown with its change until the next one begins."""
        counter.listeners.append(self._heard)

    def _heard(self, aspect: Aspect) -> None:
        if aspect is Aspect.CART and self.session.sale is not None:
            self.next_customer()

    def _paper(self, sale: Sale) -> Paper:
        if self.paper is not None:
            return self.paper
        is_agreed = sale.customer is not None and self._takes_mail(sale.customer.id)
        return self.counter.shop.receipts.paper(is_agreed=is_agreed)

    @property
    def sale(self) -> Sale | None:
        """The ticket that is being paid."""
        return self.session.sale

    @property
    def due(self) -> Money:
        """What is not paid yet."""
        return self.sale.due if self.sale else Money(0, self.counter.shop.currency)

    @property
    def methods(self) -> tuple[TenderMethod, ...]:
        """The ways to pay in this shop."""
        return self.counter.shop.tender_methods

    @property
    def cash(self) -> TenderMethod | None:
        """The shop's first kind of cash."""
        return next((method for method in self.methods if method.kind is TenderKind.CASH), None)

    @property
    def is_refund(self) -> bool:
        """Whether money goes back to the customer."""
        return self.due.minor < 0

    def ways(self) -> tuple[Way, ...]:
        """List how money may be given back without asking anybody, the way it was paid first."""
        sale = self.sale
        if sale is None or not self.is_refund:
            return ()
        if self._ways is None or self._ways[0] is not sale:
            known = receipts_on(self.counter.reader, sale)
            self._ways = (sale, refund.ways(sale, known, self.counter.shop))
        return self._ways[1]

    def asked(self, method: TenderMethod | None) -> Money:
        """Tell what is paid by a method where nothing is typed: all that is due, or of a refund its part."""
        due = self.due
        way = next((way for way in self.ways() if method is not None and way.method.code == method.code), None)
        if way is not None:
            due = max(due, Money(-(way.suggested or way.most or -due.minor), due.currency))
        if method is not None and method.kind is TenderKind.POINTS:
            return self._by_points(method, due)
        return method.asks(due) if method else due

    def can_pay_by(self, method: TenderMethod) -> bool:
        """Tell whether a way to pay can pay anything; points cannot where the customer has none, or too few."""
        return not self.due or bool(self.asked(method))

    def _by_points(self, method: TenderMethod, due: Money) -> Money:
        """Tell how much of what is due a customer's points pay; all of it while nobody has said whose they are."""
        sale = self.sale
        account = _customers_account(sale, method.kind) if sale is not None else ""
        if sale is None or not account or due.minor <= 0 or method.point_value <= 0:
            return due
        known = queries.account(self.counter.reader, account)
        left = (known.balance if known else 0) - sum(row.points for row in sale.tenders if row.account == account)
        wanted = -(-due.minor // method.point_value)
        if min(left, wanted) < max(self.counter.shop.points.least, 1):
            return Money(0, due.currency)
        return due if left >= wanted else Money(left * method.point_value, due.currency)

    def quick_cash(self) -> tuple[Money, ...]:
        """Suggest what the customer is likely to hand over."""
        cash, due = self.cash, self.due
        return tendering.quick_cash(cash.asks(due), self.notes) if cash and due.minor > 0 else ()

    def open(self) -> None:
        """Show the pay view; an even exchange, where nothing is left to pay, ends at once.

        Whoever is quicker than the disk waits for the first line, and need not press again.
        """
        if not self.session.lines and self.session.waits_for(self.open):
            return
        if self.sale is not None and self.session.lines and not self.due and not self.sale.tenders:
            if self.counter.is_stopped(""):
                return
            self.session.leave(*self._completing(self.sale), then=self._paid)
        elif self.sale is not None and self.session.lines:
            self.is_open, self.completed = True, None
            self.counter.hush()
            self.counter.tell(Aspect.MODE)

    def jump_to(self, sale: str) -> None:
        """Take a ticket up, if another is in work, and show its payments."""
        if self.sale is not None and self.sale.sale == sale:
            self.open()
        else:
            self.session.recall(sale, then=self.open)

    def close(self) -> None:
        """Go back to the ticket; payments that were taken stay."""
        self.is_open = False
        self.counter.tell(Aspect.MODE)

    def pay(self, method: TenderMethod, given: Money | None = None, reference: str = "", account: str = "") -> None:
        """Take a payment, or give one back; without an amount it is what is asked for by that method.

        The payment that covers the rest ends the sale. ``reference`` is what it is found by later. One that is taken
        from an account and names none is taken from the customer's, or asks for a card.
        """
        sale = self.sale
        if sale is None or not sale.lines or self.counter.is_stopped(""):
            return
        if method.kind in FROM_ACCOUNT and sale.due and not account:
            account = _customers_account(sale, method.kind)
            if not account:
                self._ask_whose(method, given)
                return
            if not self.can_pay_by(method):
                self.counter.say(
                    Tone.WARN, f"The customer has too few {method.name.lower()}. Choose another way to pay."
                )
                return
        amount = given or self.asked(method)
        taken = tendering.take(self.counter.clock.new_id(), method, sale.due, amount, account)
        if isinstance(taken, Refusal) and sale.due:
            self.counter.refuse(taken)
            return
        commands: list[Command] = []
        if isinstance(taken, Tender):
            commands.append(TakeTender(sale.sale, taken.tender, method, amount, reference, account))
        if isinstance(taken, Refusal) or taken.amount == sale.due:
            self.session.leave(*commands, *self._completing(sale), then=self._paid)
        else:
            self.session.submit(*commands, then=self._part_paid)

    def _completing(self, sale: Sale) -> tuple[Command, ...]:
        return CompleteSale(sale.sale, self._paper(sale)), *news_of(self.counter, sale.sale)

    def _ask_whose(self, method: TenderMethod, given: Money | None) -> None:
        if method.kind is TenderKind.STORED:
            self.session.intake.ask(CardWanted(method, given))
        else:
            self.counter.say(Tone.WARN, f"Whose? Attach the customer with F4, then take {method.name} again.")

    def pay_exactly(self) -> None:
        """Take exactly what is due in cash: one tap ends a cash sale."""
        if self.cash is not None:
            self.pay(self.cash)

    def give_back(self, tender: Tender) -> None:
        """Give a payment back before the sale is complete."""
        if self.sale is not None:
            self.session.submit(RemoveTender(self.sale.sale, tender.tender), then=self._part_paid)

    def _part_paid(self, done: Done) -> None:
        self.session.follow(done)
        if any(isinstance(fact, TenderTaken) for fact in done.facts):
            self.is_open = True
        self.counter.tell(Aspect.MODE)

    def _paid(self, done: Done) -> None:
        self.is_open = False
        self.completed = next(fact for fact in done.facts if isinstance(fact, SaleCompleted))
        self.counter.tell(Aspect.MODE, Aspect.STATUS)

    @property
    def change(self) -> Money:
        """What the customer gets back."""
        tenders = self.completed.tenders if self.completed else ()
        return Money(sum(tender.change.minor for tender in tenders), self.counter.shop.currency)

    def next_customer(self) -> None:
        """Leave the moment after."""
        if self.completed is not None:
            self.completed = None
            self.counter.tell(Aspect.MODE)


def _customers_account(sale: Sale, kind: TenderKind) -> str:
    """Name the account of the ticket's customer that a way to pay takes from; a card is nobody's."""
    kinds = {TenderKind.ACCOUNT: AccountKind.CREDIT, TenderKind.POINTS: AccountKind.POINTS}
    return account_id(kinds[kind], sale.customer.id) if sale.customer is not None and kind in kinds else ""
