"""What goods bring that nobody has a receipt for, and the receipts of those that somebody has one for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.domain.catalogue import Article, ProductEdit, SaveProducts
from omsdesk.domain.discount import Discount
from omsdesk.domain.pricing import PriceBreak
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.return_policy import ReturnPolicy
from omsdesk.domain.returns import ReturnGoods, ReturnWithoutReceipt
from omsdesk.domain.sale_command import ChangePrice, CompleteSale, DiscountLine
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.values import ONE, Money, Quantity, Stamp
from omsdesk.store.queries import returns as ask
from omsdesk.store.queries import till as till_queries
from tests.domain.corner_shop import CARD, SHOP, gbp
from tests.store.station import Station

DAY_MS = 24 * 60 * 60 * 1000


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Station]:
    made = Station(tmp_path / "shop.db")
    made.open_shift()
    yield made
    made.close()


def coffee(till: Station) -> Article:
    found = till_queries.product_by_id(till.database.writer, "coffee", SHOP, till.clock.moment.day)
    assert found is not None
    return found.article


def cost(till: Station, amount: str) -> None:
    till.do(SaveProducts(till.clock.new_id(), (ProductEdit("coffee", price=gbp(amount)),)))


def let_days_pass(till: Station, days: int) -> None:
    till.clock.moment = replace(till.clock.moment, utc_ms=till.clock.moment.utc_ms + days * DAY_MS)


def brings(till: Station, policy: ReturnPolicy | None = None) -> list[Money]:
    shop = replace(SHOP, returns=policy or ReturnPolicy())
    priced = ask.at_lowest_price(till.database.writer, coffee(till), shop, till.clock.moment)
    return [row.price for row in priced.prices]


def test_it_brings_the_lowest_price_that_it_was_sold_for_in_the_last_days(till: Station) -> None:
    cost(till, "2.80")
    till.sell("sale-1")
    cost(till, "3.40")
    till.sell("sale-2")
    assert brings(till) == [gbp("2.80")]
    assert brings(till, ReturnPolicy(lowest_days=0)) == [gbp("3.40")], "such a shop gives what it costs today"
    let_days_pass(till, 31)
    assert brings(till) == [gbp("3.40")]


def test_what_it_costs_today_counts_even_if_nobody_bought_it(till: Station) -> None:
    till.sell("sale-1")
    cost(till, "1.00")
    assert brings(till) == [gbp("1.00")]


def test_a_price_that_a_person_made_is_nobody_elses(till: Station) -> None:
    till.do(till.add("sale-1", line="a"), till.add("sale-1", "tea"), ChangePrice("sale-1", "a", gbp("0.10")))
    till.do(till.pay("sale-1"), CompleteSale("sale-1", Paper.NONE))
    till.do(till.add("sale-2", line="b"), DiscountLine("sale-2", "b", Discount(ppm=900_000)))
    till.do(till.pay("sale-2"), CompleteSale("sale-2", Paper.NONE))
    assert brings(till) == [gbp("3.20")]
    assert ask.lowest_price(till.database.writer, "coffee", 0, "GBP") == gbp("3.20")
    assert ask.lowest_price(till.database.writer, "coffee", 0, "EUR") is None
    assert ask.lowest_price(till.database.writer, "repair", 0, "GBP") is None


def test_ten_are_cheaper_and_one_that_comes_back_was_one_of_them(till: Station) -> None:
    cards = replace(coffee(till), prices=(PriceBreak(Quantity(0), gbp("1.00")), PriceBreak(ONE, gbp("0.80"))))
    found = ask.at_lowest_price(till.database.writer, cards, SHOP, till.clock.moment)
    assert [row.price for row in found.prices] == [gbp("0.80")]


def test_a_till_asks_for_it_whatever_price_the_screen_said(till: Station) -> None:
    cost(till, "2.80")
    till.sell("sale-1")
    cost(till, "3.40")
    wanted = ReturnWithoutReceipt("back-1", "r", coffee(till), ONE)
    till.do(wanted, actor="sue")
    ticket = till_queries.sale_state(till.database.writer, "back-1")
    assert ticket is not None
    assert ticket.total == gbp("-2.80")


def test_a_shop_with_other_rules_has_them_at_its_tills(till: Station) -> None:
    till.do(SaveShop(replace(SHOP, returns=ReturnPolicy(days=14))))
    shop = till_queries.shop_of(till.database.writer, "t1")
    assert shop is not None
    assert shop.returns == ReturnPolicy(days=14)


def test_the_receipts_of_a_ticket_say_what_was_given_back_before(till: Station) -> None:
    till.do(till.add("sale-1", quantity=Quantity.of(3), line="a"))
    till.do(till.pay("sale-1", gbp("5.00"), CARD), till.pay("sale-1", gbp("4.60")), CompleteSale("sale-1", Paper.NONE))
    till.do(ReturnGoods("back-1", "r", "sale-1", "a", ONE), actor="cara")
    till.do(till.pay("back-1", -gbp("1.00"), CARD), actor="cara")
    till.do(till.pay("back-1", -gbp("2.20")), CompleteSale("back-1", Paper.NONE), actor="cara")
    till.do(ReturnGoods("back-2", "r2", "sale-1", "a", ONE), actor="cara")
    ticket = till_queries.sale_state(till.database.writer, "back-2")
    (receipt,) = ask.receipts_on(till.database.writer, ticket).values()
    assert receipt.back == {"a": ONE}
    assert receipt.refunded == {"card": 100, "cash": 220}
    assert ask.receipts_on(till.database.writer, None) == {}


def test_a_moment_is_counted_in_days(till: Station) -> None:
    till.sell("sale-1")
    sold = till.clock.moment.utc_ms
    cost(till, "9.00")
    at = Stamp(sold + 30 * DAY_MS - 1000, 0)
    found = ask.at_lowest_price(till.database.writer, coffee(till), SHOP, at)
    assert found.prices[0].price == gbp("3.20")
