"""Coupons: nobody guesses one, a slip of the finger is noticed, and each is good for what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.consequences import consequences
from omsdesk.domain.coupon import (
    MOST_CODES,
    CouponsMade,
    CouponSpent,
    CouponsUsed,
    CouponUse,
    KnownCoupon,
    MakeCoupons,
    RemoveCoupon,
    ShowCoupon,
    UnknownCoupon,
    decide_making,
    grouped,
    new_code,
    read,
)
from omsdesk.domain.messages import Refusal
from omsdesk.domain.offers import Offers
from omsdesk.domain.order import Purpose
from omsdesk.domain.order_command import PlaceOrder
from omsdesk.domain.ordering import place
from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes
from omsdesk.domain.sale import Coupon, SaleVoided
from omsdesk.domain.sale_command import HoldSale, RecallSale, TakeTender, VoidSale
from omsdesk.domain.sale_refusal import PaymentsTaken
from omsdesk.domain.shop import Desk
from tests.domain.corner_shop import CASH, COFFEE, DESK, NOON, TEA, TILL, gbp
from tests.domain.ticket_story import Story, add

S = "sale-1"
CODE, OTHER = new_code(b"12345678"), new_code(b"abcdefgh")
FIFTH = Benefit(Takes.PERCENT, 200_000)
ONCE = Promotion("once", "Welcome", (Need(Selection(products=(COFFEE.product,))),), FIFTH, coupon="once")
BY_WORD = Promotion("word", "Spring", (Need(),), FIFTH, coupon="Spring20")
AT: Desk = replace(DESK, promotions=Offers([ONCE, BY_WORD]))
USED = CouponUse("1A-000007", "Till 2", NOON)


def show(code: str = CODE, *, is_offered: bool = True, use: CouponUse | None = None) -> ShowCoupon:
    return ShowCoupon(S, code, KnownCoupon(Coupon(code, "once"), "Welcome", is_offered, use))


def story(*, desk: Desk = AT) -> Story:
    return Story(add("a", COFFEE), add("b", TEA), desk=desk)


# ---- codes


@given(st.binary(min_size=8, max_size=16))
def test_a_code_is_read_however_it_is_written(entropy: bytes) -> None:
    code = new_code(entropy)
    assert len(code) == 12
    assert read(code) == read(grouped(code)) == read(f" {grouped(code).lower()} ") == code


@given(st.binary(min_size=8, max_size=8), st.integers(0, 11), st.sampled_from("23456789ABCDEFGHJKMNPQRSTUVWXYZ"))
def test_a_wrong_letter_is_noticed(entropy: bytes, place: int, letter: str) -> None:
    code = new_code(entropy)
    wrong = code[:place] + letter + code[place + 1 :]
    assert (read(wrong) == "") is (wrong != code)


@given(st.binary(min_size=8, max_size=8), st.integers(0, 10))
def test_two_letters_that_changed_places_are_noticed(entropy: bytes, place: int) -> None:
    code = new_code(entropy)
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (read(wrong) == "") is (wrong != code)


@pytest.mark.parametrize("text", ["", "SPRING20", "4006381333931", "O" * 12, "0" * 12, "ÄÖÜ" * 4])
def test_what_is_none_of_our_codes(text: str) -> None:
    assert read(text) == ""


# ---- making them


def making(*codes: str, is_for_codes: bool = True, taken: int = 0) -> object:
    return decide_making(MakeCoupons("b", "once", codes), is_for_codes=is_for_codes, taken=taken)


def test_codes_are_made_for_what_asks_for_them() -> None:
    assert making(CODE, OTHER) == (CouponsMade("b", "once", (CODE, OTHER)),)
    for refused in (
        making(CODE, is_for_codes=False), making(), making(CODE, taken=1), making(CODE, CODE), making("SPRING20"),
        making(*[CODE] * (MOST_CODES + 1)),
    ):  # fmt: skip
        assert isinstance(refused, Refusal)


# ---- at the till


def test_a_coupon_takes_off_what_it_is_for_and_gives_it_back() -> None:
    told = story()
    assert [fact.kind for fact in told.do(show())] == ["sale.coupon_shown", "sale.repriced"]
    assert told.ticket.total == gbp("5.06")
    assert [fact.kind for fact in told.do(RemoveCoupon(S, CODE))] == ["sale.coupon_removed", "sale.repriced"]
    assert told.ticket.total == gbp("5.70")
    told.is_refused(UnknownCoupon, "not on the sale", RemoveCoupon(S, CODE))


def test_a_coupon_can_be_the_first_thing() -> None:
    told = Story(desk=AT)
    assert [fact.kind for fact in told.do(show())] == ["sale.started", "sale.coupon_shown"]
    told.do(add("a", COFFEE))
    assert told.ticket.total == gbp("2.56")


def test_why_a_coupon_is_not_taken() -> None:
    told = story()
    told.is_refused(UnknownCoupon, "Nobody knows", ShowCoupon(S, "WRONG"))
    told.is_refused(CouponSpent, "was used on 2026-11-23 at 12:00, Till 2, receipt 1A-000007", show(use=USED))
    told.is_refused(Refusal, "does not hold here now", show(is_offered=False))
    told.do(show())
    told.is_refused(Refusal, "on the sale already", show())
    told.do(TakeTender(S, "t", CASH, gbp("1.00")))
    told.is_refused(PaymentsTaken, "already", show(OTHER))


def test_a_ticket_keeps_its_coupons_while_it_waits() -> None:
    told = story()
    told.do(show())
    told.do(HoldSale(S, "Ann"))
    told.do(RecallSale(S))
    assert told.ticket.coupons == (Coupon(CODE, "once"),)
    assert told.ticket.total == gbp("5.06")


# ---- used, or not


def uses(told: Story) -> list[CouponsUsed]:
    return [row for fact in told.facts for row in consequences(fact) if isinstance(row, CouponsUsed)]


def test_what_took_something_off_is_used() -> None:
    told = story()
    told.do(show())
    assert told.pay().coupons == (CODE,)
    assert uses(told) == [CouponsUsed(f"{S}:coupons", S, "1A-000001", "s1", "t1", NOON, (CODE,))]


def test_what_took_nothing_off_is_the_customers_still() -> None:
    told = Story(add("b", TEA), desk=AT)
    told.do(show())
    assert told.pay().coupons == ()
    assert uses(told) == []


def test_a_word_that_everybody_may_show_is_never_used_up() -> None:
    told = story()
    told.do(ShowCoupon(S, "spring20", KnownCoupon(Coupon("Spring20"), "Spring", is_offered=True)))
    assert told.ticket.total == gbp("4.56")
    assert told.pay().coupons == ()


def test_a_second_code_for_the_same_offer_is_kept_for_another_sale() -> None:
    ticket = story()
    assert ticket.do(show())
    ticket.is_refused(
        Refusal, "A coupon for “Welcome” is on the sale already. This one is good for another", show(OTHER)
    )
    assert ticket.do(RemoveCoupon(S, CODE))
    assert ticket.do(show(OTHER)), "it may take the place of the first"


def test_a_ticket_that_becomes_an_order_uses_its_codes() -> None:
    ticket = story()
    ticket.do(show())
    wanted = PlaceOrder("order-1", Purpose.LAYAWAY, "s1", sale=S)
    facts = place(wanted, ticket.ticket, "1A-B00001", AT)
    assert not isinstance(facts, Refusal)
    (used,) = (fact for fact in facts if isinstance(fact, CouponsUsed))
    assert (used.number, used.till, used.codes) == ("1A-B00001", TILL.id, (CODE,))
    refusal = place(replace(wanted, purpose=Purpose.QUOTATION), ticket.ticket, "1A-B00001", AT)
    assert isinstance(refusal, Refusal)
    assert "Take the coupon off first" in refusal.sentence, "who was told a price might show the code elsewhere"
    ticket.do(RemoveCoupon(S, CODE))
    assert not isinstance(place(replace(wanted, purpose=Purpose.QUOTATION), ticket.ticket, "1A-B00001", AT), Refusal)


def test_what_is_voided_or_of_training_uses_nothing() -> None:
    told = story()
    told.do(show())
    told.do(VoidSale(S))
    assert isinstance(told.facts[-1], SaleVoided)
    assert uses(told) == []
    training = story(desk=replace(AT, till=replace(TILL, is_training=True)))
    training.do(show())
    training.pay()
    assert uses(training) == []
