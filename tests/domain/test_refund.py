"""Refunds: the way it was paid first, store credit otherwise, and anything else by somebody's leave."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain import refund
from omsdesk.domain.approval import ApprovalNeeded
from omsdesk.domain.discount import Discount, Reduction
from omsdesk.domain.line import Line
from omsdesk.domain.people import Person, Role
from omsdesk.domain.return_policy import ReturnPolicy
from omsdesk.domain.returns import Receipt, ReturnGoods, ReturnWithoutReceipt
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import (
    CompleteSale,
    DiscountSale,
    RemoveTender,
    RestoreLine,
    SaleCommand,
    TakeTender,
)
from omsdesk.domain.shop import Desk
from omsdesk.domain.tax import TaxRounding, TaxTerms
from omsdesk.domain.tender import Refunded, TenderKind, TenderMethod
from omsdesk.domain.values import ONE, Money, Quantity
from tests.domain.corner_shop import APPLES, CARD, CARDS, CASH, COFFEE, DESK, TEA, gbp
from tests.domain.ticket_story import Story, add

B = "back-1"
VOUCHER = TenderMethod("voucher", "Voucher")
CARA = replace(
    DESK,
    shop=replace(DESK.shop, tender_methods=(CASH, CARD, VOUCHER)),
    author=Person("cara", "Cara", Role.CASHIER),
)
SUE = replace(CARA, author=Person("sue", "Sue", Role.SUPERVISOR))
THREE = Quantity.of(3)


def sold(
    *payments: tuple[TenderMethod, str], commands: tuple[SaleCommand, ...] = (), sale: str = "sale-1"
) -> SaleCompleted:
    """A receipt of three coffees (9.60), or of what is told, paid in these parts and the rest by card."""
    story = Story(*(commands or (add("a", COFFEE, THREE, sale=sale),)), desk=CARA)
    for number, (method, amount) in enumerate(payments):
        story.do(TakeTender(sale, f"t{number}", method, gbp(amount)))
    if story.ticket.due:
        story.do(TakeTender(sale, "rest", CARD, story.ticket.due))
    story.do(CompleteSale(sale))
    document = story.facts[-1]
    assert isinstance(document, SaleCompleted)
    return document


def shown(*receipts: SaleCompleted, refunded: dict[str, int] | None = None, desk: Desk = CARA) -> Story:
    story = Story(desk=desk)
    story.receipts = {row.sale: Receipt(row, {}, refunded or {}) for row in receipts}
    return story


def ways(story: Story) -> dict[str, tuple[int, int]]:
    """What each way may give back, and its part."""
    found = refund.ways(story.ticket, story.receipts, story.desk.shop)
    return {way.method.code: (way.most, way.suggested) for way in found}


def back(count: int = 1, line: str = "a", receipt: str = "sale-1") -> ReturnGoods:
    return ReturnGoods(B, f"r-{receipt}-{line}", receipt, line, Quantity.of(count))


def give(method: TenderMethod, amount: str, tender: str = "t") -> TakeTender:
    return TakeTender(B, tender, method, -gbp(amount))


def test_money_goes_back_in_proportion_to_how_it_was_paid() -> None:
    story = shown(sold((CASH, "3.20")))
    story.do(back())
    assert ways(story) == {"card": (320, 213), "cash": (320, 107), "voucher": (0, 0)}
    assert next(iter(ways(story))) == "card"


def test_never_more_by_one_way_than_was_paid_by_it() -> None:
    story = shown(sold((CASH, "3.20")))
    story.do(back(3))
    assert ways(story) == {"card": (640, 640), "cash": (320, 320), "voucher": (0, 0)}
    story.is_refused(ApprovalNeeded, "another way than it was paid", give(CASH, "3.21"))
    assert isinstance(story.refusal, ApprovalNeeded)
    assert (story.refusal.right, story.refusal.size) == ("return.other_tender", 1)
    story.do(give(CASH, "3.20", "t1"))
    story.is_refused(ApprovalNeeded, "another way", give(CASH, "0.01", "t2"))
    story.do(RemoveTender(B, "t1"))
    story.do(give(CASH, "3.20", "t3"))
    story.do(give(CARD, "6.40", "t4"))
    assert story.ticket.due == gbp("0")


def test_a_part_that_was_given_back_leaves_the_other_parts_as_they_were() -> None:
    story = shown(sold((CASH, "3.20")))
    story.do(back(2))
    assert ways(story) == {"card": (640, 427), "cash": (320, 213), "voucher": (0, 0)}
    story.do(give(CARD, "4.27", "t1"))
    assert ways(story) == {"cash": (213, 213), "card": (213, 0), "voucher": (0, 0)}
    story.do(RemoveTender(B, "t1"))
    story.do(give(CARD, "5.00", "t2"))
    assert ways(story) == {"cash": (140, 140), "card": (140, 0), "voucher": (0, 0)}
    story.do(RemoveTender(B, "t2"))
    story.do(give(CARD, "1.00", "t3"))
    assert ways(story) == {"card": (540, 327), "cash": (320, 213), "voucher": (0, 0)}


def test_who_may_gives_it_back_as_the_customer_likes() -> None:
    story = shown(sold(), desk=SUE)
    story.do(back())
    assert story.do(give(CASH, "3.20"))
    assert story.ticket.tenders[0].refunds == (), (
        "the card's money was not given back: it is asked about at the next return"
    )


def test_what_was_given_back_before_is_gone() -> None:
    story = shown(sold((CASH, "3.20")), refunded={"cash": 300, "card": 100})
    story.do(back())
    assert ways(story)["cash"][0] == 20
    story.do(give(CASH, "0.20"))
    assert story.ticket.tenders[0].refunds == (Refunded("sale-1", gbp("0.20")),)


def test_each_receipt_gives_back_what_its_own_goods_cost() -> None:
    one, other = sold((CASH, "9.60")), sold(commands=(add("b", TEA, sale="sale-2"),), sale="sale-2")
    story = shown(one, other)
    story.do(back())
    story.do(back(line="b", receipt="sale-2"))
    assert ways(story) == {"cash": (320, 320), "card": (250, 250), "voucher": (0, 0)}
    story.do(add("new", COFFEE, sale=B))
    assert ways(story) == {"cash": (250, 140), "card": (250, 110), "voucher": (0, 0)}
    story.do(give(CASH, "2.50"))
    assert story.ticket.tenders[0].refunds == (Refunded("sale-1", gbp("2.50")),)


def test_a_ticket_that_costs_something_gives_nothing_back() -> None:
    story = shown(sold())
    story.do(back())
    story.do(add("new", COFFEE, THREE, sale=B))
    assert ways(story) == {}
    assert story.do(TakeTender(B, "t", VOUCHER, story.ticket.due))


def test_without_a_receipt_it_is_cash_unless_the_shop_gives_credit_only() -> None:
    credit = TenderMethod("credit", "Store credit", TenderKind.OTHER)
    story = Story(ReturnWithoutReceipt(B, "r", COFFEE, ONE), desk=SUE)
    assert ways(story) == {"cash": (320, 0), "card": (0, 0), "voucher": (0, 0)}
    strict = replace(
        CARA, shop=replace(CARA.shop, returns=ReturnPolicy(is_credit_only=True), tender_methods=(CASH, credit))
    )
    story.is_refused(ApprovalNeeded, "another way", give(CASH, "3.20"), strict)


@pytest.mark.parametrize("is_inclusive", [True, False])
def test_tax_on_top_comes_back_as_well(is_inclusive: bool) -> None:
    desk = replace(SUE, shop=replace(SUE.shop, tax_terms=TaxTerms(is_inclusive, TaxRounding.LINE)))
    story = Story(add("a", COFFEE, THREE), desk=desk)
    story.do(TakeTender("sale-1", "t", CARD, story.ticket.due))
    story.do(CompleteSale("sale-1"))
    document = story.facts[-1]
    assert isinstance(document, SaleCompleted)
    story = shown(document, desk=desk)
    story.do(back(3))
    assert ways(story)["card"] == (document.total.minor, document.total.minor)


# ---- law

goods = st.sampled_from([COFFEE, TEA, CARDS, APPLES])
rows = st.lists(st.tuples(goods, st.integers(1, 5), st.integers(0, 40)), min_size=1, max_size=4)
terms = st.builds(TaxTerms, is_inclusive=st.booleans(), rounding=st.sampled_from(TaxRounding))


@given(rows, st.integers(0, 300), st.integers(0, 2000), terms, st.randoms(use_true_random=False))
def test_by_no_way_comes_back_more_than_was_paid_and_in_the_end_all_of_it(
    bought: list[tuple[object, int, int]], off: int, in_cash: int, terms: TaxTerms, chance: Random
) -> None:
    """Discounts on the ticket, promotions on lines, payments in parts; returns in any order and any parts."""
    desk = replace(CARA, shop=replace(CARA.shop, tax_terms=terms))
    document = _promoted(bought, off, in_cash, desk)
    paid = {tender.method: tender.amount.minor for tender in document.tenders}
    units = [row.line for row in document.lines for _ in range(row.quantity.micro // 1_000_000)]
    chance.shuffle(units)
    came: dict[str, Quantity] = {}
    refunded: dict[str, int] = {}
    while units:
        story = Story(desk=desk)
        story.receipts = {"sale-1": Receipt(document, dict(came), dict(refunded))}
        count = chance.randint(1, 3)
        for at, line in enumerate(units[:count]):
            story.do(ReturnGoods(B, f"r{at}", "sale-1", line, ONE))
            came[line] = came.get(line, Quantity(0)) + ONE
        del units[:count]
        is_as_proposed = chance.random() < 0.7
        found = refund.ways(story.ticket, story.receipts, desk.shop)
        for way in found if is_as_proposed else sorted(found, key=lambda _: chance.random()):
            amount = min(way.suggested if is_as_proposed else way.most, -story.ticket.due.minor)
            if amount:
                assert story.do(TakeTender(B, way.method.code, way.method, Money(-amount, "GBP"))), story.refusal
        assert not story.ticket.due, "what was paid covers what comes back"
        for tender in story.ticket.tenders:
            assert sum(part.amount.minor for part in tender.refunds) == -tender.amount.minor
            refunded[tender.method] = refunded.get(tender.method, 0) - tender.amount.minor
        assert all(refunded[code] <= paid[code] for code in refunded)
    assert {code: amount for code, amount in refunded.items() if amount} == paid


def _promoted(bought: list[tuple[object, int, int]], off: int, in_cash: int, desk: Desk) -> SaleCompleted:
    story = Story(desk=desk)
    for number, (article, count, promoted) in enumerate(bought):
        row = Line(str(number), article, Quantity.of(count))  # type: ignore[arg-type]
        whole = row.full_amount("GBP").minor
        promotion = Reduction("p1", "Week of coffee", Money(whole * promoted // 100, "GBP"))
        row = replace(row, reductions=(promotion,))
        story.do(add("begin", TEA) if not number else RestoreLine("sale-1", row, number))
        if not number:
            story.do(RestoreLine("sale-1", row, 1))
    story.do(DiscountSale("sale-1", Discount(amount=Money(off, "GBP"))))
    if in_cash and story.ticket.due.minor:
        part = Money(min(in_cash, story.ticket.due.minor), "GBP")
        story.do(TakeTender("sale-1", "t1", CASH, part))
    if story.ticket.due:
        story.do(TakeTender("sale-1", "t2", CARD, story.ticket.due))
    story.do(CompleteSale("sale-1"))
    document = story.facts[-1]
    assert isinstance(document, SaleCompleted)
    return document
