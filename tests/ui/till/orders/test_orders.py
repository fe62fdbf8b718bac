"""Orders through the real screen: a layaway in parts, one that is given up, a quotation, a delivery."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.order import OrderPlaced, Purpose, Status
from omsdesk.domain.order_command import ChangeOrder
from omsdesk.domain.order_terms import Instalment, days_after
from omsdesk.domain.printing import PaperKind, PrintAsked
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.shop import SaveShop
from omsdesk.store import journal
from omsdesk.store.queries import orders as queries
from omsdesk.store.queries.orders import Known
from omsdesk.ui.days import day_text
from omsdesk.ui.till.orders.order_money_sheets import GiveUpSheet, PaymentSheet
from omsdesk.ui.till.orders.order_sheet import OrderSheet
from omsdesk.ui.till.orders.orders_sheet import OrdersSheet
from omsdesk.ui.till.pay_view import PayView
from omsdesk.ui.till.screen import Mode
from tests.ui.till.bench import euros
from tests.ui.till.card_shop import A_CUSTOMER, ANNA
from tests.ui.till.shop import Station, code_of

CTRL = Qt.KeyboardModifier.ControlModifier


def order_key(till: Station) -> None:
    till.press(Qt.Key.Key_O, CTRL)


def new_order(till: Station, *products: str, kind: str = "Layaway") -> OrderSheet:
    """Ring up goods and begin to order them for Frieda."""
    for product in products or ("grinder",):
        till.scan(code_of(product))
    order_key(till)
    sheet = till.sheet(OrderSheet)
    while not next(button for button in sheet.kinds.values() if button.label == kind).isChecked():
        order_key(till)
    till.type_in("Frieda")
    sheet.phone.setText("040 123456")
    return sheet


def pay_in_cash(till: Station) -> None:
    """End a ticket in the pay view: F12 takes what is asked for in cash."""
    till.view(PayView)
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.is_in(Mode.DONE))
    till.press(Qt.Key.Key_Escape)


def listed(till: Station) -> OrdersSheet:
    order_key(till)
    sheet = till.sheet(OrdersSheet)
    till.until(lambda: sheet.marked is not None)
    return sheet


def known(till: Station, at: int = 0) -> Known:
    return queries.newest_orders(till.reader)[at]


def papers(till: Station) -> list[PaperKind]:
    facts = (entry.fact for entry in journal.since(till.database.writer, 0))
    return [fact.paper for fact in facts if isinstance(fact, PrintAsked) and fact.paper is PaperKind.ORDER]


def test_a_layaway_with_a_deposit_and_two_instalments_is_handed_over(till: Station) -> None:
    sheet = new_order(till)
    assert sheet.deposit.amount() == euros("17.80"), "a fifth is proposed"
    assert "€35.60 by" in sheet.summary.text()
    till.press(Qt.Key.Key_F12)
    assert till.total == "€17.80"
    pay_in_cash(till)
    placed = known(till)
    assert placed.status(till.state.counter.day) is Status.PARTLY_PAID
    assert placed.order.party.name == "Frieda"
    for left in ("€35.60", "€35.60"):
        assert listed(till).next.amount == left
        till.press(Qt.Key.Key_Return)
        assert till.total == left
        pay_in_cash(till)
    assert listed(till).next.label == "Hand over"
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.is_in(Mode.DONE))
    ended = till.state.checkout.completed
    assert ended is not None
    assert [tender.method for tender in ended.tenders] == ["deposit"]
    assert ended.total == euros("89.00")
    assert known(till).status(till.state.counter.day) is Status.HANDED_OVER
    assert not known(till).held
    assert len(papers(till)) == 3, "after each payment the customer has how it stands"


def test_one_that_is_given_up_keeps_the_fee_to_the_cent(till: Station) -> None:
    new_order(till, "grinder", "guji")
    till.press(Qt.Key.Key_F12)
    pay_in_cash(till)
    listed(till).give_up.click()
    sheet = till.sheet(GiveUpSheet)
    assert sheet.fee.amount() == euros("10.19"), "a tenth of 101.90"
    assert "€10.19 goes back" in sheet.back.text(), "20.38 was paid"
    till.type_in("moved away")
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.is_in(Mode.PAYING))
    assert till.state.checkout.due == euros("-10.19")
    pay_in_cash(till)
    assert known(till).status(till.state.counter.day) is Status.CANCELLED
    assert not known(till).held
    assert known(till).order.cancelled[0].reason == "moved away"
    in_drawer = till.database.writer.value("SELECT sum(amount) FROM cash_movement WHERE reason = 'sale'")
    assert in_drawer == 1019


def test_a_quotation_holds_its_price_after_the_shelf_got_dearer(till: Station) -> None:
    sheet = new_order(till, kind="Quotation")
    assert sheet.deposit.isHidden()
    assert "prices hold until" in sheet.summary.text()
    till.press(Qt.Key.Key_F12)
    assert "written down" in till.said
    assert len(papers(till)) == 1
    till.do(SaveProducts("dearer", (ProductEdit("grinder", price=euros("109.00")),)))
    assert listed(till).next.label == "Accept"
    till.press(Qt.Key.Key_Return)
    assert "is an order now" in till.said
    listed(till).hand.click()
    till.settle()
    assert till.total == "€89.00"
    pay_in_cash(till)
    assert known(till).status(till.state.counter.day) is Status.HANDED_OVER


def test_a_delivery_is_paid_in_full_at_the_till(till: Station) -> None:
    sheet = new_order(till, kind="Delivery")
    till.press(Qt.Key.Key_F12)
    assert till.sheet(OrderSheet) is sheet, "without an address nothing can be sent"
    sheet.address.setText("Hafenstraße 12, 20457 Hamburg")
    till.press(Qt.Key.Key_F12)
    assert till.total == "€89.00"
    pay_in_cash(till)
    placed = known(till)
    assert placed.order.party.address == ("Hafenstraße 12", "20457 Hamburg")
    assert placed.status(till.state.counter.day) is Status.PAID
    assert placed.order.purpose is Purpose.DELIVERY
    (fact,) = [fact for fact in facts(till) if isinstance(fact, OrderPlaced)]
    assert not fact.prints, "its paper comes with what was paid"


def facts(till: Station) -> list[object]:
    return [entry.fact for entry in journal.since(till.database.writer, 0)]


def test_another_amount_can_be_paid_and_never_more_than_is_due(till: Station) -> None:
    new_order(till)
    till.press(Qt.Key.Key_F12)
    pay_in_cash(till)
    listed(till).pay.click()
    sheet = till.sheet(PaymentSheet)
    sheet.amount.set_amount(euros("99.00"))
    till.press(Qt.Key.Key_Return)
    assert till.sheet(PaymentSheet) is sheet
    sheet.amount.set_amount(euros("40.00"))
    till.press(Qt.Key.Key_Return)
    assert till.total == "€40.00"
    pay_in_cash(till)
    assert known(till).due == euros("31.20")


def test_handing_over_what_is_not_paid_takes_the_rest_in_the_same_step(till: Station) -> None:
    new_order(till)
    till.press(Qt.Key.Key_F12)
    pay_in_cash(till)
    listed(till).hand.click()
    till.until(lambda: till.is_in(Mode.PAYING))
    assert till.state.checkout.due == euros("71.20")
    pay_in_cash(till)
    assert known(till).status(till.state.counter.day) is Status.HANDED_OVER


def test_an_order_is_opened_by_its_code_and_found_by_what_is_typed(till: Station) -> None:
    new_order(till)
    till.press(Qt.Key.Key_F12)
    pay_in_cash(till)
    till.scan(known(till).order.number)
    sheet = till.sheet(OrdersSheet)
    till.until(lambda: sheet.marked is not None)
    assert sheet.card.number.text() == "1A-B00001"
    sheet.field.setText("nobody")
    till.until(lambda: sheet.marked is None)
    assert "No order fits" in sheet.empty.accessibleName() or sheet.empty.isVisible()
    sheet.field.setText("frie")
    till.until(lambda: sheet.marked is not None)
    sheet.field.setText("040 12")
    till.until(lambda: sheet.marked is not None)


def test_what_is_proposed_is_what_the_shop_has_set(till: Station) -> None:
    shop = till.state.counter.shop
    rules = replace(shop, layaway_ppm=500_000, layaway_parts=4, layaway_days=0, quotation_days=7, cancel_ppm=0)
    till.do(SaveShop(rules))
    till.feed.look()
    till.until(lambda: till.state.counter.shop.layaway_parts == 4)
    sheet = new_order(till)
    assert sheet.deposit.amount() == euros("44.50")
    assert (sheet.parts.currentData(), sheet.until.text()) == (4, "")
    assert "Giving it up" not in sheet.summary.text()
    till.press(Qt.Key.Key_F12)
    pay_in_cash(till)
    assert known(till).order.terms.fee.ppm == 0
    assert [part.amount for part in known(till).order.terms.plan] == [euros("11.13")] * 2 + [euros("11.12")] * 2
    sheet = new_order(till, kind="Quotation")
    assert sheet.until.text() == day_text(days_after(till.state.counter.day, 7), shop.locale)


def test_without_a_sale_the_key_lists_what_is_open(till: Station) -> None:
    order_key(till)
    sheet = till.sheet(OrdersSheet)
    till.until(sheet.empty.isVisible)
    assert shown_buttons(sheet) == []


def shown_buttons(sheet: OrdersSheet) -> list[QWidget]:
    return [button for button in sheet.buttons() if button.isVisible()]


@pytest.mark.parametrize("typed", ["x", "2020-01-01"])
def test_a_day_that_is_none_or_over_is_asked_about(till: Station, typed: str) -> None:
    sheet = new_order(till)
    sheet.until.setText(typed)
    till.press(Qt.Key.Key_F12)
    assert till.sheet(OrderSheet) is sheet
    sheet.until.setText("30")
    till.press(Qt.Key.Key_F12)
    assert till.screen.sheet is None


def test_the_paper_is_saved_as_pdf(till: Station) -> None:
    new_order(till, kind="Quotation")
    till.press(Qt.Key.Key_F12)
    listed(till).pdf.click()
    till.until(lambda: "Saved as" in till.said)
    (file,) = (till.path.parent / "documents").glob("order-*.pdf")
    assert file.read_bytes().startswith(b"%PDF")


def test_goods_are_handed_over_on_the_ticket_of_whoever_ordered_them(till: Station) -> None:
    till.do(*A_CUSTOMER)
    till.scan(code_of("grinder"))
    till.state.session.set_customer(ANNA.id)
    till.settle()
    order_key(till)
    till.sheet(OrderSheet)
    till.press(Qt.Key.Key_F12)
    pay_in_cash(till)
    listed(till).hand.click()
    till.until(lambda: till.is_in(Mode.PAYING))
    pay_in_cash(till)
    handed = [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, SaleCompleted)][-1]
    assert handed.customer is not None
    assert (handed.customer.name, handed.total) == (ANNA.name, euros("89.00"))


def test_a_payment_that_is_late_is_said_when_its_customer_is_attached(till: Station) -> None:
    till.do(*A_CUSTOMER)
    till.scan(code_of("grinder"))
    till.state.session.set_customer(ANNA.id)
    till.settle()
    order_key(till)
    till.press(Qt.Key.Key_F12)
    pay_in_cash(till)
    till.state.session.set_customer(ANNA.id)
    till.settle()
    assert not till.screen.cart.note.isVisible()
    order = known(till).order
    plan = (Instalment("2020-01-31", euros("71.20")),)
    till.do(ChangeOrder(order.order, order.rows, replace(order.terms, plan=plan)))
    till.feed.look()
    till.until(lambda: till.screen.cart.note.text() == "Late: €71.20 of order 1A-B00001. Ctrl+O shows it.")
    order_key(till)
    sheet = till.sheet(OrdersSheet)
    assert sheet.field.text() == ANNA.name, "theirs come first"
    till.until(lambda: sheet.marked is not None)
    assert "late since 31/01/2020" in sheet.card.status.text()
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert till.total == "€71.20"
    pay_in_cash(till)
    till.state.session.set_customer(ANNA.id)
    till.until(lambda: not till.screen.cart.note.isVisible())
