"""Codes that are good once, with a database: a ticket that becomes an order uses them as one that is paid does."""

from __future__ import annotations

from omsdesk.domain.coupon import CouponSpent, MakeCoupons, ShowCoupon, new_code
from omsdesk.domain.messages import Refusal
from omsdesk.domain.order import Purpose
from omsdesk.domain.order_command import PlaceOrder
from omsdesk.domain.promotion import Benefit, Need, Promotion, Takes
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.domain.sale_command import HoldSale, RecallSale
from tests.domain.corner_shop import gbp
from tests.store.station import Station

CODE = new_code(b"12345678")
ONE_OFF = Promotion("once", "Welcome", (Need(),), Benefit(Takes.BASKET_AMOUNT, money=gbp("1.00")), coupon="once")
ORDER = PlaceOrder("order-1", Purpose.LAYAWAY, "s1", sale="first")


def at_the_till(till: Station, sale: str) -> None:
    till.do(till.add(sale), ShowCoupon(sale, CODE))


def test_what_an_order_used_is_used(till: Station) -> None:
    till.do(SavePromotion(ONE_OFF), MakeCoupons("batch", "once", (CODE,)))
    at_the_till(till, "first")
    till.do(ORDER)
    refusal = till.refusal(till.add("second"), ShowCoupon("second", CODE))
    assert isinstance(refusal, CouponSpent)
    assert "receipt 1A-B00001" in refusal.sentence


def test_an_order_is_not_made_with_a_code_that_was_used_since_it_was_shown(till: Station) -> None:
    till.do(SavePromotion(ONE_OFF), MakeCoupons("batch", "once", (CODE,)))
    at_the_till(till, "first")
    till.do(HoldSale("first", "Ann"))
    at_the_till(till, "second")
    till.sell("second", "tea")
    till.do(RecallSale("first"))
    assert type(till.refusal(ORDER)) is CouponSpent
    assert isinstance(till.refusal(ORDER), Refusal)
