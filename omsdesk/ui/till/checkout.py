"""Paying: what is due, what was given, what comes back, and the moment after."""

from __future__ import annotations

from omsdesk.actions.execute import Done
from omsdesk.domain import refund
from omsdesk.domain import tender as tendering
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.refund import Way
from omsdesk.domain.sale import Paper, Sale, SaleCompleted, TenderTaken
from omsdesk.domain.sale_command import CompleteSale, RemoveTender, TakeTender
from omsdesk.domain.tender import Tender, TenderKind, TenderMethod
from omsdesk.domain.values import Money
from omsdesk.store.queries.returns import receipts_on
from omsdesk.ui.till.counter import Aspect, Counter
from omsdesk.ui.till.session import TillSession


class Checkout:
    """The pay view's state: the sale is paid tender by tender, and ends when nothing is due."""

    def __init__(self, counter: Counter, session: TillSession, notes: tuple[int, ...]) -> None:
        """Take the ticket in work and the banknotes of the country, in minor units."""
        self.counter = counter
        self.session = session
        self.notes = notes
        self.is_open = False
        self.paper = Paper.PRINT
        self._ways: tuple[Sale, tuple[Way, ...]] | None = None
        self.completed: SaleCompleted | None = None
        """The sale that was just finished: shown with its change until the next scan."""

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
        return method.asks(due) if method else due

    def quick_cash(self) -> tuple[Money, ...]:
        """Suggest what the customer is likely to hand over."""
        cash = self.cash
        return tendering.quick_cash(cash.asks(self.due), self.notes) if cash and self.due.minor > 0 else ()

    def open(self) -> None:
        """Show the pay view; an even exchange, where nothing is left to pay, ends at once."""
        if self.sale is not None and self.session.lines and not self.due and not self.sale.tenders:
            self.session.leave(CompleteSale(self.sale.sale, self.paper), then=self._paid)
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

    def pay(self, method: TenderMethod, given: Money | None = None, reference: str = "") -> None:
        """Take a payment, or give one back; without an amount it is what is asked for by that method.

        The payment that covers the rest ends the sale. ``reference`` is what it is found by later.
        """
        sale = self.sale
        if sale is None or not sale.lines:
            return
        amount = given or self.asked(method)
        taken = tendering.take(self.counter.clock.new_id(), method, sale.due, amount)
        if isinstance(taken, Refusal) and sale.due:
            self.counter.refuse(taken)
            return
        commands: list[Command] = []
        if isinstance(taken, Tender):
            commands.append(TakeTender(sale.sale, taken.tender, method, amount, reference))
        if isinstance(taken, Refusal) or taken.amount == sale.due:
            self.session.leave(*commands, CompleteSale(sale.sale, self.paper), then=self._paid)
        else:
            self.session.submit(*commands, then=self._part_paid)

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
