"""A list of a million rows paints what is seen and asks for nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.domain.values import Money, Quantity
from omsdesk.store.queries.products import Listed
from omsdesk.ui import theme
from omsdesk.ui.catalogue.pages import Found
from omsdesk.ui.catalogue.product_list import ROW, ProductList, ProductTable, columns


def listed(no: int, **said: object) -> Listed:
    """Make a row."""
    known = {"brand": "", "sku": f"SKU-{no}", "category": "Mugs", "unit": "piece", "is_sold": True, "variant": ""}
    known |= {"price": Money(950, "GBP"), "on_hand": Quantity.of(3)} | said
    return Listed(no, f"p{no}", f"Product {no}", **known)  # type: ignore[arg-type]


class Endless:
    """A million rows of which the odd ones have not come yet; notes which were looked at."""

    count = 1_000_000

    def __init__(self) -> None:
        self.looked_at: set[int] = set()

    def row(self, at: int) -> Listed | None:
        self.looked_at.add(at)
        return None if at % 2 else listed(at)


@pytest.fixture
def products(qtbot: QtBot) -> Iterator[ProductList]:
    """Show an empty list in its card."""
    made = ProductList(str, str)
    table = ProductTable(made)
    qtbot.addWidget(table)
    table.resize(900, 500)
    table.show()
    qtbot.waitExposed(table)
    yield made
    table.hide()


def test_only_the_rows_that_are_seen_are_read(products: ProductList) -> None:
    rows = Endless()
    products.show_rows(rows, {"Mugs": 2})
    QApplication.processEvents()
    seen = products.viewport().height() // ROW + 1
    assert max(rows.looked_at) <= seen
    rows.looked_at.clear()
    products.verticalScrollBar().setValue(500_000 * ROW)
    QApplication.processEvents()
    assert min(rows.looked_at) >= 500_000 - 1
    assert len(rows.looked_at) <= seen + 2


def test_a_row_that_has_not_come_cannot_be_opened(products: ProductList) -> None:
    products.show_rows(Endless(), {})
    opened: list[str] = []
    products.chosen.connect(opened.append)
    for row in (1, 2):
        QTest.mouseClick(products.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, row * ROW + 10))
    assert opened == ["p2"]
    assert products.name_of(1) == "Loading"


def test_the_keyboard_walks_and_opens(products: ProductList) -> None:
    products.show_rows(Found([listed(no) for no in range(4)]), {})
    opened: list[str] = []
    products.chosen.connect(opened.append)
    products.step(2)
    products.step(9)
    products.choose_current()
    products.step(-9)
    products.choose_current()
    assert opened == ["p3", "p0"]


def test_a_refresh_keeps_the_place_and_a_new_search_does_not(products: ProductList) -> None:
    products.show_rows(Endless(), {})
    products.verticalScrollBar().setValue(3000)
    products.show_rows(Endless(), {}, keeps_place=True)
    assert products.verticalScrollBar().value() == 3000
    products.show_rows(Endless(), {})
    assert products.verticalScrollBar().value() == 0


def test_exceptions_are_said_in_words(products: ProductList) -> None:
    rows = [
        listed(0, is_sold=False),
        listed(1, price=None, on_hand=None),
        listed(2, on_hand=Quantity.of(-1), unit="kg", category=""),
    ]
    products.show_rows(Found(rows), {})
    assert products.name_of(1) == "Product 1, SKU-1, no price"
    assert not products.grab().toImage().isNull()


def test_the_category_goes_first_where_it_is_narrow(products: ProductList) -> None:
    look = theme.current()
    wide, narrow = products.cell_rect(0), products.cell_rect(0)
    wide.setWidth(900)
    narrow.setWidth(500)
    assert columns(look, wide)[1].width() > 100
    assert columns(look, narrow)[1].width() == 0
    assert columns(look, narrow)[0].width() > 150
