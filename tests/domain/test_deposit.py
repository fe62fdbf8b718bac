"""Empties that come back, with their bottle's receipt or without one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain import refund
from omsdesk.domain.approval import ApprovalNeeded
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import Person, Role
from omsdesk.domain.return_policy import ReturnPolicy, WithoutReceipt
from omsdesk.domain.returns import Receipt, ReturnGoods
from omsdesk.domain.sale_command import AddLine, ChangeQuantity, NoteLine, RemoveLine, ReturnDeposit, TakeTender
from omsdesk.domain.traits import Traits
from omsdesk.domain.values import ONE, Quantity
from tests.domain.corner_shop import CARD, CASH, COFFEE, DESK, TWO, gbp
from tests.domain.test_following import BOTTLE, cola
from tests.domain.ticket_story import Story, add

S = "sale-1"
CASHIER = replace(DESK, author=Person("cara", "Cara", Role.CASHIER))
CRATE = replace(BOTTLE, product="p-crate", name="Crate", prices=(), traits=Traits(is_deposit=True))


def back(line: str, quantity: Quantity = ONE) -> ReturnDeposit:
    return ReturnDeposit(S, line, BOTTLE, quantity)


def test_empties_bring_their_deposit_without_a_receipt_and_are_counted_on_one_line() -> None:
    story = Story(back("a"), back("b", Quantity.of(5)), desk=CASHIER)
    (row,) = story.ticket.lines
    assert (row.quantity, row.amount("GBP")) == (Quantity.of(-6), gbp("-1.50"))
    assert story.ticket.item_count == 0
    assert story.do(ChangeQuantity(S, "b", Quantity.of(8)))
    assert story.do(NoteLine(S, "b", "green"))
    assert story.do(back("c"))
    assert [line.quantity.micro // 1_000_000 for line in story.ticket.lines] == [-8, -1], "a note is kept by itself"


def test_the_number_of_empties_can_be_corrected_and_taken_off() -> None:
    story = Story(add("x", COFFEE), back("a", TWO), add("y", COFFEE), desk=CASHIER)
    assert story.do(ChangeQuantity(S, "a", Quantity.of(-3)))
    assert [row.line for row in story.ticket.lines] == ["x", "a"]
    assert story.ticket.total == gbp("5.65")
    assert story.do(RemoveLine(S, "a"))
    assert story.ticket.total == gbp("6.40")


def test_they_are_paid_in_cash_whatever_the_rules_for_goods_are() -> None:
    policy = ReturnPolicy(without_receipt=WithoutReceipt.NEVER, is_credit_only=True)
    desk = replace(CASHIER, shop=replace(DESK.shop, returns=policy))
    story = Story(back("a", TWO), desk=desk)
    assert [(way.method.code, way.most) for way in refund.ways(story.ticket, {}, desk.shop)] == [
        ("cash", 50),
        ("card", 0),
    ]
    story.is_refused(ApprovalNeeded, "another way", TakeTender(S, "t", CARD, story.ticket.due))
    assert story.do(TakeTender(S, "t", CASH, story.ticket.due))


def test_what_a_machine_printed_is_what_is_given() -> None:
    voucher = ReturnDeposit(S, "a", CRATE, ONE, gbp("4.25"))
    story = Story(voucher, replace(voucher, line="b", amount=gbp("1.00")), desk=CASHIER)
    assert [amount.minor for amount in story.ticket.amounts()] == [-425, -100]
    story.is_refused(Refusal, "has no price here", ReturnDeposit(S, "c", CRATE, ONE))


def test_only_deposits_come_back_like_this_and_only_whoever_may_gives_them() -> None:
    Story().is_refused(Refusal, "is not a deposit", ReturnDeposit(S, "a", COFFEE, ONE))
    Story().is_refused(Refusal, "above zero", back("a", Quantity(0)))
    clerk = replace(DESK, author=Person("clem", "Clem", Role.CLERK))
    Story().is_refused(ApprovalNeeded, "give deposits back", back("a"), clerk)


def test_less_than_the_sale_is_due_when_empties_are_brought_along() -> None:
    story = Story(cola("a", TWO), back("b", TWO), desk=CASHIER)
    assert story.pay().total == gbp("3.00")


@pytest.mark.parametrize("is_whole", [True, False])
def test_goods_that_come_back_bring_their_deposit_along_unless_it_is_wanted_otherwise(*, is_whole: bool) -> None:
    sold = Story(cola("a", Quantity.of(3))).pay()
    story = Story()
    story.receipts = {S: Receipt(sold, {})}
    wanted = ReturnGoods("back", "r", S, "a", TWO, has_parts=is_whole)
    assert story.do(wanted)
    assert story.ticket.total == gbp("-3.50" if is_whole else "-3.00")
    if is_whole:
        assert [row.parent for row in story.ticket.lines] == ["", "r"]
        assert story.do(ReturnGoods("back", "r2", S, "a-deposit", ONE)), "the last empty by itself"
        assert story.do(ReturnGoods("back", "r3", S, "a", ONE))
        assert story.ticket.total == gbp("-5.25"), "no deposit is given twice"
        assert story.do(RemoveLine("back", "r"))
        assert story.ticket.total == gbp("-1.75")


def test_a_serial_number_comes_back_once_and_to_its_receipt() -> None:
    phone = replace(COFFEE, traits=Traits(asks_serial=True))
    sold = Story(AddLine(S, "a", phone, TWO, serials=("X1", "X2"))).pay()
    story = Story(desk=replace(DESK, shelf=replace(DESK.shelf, sold_serials=frozenset({"X1", "X2"}))))
    story.receipts = {S: Receipt(sold, {})}
    one = ReturnGoods("back", "r", S, "a", ONE)
    story.is_refused(Refusal, "Scan the serial number", one)
    story.is_refused(Refusal, "was not sold on this receipt", replace(one, serials=("X9",)))
    assert story.do(replace(one, serials=("X2",)))
    story.is_refused(Refusal, "came back already", replace(one, line="s", serials=("X2",)))
    assert [row.serials for row in story.ticket.lines] == [("X2",)]
    gone = replace(story.desk, shelf=replace(DESK.shelf, sold_serials=frozenset({"X2"})))
    story.is_refused(Refusal, "X1 came back already", replace(one, line="s", serials=("X1",)), gone)
    whole = Story(desk=story.desk)
    whole.receipts = story.receipts
    assert whole.do(replace(one, quantity=TWO)), "all of them need not be said"
    assert whole.ticket.lines[0].serials == ("X1", "X2")
