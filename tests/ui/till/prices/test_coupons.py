"""Coupons as the cashier meets them: scanned like goods, named in the cart, given back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from omsdesk.domain.coupon import MakeCoupons, grouped, new_code
from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.ui.till.cart_view import WIDE, CartView
from omsdesk.ui.till.counter import Aspect, Tone
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CASH, Station, code_of

CODE = new_code(b"12345678")
FIFTH = Benefit(Takes.PERCENT, 200_000)
ONCE = Promotion("once", "Welcome", (Need(Selection(products=("guji",))),), FIFTH, coupon="once")
WORD = Promotion("word", "Spring", (Need(Selection(categories=("Coffee",))),), FIFTH, coupon="Spring20")


@pytest.fixture
def cart(bench: Bench, qtbot: QtBot) -> CartView:
    bench.do(SavePromotion(ONCE), SavePromotion(WORD), MakeCoupons("b1", "once", (CODE,)))
    made = CartView(bench.state)
    qtbot.addWidget(made)
    made.resize(WIDE, 768)
    made.show()
    qtbot.waitExposed(made)
    bench.counter.listeners.append(lambda aspect: made.refresh() if aspect is Aspect.CART else None)
    made.refresh()
    return made


def test_a_coupon_is_scanned_like_goods(bench: Bench, cart: CartView) -> None:
    bench.session.intake.entered(code_of("guji"))
    assert bench.session.intake.entered(grouped(CODE).lower())
    assert bench.counter.notice is not None
    assert (bench.counter.notice.tone, bench.counter.notice.sentence) == (Tone.OK, f"Coupon {grouped(CODE)} taken.")
    assert (cart.total.text(), cart.saved_amount.text()) == ("€10.32", "€2.58")
    assert cart.coupons.text() == f"Coupon {grouped(CODE)}"


def test_a_word_is_typed_before_there_is_anything(bench: Bench, cart: CartView) -> None:
    assert bench.session.intake.entered("spring20")
    assert cart.coupons.text() == "Coupon Spring20 (nothing here counts for it yet)"
    bench.session.intake.entered(code_of("house"))
    assert cart.coupons.text() == "Coupon Spring20"
    assert cart.total.text() == "€22.00"


def test_a_coupon_is_taken_back_and_shown_again_by_undo(bench: Bench, cart: CartView) -> None:
    bench.session.intake.entered(code_of("guji"))
    bench.session.intake.entered(CODE)
    bench.state.coupons.give_back()
    assert (cart.total.text(), cart.coupons.isVisible()) == ("€12.90", False)
    bench.session.take_back()
    assert cart.total.text() == "€10.32"
    bench.session.take_back()
    assert cart.total.text() == "€12.90"


def test_a_code_that_was_used_is_refused_with_when_and_where(bench: Bench, cart: CartView) -> None:
    for product in (code_of("guji"), CODE):
        bench.session.intake.entered(product)
    bench.checkout.pay_exactly()
    assert bench.checkout.completed is not None
    assert bench.checkout.completed.coupons == (CODE,)
    bench.session.intake.entered(code_of("guji"))
    bench.session.intake.entered(CODE)
    assert bench.counter.notice is not None
    assert f"Coupon {grouped(CODE)} was used on" in bench.counter.notice.sentence
    assert "Till 1, receipt" in bench.counter.notice.sentence
    assert cart.total.text() == "€12.90"


def test_what_is_no_coupon_is_still_unknown(bench: Bench, cart: CartView) -> None:
    assert not bench.session.intake.entered("SUMMER20")
    assert bench.counter.notice is not None
    assert "Nobody knows" in bench.counter.notice.sentence


def test_nothing_is_given_back_once_money_was_taken(bench: Bench, cart: CartView) -> None:
    for product in (code_of("guji"), CODE):
        bench.session.intake.entered(product)
    bench.checkout.pay(CASH, euros("1.00"))
    bench.state.coupons.give_back()
    assert bench.counter.notice is not None
    assert "A payment was taken already" in bench.counter.notice.sentence


def test_more_gives_the_coupon_back_on_the_screen(till: Station) -> None:
    till.do(SavePromotion(WORD))
    till.scan(code_of("guji"))
    till.type_in("Spring20")
    till.press(Qt.Key.Key_Return)
    assert till.total == "€10.32"
    names = {intent.name: intent for intent in till.screen.errands.intents(till.screen)}
    assert names["coupon"].is_possible()
    names["coupon"].act()
    till.settle()
    assert till.total == "€12.90"
    assert not names["coupon"].is_possible()
