"""Products are marked by mouse and keyboard, and their labels wanted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from omsdesk.ui.catalogue.product_list import ROW
from omsdesk.ui.catalogue.screen import ProductsScreen
from tests.ui.back_office import Stage, click, press, take_pictures, type_into, until
from tests.ui.catalogue.test_screen import names

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def wanted(products: ProductsScreen, stage: Stage) -> list[list[str]]:
    """What labels are asked for."""
    found: list[list[str]] = []
    products.labels_wanted.connect(found.append)
    return found


def click_row(products: ProductsScreen, row: int, keys: Qt.KeyboardModifier, x: int = 300) -> None:
    view = products.list.list.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, keys, QPoint(x, row * ROW + 20))


def marked(products: ProductsScreen) -> list[str]:
    return products.list.marks.products


def test_ctrl_marks_one_shift_marks_up_to_it_and_a_click_opens(
    products: ProductsScreen, wanted: list[list[str]], stage: Stage
) -> None:
    bar = products.list.bar
    assert not bar.isVisible()
    click_row(products, 1, CTRL)
    assert (marked(products), bar.said.text()) == (["card"], "1 product marked")
    click_row(products, 4, SHIFT)
    until(lambda: len(marked(products)) == 4)
    assert marked(products) == ["card", "mug", "dripper", "grinder"]
    click_row(products, 2, CTRL)
    assert marked(products) == ["card", "dripper", "grinder"]
    take_pictures(stage, "products-marked")
    click(bar.labels)
    assert wanted == [["card", "dripper", "grinder"]]
    assert not bar.isVisible(), "what was handed on is marked no more"
    click_row(products, 2, Qt.KeyboardModifier.NoModifier)
    assert products.view is products.form


def test_the_square_of_a_row_marks_it_without_any_key(products: ProductsScreen, wanted: list[list[str]]) -> None:
    click_row(products, 0, Qt.KeyboardModifier.NoModifier, x=24)
    click_row(products, 2, Qt.KeyboardModifier.NoModifier, x=24)
    assert marked(products) == ["bag", "mug"]
    press("Ctrl+P")
    assert wanted == [["bag", "mug"]]


def test_space_marks_and_shift_with_an_arrow_goes_on(products: ProductsScreen, stage: Stage) -> None:
    QTest.keyClick(products.list.search, Qt.Key.Key_Down)
    press("Space")
    stage.keyboard.let_through()
    assert marked(products) == ["card"]
    QTest.keyClick(products.list.search, Qt.Key.Key_Down, SHIFT)
    until(lambda: marked(products) == ["card", "mug"])
    products.list.list.setFocus()
    QTest.keyClick(products.list.list, Qt.Key.Key_Down)
    press("Space")
    stage.keyboard.let_through()
    assert marked(products) == ["card", "mug", "dripper"]
    QTest.keyClick(products.list.list, Qt.Key.Key_Down, SHIFT)
    until(lambda: len(marked(products)) == 4)
    assert products.list.list.name_of(3).endswith("marked")
    press("Escape")
    assert marked(products) == []


def test_in_a_search_space_is_a_letter(products: ProductsScreen, stage: Stage, qtbot: QtBot) -> None:
    type_into(products.list.search, "travel mug", stage)
    qtbot.waitUntil(lambda: names(products) == ["Travel mug"])
    assert products.list.search.text() == "travel mug"
    assert marked(products) == []
    products.list.list.setFocus()
    press("Space")
    stage.keyboard.let_through()
    assert (marked(products), products.list.search.text()) == (["mug"], "travel mug")
    press("o")
    stage.keyboard.let_through()
    assert (products.list.search.text(), products.list.search.hasFocus()) == ("o", True)


def test_all_that_are_listed_by_key_by_the_square_above_and_by_the_button(
    products: ProductsScreen, stage: Stage, wanted: list[list[str]]
) -> None:
    press("Ctrl+A")
    until(lambda: len(marked(products)) == 12)
    above = products.list.table.names
    click(above, QPoint(20, 15))
    assert marked(products) == []
    products.list.filter.setCurrentIndex(products.list.filter.findData("Coffee"))
    until(lambda: products.list.session.rows.count == 3)
    click(above, QPoint(20, 15))
    until(lambda: len(marked(products)) == 3)
    products.list.filter.setCurrentIndex(0)
    until(lambda: products.list.session.rows.count == 12)
    assert products.list.bar.every.label == "Mark all 12"
    click(products.list.bar.every)
    until(lambda: products.list.bar.said.text() == "12 products marked")
    press("Ctrl+P")
    assert sorted(wanted[0])[:3] == ["bag", "brew", "cake"]
    assert len(wanted[0]) == 12


def test_ctrl_a_in_what_is_typed_marks_the_letters(products: ProductsScreen, stage: Stage) -> None:
    type_into(products.list.search, "mug", stage)
    until(lambda: products.list.session.rows.count == 1)
    press("Ctrl+A")
    assert products.list.search.selectedText() == "mug"
    assert marked(products) == []
