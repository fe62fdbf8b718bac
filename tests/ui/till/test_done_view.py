"""The moment after a payment: the receipt by a digit, and whatever else is typed begins the next sale."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from omsdesk.domain.printing import PrintAsked
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale import SaleCompleted
from omsdesk.store import journal
from omsdesk.ui.till.done_view import ALONE, DoneView
from omsdesk.ui.till.screen import Mode
from tests.ui.till.shop import CARD, Station, code_of


@pytest.fixture
def paid(till: Station) -> Station:
    """A sale that was just paid."""
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F5)
    assert till.is_in(Mode.DONE)
    return till


def copies(till: Station) -> int:
    facts = [entry.fact for entry in journal.since(till.reader, 0)]
    return sum(isinstance(fact, PrintAsked) and fact.is_copy for fact in facts)


def test_a_digit_alone_is_the_receipt(paid: Station) -> None:
    paid.type_in("1")
    paid.until(lambda: paid.said == "The copy is printing.")
    assert paid.is_in(Mode.DONE)


def test_a_quantity_is_the_next_customers_and_prints_nothing(paid: Station) -> None:
    paid.type_in("12*")
    paid.until(lambda: paid.is_in(Mode.SELLING))
    paid.scan(code_of("oat"))
    assert paid.lines == [("12", "Oat milk 1 L")]
    paid.bot.wait(ALONE + 50)
    assert copies(paid) == 0


def test_a_name_is_searched_for_from_its_first_letter(paid: Station) -> None:
    paid.type_in("grin")
    paid.until(lambda: paid.screen.sell.field.text() == "grin")
    assert paid.screen.sell.results.isVisible()
    paid.press(Qt.Key.Key_Return)
    assert paid.lines == [("1", "Hand grinder S2")]


def test_a_digit_that_is_a_command_chooses_no_receipt(paid: Station) -> None:
    view = paid.view(DoneView)
    for text in ("1", "4"):
        QTest.keyClicks(view, text, Qt.KeyboardModifier.AltModifier)
    paid.bot.wait(ALONE + 50)
    assert copies(paid) == 0
    assert paid.screen.sell.field.text() == ""


def test_a_digit_and_enter_is_the_receipt_and_the_next_customer(paid: Station) -> None:
    paid.type_in("1")
    paid.press(Qt.Key.Key_Return)
    assert copies(paid) == 1
    assert paid.is_in(Mode.SELLING)


def test_a_digit_counts_though_the_next_article_is_scanned_at_once(paid: Station) -> None:
    paid.type_in("1")
    paid.scan(code_of("oat"))
    paid.until(lambda: copies(paid) == 1)
    assert (paid.is_in(Mode.SELLING), paid.lines) == (True, [("1", "Oat milk 1 L")])


@pytest.mark.parametrize("key", [Qt.Key.Key_F12, Qt.Key.Key_Escape, Qt.Key.Key_F2])
def test_a_digit_counts_though_the_next_customer_comes_at_once(paid: Station, key: Qt.Key) -> None:
    paid.type_in("1")
    paid.press(key)
    paid.until(lambda: copies(paid) == 1)
    assert paid.is_in(Mode.SELLING)


def test_no_receipt_for_one_customer_does_not_send_the_next_one_away(paid: Station) -> None:
    paid.type_in("5")
    paid.scan(code_of("oat"))
    paid.press(Qt.Key.Key_F5)
    paid.until(lambda: paid.is_in(Mode.DONE))
    paid.bot.wait(ALONE + 50)
    assert paid.is_in(Mode.DONE)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F12, Qt.Key.Key_Escape, Qt.Key.Key_F2])
def test_the_next_customer_comes_by_any_way_on(paid: Station, key: Qt.Key) -> None:
    paid.press(key)
    assert paid.is_in(Mode.SELLING)
    assert paid.screen.sell.field.hasFocus()
    assert copies(paid) == 0


def test_keys_of_the_cart_mean_nothing_where_there_is_no_cart(paid: Station) -> None:
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Delete, Qt.Key.Key_Left):
        paid.press(key)
    assert paid.is_in(Mode.DONE)


def test_without_paper_the_first_print_is_offered_as_such(till: Station) -> None:
    till.state.checkout.paper = Paper.NONE
    till.scan(code_of("guji"))
    till.state.checkout.pay(CARD)
    till.settle()
    view = till.view(DoneView)
    assert (view.print_button.label, view.none_button.isVisible()) == ("Print", True)
    view.print_receipt()
    till.settle()
    assert till.said == "The receipt is printing."
    assert (view.print_button.label, view.none_button.isVisible()) == ("Print a copy", False)


def test_the_change_and_what_it_was_given_for_are_told(till: Station) -> None:
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F12)
    till.type_in("20")
    till.press(Qt.Key.Key_Return)
    view = till.view(DoneView)
    assert (view.name.text(), view.change.text()) == ("Change", "€7.10")
    assert view.detail.text() == "€20.00 given, €12.90 to pay"
    sales = [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, SaleCompleted)]
    assert view.number.text() == f"Receipt {sales[0].number} is printing"
