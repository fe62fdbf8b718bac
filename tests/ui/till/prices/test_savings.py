"""What promotions do, as the cashier sees it: beneath the line, beside the total, and what little is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from omsdesk.domain.discount import BY_HAND, OF_TICKET, Discount, Reduction
from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes, Threshold
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.domain.sale_command import DiscountLine
from omsdesk.ui.till.cart_view import WIDE, CartView
from omsdesk.ui.till.counter import Aspect
from omsdesk.ui.till.goods.price_sheets import PriceCheckSheet
from omsdesk.ui.till.prices.savings import Nudge, marks, saved
from omsdesk.ui.widgets.line_list import Mark
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CASH, Station, code_of

OAT = Selection(products=("oat",))
FREE = Benefit(Takes.PERCENT, 1_000_000)
THREE_FOR_TWO = Promotion("o3", "3 for 2 on oat milk", (Need(OAT, 2, is_reduced=False), Need(OAT)), FREE)
TENTH = Promotion("tenth", "Coffee week", (Need(Selection(categories=("Coffee",))),), Benefit(Takes.PERCENT, 100_000))
BASKET = Promotion(
    "basket", "Big basket", (Need(),), Benefit(Takes.BASKET_AMOUNT, money=euros("5.00")),
    threshold=Threshold(euros("40.00")), priority=-1, is_combinable=True,
)  # fmt: skip


@pytest.fixture
def cart(bench: Bench, qtbot: QtBot) -> CartView:
    bench.do(SavePromotion(THREE_FOR_TWO), SavePromotion(TENTH), SavePromotion(BASKET))
    made = CartView(bench.state)
    qtbot.addWidget(made)
    made.resize(WIDE, 768)
    made.show()
    qtbot.waitExposed(made)
    bench.counter.listeners.append(lambda aspect: made.refresh() if aspect is Aspect.CART else None)
    made.refresh()
    return made


def ring(bench: Bench, *products: str) -> None:
    for product in products:
        bench.session.intake.entered(code_of(product))


def test_the_line_says_what_comes_off_and_why(bench: Bench, cart: CartView) -> None:
    ring(bench, "oat", "oat", "oat", "guji")
    oat, coffee = cart.lines.lines()
    assert oat.marks == (Mark("3 for 2 on oat milk · 2 + 1 free", "-€2.80"),)
    assert coffee.marks == (Mark("Coffee week · −10 %", "-€1.29"),)
    assert (oat.amount, coffee.amount) == ("€5.60", "€11.61")
    assert "3 for 2 on oat milk" in cart.lines.name_of(0), "a screen reader says it, too"


def test_what_a_person_took_off_goods_that_were_ordered_is_said_once(bench: Bench, cart: CartView) -> None:
    ring(bench, "guji")
    (line,) = bench.session.lines
    by_hand = (Reduction(BY_HAND, "Damaged", euros("1.00")), Reduction(OF_TICKET, "", euros("2.00")))
    assert marks(bench.counter, replace(line, reductions=by_hand)) == (Mark("Discount", "-€2.00"),)


def test_what_is_saved_stands_above_the_total(bench: Bench, cart: CartView) -> None:
    ring(bench, "mug")
    assert not cart.saved.isVisible()
    ring(bench, "guji")
    assert cart.saved.isVisible()
    assert (cart.saved.text(), cart.saved_amount.text(), cart.total.text()) == ("You save", "€1.29", "€35.61")


def test_what_a_person_takes_off_is_saved_too(bench: Bench, cart: CartView) -> None:
    ring(bench, "guji")
    sale = bench.session.sale
    assert sale is not None
    bench.do(DiscountLine(sale.sale, sale.lines[0].line, Discount(amount=euros("1.61"))))
    bench.session.look_again()
    assert bench.session.sale is not None
    assert saved(bench.session.sale) == euros("2.90")
    assert cart.lines.lines()[0].note == "Discount -€1.61"


def test_what_little_is_missing_is_told_quietly(bench: Bench, cart: CartView) -> None:
    ring(bench, "oat")
    assert not cart.nudge.isVisible()
    ring(bench, "oat")
    assert cart.nudge.text() == "1 more: 3 for 2 on oat milk · 2 + 1 free"
    ring(bench, "oat")
    assert not cart.nudge.isVisible()
    ring(bench, "mug")
    assert cart.nudge.text() == "€7.60 more: Big basket · −€5.00 from €40.00"


def test_it_is_not_said_any_more_once_somebody_pays(bench: Bench, cart: CartView) -> None:
    ring(bench, "oat", "oat")
    bench.checkout.pay(CASH, euros("1.00"))
    assert not cart.nudge.isVisible()


def test_the_same_ticket_is_not_worked_out_again(bench: Bench, cart: CartView) -> None:
    ring(bench, "oat", "oat")
    nudge = Nudge(bench.counter)
    first = nudge.words(bench.session.sale)
    assert nudge.words(bench.session.sale) is first
    assert nudge.words(None) == ""


def test_an_offer_that_is_gone_is_still_named_on_the_line(bench: Bench, cart: CartView) -> None:
    ring(bench, "guji")
    bench.do(SavePromotion(replace(TENTH, is_active=False)))
    assert marks(bench.counter, bench.session.lines[0]) == (Mark("Coffee week", "-€1.29"),)


def test_who_pays_after_an_offer_ended_sees_the_new_total_first(bench: Bench, cart: CartView) -> None:
    ring(bench, "guji")
    bench.do(SavePromotion(replace(TENTH, is_active=False)))
    bench.checkout.pay_exactly()
    assert bench.checkout.completed is None
    assert bench.counter.notice is not None
    assert "Look at the new total" in bench.counter.notice.sentence
    assert cart.total.text() == "€12.90"
    bench.checkout.pay_exactly()
    assert bench.checkout.completed is not None
    assert bench.checkout.completed.total == euros("12.90")


def test_a_price_check_tells_what_is_offered(till: Station) -> None:
    members = replace(TENTH, id="club", name="For members", groups=("club",))
    till.do(SavePromotion(THREE_FOR_TWO), SavePromotion(TENTH), SavePromotion(members))
    till.press(Qt.Key.Key_F3)
    for product, said in (("oat", "3 for 2 on oat milk · 2 + 1 free"), ("guji", "Coffee week · −10 %"), ("mug", "")):
        till.scan(code_of(product))
        sheet = till.sheet(PriceCheckSheet)
        assert sheet.offers.text() == said
        assert sheet.offers.isVisible() is bool(said)
