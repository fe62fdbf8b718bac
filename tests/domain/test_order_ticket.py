"""Goods of orders on tickets: at the order's price whatever holds today, and nothing can be taken off or done twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.discount import Discount
from omsdesk.domain.messages import Refusal
from omsdesk.domain.order import Purpose
from omsdesk.domain.order_command import HandedPortion, HandOver, SettleOrder
from omsdesk.domain.ordering import NoSuchOrder, StillAQuotation
from omsdesk.domain.repricing import takes_part
from omsdesk.domain.sale_command import ChangePrice, ChangeQuantity, DiscountLine, DiscountSale, SaleCommand
from omsdesk.domain.tax import TaxTerms
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
