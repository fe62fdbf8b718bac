"""Points: earned by whole amounts, shared by the lines, and gone again to the last one when all of it comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.account import AccountKind, AccountMoved, MoveReason, account_id
from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.consequences import consequences
from omsdesk.domain.customer import Buyer
from omsdesk.domain.discount import Discount
from omsdesk.domain.messages import Refusal
from omsdesk.domain.points import PointsRule, burn_fault, earned_on, movements, taken_back
from omsdesk.domain.returns import Receipt, ReturnGoods
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import DiscountSale
from omsdesk.domain.shop import Desk
from omsdesk.domain.tender import Tender, TenderKind
from omsdesk.domain.values import Quantity
from tests.domain.corner_shop import APPLES, COFFEE, DESK, SHOP, TEA, article, gbp
from tests.domain.ticket_story import Story, add

ANNA = Buyer("anna", "Anna")
GOLD = Buyer("gina", "Gina", ("gold",), points_ppm=2_500_000)
MINE = account_id(AccountKind.POINTS, "anna")


def desk(**rule: object) -> Desk:
    return replace(DESK, shop=replace(SHOP, points=PointsRule(**{"per": 100, **rule})))  # type: ignore[arg-type]


def of(who: Buyer) -> SetCustomer:
    return SetCustomer("sale-1", who.id, who)


def sold(*commands: object, at: Desk | None = None, who: Buyer | None = ANNA) -> SaleCompleted:
    customer = (of(who),) if who else ()
    return Story(*commands, *customer, desk=at or desk()).pay()  # type: ignore[arg-type]


def test_there_is_a_point_for_each_pound_of_the_whole_ticket() -> None:
    sale = sold(add("a", COFFEE), add("b", TEA))
    assert earned_on(sale) == 5, "5.70, though neither line alone is five pounds"
    assert [row.points for row in sale.lines] == [3, 2]
    (move,) = movements(sale)
    assert move == AccountMoved(MINE, "sale-1:points", 5, "", MoveReason.EARNED, "t1", "sale-1", "1A-000001")


def test_a_group_earns_more() -> None:
    assert earned_on(sold(add("a", COFFEE), add("b", TEA), who=GOLD)) == 14


def test_nobody_and_nothing_earns_none() -> None:
    assert earned_on(sold(add("a", COFFEE), who=None)) == 0
    assert earned_on(sold(add("a", COFFEE), at=DESK)) == 0
    assert list(movements(sold(add("a", article("Match", "0.99"))))) == []


def test_some_goods_earn_none() -> None:
    tobacco = article("Tobacco", "9.00", category="Tobacco")
    sale = sold(add("a", tobacco), add("b", COFFEE), at=desk(without=("Tobacco",)))
    assert [row.points for row in sale.lines] == [0, 3]


def test_what_is_taken_off_earns_nothing() -> None:
    assert earned_on(sold(add("a", COFFEE), DiscountSale("sale-1", Discount(ppm=500_000)))) == 1


def test_what_is_paid_with_points_earns_none() -> None:
    story = Story(add("a", article("Kettle", "30.00")), of(ANNA), desk=desk())
    paid = Tender(
        "p", "points", "Points", TenderKind.POINTS, gbp("10.00"), gbp("10.00"), gbp("0"), gbp("0"), points=100
    )
    story.sale = replace(story.ticket, tenders=(paid,))
    assert earned_on(story.pay()) == 20


def test_training_earns_nothing() -> None:
    at = desk()
    training = replace(at, till=replace(at.till, is_training=True))
    sale = sold(add("a", COFFEE), at=training)
    assert earned_on(sale) == 0
    assert not any(isinstance(fact, AccountMoved) for fact in consequences(sale))


def test_a_completed_ticket_moves_the_account() -> None:
    sale = sold(add("a", COFFEE))
    assert [fact.amount for fact in consequences(sale) if isinstance(fact, AccountMoved)] == [3]


def test_so_few_points_are_not_taken() -> None:
    few = Tender("p", "points", "Points", TenderKind.POINTS, gbp("1"), gbp("1"), gbp("0"), gbp("0"), points=99)
    assert isinstance(burn_fault(few, PointsRule(least=100)), Refusal)
    assert burn_fault(replace(few, points=100), PointsRule(least=100)) is None
    assert burn_fault(replace(few, points=-5), PointsRule(least=100)) is None, "given back is any number"
    assert burn_fault(replace(few, kind=TenderKind.CARD), PointsRule(least=100)) is None


# ---- what comes back


def back(sale: SaleCompleted, line: str, quantity: Quantity, before: Quantity = Quantity(0)) -> SaleCompleted:
    story = Story(desk=desk())
    story.receipts = {"sale-1": Receipt(sale, {line: before})}
    command = ReturnGoods("sale-2", "r", "sale-1", line, quantity)
    assert story.do(command), story.refusal
    return story.pay()


def test_goods_that_come_back_take_their_points_from_whoever_bought_them() -> None:
    sale = sold(add("a", COFFEE, Quantity.of(3)), add("b", TEA))
    assert [row.points for row in sale.lines] == [10, 2]
    (move,) = movements(back(sale, "a", Quantity.of(1)))
    assert (move.id, move.amount, move.reason) == (MINE, -3, MoveReason.UNEARNED)


@pytest.mark.parametrize("who", [None, ANNA])
def test_goods_that_earned_nothing_take_nothing(who: Buyer | None) -> None:
    sale = sold(add("a", COFFEE), who=who, at=DESK)
    assert list(movements(back(sale, "a", Quantity.of(1)))) == []


parts = st.lists(st.integers(1, 900_000), min_size=1, max_size=8)


@given(parts, st.integers(1, 400), st.integers(1, 99_999))
def test_however_it_comes_back_all_of_it_takes_all_points(micros: list[int], per: int, pence: int) -> None:
    whole = Quantity(sum(micros))
    goods = article("Goods", f"{pence // 100}.{pence % 100:02d}", unit="kg")
    sale = sold(add("a", goods, whole), add("b", APPLES), at=desk(per=per))
    row, gone, before = sale.lines[0], 0, Quantity(0)
    for micro in micros:
        now = Quantity(micro)
        one = taken_back(row, before, now)
        assert 0 <= one <= row.points
        gone, before = gone + one, before + now
    assert gone == row.points
    assert sum(row.points for row in sale.lines) == earned_on(sale)
