"""Orders at a counter with a real database: placed from a ticket, kept, paid in parts, handed over, given up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.domain.approval import ApprovalNeeded
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.order import Party, Purpose, Status
from omsdesk.domain.order_change import AlreadyBegun
from omsdesk.domain.order_command import (
    AcceptQuotation,
    CancelOrder,
    ChangeOrder,
    HandedPortion,
    HandOver,
    PlaceOrder,
    ReadyGoods,
    SettleOrder,
)
from omsdesk.domain.order_terms import Fee, Terms
from omsdesk.domain.order_ticket import DEPOSIT
from omsdesk.domain.ordering import NoSuchOrder, NotAQuotation, StillAQuotation, account_of
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import CompleteSale, LoadAccount, RecallSale, TakeTender, VoidSale
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.queries import orders as queries
from omsdesk.store.queries import till as till_queries
from omsdesk.store.queries.orders import Known
from omsdesk.store.replay import rebuild
from omsdesk.store.verify import verify
from tests.domain.corner_shop import NOON, SHOP, gbp
from tests.store.station import Station

ANNA = Party("", "Anna Ahrens", "0171 234567")
CASHIER, SUPERVISOR = "cara", "sue"
LATER = "2026-11-30"
PLAIN = Terms()


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Station]:
    """A till whose shift is open, and ten coffees in the shop."""
    till = Station(tmp_path / "shop.db")
    till.open_shift()
    till.do(MoveGoods("delivery", "delivery", (Move("coffee", Quantity.of(10), SUPPLIER, "shop:s1"),)))
    yield till
    till.close()


def place(till: Station, order: str, purpose: Purpose, terms: Terms = PLAIN, quantity: int = 3) -> Known:
    till.do(till.add(f"{order}-ticket", "coffee", Quantity.of(quantity)), actor=CASHIER)
    till.do(PlaceOrder(order, purpose, "s1", f"{order}-ticket", (), ANNA, terms), actor=CASHIER)
    return known(till, order)


def known(till: Station, order: str) -> Known:
    found = queries.order(till.database.writer, order)
    assert found is not None
    return found


def status(till: Station, order: str) -> Status:
    return known(till, order).status(NOON.day)


def pay_on(till: Station, order: str, amount: Money) -> SaleCompleted:
    sale = till.clock.new_id()
    till.do(LoadAccount(sale, till.clock.new_id(), account_of(order), amount, name="Deposit"), actor=CASHIER)
    return finish(till, sale)


def hand_over(till: Station, order: str, quantity: int = 0) -> SaleCompleted:
    sale, state = till.clock.new_id(), known(till, order)
    rows = [(row.line, state.order.open_quantity(row)) for row in state.order.rows]
    portions = (
        HandedPortion(till.clock.new_id(), of, Quantity.of(quantity) if quantity else left) for of, left in rows
    )
    till.do(HandOver(sale, order, tuple(portions)), actor=CASHIER)
    ticket = till_queries.sale_state(till.database.writer, sale)
    assert ticket is not None
    spent = min(state.held, ticket.due)
    if spent:
        till.do(TakeTender(sale, till.clock.new_id(), DEPOSIT, spent, account=account_of(order)), actor=CASHIER)
    return finish(till, sale)


def finish(till: Station, sale: str) -> SaleCompleted:
    ticket = till_queries.sale_state(till.database.writer, sale)
    assert ticket is not None
    tenders = [till.pay(sale)] if ticket.due else []
    done = till.do(*tenders, CompleteSale(sale, Paper.NONE), actor=CASHIER)
    return next(fact for fact in done.facts if isinstance(fact, SaleCompleted))


def balance(till: Station, order: str) -> int:
    return int(till.database.writer.value("SELECT balance FROM account WHERE id = :id", id=account_of(order)) or 0)


def available(till: Station) -> Quantity:
    found = queries.available(till.database.writer, "coffee", SHOP)
    assert found is not None
    return found


def test_a_ticket_becomes_an_order_and_ends_without_money(counter: Station) -> None:
    placed = place(counter, "o1", Purpose.LAYAWAY)
    assert placed.order.number == "1A-B00001"
    assert placed.order.total == gbp("9.60")
    assert till_queries.open_sale(counter.database.writer, "t1") is None
    assert counter.database.writer.value("SELECT count(*) FROM sale WHERE is_voided = 1") == 0, "nobody gave it up"
    assert "closed" in counter.refusal(counter.add("o1-ticket"), actor=CASHIER).sentence
    assert place(counter, "o2", Purpose.DELIVERY).order.number == "1A-B00002"
    assert counter.sell("sale-9").facts, "the series of receipts is another one"


def test_an_order_is_placed_once(counter: Station) -> None:
    place(counter, "o1", Purpose.LAYAWAY)
    again = PlaceOrder("o1", Purpose.LAYAWAY, "s1", "o1-ticket")
    assert counter.do(again, actor=CASHIER).facts == ()


def test_goods_are_kept_until_they_are_handed_over(counter: Station) -> None:
    place(counter, "q", Purpose.QUOTATION)
    assert available(counter) == Quantity.of(10)
    place(counter, "o1", Purpose.LAYAWAY)
    assert available(counter) == Quantity.of(7)
    hand_over(counter, "o1", 1)
    assert available(counter) == Quantity.of(7), "nine in the shop, two kept"
    counter.do(CancelOrder("o1"), actor=CASHIER)
    assert available(counter) == Quantity.of(9)


def test_more_promised_than_there_is_blocks_nothing_and_is_listed(counter: Station) -> None:
    place(counter, "o1", Purpose.LAYAWAY, quantity=8)
    assert queries.short(counter.database.writer, SHOP) == []
    place(counter, "o2", Purpose.DELIVERY, quantity=6)
    (short,) = queries.short(counter.database.writer, SHOP)
    assert (short.name, short.on_hand, short.reserved) == ("Coffee", Quantity.of(10), Quantity.of(14))
    assert [one.order.number for one in short.orders] == ["1A-B00001", "1A-B00002"]
    assert available(counter) == Quantity.of(-4)


def test_a_layaway_is_paid_in_parts_and_handed_over(counter: Station) -> None:
    place(counter, "o1", Purpose.LAYAWAY, Terms(gbp("2.00")))
    for amount in ("2.00", "4.00", "3.60"):
        assert known(counter, "o1").next_payment in {gbp(amount), known(counter, "o1").due}
        pay_on(counter, "o1", gbp(amount))
    assert status(counter, "o1") is Status.PAID
    assert balance(counter, "o1") == 960
    document = hand_over(counter, "o1")
    assert [tender.method for tender in document.tenders] == ["deposit"]
    assert document.total == gbp("9.60")
    assert (status(counter, "o1"), balance(counter, "o1")) == (Status.HANDED_OVER, 0)
    assert counter.database.writer.value("SELECT sum(amount) FROM cash_movement WHERE reason = 'sale'") == 960


def test_a_quotation_holds_its_price_after_the_shelf_got_dearer(counter: Station) -> None:
    place(counter, "q", Purpose.QUOTATION, Terms(until=LATER))
    counter.do(SaveProducts("dearer", (ProductEdit("coffee", price=gbp("9.99")),)))
    refused = counter.refusal(HandOver("s", "q", (HandedPortion("l", "x", Quantity.of(1)),)), actor=CASHIER)
    assert isinstance(refused, StillAQuotation)
    counter.do(AcceptQuotation("q", Purpose.PICK_UP, "s1"), actor=CASHIER)
    assert isinstance(counter.refusal(AcceptQuotation("q", Purpose.PICK_UP, "s1"), actor=CASHIER), NotAQuotation)
    counter.do(ReadyGoods("q"), actor=CASHIER)
    assert status(counter, "q") is Status.READY
    assert hand_over(counter, "q").total == gbp("9.60")


def test_giving_up_keeps_the_fee_and_gives_the_rest_back_the_way_it_came(counter: Station) -> None:
    place(counter, "o1", Purpose.LAYAWAY, Terms(fee=Fee(100_000)))
    paid = pay_on(counter, "o1", gbp("5.00"))
    needed = counter.refusal(CancelOrder("o1"), actor=CASHIER)
    assert isinstance(needed, ApprovalNeeded)
    counter.do(CancelOrder("o1", reason="moved away"), actor=SUPERVISOR)
    assert known(counter, "o1").is_to_settle
    counter.do(SettleOrder("back", "back-line", "o1"), actor=SUPERVISOR)
    document = finish(counter, "back")
    assert document.total == gbp("-4.04"), "9.60 was given up, and a tenth of it is the fee"
    assert [row.returned.number for row in document.lines if row.returned] == [paid.number]
    assert (status(counter, "o1"), balance(counter, "o1")) == (Status.CANCELLED, 0)
    assert not known(counter, "o1").is_to_settle
    assert "to be given back" in counter.refusal(SettleOrder("more", "l", "o1"), actor=SUPERVISOR).sentence


def test_a_smaller_fee_is_for_whoever_may(counter: Station) -> None:
    place(counter, "o1", Purpose.LAYAWAY, Terms(fee=Fee(100_000)))
    pay_on(counter, "o1", gbp("5.00"))
    assert isinstance(counter.refusal(CancelOrder("o1", fee=gbp("0.00")), actor=CASHIER), ApprovalNeeded)
    assert "at most" in counter.refusal(CancelOrder("o1", fee=gbp("5.01")), actor=SUPERVISOR).sentence
    counter.do(CancelOrder("o1", fee=gbp("0.00")), actor=SUPERVISOR)
    counter.do(SettleOrder("back", "back-line", "o1"), actor=SUPERVISOR)
    assert finish(counter, "back").total == gbp("-5.00")


def test_lines_change_while_nothing_was_handed_over(counter: Station) -> None:
    placed = place(counter, "o1", Purpose.LAYAWAY)
    other = place(counter, "o2", Purpose.LAYAWAY, quantity=1)
    counter.do(ChangeOrder("o1", other.order.rows, Terms(until=LATER)), actor=CASHIER)
    assert known(counter, "o1").order.total == gbp("3.20")
    assert available(counter) == Quantity.of(8)
    hand_over(counter, "o1")
    hand_over(counter, "o2")
    place(counter, "o3", Purpose.LAYAWAY)
    hand_over(counter, "o3", 1)
    refused = counter.refusal(ChangeOrder("o3", placed.order.rows, Terms()), actor=CASHIER)
    assert isinstance(refused, AlreadyBegun)
    counter.do(ChangeOrder("o3", known(counter, "o3").order.rows, Terms(until="2027-01-01")), actor=CASHIER)
    assert known(counter, "o3").order.terms.until == "2027-01-01", "its day can still be put off"


def test_what_a_ticket_may_not_bring_into_an_order(counter: Station) -> None:
    counter.do(LoadAccount("t", "l", account_of("o9"), gbp("1.00")), actor=CASHIER)
    order = PlaceOrder("o1", Purpose.LAYAWAY, "s1", "t")
    assert "Only goods" in counter.refusal(order, actor=CASHIER).sentence
    counter.do(VoidSale("t"), actor=CASHIER)
    assert "not in work" in counter.refusal(order, actor=CASHIER).sentence
    counter.do(counter.add("t2"), actor=CASHIER)
    counter.do(counter.pay("t2", gbp("1.00")), actor=CASHIER)
    order = PlaceOrder("o1", Purpose.LAYAWAY, "s1", "t2")
    assert "Give it back first" in counter.refusal(order, actor=CASHIER).sentence
    assert "nothing to order" in counter.refusal(PlaceOrder("o1", Purpose.LAYAWAY, "s1"), actor=CASHIER).sentence
    assert isinstance(counter.refusal(CancelOrder("nobody"), actor=CASHIER), NoSuchOrder)


def test_two_tickets_cannot_hand_the_same_over(counter: Station) -> None:
    placed = place(counter, "o1", Purpose.LAYAWAY)
    line = placed.order.rows[0].line
    counter.do(HandOver("first", "o1", (HandedPortion("l1", line, Quantity.of(3)),)), actor=CASHIER)
    refused = counter.refusal(HandOver("first", "o1", (HandedPortion("l2", line, Quantity.of(1)),)), actor=CASHIER)
    assert "on the ticket already" in refused.sentence
    hand_over(counter, "o1", 2)
    counter.do(RecallSale("first"), actor=CASHIER)
    refused = counter.refusal(counter.pay("first"), CompleteSale("first", Paper.NONE), actor=CASHIER)
    assert "served at another till" in refused.sentence


def test_orders_are_found_by_number_name_and_phone(counter: Station) -> None:
    place(counter, "o1", Purpose.LAYAWAY)
    place(counter, "o2", Purpose.QUOTATION)
    writer = counter.database.writer
    for text, found in (
        ("1a-b2", ["o2"]),
        ("1A/B00001", ["o1"]),
        ("ahr", ["o2", "o1"]),
        ("anna ahrens", ["o2", "o1"]),
        ("0171 23", ["o2", "o1"]),
        ("4567", ["o2", "o1"]),
        ("bert", []),
        ("", []),
    ):
        assert [one.order.order for one in queries.find_orders(writer, text)] == found, text
    assert queries.open_count(writer) == 1
    assert [one.order.order for one in queries.open_orders(writer)] == ["o2", "o1"]


def test_an_order_is_found_by_two_words_that_many_others_have_one_of(counter: Station) -> None:
    place(counter, "o1", Purpose.LAYAWAY)
    for number, name in enumerate(("Anna Zimmer", "Bert Ahrens"), 1):
        counter.do(counter.add(f"other-{number}-ticket", "coffee"), actor=CASHIER)
        who = Party("", name, "0171 999999")
        counter.do(
            PlaceOrder(f"other-{number}", Purpose.LAYAWAY, "s1", f"other-{number}-ticket", (), who), actor=CASHIER
        )
    writer = counter.database.writer
    for text in ("anna ahrens", "ahrens anna", "ann ahr ann"):
        assert [one.order.order for one in queries.find_orders(writer, text, most=1)] == ["o1"], text


def test_the_tables_are_the_same_when_they_are_made_again(counter: Station) -> None:
    place(counter, "o1", Purpose.LAYAWAY, Terms(fee=Fee(50_000)))
    pay_on(counter, "o1", gbp("5.00"))
    hand_over(counter, "o1", 1)
    counter.do(CancelOrder("o1"), actor=SUPERVISOR)
    tables = ("shop_order", "order_word", "reservation", "counter")
    before = [counter.database.writer.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]  # noqa: S608
    assert all(before[:2])
    rebuild(counter.database)
    assert [counter.database.writer.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables] == before  # noqa: S608
    assert verify(counter.path).sentences == ()


def test_money_that_lies_on_an_ended_order_keeps_it_in_sight(counter: Station) -> None:
    place(counter, "o1", Purpose.LAYAWAY)
    pay_on(counter, "o1", gbp("5.00"))
    counter.do(CancelOrder("o1"), actor=SUPERVISOR)
    (open_one,) = queries.open_orders(counter.database.writer)
    assert open_one.is_to_settle
    counter.do(SettleOrder("back", "line", "o1"), actor=SUPERVISOR)
    finish(counter, "back")
    assert queries.open_orders(counter.database.writer) == []
