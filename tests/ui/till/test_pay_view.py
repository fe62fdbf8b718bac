"""Paying: what is due, what is given, what comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from omsdesk.domain.account import AccountKind, account_id
from omsdesk.domain.points import PointsRule
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.ui.till.counter import Aspect
from omsdesk.ui.till.pay_view import PayView
from omsdesk.ui.typed_amount import LETTERS
from tests.ui.till.bench import Bench, euros
from tests.ui.till.card_shop import A_CUSTOMER, ANNA, BY_POINTS, SHOP_OF_CARDS, heard
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
    bench.session.intake.scanned(code_of("guji"))
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


def of_points(bench: Bench, points: int, least: int = 0) -> None:
    bench.do(
        *A_CUSTOMER, SaveShop(replace(SHOP_OF_CARDS, points=PointsRule(100, (), least)), ("tender_methods", "points"))
    )
    bench.counter.refresh()
    if points:
        heard(bench.database, account_id(AccountKind.POINTS, ANNA.id), points, "")
    bench.session.intake.scanned(code_of("guji"))
    bench.state.customers.attach(ANNA.id)


def test_points_offer_what_there_is_and_leave_the_choice_when_they_are_spent(bench: Bench, qtbot: QtBot) -> None:
    of_points(bench, 100)
    view = opened(bench, qtbot)
    view.choose(BY_POINTS)
    assert (view.due.text(), view.given.placeholderText()) == ("€12.90", "5.00")
    assert (view.take_button.label, view.take_button.amount) == ("Points", "€5.00")
    assert (view.change_name.text(), view.change.text()) == ("Still due after this", "€7.90")
    view.take()
    assert view.due.text() == "€7.90"
    assert view.take_button.label == "Cash", "the points are spent, and pay nothing more"
    view.take()
    assert [row.amount for row in bench.facts(SaleCompleted)[0].tenders] == [euros("5.00"), euros("7.90")]


@pytest.mark.parametrize(("points", "least"), [(0, 0), (40, 50), (1000, 500)])
def test_points_that_cannot_pay_are_not_chosen(bench: Bench, qtbot: QtBot, points: int, least: int) -> None:
    of_points(bench, points, least)
    view = opened(bench, qtbot)
    view.choose(BY_POINTS)
    assert bench.said == "The customer has too few points. Choose another way to pay."
    assert view.methods["cash"].isChecked()
    assert not view.methods["points"].isChecked()
    assert view.given.placeholderText() == "12.90"


def test_enough_points_pay_exactly_what_is_due(bench: Bench, qtbot: QtBot) -> None:
    of_points(bench, 1_000)
    view = opened(bench, qtbot)
    view.choose(BY_POINTS)
    assert view.given.placeholderText() == "12.90"
    view.take()
    (paid,) = bench.facts(SaleCompleted)
    assert [row.points for row in paid.tenders] == [258]


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
    bench.session.intake.scanned(code_of("card"))
    bench.session.intake.price_typed(euros("9.98"))
    view = opened(bench, qtbot)
    assert view.due.text() == "€10.00"
    view.choose(CARD)
    assert view.due.text() == "€9.98"


@pytest.mark.parametrize("width", [540, 818])
def test_nothing_overlaps_however_wide_it_is(bench: Bench, qtbot: QtBot, width: int) -> None:
    bench.session.intake.scanned(code_of("guji"))
    view = opened(bench, qtbot, width)
    parts = [view.pad, view._middle, view._cards, view.take_button]
    for number, part in enumerate(parts):
        assert view.rect().contains(part.geometry())
        assert not any(part.geometry().intersects(other.geometry()) for other in parts[number + 1 :])


@pytest.fixture
def german(bench: Bench, qtbot: QtBot) -> PayView:
    """A shop that writes a comma before the cents; €12.90 are due."""
    bench.counter.shop = replace(bench.counter.shop, locale="de-DE")
    bench.session.intake.scanned(code_of("guji"))
    return opened(bench, qtbot)


def test_the_pad_and_what_is_suggested_have_the_sign_of_the_country(german: PayView) -> None:
    assert german.given.placeholderText() == "12,90"
    german.pad.buttons["."].click()
    assert german.given.text() == ","


@given(st.from_regex(LETTERS, fullmatch=True))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_shown_while_typing_is_what_is_taken(german: PayView, typed: str) -> None:
    due = german.state.checkout.due
    german.given.setText(typed)
    amount = german.given.amount()
    if german.given.question:
        assert (german.take_button.amount, german.change.text(), amount) == ("?", "?", None)
        return
    taken = amount or due
    assert german.take_button.amount == german.state.counter.money(taken)
    difference = taken - due if taken.minor >= due.minor else due - taken
    assert german.change.text() == german.state.counter.money(difference)


@pytest.mark.parametrize(
    ("typed", "given"),
    [("12.90", "12.90"), ("20,", "20.00"), ("1.250,00", "1250.00"), ("", "12.90")],
)
def test_what_is_shown_is_in_the_books(bench: Bench, german: PayView, typed: str, given: str) -> None:
    QTest.keyClicks(german.given, typed)
    assert german.take_button.amount == bench.counter.money(euros(given))
    german.take()
    assert [tender.given for tender in bench.facts(SaleCompleted)[0].tenders] == [euros(given)]


def test_nothing_is_taken_while_it_is_not_clear_how_much(bench: Bench, german: PayView) -> None:
    QTest.keyClicks(german.given, "1.250")
    for act in (german.take, german.take_button.click, german.given.returnPressed.emit):
        bench.counter.hush()
        act()
        assert bench.said.startswith("Is “1.250” 1,25\xa0€ or 1.250,00\xa0€?")
    assert bench.facts(SaleCompleted) == []
    QTest.keyClicks(german.given, ",00")
    german.take()
    assert bench.checkout.change == euros("1237.10")
