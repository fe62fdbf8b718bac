"""Goods of orders on tickets: at the order's price whatever holds today, and nothing can be taken off or done twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.discount import Discount
from omsdesk.domain.goods import AgeUnchecked, SerialWanted
from omsdesk.domain.messages import Refusal
from omsdesk.domain.order import Purpose
from omsdesk.domain.order_command import HandedPortion, HandOver, SettleOrder
from omsdesk.domain.ordering import NoSuchOrder, StillAQuotation
from omsdesk.domain.pricing import PriceBreak
from omsdesk.domain.repricing import takes_part
from omsdesk.domain.sale_command import (
    ChangePrice,
    ChangeQuantity,
    CheckAge,
    DiscountLine,
    DiscountSale,
    RemoveLine,
    SaleCommand,
)
from omsdesk.domain.tax import TaxTerms
from omsdesk.domain.traits import Traits
from omsdesk.domain.values import ONE, Quantity
from tests.domain.corner_shop import COFFEE, DESK, SHOP, TEA, TILL, gbp
from tests.domain.order_story import ORDER, OrderStory
from tests.domain.ticket_story import Story, add

TENTH = Discount(ppm=100_000)
ONE_OF_IT = HandOver("s", ORDER, (HandedPortion("h1", "l1", ONE),))


def ticket() -> Story:
    return OrderStory().ticket_for(ONE_OF_IT)


@pytest.mark.parametrize(
    "command",
    [
        ChangeQuantity("s", "h1", Quantity.of(2)),
        ChangePrice("s", "h1", gbp("1.00")),
        DiscountLine("s", "h1", TENTH),
        DiscountSale("s", TENTH),
        ONE_OF_IT,
    ],
)
def test_what_was_agreed_on_stays(command: SaleCommand) -> None:
    story = ticket()
    assert story.do(command) == ()
    assert story.ticket.total == gbp("3.20")


def test_a_discount_on_the_sale_leaves_the_order_alone() -> None:
    story = ticket()
    assert story.do(add("new", TEA, sale="s"))
    assert story.do(DiscountSale("s", TENTH))
    assert story.ticket.total == gbp("3.20") + gbp("2.25")
    assert not takes_part(story.ticket.lines[0], "GBP")


def test_more_of_the_same_article_is_a_line_of_its_own() -> None:
    story = ticket()
    assert story.do(add("new", COFFEE, sale="s"))
    assert len(story.ticket.lines) == 2


def test_a_discounted_order_brings_its_reductions_along() -> None:
    order = OrderStory(discount=DiscountSale("sale-1", replace(TENTH, reason="Friends")))
    document = order.hand_over()
    (row,) = document.lines
    assert (row.amount, row.unit_price) == (gbp("8.64"), gbp("3.20"))
    assert [(off.name, off.amount) for off in row.reductions] == [("Friends", gbp("0.96"))]
    assert row.ordered is not None
    assert row.ordered.number == "1A-B00001"


def refusal(order: OrderStory, command: SaleCommand, desk: object = None) -> Refusal:
    story = Story(desk=desk or order.here)  # type: ignore[arg-type]
    assert story.do(command) == ()
    assert story.refusal is not None
    return story.refusal


def test_what_cannot_be_handed_over_says_why() -> None:
    order = OrderStory()
    too_many = HandOver("s", ORDER, (HandedPortion("h", "l1", Quantity.of(4)),))
    assert "3 can still be handed over" in refusal(order, too_many).sentence
    assert "not on the order" in refusal(order, HandOver("s", ORDER, (HandedPortion("h", "l9", ONE),))).sentence
    assert "Nothing of order" in refusal(order, HandOver("s", ORDER, ())).sentence
    assert isinstance(refusal(order, HandOver("s", "other", ())), NoSuchOrder)
    assert isinstance(refusal(OrderStory(Purpose.QUOTATION), ONE_OF_IT), StillAQuotation)


def test_training_and_other_taxes_serve_no_orders() -> None:
    order = OrderStory()
    training = replace(order.here, till=replace(TILL, is_training=True))
    assert "training" in refusal(order, ONE_OF_IT, training).sentence
    elsewhere = replace(order.here, shop=replace(SHOP, tax_terms=TaxTerms(is_inclusive=False)))
    assert "other taxes" in refusal(order, ONE_OF_IT, elsewhere).sentence


def test_nothing_is_settled_that_is_even() -> None:
    order = OrderStory()
    assert "to be given back" in refusal(order, SettleOrder("s", "line", ORDER)).sentence
    order.pay(gbp("9.60"))
    assert "to be given back" in refusal(order, SettleOrder("s", "line", ORDER)).sentence, "it pays for the goods"
    assert isinstance(refusal(order, SettleOrder("s", "line", "other")), NoSuchOrder)


def test_what_is_too_much_goes_back_by_the_receipts_it_came_with() -> None:
    order = OrderStory()
    first, second = order.pay(gbp("7.00")), order.pay(gbp("5.00"))
    document = order.settle()
    assert document.total == gbp("-2.40")
    (line,) = document.lines
    assert line.returned is not None
    assert line.returned.sale in {first.sale, second.sale}
    assert order.due == gbp("0.00")
    assert DESK.orders == ()


BOTTLE = replace(COFFEE, product="p-bottle", name="Bottle", prices=(PriceBreak(Quantity(0), gbp("0.25")),))


def with_bottles(count: int) -> OrderStory:
    """An order of so many coffees in bottles that come back."""
    story = OrderStory(goods=((COFFEE, Quantity.of(count)), (BOTTLE, Quantity.of(count))))
    placed = story.order.placed[0]
    coffee, bottle = placed.rows
    story._state = replace(
        story.order, placed=(replace(placed, rows=(coffee, replace(bottle, parent=coffee.line, is_deposit=True))),)
    )
    return story


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6))
def test_the_deposit_goes_with_its_bottle_however_they_are_fetched(parts: list[int]) -> None:
    story = with_bottles(sum(parts))
    whole = story.order.total
    fetched = [story.hand_over("l1", Quantity.of(part)) for part in parts]
    for part, sale in zip(parts, fetched, strict=True):
        assert [row.quantity for row in sale.lines] == [Quantity.of(part)] * 2
        assert sale.lines[1].parent == sale.lines[0].line
    assert sum(sale.total.minor for sale in fetched) == whole.minor
    assert not story.order.has_open_rows


def test_the_deposit_does_not_leave_its_bottle_on_the_ticket() -> None:
    story = with_bottles(3)
    ticket = story.ticket_for(HandOver("s", ORDER, (HandedPortion("t1", "l1", Quantity.of(2)),)))
    deposit = ticket.ticket.lines[1]
    assert not ticket.do(RemoveLine("s", deposit.line))
    assert ticket.refusal is not None
    assert ticket.do(RemoveLine("s", "t1"))
    assert ticket.ticket.lines == ()


def test_whoever_fetches_it_may_be_too_young() -> None:
    story = OrderStory()
    portion = HandedPortion("t1", "l1", ONE, traits=Traits(age=18))
    assert isinstance(refusal(story, HandOver("s", ORDER, (portion,))), AgeUnchecked)
    ticket = Story(CheckAge("s", 18), desk=story.here)
    assert ticket.do(HandOver("s", ORDER, (portion,)))


def test_the_number_of_each_unit_is_wanted_once_more() -> None:
    story = OrderStory()
    asks = Traits(asks_serial=True)
    none = HandedPortion("t1", "l1", Quantity.of(2), traits=asks)
    assert isinstance(refusal(story, HandOver("s", ORDER, (none,))), SerialWanted)
    twice = replace(none, serials=("A", "A"))
    assert "is on this ticket already" in refusal(story, HandOver("s", ORDER, (twice,))).sentence
    ticket = story.ticket_for(HandOver("s", ORDER, (replace(none, serials=("A", "B")),)))
    assert ticket.ticket.lines[0].serials == ("A", "B")
