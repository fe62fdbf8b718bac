"""Coupons over tills: used once where that is known, and told of where two tills took the same one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from omsdesk.domain.cash import OpenShift
from omsdesk.domain.coupon import CouponSpent, MakeCoupons, RemoveCoupon, ShowCoupon, UnknownCoupon, new_code
from omsdesk.domain.people import NotAllowed
from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.domain.sale_command import CompleteSale, HoldSale, RecallSale, VoidSale
from omsdesk.store.queries.coupon import batches, codes_of, used_twice
from omsdesk.store.replay import rebuild
from tests.domain.corner_shop import gbp
from tests.store.station import Station
from tests.stories.master_data import Office, exchange_all, three_offices

COFFEE = Need(Selection(products=("coffee",)))
ONCE = Promotion("once", "Welcome", (COFFEE,), Benefit(Takes.PERCENT, 500_000), coupon="once")
WORD = Promotion("word", "Spring", (Need(),), Benefit(Takes.PERCENT, 100_000), coupon="SPRING10")
CODE, OTHER = new_code(b"12345678"), new_code(b"abcdefgh")


@pytest.fixture
def shop(till: Station) -> Station:
    till.do(SavePromotion(ONCE), SavePromotion(WORD), MakeCoupons("b1", "once", (CODE, OTHER)))
    return till


def sell(till: Station, sale: str, code: str = CODE) -> int:
    """Sell a coffee with a coupon; gives what it came to."""
    till.do(till.add(sale), ShowCoupon(sale, code))
    done = till.do(till.pay(sale), CompleteSale(sale))
    return done.facts[0].tender.amount.minor  # type: ignore[attr-defined, no-any-return]


def test_a_code_is_good_once(shop: Station) -> None:
    assert sell(shop, "sale-1", CODE.lower()) == 160
    shop.do(shop.add("sale-2"))
    refusal = shop.refusal(ShowCoupon("sale-2", CODE))
    assert isinstance(refusal, CouponSpent)
    assert "Till 1, receipt 1A-000001" in refusal.sentence
    assert isinstance(shop.refusal(ShowCoupon("sale-2", "SPRING11")), UnknownCoupon)
    shop.do(ShowCoupon("sale-2", OTHER))


def test_a_word_is_good_as_long_as_it_holds(shop: Station) -> None:
    assert sell(shop, "sale-1", "spring10") == sell(shop, "sale-2", "Spring10 ") == 288
    shop.do(SavePromotion(replace(WORD, is_active=False)))
    shop.do(shop.add("sale-3"))
    assert isinstance(shop.refusal(ShowCoupon("sale-3", "SPRING10")), UnknownCoupon)


def test_the_id_of_a_promotion_is_no_code(shop: Station) -> None:
    shop.do(shop.add("sale-1"))
    assert isinstance(shop.refusal(ShowCoupon("sale-1", "once")), UnknownCoupon)


def test_what_is_voided_is_free_again(shop: Station) -> None:
    shop.do(shop.add("sale-1"), ShowCoupon("sale-1", CODE))
    shop.do(VoidSale("sale-1"))
    assert sell(shop, "sale-2") == 160


def test_a_ticket_that_waits_does_not_hold_a_code_back_and_is_not_paid_with_it_later(shop: Station) -> None:
    shop.do(shop.add("sale-1"), ShowCoupon("sale-1", CODE))
    shop.do(HoldSale("sale-1", "Ann"))
    assert sell(shop, "sale-2") == 160
    shop.do(RecallSale("sale-1"))
    assert isinstance(shop.refusal(shop.pay("sale-1")), CouponSpent)
    shop.do(RemoveCoupon("sale-1", CODE))
    done = shop.do(shop.pay("sale-1"), CompleteSale("sale-1"))
    assert done.facts[0].tender.amount == gbp("3.20")  # type: ignore[attr-defined]


def test_only_who_edits_the_catalogue_makes_codes_and_none_twice(shop: Station) -> None:
    fresh = new_code(b"qwertyui")
    assert isinstance(shop.refusal(MakeCoupons("b2", "once", (fresh,)), actor="cara"), NotAllowed)
    assert "asks for no codes" in shop.refusal(MakeCoupons("b2", "word", (fresh,))).sentence
    assert "Make new ones" in shop.refusal(MakeCoupons("b2", "once", (fresh, CODE))).sentence


def test_what_became_of_a_batch(shop: Station) -> None:
    sell(shop, "sale-1")
    reader = shop.database.writer
    assert [(row.batch, row.made, row.used) for row in batches(reader, "once")] == [("b1", 2, 1)]
    assert sorted(codes_of(reader, "once", "b1")) == sorted([(CODE, True), (OTHER, False)])
    assert used_twice(reader) == []


def test_tables_can_be_made_again(shop: Station) -> None:
    sell(shop, "sale-1")
    rows = shop.database.writer.rows
    before = rows("SELECT * FROM coupon"), rows("SELECT * FROM coupon_use")
    rebuild(shop.database)
    assert (rows("SELECT * FROM coupon"), rows("SELECT * FROM coupon_use")) == before


# ---- two tills that do not hear of each other


def at_till(office: Office, till: str) -> Office:
    office.database.become_till(till)
    office.do(OpenShift(office.clock.new_id(), gbp("100.00")))
    return office


def test_two_tills_take_one_code_and_somebody_is_told(tmp_path: Path) -> None:
    offices = three_offices(tmp_path)
    offices[0].do(SavePromotion(ONCE), MakeCoupons("b1", "once", (CODE, OTHER)))
    exchange_all(offices, Random(1))
    one, other = at_till(offices[0], "t1"), at_till(offices[1], "t2")
    assert sell(one, one.clock.new_id()) == sell(other, other.clock.new_id())
    assert sell(other, other.clock.new_id(), OTHER)
    exchange_all(offices, Random(2))
    for office in offices:
        (found,) = used_twice(office.database.writer)
        assert (found.code, found.promotion) == (CODE, "Welcome")
        assert {use.till for use in found.uses} == {"Till 1", "Till 2"}
    tables = [office.database.writer.rows("SELECT * FROM coupon_use ORDER BY 1, 2, 3") for office in offices]
    assert tables[0] == tables[1] == tables[2]


def test_what_another_till_used_is_known_as_soon_as_it_is_heard(tmp_path: Path) -> None:
    offices = three_offices(tmp_path)
    offices[0].do(SavePromotion(ONCE), MakeCoupons("b1", "once", (CODE,)))
    exchange_all(offices, Random(1))
    one, other = at_till(offices[0], "t1"), at_till(offices[1], "t2")
    sale = other.clock.new_id()
    other.do(other.add(sale), ShowCoupon(sale, CODE))
    sell(one, one.clock.new_id())
    exchange_all(offices, Random(2))
    assert "Till 1" in other.refusal(other.pay(sale)).sentence
