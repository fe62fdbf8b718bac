"""Paying with a card: scanned or typed, and seen before it is taken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from omsdesk.domain.account import AccountKind, AccountMoved, account_id, owner_of
from omsdesk.domain.sale import SaleCompleted
from omsdesk.store import journal
from omsdesk.ui.till.cards.card_payment_sheet import CardPaymentSheet
from omsdesk.ui.till.screen import Mode
from tests.ui.till.bench import euros
from tests.ui.till.card_shop import A_CUSTOMER, ANNA, GIFT, NUMBER, OPEN_FOR_CARDS, balance, heard
from tests.ui.till.shop import Station, code_of

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def paying(till: Station) -> Station:
    """A ticket of 12.90 that is to be paid by card."""
    till.do(OPEN_FOR_CARDS, *A_CUSTOMER)
    till.settle()
    heard(till.database, GIFT, 3_000)
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F12)
    return till


def chosen(till: Station) -> CardPaymentSheet:
    till.press(Qt.Key.Key_3, ALT)
    till.press(Qt.Key.Key_3, ALT)
    return till.sheet(CardPaymentSheet)


def completed(till: Station) -> list[SaleCompleted]:
    return [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, SaleCompleted)]


def test_a_typed_number_shows_what_it_pays_and_enter_takes_it(paying: Station) -> None:
    sheet = chosen(paying)
    assert not sheet.save.isEnabled()
    paying.type_in(NUMBER)
    paying.until(lambda: sheet.number.text() == NUMBER)
    assert (sheet.there.text(), sheet.takes.text(), sheet.rest.text()) == ("€30.00", "€12.90", "€0.00")
    paying.bot.wait(60)
    paying.press(Qt.Key.Key_Return)
    assert paying.is_in(Mode.DONE)
    assert balance(paying.database) == 1_710


def test_a_scan_takes_it_at_once(paying: Station) -> None:
    chosen(paying)
    paying.scan(NUMBER)
    assert paying.is_in(Mode.DONE)
    assert completed(paying)[-1].tenders[0].account == GIFT


def test_a_card_that_nobody_knows_takes_nothing(paying: Station) -> None:
    sheet = chosen(paying)
    paying.scan("GIFT2026000417")
    assert "Nobody knows this card" in sheet.name.text()
    assert not sheet.save.isEnabled()
    paying.press(Qt.Key.Key_Escape)
    assert paying.screen.sheet is None
    assert paying.is_in(Mode.PAYING)


def test_the_customers_store_credit_is_offered(paying: Station) -> None:
    theirs = account_id(AccountKind.STORE_CREDIT, ANNA.id)
    heard(paying.database, theirs, 500)
    paying.press(Qt.Key.Key_Escape)
    paying.state.customers.attach(ANNA.id)
    paying.settle()
    paying.press(Qt.Key.Key_F12)
    sheet = chosen(paying)
    (button,) = sheet.theirs
    button.click()
    assert (sheet.takes.text(), sheet.rest.text()) == ("€5.00", "€7.90")
    paying.press(Qt.Key.Key_Return)
    assert paying.is_in(Mode.PAYING)
    paying.state.checkout.pay_exactly()
    paying.settle()
    assert balance(paying.database, theirs) == 0


def giving_back(till: Station) -> None:
    """A ticket whose 12.90 go back."""
    till.do(OPEN_FOR_CARDS)
    till.settle()
    from omsdesk.domain.returns import ReturnGoods
    from omsdesk.domain.values import ONE
    from omsdesk.store.queries import till as queries

    till.scan(code_of("guji"))
    till.state.checkout.pay_exactly()
    till.settle()
    sold = completed(till)[-1]
    new_id = till.clock.new_id()
    till.do(ReturnGoods(new_id, till.clock.new_id(), sold.sale, sold.lines[0].line, ONE))
    till.state.session.take_up(queries.sale_state(till.reader, new_id))
    till.state.checkout.next_customer()
    till.state.checkout.open()
    till.settle()


def test_only_what_was_typed_goes_onto_a_note(till: Station) -> None:
    giving_back(till)
    till.type_in("5")
    sheet = chosen(till)
    assert sheet.save.amount == "€5.00"
    till.bot.wait(60)
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert till.state.checkout.due == euros("-7.90")


def test_money_that_goes_back_goes_onto_a_new_note(till: Station) -> None:
    giving_back(till)
    sheet = chosen(till)
    assert "new note" in sheet.name.text()
    till.press(Qt.Key.Key_Return)
    (moved,) = [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, AccountMoved)]
    assert (moved.amount, moved.id.partition(":")[0]) == (1_290, "store_credit")
    till.scan(owner_of(moved.id))
    assert till.screen.sheet is not None
