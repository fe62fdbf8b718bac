"""A cashier who presses whatever comes to mind: the ticket stays true to its sums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from omsdesk.domain.catalogue import Article
from omsdesk.domain.sale import Sale, SaleCompleted, evolve
from omsdesk.domain.sale_command import (
    AddLine,
    ChangeQuantity,
    CompleteSale,
    HoldSale,
    NoteLine,
    RecallSale,
    RemoveLine,
    RemoveTender,
    RestoreLine,
    SaleCommand,
    TakeTender,
    VoidSale,
)
from omsdesk.domain.tax import TaxRounding, TaxTerms
from omsdesk.domain.tender import TenderMethod
from omsdesk.domain.values import Money, Quantity
from tests.domain.corner_shop import APPLES, CARD, CARDS, CASH, COFFEE, DESK, GIFT, REPAIR, SHOP, TEA, gbp
from tests.domain.test_selling import S
from tests.domain.ticket_story import Story

articles = st.sampled_from([COFFEE, TEA, APPLES, CARDS, GIFT, REPAIR])
quantities = st.sampled_from(["1", "2", "0.345", "10", "0", "-1"]).map(Quantity.of)
prices = st.sampled_from([None, None, "0", "0.01", "4.99", "-1"]).map(lambda p: None if p is None else gbp(p))
methods = st.sampled_from([CASH, CARD, replace(CASH, rounding_step=5)])
numbers = st.integers(0, 5).map(str)


class AnyCashier(RuleBasedStateMachine):
    """A cashier who presses whatever comes to mind; the ticket stays true to its sums."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story()
        self.ended: Sale | None = None

    @initialize(terms=st.builds(TaxTerms, st.booleans(), st.sampled_from(TaxRounding)))
    def open_the_shop(self, terms: TaxTerms) -> None:
        self.story.desk = replace(DESK, shop=replace(SHOP, tax_terms=terms))
        self.story.do(AddLine(S, "first", COFFEE, Quantity.of(2)))

    @rule(line=numbers, article=articles, quantity=quantities, price=prices)
    def scan(self, line: str, article: Article, quantity: Quantity, price: Money | None) -> None:
        self.story.do(AddLine(S, line, article, quantity, price))

    @rule(line=numbers, quantity=quantities)
    def count(self, line: str, quantity: Quantity) -> None:
        self.story.do(ChangeQuantity(S, line, quantity))

    @rule(line=numbers, act=st.sampled_from([RemoveLine, lambda s, line: NoteLine(s, line, "note")]))
    def touch(self, line: str, act: Callable[[str, str], SaleCommand]) -> None:
        self.story.do(act(S, line))

    @precondition(lambda self: self.story.sale is not None and self.story.sale.lines)
    @rule(data=st.data())
    def remove_and_undo(self, data: st.DataObject) -> None:
        before = self.story.ticket
        row = data.draw(st.sampled_from(before.lines))
        if self.story.do(RemoveLine(S, row.line)):
            assert self.story.do(RestoreLine(S, row, before.lines.index(row)))
            assert self.story.ticket == before

    @rule(tender=numbers, method=methods, share=st.sampled_from([0, 30, 100, 150]))
    def pay(self, tender: str, method: TenderMethod, share: int) -> None:
        if self.story.sale is not None:
            due = method.asks(self.story.sale.due)
            self.story.do(TakeTender(S, tender, method, Money(due.minor * share // 100, "GBP")))

    @rule(tender=numbers)
    def settle(self, tender: str) -> None:
        self.story.do(RemoveTender(S, tender))

    @rule(command=st.sampled_from([HoldSale(S, "x"), RecallSale(S), RecallSale(S)]))
    def wait(self, command: SaleCommand) -> None:
        self.story.do(command)

    @rule(line=numbers, article=st.sampled_from([TEA, APPLES, CARDS]), count=st.integers(1, 12))
    def scan_what_is_sold(self, line: str, article: Article, count: int) -> None:
        self.story.do(AddLine(S, line, article, Quantity.of(count)))

    @rule(tender=numbers, method=methods)
    def pay_all(self, tender: str, method: TenderMethod) -> None:
        self.story.do(TakeTender(S, tender, method, method.asks(self.story.ticket.due)))

    @rule()
    def complete(self) -> None:
        self.story.do(CompleteSale(S))

    @precondition(lambda self: len(self.story.facts) > 8)
    @rule()
    def void(self) -> None:
        self.story.do(VoidSale(S))

    @invariant()
    def sums_are_true(self) -> None:
        sale = self.story.sale
        if sale is None:
            assert self.story.facts == []
            return
        stated = sum(row.amount("GBP").minor for row in sale.lines)
        summary = sale.summary()
        assert (summary.gross if sale.terms.is_inclusive else summary.net).minor == stated
        assert sale.due == sale.total - Money(sum(t.amount.minor for t in sale.tenders), "GBP")
        assert sale.due.minor >= 0
        assert len({row.line for row in sale.lines}) == len(sale.lines)
        assert all(row.quantity.micro > 0 for row in sale.lines)

    @invariant()
    def what_has_ended_never_changes(self) -> None:
        if self.ended is not None:
            assert self.story.sale is self.ended
        elif self.story.sale is not None and not self.story.sale.is_open:
            self.ended = self.story.sale

    @invariant()
    def the_document_says_what_the_ticket_said(self) -> None:
        done = self.story.facts[-1] if self.story.facts else None
        if not isinstance(done, SaleCompleted):
            return
        sale = self.story.ticket
        assert done.total == sale.total
        assert done.net.minor + sum(row.amount.minor for row in done.taxes) == done.total.minor
        assert sum(t.amount.minor for t in done.tenders) == done.total.minor
        taken = sum(t.given.minor - t.change.minor - t.rounding.minor for t in done.tenders)
        assert taken == done.total.minor

    @invariant()
    def the_facts_alone_make_the_ticket(self) -> None:
        sale: Sale | None = None
        for fact in self.story.facts:
            sale = evolve(sale, fact)
        assert sale == self.story.sale


TestAnyCashier = AnyCashier.TestCase
TestAnyCashier.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
