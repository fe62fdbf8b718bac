"""F4 where nobody is known, and where somebody is on the sale already."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from omsdesk.domain.customer import Customer, SaveCustomer
from omsdesk.ui.till.customers.customer_sheet import CustomerSheet
from tests.ui.till.shop import Station, code_of


def test_a_shop_without_customers_says_how_one_is_written_down(till: Station) -> None:
    till.press(Qt.Key.Key_F4)
    sheet = till.sheet(CustomerSheet)
    assert sheet.empty.isVisible()
    assert "Enter writes them down" in sheet.empty.sentence.text()
    till.type_in("Jo")
    till.until(sheet.list.isVisible)
    assert not sheet.empty.isVisible()
    assert sheet.attach.label == "Write down"


def test_nothing_is_a_window_of_its_own_while_the_sheet_is_made(till: Station) -> None:
    till.do(SaveCustomer(Customer("mia", "Mia", card="2900001")))
    till.settle()
    till.scan(code_of("guji"))
    till.scan("2900001")
    till.press(Qt.Key.Key_F4)
    sheet = till.sheet(CustomerSheet)
    assert sheet.take_off.isVisible()
    assert till.window.isActiveWindow()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [till.window]
