"""A counter with a real database: goods come back against real receipts, and a supervisor agrees to more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.domain.approval import ApprovalGiven, ApprovalNeeded, Approve, Grant
from omsdesk.domain.discount import Discount
from omsdesk.domain.messages import Refusal
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.returns import MoreThanSold, ReturnGoods, ReturnWithoutReceipt
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import ChangeQuantity, CompleteSale, DiscountLine, RecallSale, RemoveLine
from omsdesk.domain.stock import SCRAP, SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.ticket import completed_sale
from omsdesk.store.replay import rebuild
from omsdesk.store.verify import verify
from tests.domain.corner_shop import gbp
from tests.store.station import Station

CASHIER, SUPERVISOR = "cara", "sue"
THIRD = Discount(ppm=333_333)


def sold_line(till: Station, sale: str, at: int = 0) -> str:
    found = completed_sale(till.database.writer, sale)
    assert found is not None
    return found[0].lines[at].line


def back(till: Station, sale: str = "sale-1", quantity: Quantity = ONE, ticket: str = "back-1") -> ReturnGoods:
    return ReturnGoods(ticket, till.clock.new_id(), sale, sold_line(till, sale), quantity)


def finish(till: Station, ticket: str) -> SaleCompleted:
    """Pay, or give back, what is due in cash."""
    state = queries.sale_state(till.database.writer, ticket)
    assert state is not None
    done = till.do(*([till.pay(ticket)] if state.due else []), CompleteSale(ticket, Paper.NONE), actor=CASHIER)
    return next(fact for fact in done.facts if isinstance(fact, SaleCompleted))


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Station]:
    """A till whose shift is open, with a receipt of three coffees."""
    till = Station(tmp_path / "shop.db")
    till.open_shift()
    till.do(MoveGoods("delivery", "delivery", (Move("coffee", Quantity.of(50), SUPPLIER, "shop:s1"),)))
    till.do(till.add("sale-1", "coffee", Quantity.of(3)), actor=CASHIER)
    finish(till, "sale-1")
    yield till
    till.close()


def level(till: Station) -> Quantity | None:
    shop = queries.shop_of(till.database.writer, "t1")
    assert shop is not None
    return queries.on_hand(till.database.writer, "coffee", shop)


def test_what_came_back_on_other_tickets_counts(counter: Station) -> None:
    counter.do(back(counter), actor=CASHIER)
    document = finish(counter, "back-1")
    assert document.total == gbp("-3.20")
    refusal = counter.refusal(back(counter, quantity=Quantity.of(3), ticket="back-2"), actor=CASHIER)
    assert isinstance(refusal, MoreThanSold)
    assert "Only 2" in refusal.sentence
    counter.do(back(counter, quantity=Quantity.of(2), ticket="back-2"), actor=CASHIER)
    finish(counter, "back-2")
    assert "came back already" in counter.refusal(back(counter, ticket="back-3"), actor=CASHIER).sentence


def test_the_money_leaves_the_drawer_and_the_goods_are_where_they_were_put(counter: Station) -> None:
    before = level(counter)
    counter.do(back(counter), actor=CASHIER)
    finish(counter, "back-1")
    assert before is not None
    assert level(counter) == before + ONE
    counter.do(replace(back(counter, ticket="back-2"), place=SCRAP), actor=CASHIER)
    finish(counter, "back-2")
    assert level(counter) == before + ONE, "what is scrapped is not in the shop"
    cash = counter.database.writer.value("SELECT sum(amount) FROM cash_movement WHERE reason = 'sale'")
    assert cash == 960 - 640


def test_the_tables_are_the_same_when_they_are_made_again(counter: Station) -> None:
    counter.do(back(counter), actor=CASHIER)
    finish(counter, "back-1")
    question = "SELECT * FROM sale_return"
    before = counter.database.writer.rows(question)
    assert before
    rebuild(counter.database)
    assert counter.database.writer.rows(question) == before
    assert verify(counter.path).sentences == ()


def test_an_unknown_receipt_begins_no_ticket(counter: Station) -> None:
    wanted = ReturnGoods("back-1", counter.clock.new_id(), "nobody", "nothing", ONE)
    assert type(counter.refusal(wanted, actor=CASHIER)) is Refusal
    assert queries.sale_state(counter.database.writer, "back-1") is None


def test_a_supervisor_agrees_at_the_same_till_and_the_cashier_goes_on(counter: Station) -> None:
    counter.do(counter.add("sale-2"), actor=CASHIER)
    state = queries.sale_state(counter.database.writer, "sale-2")
    assert state is not None
    wanted = DiscountLine("sale-2", state.lines[0].line, THIRD)
    needed = counter.refusal(wanted, actor=CASHIER)
    assert isinstance(needed, ApprovalNeeded)
    grant = Grant("g1", needed.right, SUPERVISOR, needed.size, sale="sale-2")
    asked = Approve(grant, "t1", CASHIER, "box is damaged")
    assert "may not approve" in counter.refusal(asked, actor=SUPERVISOR).sentence, "a third is above hers, too"
    wanted = replace(wanted, discount=Discount(ppm=250_000))
    needed = counter.refusal(wanted, actor=CASHIER)
    assert isinstance(needed, ApprovalNeeded)
    (given,) = counter.do(replace(asked, grant=replace(grant, most=needed.size)), actor=SUPERVISOR).facts
    assert isinstance(given, ApprovalGiven)
    counter.do(wanted, actor=CASHIER)
    assert finish(counter, "sale-2").total == gbp("2.40")
    rows = counter.database.writer.rows("SELECT approver, asker, reason FROM approval")
    assert rows == [(SUPERVISOR, CASHIER, "box is damaged")]


def test_an_approval_of_one_ticket_is_none_of_the_next(counter: Station) -> None:
    article = counter.add("x").article
    grant = Grant("g1", "return.no_receipt", SUPERVISOR, sale="back-1")
    counter.do(Approve(grant, "t1", CASHIER, "known customer"), actor=SUPERVISOR)
    counter.do(ReturnWithoutReceipt("back-1", "r", article, ONE), actor=CASHIER)
    finish(counter, "back-1")
    refusal = counter.refusal(ReturnWithoutReceipt("back-2", "r", article, ONE), actor=CASHIER)
    assert isinstance(refusal, ApprovalNeeded)


def test_an_amount_off_many_is_not_taken_off_one_behind_the_supervisors_back(counter: Station) -> None:
    counter.do(counter.add("sale-2", "coffee", Quantity.of(10), line="many"), actor=CASHIER)
    counter.do(DiscountLine("sale-2", "many", Discount(amount=gbp("3.20"))), actor=CASHIER)
    fewer = ChangeQuantity("sale-2", "many", ONE)
    refusal = counter.refusal(fewer, actor=CASHIER)
    assert isinstance(refusal, ApprovalNeeded)
    assert (refusal.right, refusal.size) == ("sale.discount", 996_876)
    counter.do(Approve(Grant("all", "sale.discount", "max", 0, "sale-2"), "t1", CASHIER, "a present"), actor="max")
    counter.do(fewer, actor=CASHIER)
    assert finish(counter, "sale-2").total == gbp("0.00")


def test_two_tickets_that_wait_do_not_both_give_the_odd_penny_back(counter: Station) -> None:
    counter.do(counter.add("sale-2", "coffee", Quantity.of(3), line="three"), actor=CASHIER)
    counter.do(DiscountLine("sale-2", "three", Discount(amount=gbp("0.02"))), actor=CASHIER)
    assert finish(counter, "sale-2").total == gbp("9.58")
    counter.do(back(counter, "sale-2"), actor=CASHIER)
    finish(counter, "back-1")
    for ticket in ("back-2", "back-3"):
        counter.do(back(counter, "sale-2", ticket=ticket), actor=CASHIER)
    assert finish(counter, "back-3").total == gbp("-3.20")
    counter.do(RecallSale("back-2"), actor=CASHIER)
    (late,) = queries.sale_state(counter.database.writer, "back-2").lines  # type: ignore[union-attr]
    refusal = counter.refusal(counter.pay("back-2"), CompleteSale("back-2", Paper.NONE), actor=CASHIER)
    assert "Take “Coffee” off, and choose it on its receipt again." in refusal.sentence
    counter.do(RemoveLine("back-2", late.line), back(counter, "sale-2", ticket="back-2"), actor=CASHIER)
    assert finish(counter, "back-2").total == gbp("-3.19"), "in all 9.58 came back"
