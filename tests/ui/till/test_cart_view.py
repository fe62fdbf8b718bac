"""The cart: it shows what is durable, and changes no row that did not change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.domain.line import Line as SaleLine
from omsdesk.domain.line import Returned
from omsdesk.domain.sale import Sale, SaleCompleted
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.tax import TaxTerms
from omsdesk.domain.values import ONE
from omsdesk.ui import theme
from omsdesk.ui.till.cart_view import DISCOUNT, NARROW, WIDE, CartView, _title
from omsdesk.ui.till.counter import Aspect
from omsdesk.ui.widgets.line_list import FEWER, MORE
from tests.domain.corner_shop import COFFEE
from tests.domain.test_ticket_kind import BACK, EMPTIES, SOLD
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CARD, CASH, code_of


@pytest.fixture
def cart(bench: Bench, qtbot: QtBot) -> CartView:
    made = CartView(bench.state)
    qtbot.addWidget(made)
    made.resize(WIDE, 768)
    made.show()
    qtbot.waitExposed(made)
    bench.counter.listeners.append(lambda aspect: made.refresh() if aspect is Aspect.CART else None)
    made.refresh()
    return made


def test_an_empty_cart_says_what_to_do_and_offers_nothing(cart: CartView) -> None:
    assert cart.empty.isVisible()
    assert not cart.pay.isEnabled()
    assert not any(button.isVisible() for button in cart.quick)
    assert cart.total.text() == "€0.00"


def test_the_sums_are_written(bench: Bench, cart: CartView) -> None:
    for product in ("guji", "mug", "mug"):
        bench.session.intake.scanned(code_of(product))
    assert cart.count.text() == "3 items"
    assert cart.subtotal.text() == cart.total.text() == "€60.90"
    assert cart.tax.text().replace("\u00a0", " ") == "Includes VAT 7 % €0.84 · VAT 19 % €7.66"
    assert cart.pay.amount == "€60.90"
    assert [button.label for button in cart.quick] == ["Exact cash", "€65", "€70", "€80"]


def test_taxes_come_on_top_where_prices_are_without_them(bench: Bench, cart: CartView) -> None:
    bench.do(SaveShop(replace(bench.counter.shop, tax_terms=TaxTerms(is_inclusive=False))))
    bench.counter.refresh()
    bench.session.intake.scanned(code_of("oat"))
    assert (cart.subtotal.text(), cart.total.text()) == ("€2.80", "€3.00")
    assert cart.tax.text().replace("\u00a0", " ") == "Plus VAT 7 % €0.20"


def test_what_was_paid_so_far_is_told(bench: Bench, cart: CartView) -> None:
    bench.session.intake.scanned(code_of("mug"))
    bench.checkout.pay(CASH, euros("10.00"))
    assert (cart.paid.text(), cart.paid_amount.text()) == ("Cash", "-€10.00")
    assert (cart.total_name.text(), cart.total.text()) == ("Still due", "€14.00")
    bench.checkout.pay(CARD)
    assert not cart.paid.isVisible()
    assert cart.total_name.text() == "Total"


def test_only_rows_that_changed_are_written_anew(bench: Bench, cart: CartView) -> None:
    for product in ("guji", "oat", "mug"):
        bench.session.intake.scanned(code_of(product))
    before = cart.lines.lines()
    bench.session.intake.scanned(code_of("oat"))
    after = cart.lines.lines()
    assert [new is old for new, old in zip(after, before, strict=True)] == [True, False, True]


def test_a_line_comes_back_to_its_place(bench: Bench, cart: CartView) -> None:
    for product in ("guji", "oat", "mug"):
        bench.session.intake.scanned(code_of(product))
    bench.session.select_step(-1)
    bench.session.remove_selected()
    assert [line.title for line in cart.lines.lines()] == ["Ethiopia Guji 250 g", "Travel mug 350 ml"]
    bench.session.take_back()
    assert [line.title for line in cart.lines.lines()][1] == "Oat milk 1 L"


@pytest.mark.parametrize("count", range(1, 6))
def test_a_ticket_that_is_taken_up_again_shows_each_of_its_lines_once(bench: Bench, cart: CartView, count: int) -> None:
    for product in ("guji", "oat", "mug", "filter", "v60")[:count]:
        bench.session.intake.scanned(code_of(product))
    held = bench.session.sale
    assert held is not None
    bench.session.hold("Frau Meier")
    assert not cart.lines.lines()
    bench.session.recall(held.sale)
    assert [line.key for line in cart.lines.lines()] == [row.line for row in bench.session.lines]
    assert len(cart.lines.lines()) == count
    assert cart.lines.selected_key() == bench.session.selected


def test_the_chosen_line_is_the_sessions(bench: Bench, cart: CartView) -> None:
    for product in ("guji", "oat"):
        bench.session.intake.scanned(code_of(product))
    bench.session.select_step(-1)
    assert cart.lines.selected_key() == bench.session.selected
    cart.lines.step(1)
    assert bench.session.selected == cart.lines.selected_key()


def test_a_long_cart_keeps_the_newest_line_in_view(bench: Bench, cart: CartView) -> None:
    for product in ("guji", "house", "decaf", "filter", "oat", "brew", "water", "croissant", "cookie", "cake"):
        bench.session.intake.scanned(code_of(product))
    row = cart.lines.current_row()
    assert cart.lines.viewport().rect().contains(cart.lines.shown_rect(row))
    cart.resize(WIDE, 620)
    QApplication.processEvents()
    assert cart.lines.viewport().rect().contains(cart.lines.shown_rect(row))


def test_what_comes_back_is_counted_where_it_is_taken_back(bench: Bench, cart: CartView) -> None:
    bench.session.intake.entered(code_of("mug"))
    bench.checkout.pay_exactly()
    bench.checkout.next_customer()
    bench.state.returns.begin()
    bench.state.returns.show(bench.facts(SaleCompleted)[-1].sale)
    bench.state.returns.put()
    buttons = cart.lines._buttons.buttons
    assert [name for name, button in buttons.items() if not button.isEnabled()] == [FEWER, MORE, DISCOUNT]
    assert bench.session.undo is not None
    assert bench.session.undo.sentence == "Travel mug 350 ml comes back"
    bench.session.intake.entered(code_of("oat"))
    assert all(button.isEnabled() for button in buttons.values())


def test_a_card_that_is_loaded_has_neither_count_nor_discount_and_empties_are_counted(cart: CartView) -> None:
    card = SaleLine("card", COFFEE, ONE, loads="gift_card:1")
    bottle = replace(COFFEE, traits=replace(COFFEE.traits, is_deposit=True))
    empties = SaleLine("empties", bottle, -ONE, returned=Returned(euros("0.25"), ()))
    buttons = cart.lines._buttons.buttons
    for row, can in ((card, set()), (empties, {FEWER, MORE}), (None, {FEWER, MORE, DISCOUNT})):
        cart._offer_actions(row)
        assert {name for name in (FEWER, MORE, DISCOUNT) if buttons[name].isEnabled()} == can


@pytest.mark.parametrize(("is_narrow", "width"), [(False, WIDE), (True, NARROW)])
def test_its_width_is_what_the_screen_can_spare(cart: CartView, is_narrow: bool, width: int) -> None:
    cart.set_narrow(is_narrow)
    assert cart.width() == width


def test_larger_text_gets_a_wider_cart(cart: CartView, qapp: QApplication) -> None:
    theme.apply(theme.load("light", 1.5), qapp)
    cart.set_narrow(is_narrow=False)
    assert cart.width() > WIDE


@pytest.mark.parametrize(
    ("lines", "is_refund", "title"),
    [
        ((), False, "Sale"),
        ((SOLD,), False, "Sale"),
        ((SOLD, EMPTIES), False, "Sale"),
        ((SOLD, EMPTIES), True, "Empties"),
        ((EMPTIES,), True, "Empties"),
        ((SOLD, BACK), False, "Exchange"),
        ((SOLD, BACK), True, "Return"),
        ((BACK,), True, "Return"),
    ],
)
def test_bottles_that_come_back_make_no_exchange_of_a_sale(
    lines: tuple[SaleLine, ...], is_refund: bool, title: str
) -> None:
    assert _title(Sale("s", "t1", "GBP", lines=lines), is_refund=is_refund) == title
