"""Whose ticket it is: said at any moment before it is paid, kept to the end, and what it changes of the lines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.buying import SetCustomer, untaxed
from omsdesk.domain.catalogue import Article
from omsdesk.domain.customer import Buyer
from omsdesk.domain.line import Line
from omsdesk.domain.messages import Refusal
from omsdesk.domain.pricing import PriceBreak
from omsdesk.domain.sale import CustomerSet, Repriced, SaleStarted, evolve
from omsdesk.domain.sale_command import HoldSale, RecallSale, TakeTender
from omsdesk.domain.sale_refusal import PaymentsTaken
from omsdesk.domain.selling import decide
from omsdesk.domain.tax import Tax, TaxTerms
from omsdesk.domain.values import Money, Quantity
from tests.domain.corner_shop import CARDS, CASH, COFFEE, DESK, SHOP, TEA, VAT, gbp
from tests.domain.ticket_story import Story, add

ANNA = Buyer("anna", "Anna Smith", ("club",))
BERT = Buyer("bert", "Bert")
EXEMPT = Buyer("mission", "Mission", exemption="EX-7")
ON_TOP = TaxTerms(is_inclusive=False)


def of(who: Buyer) -> SetCustomer:
    return SetCustomer("sale-1", who.id, who)


NOBODY = SetCustomer("sale-1")


def test_a_ticket_becomes_somebodys_and_ends_as_theirs() -> None:
    story = Story(add("a", COFFEE), of(ANNA))
    assert story.ticket.customer == ANNA
    assert story.pay().customer == ANNA


def test_it_can_be_somebodys_before_anything_is_on_it() -> None:
    story = Story(of(ANNA))
    assert [type(fact) for fact in story.facts] == [SaleStarted, CustomerSet]
    assert story.do(add("a", COFFEE))
    assert story.ticket.customer == ANNA


def test_every_line_that_comes_leaves_it_theirs() -> None:
    story = Story(add("a", COFFEE), of(ANNA), add("b", TEA), add("a2", COFFEE))
    assert story.ticket.customer == ANNA
    assert story.do(HoldSale("sale-1", "Anna"))
    assert story.do(RecallSale("sale-1"))
    assert story.ticket.customer == ANNA


def test_it_goes_to_another_one_and_back_to_nobody() -> None:
    story = Story(add("a", COFFEE), of(ANNA), of(BERT), NOBODY)
    assert story.ticket.customer is None
    assert story.do(NOBODY) == ()
    assert story.refusal is None
    assert story.pay().customer is None


def test_somebody_nobody_knows_is_refused() -> None:
    Story(add("a", COFFEE)).is_refused(Refusal, "not known here", SetCustomer("sale-1", "ghost"))


def test_whose_it_is_stands_when_money_was_taken() -> None:
    story = Story(add("a", COFFEE), add("b", TEA), of(ANNA), TakeTender("sale-1", "t", CASH, gbp("1.00")))
    story.is_refused(PaymentsTaken, "payment was taken", of(BERT))


def test_what_the_customer_changes_of_the_lines_comes_with_them() -> None:
    sale = Story(add("a", COFFEE), add("b", TEA)).ticket

    def cheaper(row: Line) -> Article:
        return replace(COFFEE, prices=(PriceBreak(Quantity(0), gbp("3.00")),)) if row.line == "a" else row.article

    decision = decide(sale, of(ANNA), DESK, {}, cheaper)
    assert not isinstance(decision, Refusal)
    assert [type(fact) for fact in decision] == [CustomerSet, Repriced]
    for fact in decision:
        sale = evolve(sale, fact)
    assert [amount.minor for amount in sale.amounts()] == [300, 250]


# ---- taxes that need not be paid


def test_where_prices_contain_tax_what_is_left_without_it_is_paid() -> None:
    net = untaxed(COFFEE, SHOP.tax_terms)
    assert (net.prices, net.taxes) == ((PriceBreak(Quantity(0), gbp("2.67")),), ())
    assert [step.price for step in untaxed(CARDS, SHOP.tax_terms).prices] == [gbp("0.83"), gbp("0.67")]


def test_where_tax_comes_on_top_the_price_stays() -> None:
    net = untaxed(COFFEE, ON_TOP)
    assert (net.prices, net.taxes) == (COFFEE.prices, ())


def test_what_has_no_tax_stays_as_it_is() -> None:
    book = replace(COFFEE, taxes=())
    assert untaxed(book, SHOP.tax_terms) is book


def test_a_ticket_without_tax_says_so() -> None:
    sale = Story(add("a", COFFEE, Quantity.of(3))).ticket
    decision = decide(sale, of(EXEMPT), DESK, {}, lambda row: untaxed(row.article, SHOP.tax_terms))
    assert not isinstance(decision, Refusal)
    for fact in decision:
        sale = evolve(sale, fact)
    summary = sale.summary()
    assert (summary.net, summary.taxes, summary.gross) == (gbp("8.01"), (), gbp("8.01"))


rates = st.lists(st.integers(1, 300_000), min_size=1, max_size=3)


@given(st.integers(0, 10**9), rates)
def test_the_price_without_tax_and_the_tax_are_the_price(minor: int, found: list[int]) -> None:
    taxes = tuple(Tax(str(at), "Tax", ppm, is_compound=at == 2) for at, ppm in enumerate(found))
    article = replace(COFFEE, prices=(PriceBreak(Quantity(0), Money(minor, "GBP")),), taxes=taxes)
    left = untaxed(article, SHOP.tax_terms).prices[0].price.minor
    again = left * (1 + sum(ppm for ppm in found[:2]) / 1_000_000)
    if len(found) == 3:
        again *= 1 + found[2] / 1_000_000
    assert 0 <= left <= minor
    assert again == pytest.approx(minor, abs=2 * len(found), rel=0.1)


def test_the_price_of_a_pound_with_twenty_percent() -> None:
    article = replace(COFFEE, prices=(PriceBreak(Quantity(0), gbp("1.20")),), taxes=(VAT,))
    assert untaxed(article, SHOP.tax_terms).prices[0].price == gbp("1.00")
