"""Other goods on an order, through the real screen: as a ticket, by keys, and what was paid or fetched bounds it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from omsdesk.domain.order_command import HandedPortion, HandOver
from omsdesk.domain.order_ticket import DEPOSIT
from omsdesk.domain.ordering import account_of
from omsdesk.domain.sale_command import CompleteSale, TakeTender
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.queries import orders as queries
from omsdesk.store.queries import till as people
from omsdesk.store.queries.till import reserved
from omsdesk.ui.till.approvals.approval_sheet import ApprovalSheet
from omsdesk.ui.till.orders.change_goods_sheet import ChangeGoodsSheet
from omsdesk.ui.till.orders.orders_sheet import OrdersSheet
from omsdesk.ui.till.screen import Mode
from tests.ui.till.bench import euros
from tests.ui.till.orders.test_orders import known, listed, new_order, pay_in_cash
from tests.ui.till.shop import PINS, SHOP, Station, code_of


def changing(till: Station) -> ChangeGoodsSheet:
    """Take the order up and change its goods."""
    listed(till).card.goods.click()
    return till.sheet(ChangeGoodsSheet)


def written(till: Station, sheet: ChangeGoodsSheet) -> OrdersSheet:
    """Write the change down; the order is in sight again."""
    assert till.sheet(ChangeGoodsSheet) is sheet
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.screen.sheet is not None and isinstance(till.screen.sheet.content, OrdersSheet))
    shown = till.sheet(OrdersSheet)
    till.until(lambda: shown.marked is not None)
    return shown


def shown(sheet: ChangeGoodsSheet) -> list[str]:
    return [sheet.editor.lines.name_of(at) for at in range(sheet.editor.lines.count())]


@pytest.fixture
def layaway(till: Station) -> Station:
    """A grinder for 89, a fifth of it paid."""
    new_order(till)
    till.press(Qt.Key.Key_F12)
    pay_in_cash(till)
    return till


def test_goods_are_put_on_and_taken_off_and_the_deposit_stays(layaway: Station) -> None:
    till = layaway
    sheet = changing(till)
    assert not sheet.editor.save.isEnabled(), "nothing is different yet"
    till.scan(code_of("guji"))
    assert sheet.editor.total.text() == "€101.90"
    till.type_in("+")
    till.until(lambda: shown(sheet)[1].startswith("2 × Ethiopia Guji"))
    till.press(Qt.Key.Key_Up)
    till.press(Qt.Key.Key_Delete)
    assert sheet.editor.total.text() == "€25.80"
    assert sheet.editor.due.text() == "€8.00"
    assert not known(till).order.changed, "nothing holds before it is written down"
    orders = written(till, sheet)
    assert "comes to €25.80 now. €8.00 is to be paid." in till.said
    after = known(till)
    assert (after.order.total, after.held) == (euros("25.80"), euros("17.80"))
    assert reserved(till.reader, "grinder", SHOP) == Quantity(0)
    assert reserved(till.reader, "guji", SHOP) == Quantity.of(2)
    assert orders.next.amount == "€4.00", "the plan shares the new rest"
    assert sum((part.amount for part in after.order.terms.plan), start=euros("0")) == euros("8.00")


def test_something_is_found_by_its_name_and_taken_three_times(layaway: Station) -> None:
    till = layaway
    sheet = changing(till)
    till.type_in("3*guj")
    till.until(lambda: sheet.editor.field.text() == "3*guj")
    assert sheet.editor.found.isVisible()
    till.press(Qt.Key.Key_Return)
    assert shown(sheet)[1].startswith("3 × Ethiopia Guji")
    assert sheet.editor.lines.isVisible()
    till.scan("4099999999990")
    assert "Nothing is known" in sheet.editor.problem.text()
    assert till.state.session.sale is None, "what is scanned here is not the ticket's"
    till.press(Qt.Key.Key_Escape)
    assert not known(till).order.changed, "it was left as it was"


def test_one_more_of_the_same_is_the_same_line(layaway: Station) -> None:
    till = layaway
    sheet = changing(till)
    till.scan(code_of("grinder"))
    (line,) = shown(sheet)
    assert line.startswith("2 × Hand grinder")
    written(till, sheet)
    assert known(till).order.total == euros("178.00")


def test_less_than_was_paid_goes_back_at_once(layaway: Station) -> None:
    till = layaway
    sheet = changing(till)
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_Up)
    till.press(Qt.Key.Key_Delete)
    assert "Goes back" in sheet.editor.due_name.text()
    assert sheet.editor.due.text() == "€4.90"
    assert "More was paid" in sheet.editor.note.text()
    orders = written(till, sheet)
    assert (orders.next.label, orders.next.amount) == ("Give back", "€4.90")
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.is_in(Mode.PAYING))
    assert till.state.checkout.due == euros("-4.90")
    pay_in_cash(till)
    assert not known(till).due


def test_what_was_handed_over_stays_on_the_order(till: Station) -> None:
    sheet = new_order(till, "guji", "guji")
    sheet.deposit.set_amount(euros("25.80"))
    till.press(Qt.Key.Key_F12)
    pay_in_cash(till)
    order = known(till).order
    paid = TakeTender("given", "tender", DEPOSIT, euros("12.90"), account=account_of(order.order))
    part = HandedPortion("given-line", order.rows[0].line, ONE)
    till.do(HandOver("given", order.order, (part,)), paid, CompleteSale("given"))
    changed = changing(till)
    till.press(Qt.Key.Key_Delete)
    assert "1 × “Ethiopia Guji" in changed.editor.problem.text()
    assert "stays on the order" in changed.editor.problem.text()
    assert shown(changed)[0].startswith("2 × ")
    till.type_in("+")
    till.until(lambda: not changed.editor.problem.isVisible())
    assert "1 handed over" in shown(changed)[0]
    till.type_in("--")
    till.until(lambda: shown(changed)[0].startswith("1 × "))
    written(till, changed)
    assert queries.open_orders(till.reader)[0].is_to_settle, "one was fetched, the other is not wanted: 12.90 goes back"


def as_cashier(till: Station) -> None:
    till.state.counter.person = people.person(till.reader, "ben")


def test_a_cashier_has_somebody_agree_to_less_than_was_paid_and_nothing_is_lost(layaway: Station) -> None:
    till = layaway
    as_cashier(till)
    changing(till)
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_Up)
    till.press(Qt.Key.Key_Delete)
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.screen.sheet is not None and isinstance(till.screen.sheet.content, ApprovalSheet))
    assert "to less than was paid for it" in till.sheet(ApprovalSheet).sentence.text()
    assert not known(till).order.changed
    till.press(Qt.Key.Key_Escape)
    till.until(lambda: till.screen.sheet is not None and isinstance(till.screen.sheet.content, ChangeGoodsSheet))
    again = till.sheet(ChangeGoodsSheet)
    assert [row.split(",")[0] for row in shown(again)] == ["1 × Ethiopia Guji 250 g"], "what was wanted is still there"
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.screen.sheet is not None and isinstance(till.screen.sheet.content, ApprovalSheet))
    till.press(Qt.Key.Key_Right)
    till.type_in(PINS["anna"])
    till.press(Qt.Key.Key_Return)
    till.until(lambda: known(till).order.total == euros("12.90"))
    till.until(lambda: till.screen.sheet is not None and isinstance(till.screen.sheet.content, OrdersSheet))
    assert "€4.90 goes back." in till.said
