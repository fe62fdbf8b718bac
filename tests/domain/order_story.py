"""An order and all that happens to it: its facts, the tickets that serve it, and the money on its account."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from omsdesk.domain.account import Account, AccountMoved, Ledger
from omsdesk.domain.catalogue import Article
from omsdesk.domain.consequences import consequences
from omsdesk.domain.messages import Decision, Event, Refusal
from omsdesk.domain.order import Order, Party, Purpose, Status, evolve
from omsdesk.domain.order_command import HandedPortion, HandOver, OrderCommand, PlaceOrder, SettleOrder
from omsdesk.domain.order_terms import Terms
from omsdesk.domain.order_ticket import DEPOSIT
from omsdesk.domain.ordering import account_of, decide, held_on, place
from omsdesk.domain.returns import Receipt
from omsdesk.domain.sale import SaleCompleted, SaleOrdered
from omsdesk.domain.sale_command import CompleteSale, DiscountSale, LoadAccount, TakeTender
from omsdesk.domain.shop import Desk
from omsdesk.domain.tender import TenderKind
from omsdesk.domain.values import ONE, Money, Quantity
from tests.domain.corner_shop import CASH, COFFEE, DESK
from tests.domain.ticket_story import Story, add

ORDER = "order-1"
NUMBER = "1A-B00001"
ANNA = Party("anna", "Anna Ahrens", "0171 234")


class OrderStory:
    """An order that was made of a ticket."""

    def __init__(
        self,
        purpose: Purpose = Purpose.LAYAWAY,
        terms: Terms = Terms(),  # noqa: B008
        *,
        goods: tuple[tuple[Article, Quantity], ...] = ((COFFEE, Quantity.of(3)),),
        desk: Desk = DESK,
        discount: DiscountSale | None = None,
    ) -> None:
        self.desk = desk
        self.held = 0
        self.completed: list[SaleCompleted] = []
        self.facts: list[Event] = []
        self._ids = count(1)
        ticket = Story(*(add(f"l{at}", *pair) for at, pair in enumerate(goods, 1)), desk=desk)
        if discount is not None:
            assert ticket.do(discount), ticket.refusal
        self.ticket = ticket.ticket
        placed = place(PlaceOrder(ORDER, purpose, "s1", "sale-1", (), ANNA, terms), ticket.ticket, NUMBER, desk)
        assert not isinstance(placed, Refusal), placed
        assert isinstance(placed[1], SaleOrdered)
        self._state: Order | None = None
        self._follow(placed[0])

    @property
    def order(self) -> Order:
        assert self._state is not None
        return self._state

    @property
    def here(self) -> Desk:
        """The desk, with what is known there of the order and its account."""
        known = Account(account_of(ORDER), self.order.currency, self.held)
        return replace(self.desk, orders=(self.order,), ledger=Ledger((known,)))

    @property
    def money(self) -> Money:
        return held_on(self.order, self.here)

    def status(self) -> Status:
        return self.order.status(self.money, self.desk.at.day)

    @property
    def due(self) -> Money:
        return self.order.due(self.money)

    @property
    def drawer(self) -> int:
        """What all tickets together brought in money, in minor units."""
        tenders = (row for sale in self.completed for row in sale.tenders)
        return sum(row.amount.minor for row in tenders if row.kind is not TenderKind.STORED)

    def do(self, command: OrderCommand) -> Decision:
        """Carry a command on the order out."""
        decision = decide(command, self.here)
        if not isinstance(decision, Refusal):
            for fact in decision:
                self._follow(fact)
        return decision

    def ticket_for(self, *commands: LoadAccount | HandOver | SettleOrder) -> Story:
        """Begin a ticket; its receipts are those of all payments before."""
        story = Story(desk=self.here)
        story.receipts = {
            sale.sale: Receipt(sale, {row.line: self._back(row.line) for row in sale.lines}) for sale in self.completed
        }
        for command in commands:
            assert story.do(command), story.refusal
        return story

    def _back(self, line: str) -> Quantity:
        rows = (row for sale in self.completed for row in sale.lines if row.returned and row.returned.line == line)
        return Quantity(sum(-row.quantity.micro for row in rows))

    def pay(self, amount: Money) -> SaleCompleted:
        """Pay so much on the order."""
        sale = f"paid-{next(self._ids)}"
        return self.finish(self.ticket_for(LoadAccount(sale, f"{sale}:line", account_of(ORDER), amount)))

    def whole(self, sale: str) -> HandOver:
        """Ask for all that is still to be handed over."""
        rest = ((row.line, self.order.open_quantity(row)) for row in self.order.rows)
        return HandOver(sale, ORDER, tuple(HandedPortion(f"{sale}:{of}", of, left) for of, left in rest if left))

    def hand_over(self, line: str = "", quantity: Quantity = ONE) -> SaleCompleted:
        """Hand goods over: all of them, unless a line is named; what was paid before pays first."""
        sale = f"given-{next(self._ids)}"
        part = HandOver(sale, ORDER, (HandedPortion(f"{sale}:{line}", line, quantity),))
        story = self.ticket_for(part if line else self.whole(sale))
        spent = min(self.money, story.ticket.due)
        if spent:
            assert story.do(TakeTender(sale, f"{sale}:deposit", DEPOSIT, spent, account=account_of(ORDER))), (
                story.refusal
            )
        return self.finish(story)

    def settle(self) -> SaleCompleted:
        """Give back what is not needed on the account, and keep the fee."""
        sale = f"back-{next(self._ids)}"
        return self.finish(self.ticket_for(SettleOrder(sale, f"{sale}:line", ORDER)))

    def finish(self, story: Story) -> SaleCompleted:
        """Pay what is due on a ticket, or give it back, and end it."""
        due, sale = story.ticket.due, story.ticket.sale
        if due:
            assert story.do(TakeTender(sale, f"{sale}:paid", CASH, due)), story.refusal
        assert story.do(CompleteSale(sale)), story.refusal
        completed = next(fact for fact in story.facts if isinstance(fact, SaleCompleted))
        self.completed.append(completed)
        for fact in consequences(completed):
            if isinstance(fact, AccountMoved):
                self.held += fact.amount
            elif fact.kind.startswith("order."):
                self._follow(fact)
        return completed

    def _follow(self, fact: Event) -> None:
        self._state = evolve(self._state, fact)
        self.facts.append(fact)
