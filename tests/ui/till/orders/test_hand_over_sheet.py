"""Goods of an order reach whoever fetches them: by one key, in part, and asked about like goods on a ticket."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from omsdesk.domain.order import Status
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.values import Quantity
from omsdesk.store import journal
from omsdesk.ui.till.goods.age_sheet import AgeSheet
from omsdesk.ui.till.goods.serial_sheet import LotSheet, SerialSheet
from omsdesk.ui.till.orders.hand_over_sheet import HandOverSheet
from omsdesk.ui.till.orders.order_sheet import OrderSheet
from omsdesk.ui.till.orders.orders_sheet import OrdersSheet
from omsdesk.ui.till.screen import Mode
from tests.ui.till import goods_shop
from tests.ui.till.bench import euros
from tests.ui.till.goods_shop import code
from tests.ui.till.orders.test_orders import known, listed, new_order, order_key, pay_in_cash
from tests.ui.till.shop import Station, code_of


@pytest.fixture
def goods(till: Station) -> Station:
    """A till that sells what is out of the ordinary, too."""
    till.do(*goods_shop.COMMANDS)
    return till


def ordered(till: Station, *codes: str, paid: str = "") -> None:
    """Order goods for Frieda; whoever orders shows their age and the numbers that are asked."""
    for one in codes:
        till.scan(one)
        if till.screen.sheet is not None and isinstance(till.screen.sheet.content, AgeSheet):
            till.type_in("29021984")
            till.press(Qt.Key.Key_Return)
        elif till.screen.sheet is not None:
            till.type_in(f"first-{one[-3:]}")
            till.press(Qt.Key.Key_Return)
            if till.screen.sheet is not None:
                till.press(Qt.Key.Key_Return)
    order_key(till)
    sheet = till.sheet(OrderSheet)
    till.type_in("Frieda")
    if paid:
        sheet.deposit.set_amount(euros(paid))
    till.press(Qt.Key.Key_F12)
    pay_in_cash(till)


def last_sale(till: Station) -> SaleCompleted:
    return [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, SaleCompleted)][-1]


def test_one_key_hands_over_what_is_still_to_be_paid(till: Station) -> None:
    new_order(till)
    till.press(Qt.Key.Key_F12)
    pay_in_cash(till)
    sheet = listed(till)
    assert (sheet.hand.key, sheet.next.label) == ("F12", "Take")
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.is_in(Mode.PAYING))
    assert till.state.checkout.due == euros("71.20")
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.is_in(Mode.DONE))
    handed = last_sale(till)
    assert [tender.method for tender in handed.tenders] == ["deposit", "cash"]
    assert [row.product for row in handed.lines] == ["grinder"]
    assert known(till).status(till.state.counter.day) is Status.HANDED_OVER


def test_who_fetches_it_shows_their_age_again(goods: Station) -> None:
    till = goods
    ordered(till, code(3))
    listed(till)
    till.press(Qt.Key.Key_F12)
    assert "from 18 years on" in till.sheet(AgeSheet).sentence.text()
    today = date.fromisoformat(till.state.counter.day)
    till.type_in(f"{today.day:02d}{today.month:02d}{today.year - 17}")
    till.press(Qt.Key.Key_Return)
    assert "nothing is handed over" in till.said
    assert till.lines == []
    listed(till)
    till.press(Qt.Key.Key_F12)
    till.sheet(AgeSheet)
    till.type_in("29021984")
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.is_in(Mode.PAYING))
    pay_in_cash(till)
    assert known(till).status(till.state.counter.day) is Status.HANDED_OVER


def test_serial_numbers_and_lots_are_those_of_what_is_handed_over(goods: Station) -> None:
    till = goods
    ordered(till, code(6), code(7), paid="650.90")
    listed(till)
    till.press(Qt.Key.Key_Return)
    till.sheet(SerialSheet)
    till.scan("SN-77")
    till.sheet(LotSheet)
    till.type_in("L-5")
    till.until(lambda: till.sheet(LotSheet).lot.text() == "L-5")
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.is_in(Mode.DONE))
    rows = {row.product: row for row in last_sale(till).lines}
    assert rows["machine"].serials == ("SN-77",)
    assert rows["milk"].lot == "L-5"


def test_giving_the_question_up_hands_nothing_over(goods: Station) -> None:
    till = goods
    ordered(till, code(6), paid="649.00")
    listed(till)
    till.press(Qt.Key.Key_Return)
    till.sheet(SerialSheet)
    till.press(Qt.Key.Key_Escape)
    assert till.lines == []
    assert known(till).order.has_open_rows


def in_part(till: Station) -> HandOverSheet:
    listed(till).part.click()
    return till.sheet(HandOverSheet)


def shown(sheet: HandOverSheet) -> list[str]:
    return [sheet.list.name_of(at) for at in range(sheet.list.count())]


def test_bottles_are_fetched_in_part_and_their_deposit_goes_along(goods: Station) -> None:
    till = goods
    ordered(till, code(9), code(9), code(9), code_of("oat"), paid="1.38")
    sheet = in_part(till)
    assert [row.split(",")[0] for row in shown(sheet)] == ["3 × Cola 0.5 L", "1 × Oat milk 1 L"]
    till.type_in("-")
    till.until(lambda: shown(sheet)[0].startswith("2 × "))
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Delete)
    assert [row.split(",")[0] for row in shown(sheet)] == ["2 × Cola 0.5 L", "0 × Oat milk 1 L"]
    assert sheet.note.text() == "€1.38 is to be paid now.", "2.76, and 1.38 was paid before"
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.is_in(Mode.PAYING))
    pay_in_cash(till)
    handed = last_sale(till)
    assert [(row.product, row.quantity) for row in handed.lines] == [
        ("cola", Quantity.of(2)), ("bottle", Quantity.of(2)),
    ]  # fmt: skip
    assert handed.total == euros("2.76")
    order = known(till).order
    left = {row.product: order.open_quantity(row) for row in order.rows}
    assert left == {"cola": Quantity.of(1), "bottle": Quantity.of(1), "oat": Quantity.of(1)}
    listed(till)
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.is_in(Mode.PAYING))
    pay_in_cash(till)
    assert known(till).order.total == euros("6.94")
    assert not known(till).order.has_open_rows


def test_what_is_scanned_is_what_goes(goods: Station) -> None:
    till = goods
    ordered(till, code(9), code(9), code_of("oat"), paid="5.56")
    sheet = in_part(till)
    till.scan(code(9))
    assert [row.split(",")[0] for row in shown(sheet)] == ["1 × Cola 0.5 L", "0 × Oat milk 1 L"]
    till.scan(code(9))
    till.scan(code(9))
    assert "Only 2 of it" in sheet.note.text()
    till.scan(code_of("guji"))
    assert "not on the order" in sheet.note.text()
    till.press(Qt.Key.Key_Up)
    till.press(Qt.Key.Key_Delete)
    assert not sheet.save.isEnabled(), "nothing goes"
    till.press(Qt.Key.Key_Escape)
    assert known(till).order.has_open_rows


def test_a_single_thing_has_no_part(till: Station) -> None:
    new_order(till)
    till.press(Qt.Key.Key_F12)
    pay_in_cash(till)
    sheet: OrdersSheet = listed(till)
    assert not sheet.part.isVisible()
