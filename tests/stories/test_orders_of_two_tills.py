"""An order that is placed at one till is paid at another: real journals, a real service between them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from omsdesk.domain.order import Order, Party, Purpose, Status
from omsdesk.domain.order_change import kept
from omsdesk.domain.order_command import (
    AgreeOnOrder,
    CancelOrder,
    ChangeOrder,
    HandedPortion,
    HandOver,
    PlaceOrder,
    ReadyGoods,
    SettleOrder,
)
from omsdesk.domain.order_dispute import Dispute, dispute, standing_by, withdrawing
from omsdesk.domain.order_terms import Fee, Terms
from omsdesk.domain.order_ticket import DEPOSIT
from omsdesk.domain.ordering import account_of
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import CompleteSale, LoadAccount, TakeTender
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.queries import orders as queries
from omsdesk.store.queries import till as till_queries
from omsdesk.store.queries.orders import Known
from omsdesk.store.replay import rebuild
from omsdesk.ui.order_opinions import Opinion, Opinions
from tests.domain.corner_shop import NOON, SHOP, gbp
from tests.sync.stations import Cloud, Member, a_shop

ORDER = "0193a000-0000-7000-8000-000000000001"
TABLES = ("shop_order", "order_word", "reservation")


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    made = Cloud(tmp_path / "cloud.db")
    yield made
    made.close()


@pytest.fixture
def tills(tmp_path: Path, cloud: Cloud) -> Iterator[list[Member]]:
    """Two tills of a shop that has ten coffees."""
    members = a_shop(tmp_path, cloud)
    members[0].do(MoveGoods("delivery", "delivery", (Move("coffee", Quantity.of(10), SUPPLIER, "shop:s1"),)))
    meet(cloud, *members)
    yield members
    for member in members:
        member.close()


def meet(cloud: Cloud, *members: Member) -> None:
    """Let everybody hear of everything."""
    for _ in range(2):
        for member in members:
            cloud.turn(member)


def place(till: Member, purpose: Purpose = Purpose.LAYAWAY) -> None:
    ticket = till.clock.new_id()
    till.do(till.add(ticket, "coffee", Quantity.of(3)))
    party = Party(name="Anna Ahrens", phone="0171 234567")
    till.do(PlaceOrder(ORDER, purpose, "s1", ticket, (), party, Terms(fee=Fee(100_000))))


def known(till: Member) -> Known:
    found = queries.order(till.database.writer, ORDER)
    assert found is not None
    return found


def pay_on(till: Member, amount: Money) -> None:
    sale = till.clock.new_id()
    till.do(LoadAccount(sale, till.clock.new_id(), account_of(ORDER), amount))
    finish(till, sale)


def hand_over(till: Member) -> None:
    sale, state = till.clock.new_id(), known(till)
    portions = tuple(HandedPortion(till.clock.new_id(), row.line, row.quantity) for row in state.order.open_portions())
    till.do(HandOver(sale, ORDER, portions))
    if state.held:
        till.do(TakeTender(sale, till.clock.new_id(), DEPOSIT, state.held, account=account_of(ORDER)))
    finish(till, sale)


def finish(till: Member, sale: str) -> SaleCompleted:
    ticket = till_queries.sale_state(till.database.writer, sale)
    assert ticket is not None
    tenders = [till.pay(sale)] if ticket.due else []
    done = till.do(*tenders, CompleteSale(sale, Paper.NONE))
    return next(fact for fact in done.facts if isinstance(fact, SaleCompleted))


def rows(till: Member) -> list[object]:
    return [till.database.writer.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES]  # noqa: S608


def test_an_order_of_one_till_is_paid_and_handed_over_at_another(cloud: Cloud, tills: list[Member]) -> None:
    one, two = tills
    place(one)
    pay_on(one, gbp("2.00"))
    assert queries.order(two.database.writer, ORDER) is None
    meet(cloud, *tills)
    assert [found.order.order for found in queries.find_orders(two.database.writer, "ahrens")] == [ORDER]
    assert known(two).due == gbp("7.60")
    assert queries.available(two.database.writer, "coffee", SHOP) == Quantity.of(7)
    pay_on(two, gbp("7.60"))
    meet(cloud, *tills)
    assert known(one).status(NOON.day) is Status.PAID
    hand_over(two)
    meet(cloud, *tills)
    assert known(one).status(NOON.day) is Status.HANDED_OVER
    assert rows(one) == rows(two)
    for till in tills:
        assert not known(till).held
        assert queries.available(till.database.writer, "coffee", SHOP) == Quantity.of(7)


def test_both_tills_number_their_orders_by_themselves(cloud: Cloud, tills: list[Member]) -> None:
    for till in tills:
        ticket = till.clock.new_id()
        till.do(till.add(ticket))
        till.do(PlaceOrder(till.clock.new_id(), Purpose.QUOTATION, "s1", ticket))
    meet(cloud, *tills)
    found = [queries.newest_orders(till.database.writer) for till in tills]
    numbers = [[known.order.number for known in rows] for rows in found]
    assert numbers[0] == numbers[1]
    assert sorted(numbers[0]) == ["1A-B00001", "2A-B00001"]


def test_what_two_tills_did_without_hearing_of_each_other_adds_up(cloud: Cloud, tills: list[Member]) -> None:
    one, two = tills
    place(one)
    meet(cloud, *tills)
    pay_on(one, gbp("5.00"))
    pay_on(two, gbp("9.60"))
    hand_over(two)
    meet(cloud, *tills)
    assert rows(one) == rows(two)
    for till in tills:
        found = known(till)
        assert found.status(NOON.day) is Status.HANDED_OVER
        assert found.held == gbp("5.00"), "nothing is lost: it is to be given back"
        assert found.is_to_settle
    one.do(SettleOrder("back", "line", ORDER))
    assert finish(one, "back").total == gbp("-5.00")
    meet(cloud, *tills)
    assert not known(two).is_to_settle


def test_goods_that_went_twice_are_facts_and_are_told(cloud: Cloud, tills: list[Member]) -> None:
    one, two = tills
    place(one)
    meet(cloud, *tills)
    hand_over(one)
    hand_over(two)
    meet(cloud, *tills)
    assert rows(one) == rows(two)
    found = known(one).order
    assert found.given(found.rows[0].line) == Quantity.of(6)
    assert found.settled == gbp("19.20"), "both were paid"
    assert not found.reserved()


def test_an_order_is_given_up_at_one_till_while_another_takes_money(cloud: Cloud, tills: list[Member]) -> None:
    one, two = tills
    place(one)
    pay_on(one, gbp("4.00"))
    meet(cloud, *tills)
    one.do(CancelOrder(ORDER))
    pay_on(two, gbp("1.00"))
    meet(cloud, *tills)
    found = known(two)
    assert (found.order.fee_due, found.held) == (gbp("0.96"), gbp("5.00"))
    two.do(SettleOrder("back", "line", ORDER))
    assert finish(two, "back").total == gbp("-4.04")
    meet(cloud, *tills)
    assert rows(one) == rows(two)
    assert not known(one).is_to_settle


def test_the_order_in_which_tills_meet_makes_no_difference(tmp_path: Path) -> None:
    seen = []
    for at, order in enumerate(permutations(range(3))):
        folder = tmp_path / str(at)
        folder.mkdir()
        service = Cloud(folder / "cloud.db")
        members = a_shop(folder, service, 3)
        place(members[0])
        meet(service, *members)
        members[0].do(ReadyGoods(ORDER))
        pay_on(members[1], gbp("3.00"))
        hand_over(members[2])
        for number in order:
            service.turn(members[number])
        random.Random(at).shuffle(members)
        meet(service, *members)
        seen += [rows(member) for member in members]
        states: set[Order] = {known(member).order for member in members}
        assert len(states) == 1
        for member in members:
            member.close()
        service.close()
    assert all(found == seen[0] for found in seen)


def settle(till: Member, command: AgreeOnOrder | ChangeOrder) -> None:
    till.do(command, actor="sue")


def opinions(till: Member) -> list[Opinion]:
    return Opinions(till.database.writer, known(till), NOON, "en-GB", str).choices()


def test_given_up_at_one_till_and_handed_over_at_another_is_settled_for_both(cloud: Cloud, tills: list[Member]) -> None:
    one, two = tills
    place(one)
    pay_on(one, gbp("5.00"))
    meet(cloud, *tills)
    one.do(CancelOrder(ORDER))
    hand_over(two)
    meet(cloud, *tills)
    assert rows(one) == rows(two)
    for till in tills:
        assert dispute(known(till).order) is Dispute.CANCELLED
        assert [found.order.order for found in queries.open_orders(till.database.writer)] == [ORDER], "it is in sight"
    wanted, stands = opinions(one)
    assert "It was wanted after all" in wanted.words
    assert "3 × Coffee handed over" in wanted.words
    assert any("another computer" in words for _, words in wanted.sources)
    assert "3 × Coffee given up" in stands.words
    assert any("at this computer" in words for _, words in stands.sources)
    assert isinstance(wanted.command, AgreeOnOrder)
    settle(one, wanted.command)
    meet(cloud, *tills)
    assert rows(one) == rows(two)
    for till in tills:
        found = known(till)
        assert dispute(found.order) is None
        assert found.order.given(found.order.rows[0].line) == Quantity.of(3), "what went is gone"
        assert (found.order.fee_due, found.order.settled) == (gbp("0.00"), gbp("9.60"))
        assert queries.open_orders(till.database.writer) == []
    rebuild(two.database)
    assert rows(one) == rows(two)


def test_lines_that_both_changed_are_settled_for_both(cloud: Cloud, tills: list[Member]) -> None:
    one, two = tills
    place(one)
    meet(cloud, *tills)
    for till, quantity in ((one, 5), (two, 2)):
        order = known(till).order
        wanted = kept(order, {order.rows[0].line: Quantity.of(quantity)})
        till.do(ChangeOrder(ORDER, wanted, order.terms, order.revision))
    meet(cloud, *tills)
    assert rows(one) == rows(two)
    for till in tills:
        assert dispute(known(till).order) is Dispute.LINES
    sides = opinions(two)
    assert [side.mark for side in sides].count("Shown meanwhile") == 1
    five = next(side for side in sides if side.words.startswith("5 × Coffee"))
    assert isinstance(five.command, ChangeOrder)
    settle(two, five.command)
    meet(cloud, *tills)
    assert rows(one) == rows(two)
    for till in tills:
        assert dispute(known(till).order) is None
        assert known(till).order.total == gbp("16.00")
        assert queries.available(till.database.writer, "coffee", SHOP) == Quantity.of(5), "what is kept follows"


def test_two_who_settle_apart_meet_in_one_mind_once_somebody_says_it_again(cloud: Cloud, tills: list[Member]) -> None:
    one, two = tills
    place(one)
    meet(cloud, *tills)
    one.do(CancelOrder(ORDER))
    hand_over(two)
    meet(cloud, *tills)
    settle(one, withdrawing(known(one).order))
    settle(two, standing_by(known(two).order))
    meet(cloud, *tills)
    assert rows(one) == rows(two)
    assert dispute(known(one).order) is Dispute.CANCELLED
    settle(two, withdrawing(known(two).order))
    meet(cloud, *tills)
    assert rows(one) == rows(two)
    assert dispute(known(one).order) is None
