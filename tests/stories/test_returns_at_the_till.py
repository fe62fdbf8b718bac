"""Goods that come back, by the keys of a real till: to the cent, in exchange, without a receipt, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.domain.return_policy import ReturnPolicy, WithoutReceipt
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.tender import TenderKind
from omsdesk.domain.values import Money
from omsdesk.store import journal
from omsdesk.store.queries import till as queries
from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.approvals.approval_sheet import ApprovalSheet
from omsdesk.ui.till.done_view import DoneView
from omsdesk.ui.till.pay_view import PayView
from omsdesk.ui.till.returns.return_sheet import ReturnSheet
from omsdesk.ui.till.screen import Mode
from tests.ui.till.card_shop import OPEN_FOR_CARDS
from tests.ui.till.shop import PINS, SHOP, Station, code_of, set_up

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
K = Qt.Key


@pytest.fixture
def till(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Station]:
    theme.apply(theme.load("light"), qapp)
    made = Station(set_up(tmp_path), qtbot).start()
    yield made
    made.stop()


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


def sales(till: Station) -> list[SaleCompleted]:
    return [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, SaleCompleted)]


def keys(till: Station, text: str) -> None:
    till.type_in(text)
    till.bot.wait(60)
    till.settle()


def sell(till: Station, *products: str, end: Qt.Key = K.Key_F5) -> SaleCompleted:
    """Ring up, and end it by a key; the next customer stands there."""
    for product in products:
        till.scan(code_of(product))
    till.press(end)
    assert till.is_in(Mode.DONE)
    till.press(K.Key_F12)
    return sales(till)[-1]


def pay_in_parts(till: Station, cash: str) -> SaleCompleted:
    """Pay a part in cash and the rest by card."""
    till.press(K.Key_F12)
    keys(till, cash)
    till.press(K.Key_Return)
    till.press(K.Key_2, ALT)
    till.press(K.Key_2, ALT)
    assert till.is_in(Mode.DONE)
    till.press(K.Key_F12)
    return sales(till)[-1]


def with_rules(till: Station, policy: ReturnPolicy) -> None:
    till.do(SaveShop(replace(SHOP, returns=policy)))
    till.settle()


def as_cashier(till: Station) -> None:
    till.state.counter.person = queries.person(till.reader, "ben")


def test_one_of_three_comes_back_with_its_discount_and_tax_to_the_cent(till: Station) -> None:
    for _ in range(3):
        till.scan(code_of("guji"))
    till.press(K.Key_F9)
    keys(till, "10")
    till.press(K.Key_Return)
    till.press(K.Key_F5)
    till.press(K.Key_F12)
    sold = sales(till)[-1]
    assert sold.total == euros("34.83")
    till.press(K.Key_F7)
    till.scan(sold.sale)
    sheet = till.sheet(ReturnSheet)
    assert [(line.quantity, line.title, line.detail) for line in sheet.lines.lines()] == [
        ("0", "Ethiopia Guji 250 g", "3 bought · paid €11.61 each with a discount")
    ]
    till.scan(code_of("guji"))
    assert sheet.put.amount == "€11.61"
    keys(till, "/")
    till.press(K.Key_Right)
    till.press(K.Key_Return)
    cart = till.screen.cart
    assert (cart.title.text(), cart.total_name.text(), till.total) == ("Return", "To give back", "€11.61")
    assert cart._alarm is Tone.WARN
    (line,) = cart.lines.lines()
    assert (line.quantity, line.note, line.icon) == ("-1", "Returned, to scrap: Changed their mind", "undo-2")
    till.press(K.Key_F12)
    till.press(K.Key_Return)
    assert till.view(DoneView).name.text() == "Given back"
    back = sales(till)[-1]
    assert (back.total, back.net + back.taxes[0].amount) == (euros("-11.61"), euros("-11.61"))
    assert back.taxes[0].amount == euros("-0.76")
    assert back.lines[0].returned is not None
    assert back.lines[0].returned.place == "scrap"
    assert cart._alarm is None
    rest_of_it(till, sold)


def rest_of_it(till: Station, sold: SaleCompleted) -> None:
    till.press(K.Key_F12)
    till.press(K.Key_F7)
    till.scan(sold.sale)
    assert (
        till.sheet(ReturnSheet).lines.lines()[0].detail == "3 bought · 1 came back · paid €11.61 each with a discount"
    )
    keys(till, "*")
    till.press(K.Key_Return)
    till.press(K.Key_F12)
    till.press(K.Key_Return)
    backs = sales(till)[-2:]
    assert sum(row.total.minor for row in backs) == -sold.total.minor
    assert sum(row.taxes[0].amount.minor for row in backs) == -sold.taxes[0].amount.minor


def test_what_came_back_once_does_not_come_back_again(till: Station) -> None:
    sold = sell(till, "mug")
    for _ in range(2):
        till.press(K.Key_F7)
        keys(till, sold.number)
        till.press(K.Key_Return)
        till.scan(code_of("mug"))
        if till.said:
            break
        till.press(K.Key_Return)
        till.press(K.Key_F12)
        till.press(K.Key_Return)
        till.press(K.Key_F12)
    assert till.said == "All of “Travel mug 350 ml” came back."
    till.press(K.Key_Return)
    assert till.lines == []
    assert len(sales(till)) == 2


def test_an_even_exchange_ends_with_one_key(till: Station) -> None:
    sold = sell(till, "mug")
    till.press(K.Key_F7)
    keys(till, sold.number)
    till.press(K.Key_Return)
    till.press(K.Key_Return)
    till.scan(code_of("mug"))
    assert till.total == "€0.00"
    assert till.screen.cart.title.text() == "Exchange"
    assert till.screen.cart.pay.label == "Finish"
    till.press(K.Key_F12)
    assert till.is_in(Mode.DONE)
    document = sales(till)[-1]
    assert (document.total, document.tenders) == (euros("0"), ())
    assert [row.quantity.micro // 1_000_000 for row in document.lines] == [-1, 1]


def test_an_uneven_exchange_pays_the_difference_either_way(till: Station) -> None:
    sold = sell(till, "mug", "guji")
    till.press(K.Key_F7)
    till.scan(sold.sale)
    till.scan(code_of("guji"))
    till.press(K.Key_Return)
    till.scan(code_of("house"))
    assert till.total == "€14.60"
    till.press(K.Key_F5)
    assert sales(till)[-1].total == euros("14.60")
    till.press(K.Key_F12)
    till.press(K.Key_F7)
    till.scan(sold.sale)
    till.scan(code_of("mug"))
    till.press(K.Key_Return)
    till.scan(code_of("oat"))
    assert (till.total, till.screen.cart.total_name.text()) == ("€21.20", "To give back")
    till.press(K.Key_F5)
    assert till.is_in(Mode.SELLING), "the key of exact cash gives no money out"
    till.press(K.Key_F12)
    till.press(K.Key_Return)
    assert sales(till)[-1].total == euros("-21.20")


def test_goods_of_two_receipts_come_back_on_one_ticket(till: Station) -> None:
    one, other = sell(till, "mug"), sell(till, "guji")
    till.press(K.Key_F7)
    till.scan(one.sale)
    till.scan(code_of("mug"))
    till.scan(other.sale)
    till.scan(code_of("guji"))
    till.press(K.Key_Return)
    assert till.total == "€36.90"
    receipts = [row.returned.number for row in till.state.session.lines if row.returned]
    assert receipts == [one.number, other.number]


def test_money_goes_back_to_the_card_and_then_in_cash(till: Station) -> None:
    for product in ("mug", "guji"):
        till.scan(code_of(product))
    sold = pay_in_parts(till, "10")
    assert [(row.method, row.amount) for row in sold.tenders] == [("cash", euros("10")), ("card", euros("26.90"))]
    as_cashier(till)
    till.press(K.Key_F7)
    till.scan(sold.sale)
    keys(till, "*")
    till.press(K.Key_Return)
    till.press(K.Key_F12)
    view = till.view(PayView)
    assert view.origin.text() == "Card €26.90 + Cash €10.00"
    assert view.method is not None
    assert (view.method.code, view.due.text(), view.take_button.amount) == ("card", "€36.90", "€26.90")
    assert (view.change_name.text(), view.change.text()) == ("Still to give back", "€10.00")
    till.press(K.Key_Return)
    assert (view.method.code, view.take_button.amount) == ("cash", "€10.00")
    till.press(K.Key_Return)
    back = sales(till)[-1]
    assert [(row.method, row.amount) for row in back.tenders] == [("card", euros("-26.90")), ("cash", euros("-10"))]
    assert till.view(DoneView).change.text() == "€36.90"


def test_a_cashier_gives_no_cash_for_what_was_paid_by_card(till: Station) -> None:
    till.scan(code_of("mug"))
    till.press(K.Key_F12)
    till.press(K.Key_2, ALT)
    till.press(K.Key_2, ALT)
    till.press(K.Key_F12)
    as_cashier(till)
    till.press(K.Key_F7)
    till.scan(sales(till)[-1].sale)
    keys(till, "*")
    till.press(K.Key_Return)
    till.press(K.Key_F12)
    till.press(K.Key_1, ALT)
    till.press(K.Key_1, ALT)
    assert len(sales(till)) == 1, "somebody has to agree first"
    sheet = till.sheet(ApprovalSheet)
    assert sheet.sentence.text() == "Ben Okafor wants to give money back another way than it was paid: €24.00."
    till.press(K.Key_Right)
    till.type_in(PINS["anna"])
    till.press(K.Key_Return)
    till.until(lambda: len(sales(till)) == 2)
    till.settle()
    assert [(row.method, row.amount) for row in sales(till)[-1].tenders] == [("cash", euros("-24.00"))]


def test_without_a_receipt_a_shop_may_give_store_credit_and_no_money(till: Station) -> None:
    shop = replace(OPEN_FOR_CARDS.shop, returns=ReturnPolicy(0, WithoutReceipt.LIMIT, 5000, is_credit_only=True))
    till.do(SaveShop(shop))
    till.settle()
    as_cashier(till)
    till.press(K.Key_F7)
    till.press(K.Key_F7)
    till.scan(code_of("guji"))
    till.press(K.Key_Return)
    assert till.total == "€12.90", "so little needs nobody"
    till.state.checkout.open()
    till.settle()
    method = till.view(PayView).method
    assert method is not None
    assert method.kind is TenderKind.STORED
    till.press(K.Key_Return)
    till.press(K.Key_Return)
    assert till.is_in(Mode.DONE)
    (tender,) = sales(till)[-1].tenders
    assert (tender.account.partition(":")[0], tender.amount) == ("store_credit", euros("-12.90"))


def test_without_a_receipt_it_brings_the_lowest_price_as_the_shop_allows(till: Station) -> None:
    till.scan(code_of("guji"))
    till.press(K.Key_F5)
    till.press(K.Key_F12)
    till.press(K.Key_F7)
    till.press(K.Key_F7)
    till.scan(code_of("guji"))
    sheet = till.sheet(ReturnSheet)
    assert sheet.lines.lines()[0].detail == "€12.90 each, the lowest of 30 days"
    keys(till, "oat")
    till.press(K.Key_Return)
    assert [line.title for line in sheet.lines.lines()] == ["Ethiopia Guji 250 g", "Oat milk 1 L"]
    till.press(K.Key_Return)
    assert till.total == "€15.70"
    till.press(K.Key_F12)
    till.press(K.Key_Return)
    assert sales(till)[-1].total == euros("-15.70")


def test_a_shop_that_takes_nothing_back_without_a_receipt_does_not_ask(till: Station) -> None:
    with_rules(till, ReturnPolicy(without_receipt=WithoutReceipt.NEVER))
    till.press(K.Key_F7)
    assert not till.sheet(ReturnSheet).other.isVisible()
    till.press(K.Key_F7)
    till.scan(code_of("guji"))
    assert till.lines == []


@pytest.mark.parametrize("text", ["24.00", "mug", "today", "today mug 24"])
def test_a_lost_receipt_is_found_by_what_is_remembered(till: Station, text: str) -> None:
    sell(till, "guji")
    wanted = sell(till, "mug")
    sell(till, "oat")
    till.press(K.Key_F7)
    sheet = till.sheet(ReturnSheet)
    till.until(lambda: sheet.list.count() == 3)
    keys(till, text)
    numbers = [result.title for result in sheet.list._results]
    till.until(lambda: wanted.number in [result.title for result in sheet.list._results])
    assert text == "today" or len(sheet.list._results) == 1, numbers
    if text != "today":
        till.press(K.Key_Return)
        assert "Travel mug" in sheet.lines.lines()[0].title


def test_the_last_receipts_lead_to_a_return(till: Station) -> None:
    sell(till, "mug")
    till.press(K.Key_F8)
    till.press(K.Key_F7)
    assert till.sheet(ReturnSheet).lines.lines()[0].title == "Travel mug 350 ml"


def test_a_return_is_taken_off_the_ticket_again_by_a_key(till: Station) -> None:
    sold = sell(till, "mug")
    till.press(K.Key_F7)
    till.scan(sold.sale)
    till.press(K.Key_Return)
    till.press(K.Key_Z, CTRL)
    assert till.lines == []
    assert till.screen.cart._alarm is None


def test_the_digits_of_a_card_find_its_receipt(till: Station) -> None:
    till.scan(code_of("mug"))
    till.press(K.Key_F12)
    view = till.view(PayView)
    assert not view.digits.isVisible()
    till.press(K.Key_2, ALT)
    assert view.digits.isVisible()
    keys(till, "24")
    assert view.given.text() == "24", "what is typed is the amount, as ever"
    view.digits.setFocus()
    keys(till, "4711")
    till.press(K.Key_Return)
    (sold,) = sales(till)
    assert sold.tenders[0].reference == "4711"
    till.press(K.Key_F12)
    sell(till, "oat")
    till.press(K.Key_F7)
    keys(till, "4711")
    sheet = till.sheet(ReturnSheet)
    till.until(lambda: [row.title for row in sheet.list._results] == [sold.number])
    till.press(K.Key_Return)
    assert sheet.lines.lines()[0].title == "Travel mug 350 ml"


def test_a_return_right_after_a_sale_is_the_next_ticket(till: Station) -> None:
    till.scan(code_of("mug"))
    till.press(K.Key_F5)
    assert till.is_in(Mode.DONE)
    till.press(K.Key_F7)
    till.scan(sales(till)[-1].sale)
    till.press(K.Key_Return)
    assert till.is_in(Mode.SELLING)
    assert till.total == "€24.00"
    assert till.lines == [("-1", "Travel mug 350 ml")]
