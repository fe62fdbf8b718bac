"""A ticket and what happens to it, told command by command."""

from __future__ import annotations

from collections.abc import Mapping

from omsdesk.domain.messages import Event, Refusal
from omsdesk.domain.returns import Receipt
from omsdesk.domain.sale import Sale, SaleCompleted, evolve
from omsdesk.domain.sale_command import AddLine, CompleteSale, SaleCommand, TakeTender
from omsdesk.domain.selling import decide
from omsdesk.domain.shop import Desk
from omsdesk.domain.values import ONE, Money, Quantity
from tests.domain.corner_shop import CASH, DESK


class Story:
    """A ticket; a refusal is kept and changes nothing."""

    def __init__(self, *commands: SaleCommand, desk: Desk = DESK) -> None:
        self.sale: Sale | None = None
        self.facts: list[Event] = []
        self.desk = desk
        self.receipts: Mapping[str, Receipt] = {}
        self.refusal: Refusal | None = None
        for command in commands:
            assert self.do(command), self.refusal

    def do(self, command: SaleCommand, desk: Desk | None = None) -> tuple[Event, ...]:
        """Carry one command out; empty if it was refused."""
        decision = decide(self.sale, command, desk or self.desk, self.receipts)
        self.refusal = decision if isinstance(decision, Refusal) else None
        if isinstance(decision, Refusal):
            return ()
        for fact in decision:
            self.sale = evolve(self.sale, fact)
        self.facts += decision
        return decision

    @property
    def ticket(self) -> Sale:
        """The ticket, which there is."""
        assert self.sale is not None
        return self.sale

    def is_refused(self, kind: type[Refusal], said: str, command: SaleCommand, desk: Desk | None = None) -> None:
        """Expect a refusal with words in its sentence, and a ticket that is as it was."""
        before = self.sale
        assert self.do(command, desk) == ()
        assert type(self.refusal) is kind, self.refusal
        assert self.refusal is not None
        assert said in self.refusal.sentence
        assert self.sale is before

    def pay(self) -> SaleCompleted:
        """Pay all that is due in cash, or give it back, and end the ticket."""
        due = self.ticket.due
        if due:
            assert self.do(TakeTender(self.ticket.sale, "paid", CASH, due)), self.refusal
        assert self.do(CompleteSale(self.ticket.sale)), self.refusal
        completed = self.facts[-1]
        assert isinstance(completed, SaleCompleted)
        return completed


def add(line: str, article: object, quantity: Quantity = ONE, sale: str = "sale-1") -> AddLine:
    return AddLine(sale, line, article, quantity)  # type: ignore[arg-type]


def sum_of(amounts: object) -> int:
    return sum(amount.minor for amount in amounts)  # type: ignore[attr-defined]


def priced(sale: Sale) -> Money:
    """What all lines come to, before taxes on top."""
    return Money(sum_of(sale.amounts()), sale.currency)
