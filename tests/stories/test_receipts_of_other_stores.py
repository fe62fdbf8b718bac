"""Goods that were bought in one store come back in another, through a real service, and never twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omsdesk.domain.body import from_json
from omsdesk.domain.discount import Discount
from omsdesk.domain.other_store import KeepReceipt, ReceiptCopied, TellReturns
from omsdesk.domain.period import Span
from omsdesk.domain.returns import MoreThanSold, ReturnGoods
from omsdesk.domain.sale_command import CompleteSale, DiscountSale, TakeTender
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.tax import PPM
from omsdesk.domain.values import ONE, Money, Quantity
from omsdesk.store.queries import stores as ask_stores
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.double_returns import too_often
from omsdesk.store.queries.receipts import newest
from omsdesk.store.queries.ticket import completed_sale, receipt_of
from omsdesk.store.replay import rebuild
from omsdesk.sync.enrolment import reach
from omsdesk.sync.messages import ReceiptWish
from tests.domain.corner_shop import CASH, NOON, SHOP, gbp
from tests.stories.business import HARBOUR, Branch, Business

EVER = 2**62


@pytest.fixture
def business(tmp_path: Path) -> Iterator[Business]:
    made = Business(tmp_path, has_tables=True)
    made.corner.open_till("t1", NOON)
    made.harbour.open_till("h1", NOON)
    made.turn()
    yield made
    made.close()


def ask(branch: Branch, number: str = "", sale: str = "") -> list[ReceiptCopied]:
    """Ask the service as a till does."""
    with closing(reach(branch.service, branch.database.station.device, branch.keys)) as line:
        found = line.find_receipt(ReceiptWish(number, sale))
    facts = [from_json(ReceiptCopied.kind, row.version, row.body) for row in found.receipts]
    assert all(isinstance(fact, ReceiptCopied) for fact in facts)
    return [fact for fact in facts if isinstance(fact, ReceiptCopied)]


def fetch(branch: Branch, sale: str) -> None:
    """Ask for a receipt and write it down."""
    for receipt in ask(branch, sale=sale):
        branch.do(KeepReceipt(receipt), actor="cara")


def take_back(branch: Branch, sold: str, counts: Sequence[int]) -> str:
    """Take so many of each line of a receipt back, and pay the money out."""
    receipt = receipt_of(branch.database.writer, sold)
    assert receipt is not None
    ticket = branch.clock.new_id()
    lines = zip(receipt.sold.lines, counts, strict=True)
    branch.do(
        *(
            ReturnGoods(ticket, branch.clock.new_id(), sold, row.line, Quantity.of(count))
            for row, count in lines
            if count
        ),
        actor="max",
    )
    due = due_on(branch, ticket)
    branch.do(TakeTender(ticket, branch.clock.new_id(), CASH, due), CompleteSale(ticket), actor="max")
    return ticket


def due_on(branch: Branch, ticket: str) -> Money:
    state = queries.sale_state(branch.database.writer, ticket)
    assert state is not None
    return state.due


def number_of(branch: Branch, sale: str) -> str:
    found = completed_sale(branch.database.writer, sale)
    assert found is not None
    return found[0].number


def back(branch: Branch, sale: str) -> list[int]:
    """How many of each line came back, as far as a station knows."""
    receipt = receipt_of(branch.database.writer, sale)
    assert receipt is not None
    return [receipt.back[row.line].micro // ONE.micro for row in receipt.sold.lines]


def test_what_one_store_sold_comes_back_in_another(business: Business) -> None:
    corner, harbour, office = business.corner, business.harbour, business.office
    sale = corner.sell_at(NOON, ["coffee", "tea"])
    business.turn(corner)
    assert receipt_of(harbour.database.writer, sale) is None
    number = number_of(corner, sale)
    (told,) = ask(harbour, number=number)
    assert told.sold.number == number
    assert told.back == ()
    harbour.do(KeepReceipt(told), actor="cara")
    known = receipt_of(harbour.database.writer, sale)
    assert known is not None
    assert known.store == "Corner Shop"
    ticket = take_back(harbour, sale, [1, 0])
    found = completed_sale(harbour.database.writer, ticket)
    assert found is not None
    assert found[0].total == gbp("-3.20")
    (line,) = found[0].lines
    assert line.returned is not None
    assert (line.returned.shop, line.returned.store, line.returned.number) == ("s1", "Corner Shop", number)
    business.turn()
    assert [back(branch, sale) for branch in (corner, harbour, office)] == [[1, 0]] * 3
    refusal = corner.refusal(
        ReturnGoods(corner.clock.new_id(), corner.clock.new_id(), sale, told.sold.lines[0].line, ONE), actor="max"
    )
    assert isinstance(refusal, MoreThanSold)
    take_back(corner, sale, [0, 1])
    business.turn()
    (again,) = ask(harbour, number=number)
    assert sorted(part.shop for part in again.back) == ["s1", "s2"]
    harbour.do(KeepReceipt(again), actor="cara")
    assert back(harbour, sale) == [1, 1]
    for branch in (corner, harbour, office):
        rebuild(branch.database)
        assert back(branch, sale) == [1, 1]


STEPS = st.lists(st.tuples(st.sampled_from(("corner", "harbour")), st.integers(0, 1), st.integers(1, 3)), max_size=8)


@given(permille=st.sampled_from((0, 70, 333)), steps=STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_back_wherever_no_more_is_given_back_than_was_paid(
    business: Business, permille: int, steps: list[tuple[str, int, int]]
) -> None:
    corner, harbour = business.corner, business.harbour
    sale = corner.clock.new_id()
    sold = [3, 2]
    for product, count in zip(("coffee", "tea"), sold, strict=True):
        corner.do(corner.add(sale, product, Quantity.of(count)), actor="cara")
    if permille:
        corner.do(DiscountSale(sale, Discount(permille * PPM // 1_000)), actor="max")
    corner.do(corner.pay(sale), CompleteSale(sale), actor="cara")
    document = completed_sale(corner.database.writer, sale)
    assert document is not None
    given, left = 0, list(sold)
    for store, line, count in steps:
        branch: Branch = getattr(business, store)
        business.turn(corner, harbour, corner)
        if branch is harbour:
            fetch(harbour, sale)
        counts = [count if at == line else 0 for at in range(2)]
        if count > left[line]:
            row = document[0].lines[line].line
            command = ReturnGoods(branch.clock.new_id(), branch.clock.new_id(), sale, row, Quantity.of(count))
            assert isinstance(branch.refusal(command, actor="max"), MoreThanSold)
            continue
        ticket = completed_sale(branch.database.writer, take_back(branch, sale, counts))
        assert ticket is not None
        given -= ticket[0].total.minor
        left[line] -= count
    paid = document[0].total.minor
    assert 0 <= given <= paid
    assert (given == paid) == (left == [0, 0])
    business.turn()
    came = [count - rest for count, rest in zip(sold, left, strict=True)]
    assert back(corner, sale) == back(business.office, sale) == came
    assert too_often(business.office.database.writer, 0, EVER) == []


def test_what_two_stores_took_back_without_hearing_of_each_other_is_listed_in_both(business: Business) -> None:
    corner, harbour, office = business.corner, business.harbour, business.office
    sale = corner.sell_at(NOON, ["coffee", "tea"])
    business.turn(corner)
    fetch(harbour, sale)
    take_back(corner, sale, [1, 1])
    take_back(harbour, sale, [1, 0])
    business.turn()
    for branch in (corner, harbour):
        branch.do(TellReturns())
    business.turn()
    for branch in (corner, harbour, office):
        (found,) = too_often(branch.database.writer, 0, EVER)
        assert (found.name, found.sold, found.back, found.excess) == ("Coffee", ONE, Quantity.of(2), gbp("3.20"))
        assert found.number == number_of(corner, sale)
        assert len(found.tickets) == 2
    assert corner.do(TellReturns()).facts == harbour.do(TellReturns()).facts == (), "it is told once"


def test_a_copy_is_no_sale_and_goods_come_back_into_the_store_that_took_them(business: Business) -> None:
    corner, harbour, office = business.corner, business.harbour, business.office
    for branch, shop in ((corner, "s1"), (harbour, "s2")):
        move = Move("coffee", Quantity.of(5), SUPPLIER, f"shop:{shop}")
        branch.do(MoveGoods(branch.clock.new_id(), "delivery", (move,)), actor="max")
    sale = corner.sell_at(NOON, ["coffee"])
    business.turn(corner)
    fetch(harbour, sale)
    assert newest(harbour.database.writer, ["h1", "t1"], 9) == []
    take_back(harbour, sale, [1])
    business.turn()
    levels = [
        [queries.on_hand(branch.database.writer, "coffee", shop) for branch in (harbour, office)]
        for shop in (HARBOUR, SHOP)
    ]
    assert levels == [[Quantity.of(6)] * 2, [None, Quantity.of(4)]]
    taken = ask_stores.stores(office.database.writer, Span.DAY, 0, NOON)
    assert {row.shop.id: [takings.total for takings in row.takings] for row in taken} == {
        "s1": [gbp("3.20")],
        "s2": [gbp("-3.20")],
    }


def test_a_number_that_nobody_told_of_finds_nothing_and_a_part_of_one_neither(business: Business) -> None:
    sale = business.corner.sell_at(NOON, ["tea"])
    assert ask(business.harbour, sale=sale) == [], "it was not told yet"
    business.turn(business.corner)
    number = number_of(business.corner, sale)
    assert ask(business.harbour, number=number[:-1]) == ask(business.harbour, number=number[1:]) == []
    assert len(ask(business.harbour, number=number)) == 1
