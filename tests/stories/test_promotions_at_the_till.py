"""A manager makes “3 for 2”, a cashier scans three: seen, paid, printed; one that comes back brings what was paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from omsdesk.actions.paper import receipt_of
from omsdesk.documents.plain import render
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.coupon import grouped
from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.tax import PPM
from omsdesk.domain.values import Money
from omsdesk.store import journal
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.coupon import batches, codes_of
from omsdesk.store.queries.promotion import promotions
from omsdesk.ui import theme
from omsdesk.ui.office import Office, Post
from omsdesk.ui.promotions.draft import CouponWay, Kind
from omsdesk.ui.promotions.screen import PromotionsScreen
from omsdesk.ui.till.pay_view import PayView
from omsdesk.ui.till.returns.return_sheet import ReturnSheet
from omsdesk.ui.till.screen import Mode
from omsdesk.ui.widgets.line_list import Mark
from tests.ui.back_office import Stage, put_on_stage, take_pictures, type_into, until
from tests.ui.till.shop import Station, code_of, set_up

K = Qt.Key


@pytest.fixture
def till(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Station]:
    theme.apply(theme.load("light"), qapp)
    made = Station(set_up(tmp_path), qtbot).start()
    yield made
    made.stop()


@pytest.fixture
def desk(till: Station, qtbot: QtBot) -> Stage:
    """The manager's page, on the same station."""
    anna = queries.person(till.reader, "anna")
    office = Office(till.reader, till.background, till.feed, till.clock, Post(lambda: "t1"), lambda: anna)
    return put_on_stage(qtbot, PromotionsScreen(office))


def page_of(desk: Stage) -> PromotionsScreen:
    assert isinstance(desk.shown, PromotionsScreen)
    return desk.shown


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


def sales(till: Station) -> list[SaleCompleted]:
    return [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, SaleCompleted)]


def make(desk: Stage, name: str, kind: Kind, value: str, product: str, coupon: CouponWay = CouponWay.NONE) -> None:
    """Make an offer as a manager does."""
    page = page_of(desk)
    page.begin()
    type_into(page.form.offer.editor("name"), name, desk)
    for card, field, key in ((page.form.offer, "kind", kind), (page.form.beside, "coupon_way", coupon)):
        editor = card.editor(field)
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(editor.findData(str(key)))
    type_into(page.form.offer.editor("value"), value, desk)
    type_into(page.form.goods.field, product, desk)
    until(page.form.goods.results.isVisible)
    QTest.keyClick(page.form.goods.field, K.Key_Return)
    assert page.form.example.text()
    page.press_save()
    until(lambda: page.session.saved)


def at_the_till(till: Station) -> None:
    till.window.activateWindow()
    till.settle()


def paid(till: Station) -> SaleCompleted:
    till.press(K.Key_F5)
    assert till.is_in(Mode.DONE), till.said
    till.press(K.Key_F12)
    return sales(till)[-1]


def test_three_for_two_from_the_manager_to_what_comes_back(till: Station, desk: Stage) -> None:
    make(desk, "3 for 2", Kind.GET, "100", "oat milk")
    assert page_of(desk).form.example.text() == "Buy 3 at €2.80: pay €5.60 instead of €8.40."
    take_pictures(desk, "story-promotion")
    at_the_till(till)
    till.scan(code_of("oat"))
    till.scan(code_of("oat"))
    cart = till.screen.cart
    assert cart.nudge.text() == "1 more: 3 for 2 · 2 + 1 free"
    till.scan(code_of("oat"))
    assert till.lines == [("3", "Oat milk 1 L")]
    assert cart.lines.lines()[0].marks == (Mark("3 for 2 · 2 + 1 free", "-€2.80"),)
    assert (till.total, cart.saved_amount.text()) == ("€5.60", "€2.80")
    sold = paid(till)
    assert sold.total == euros("5.60")
    (line,) = sold.lines
    assert [(row.name, row.amount) for row in line.reductions] == [("3 for 2", euros("2.80"))]
    printed = render(receipt_paper(receipt_of(till.reader, sold.sale)))
    assert "3 for 2" in printed
    assert "-2.80" in printed.replace("\u2212", "-").replace("€", "")
    one_comes_back_and_then_the_others(till, sold)


def one_comes_back_and_then_the_others(till: Station, sold: SaleCompleted) -> None:
    till.press(K.Key_F7)
    till.scan(sold.sale)
    till.scan(code_of("oat"))
    assert till.sheet(ReturnSheet).put.amount == "€1.87"
    till.press(K.Key_Return)
    till.press(K.Key_F12)
    till.press(K.Key_Return)
    till.press(K.Key_F12)
    till.press(K.Key_F7)
    till.scan(sold.sale)
    till.type_in("*")
    till.settle()
    till.press(K.Key_Return)
    till.press(K.Key_F12)
    till.press(K.Key_Return)
    backs = sales(till)[1:]
    assert [row.total for row in backs] == [euros("-1.87"), euros("-3.73")]
    assert sum(row.total.minor for row in backs) == -sold.total.minor
    assert sum(row.taxes[0].amount.minor for row in backs) == -sold.taxes[0].amount.minor


def test_three_flavours_for_two_bring_two_thirds_each_however_many_come_back(till: Station) -> None:
    flavours = ("oat", "guji", "mug")
    all_three = Selection(products=flavours)
    needs = Need(all_three, 2, is_reduced=False), Need(all_three)
    till.do(SaveProducts("even", tuple(ProductEdit(flavour, price=euros("3.00")) for flavour in flavours)))
    till.do(SavePromotion(Promotion("3for2", "3 for 2", needs, Benefit(Takes.PERCENT, PPM))))
    till.settle()
    for flavour in flavours:
        till.scan(code_of(flavour))
    rows = till.screen.cart.lines.lines()
    assert [(row.amount, row.marks) for row in rows] == [("€2.00", (Mark("3 for 2 · 2 + 1 free", "-€1.00"),))] * 3
    sold = paid(till)
    printed = render(receipt_paper(receipt_of(till.reader, sold.sale)))
    assert (printed.count("3 for 2"), printed.count("-1.00")) == (3, 3)
    till.press(K.Key_F7)
    till.scan(sold.sale)
    sheet = till.sheet(ReturnSheet)
    assert {line.detail for line in sheet.lines.lines()} == {"1 bought · paid €2.00 each with 3 for 2"}
    till.scan(code_of("oat"))
    till.scan(code_of("guji"))
    take_pictures(till.screen, "return-of-an-offer")
    till.press(K.Key_Return)
    assert [row.detail.split(" · ")[1] for row in till.screen.cart.lines.lines()] == ["€2.00 each"] * 2
    assert till.total == "€4.00", "the third is no present"
    till.press(K.Key_F12)
    till.press(K.Key_Return)
    back = sales(till)[-1]
    assert (back.total, back.total.minor * 3) == (euros("-4.00"), -2 * sold.total.minor)


def test_a_coupon_from_the_manager_to_the_second_customer(till: Station, desk: Stage) -> None:
    make(desk, "Welcome", Kind.OFF, "20", "guji", CouponWay.CODES)
    page = page_of(desk)
    page.session.make_codes("3")
    until(lambda: page.session.batches)
    (batch,) = page.session.batches
    code = codes_of(till.reader, page.session.chosen, batch.batch)[0][0]
    at_the_till(till)
    till.scan(code_of("guji"))
    till.scan(grouped(code))
    assert till.total == "€10.32"
    assert till.screen.cart.coupons.text() == f"Coupon {grouped(code)}"
    assert paid(till).coupons == (code,)
    till.scan(code_of("guji"))
    till.scan(grouped(code))
    assert till.said.startswith(f"Coupon {grouped(code)} was used on")
    assert till.total == "€12.90"
    assert batches(till.reader, page.session.chosen)[0].used == 1


def test_an_offer_that_ends_while_a_customer_looks_for_their_purse(till: Station, desk: Stage) -> None:
    make(desk, "Coffee week", Kind.OFF, "10", "guji")
    at_the_till(till)
    till.scan(code_of("guji"))
    assert till.total == "€11.61"
    (row,) = promotions(till.reader)
    till.do(SavePromotion(replace(row, is_active=False)))
    till.press(K.Key_F5)
    till.settle()
    assert "Look at the new total" in till.said
    assert till.total == "€12.90"
    assert paid(till).total == euros("12.90")


def test_a_ticket_that_waited_over_night_has_the_offers_of_the_day(till: Station, desk: Stage) -> None:
    at_the_till(till)
    till.scan(code_of("guji"))
    till.press(K.Key_F6)
    assert till.lines == []
    make(desk, "Coffee week", Kind.OFF, "10", "guji")
    at_the_till(till)
    held = till.state.session.held()
    till.state.session.recall(held[0].sale)
    till.settle()
    assert till.total == "€11.61"
    assert paid(till).total == euros("11.61")


def test_the_pay_view_shows_the_new_total_as_soon_as_it_is_one(till: Station, desk: Stage) -> None:
    make(desk, "Coffee week", Kind.OFF, "10", "guji")
    at_the_till(till)
    till.scan(code_of("guji"))
    till.press(K.Key_F12)
    assert till.view(PayView).due.text() == "€11.61"
    (row,) = promotions(till.reader)
    till.do(SavePromotion(replace(row, is_active=False)))
    till.press(K.Key_Return)
    till.settle()
    assert till.is_in(Mode.PAYING)
    assert till.view(PayView).due.text() == "€12.90"
    till.press(K.Key_Return)
    assert till.is_in(Mode.DONE)
    assert sales(till)[-1].total == euros("12.90")
