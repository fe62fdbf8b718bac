"""Paying: what is due, what is given, what comes back."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.ui.till.counter import Aspect
from omsdesk.ui.till.pay_view import PayView
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CARD, CASH, code_of


def opened(bench: Bench, qtbot: QtBot, width: int = 818) -> PayView:
    made = PayView(bench.state)
    qtbot.addWidget(made)
    made.resize(width, 640)
    made.show()
    qtbot.waitExposed(made)
    bench.counter.listeners.append(lambda aspect: made.refresh() if aspect is Aspect.MODE else None)
    bench.checkout.open()
    made.begin()
    return made


@pytest.fixture
def view(bench: Bench, qtbot: QtBot) -> PayView:
    bench.session.scanned(code_of("guji"))
    return opened(bench, qtbot)


def test_nothing_typed_means_what_is_due(view: PayView) -> None:
    assert (view.due.text(), view.given.placeholderText(), view.change.text()) == ("€12.90", "12.90", "€0.00")
    assert (view.take_button.label, view.take_button.amount) == ("Cash", "€12.90")


def test_the_change_follows_every_key(view: PayView) -> None:
    told = []
    for key in "20":
        QTest.keyClicks(view.given, key)
        told.append((view.change_name.text(), view.change.text()))
    assert told == [("Still due after this", "€10.90"), ("Change", "€7.10")]


def test_a_method_is_chosen_and_chosen_again_to_take_the_money(bench: Bench, view: PayView) -> None:
    view.choose_number(1)
    assert view.methods["card"].isChecked()
    assert not view.methods["cash"].isChecked()
    assert view.take_button.label == "Card"
    view.choose_number(1)
    assert [tender.method for tender in bench.facts(SaleCompleted)[0].tenders] == ["card"]


def test_a_number_without_a_method_does_nothing(view: PayView) -> None:
    view.choose_number(8)
    assert view.method == CASH


def test_each_payment_begins_with_the_shops_first_method(bench: Bench, view: PayView) -> None:
    view.choose(CARD)
    bench.checkout.close()
    bench.checkout.open()
    view.begin()
    assert view.method == CASH


def test_what_was_taken_is_listed_and_can_be_given_back(bench: Bench, view: PayView) -> None:
    bench.checkout.pay(CASH, euros("5.00"))
    view.refresh()
    assert view._tenders.count() == 1
    assert view.due.text() == "€7.90"
    assert bench.checkout.sale is not None
    bench.checkout.give_back(bench.checkout.sale.tenders[0])
    view.refresh()
    assert view._tenders.count() == 0
    assert view.due.text() == "€12.90"


def test_a_split_goes_from_halves_to_sixths_and_begins_again(view: PayView) -> None:
    parts = []
    for _ in range(6):
        view.split_due()
        parts.append(view.given.text())
    assert parts == ["6.45", "4.30", "3.23", "2.58", "2.15", "6.45"]


def test_cash_is_rounded_where_small_coins_are_gone(bench: Bench, qtbot: QtBot) -> None:
    rounded = TenderMethod("cash", "Cash", TenderKind.CASH, rounding_step=5)
    shop = bench.counter.shop
    bench.counter.shop = type(shop)("s1", "Kontor", "EUR", locale="en-IE", tender_methods=(rounded, CARD))
    bench.session.scanned(code_of("card"))
    bench.session.price_typed(euros("9.98"))
    view = opened(bench, qtbot)
    assert view.due.text() == "€10.00"
    view.choose(CARD)
    assert view.due.text() == "€9.98"


@pytest.mark.parametrize("width", [540, 818])
def test_nothing_overlaps_however_wide_it_is(bench: Bench, qtbot: QtBot, width: int) -> None:
    bench.session.scanned(code_of("guji"))
    view = opened(bench, qtbot, width)
    parts = [view.pad, view._middle, view._cards, view.take_button]
    for number, part in enumerate(parts):
        assert view.rect().contains(part.geometry())
        assert not any(part.geometry().intersects(other.geometry()) for other in parts[number + 1 :])
