"""Nothing that was typed is lost by a key too many, and the list is where it was left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.values import Money, barcode_key
from omsdesk.store.queries.catalogue import product_as_edit
from omsdesk.store.queries.products import last_no
from omsdesk.ui.catalogue.import_session import Step
from omsdesk.ui.catalogue.screen import ProductsScreen
from omsdesk.ui.widgets.field_card import combo
from tests.ui.back_office import BEN, BackOffice, Stage, click, press, scan, take_pictures, type_into
from tests.ui.catalogue.conftest import kept
from tests.ui.catalogue.test_screen import is_form, is_list, names


def typed(products: ProductsScreen, stage: Stage, price: str = "25.00") -> None:
    """Open the travel mug and type another price."""
    products.open("mug")
    type_into(products.form.editor("price"), price, stage)


# --- leaving a form ---------------------------------------------------------------------------------------------------


def test_escape_too_many_is_taken_back(qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage) -> None:
    typed(products, stage)
    press("Esc")
    assert is_list(products)
    assert products.list.head.undo.label == "“Travel mug, 350 ml” is not saved"
    take_pictures(stage, "products-left")
    press("Ctrl+Z")
    assert is_form(products)
    assert products.form.session.draft.price == "25.00"
    press("Ctrl+S")
    qtbot.waitUntil(lambda: kept(shop, "mug").price == Money(2500, "GBP"))


@pytest.mark.parametrize("keys", ["Ctrl+N", "Ctrl+I"])
def test_every_way_out_of_a_form_can_be_taken_back(products: ProductsScreen, stage: Stage, keys: str) -> None:
    typed(products, stage)
    press(keys)
    if keys == "Ctrl+I":
        press("Esc")
    press("Ctrl+Z")
    assert is_form(products)
    assert (products.form.session.known.product, products.form.session.draft.price) == ("mug", "25.00")


def test_a_form_without_changes_is_left_without_a_word(products: ProductsScreen, stage: Stage) -> None:
    products.open("mug")
    press("Esc")
    assert not products.list.head.undo.isVisible()


def test_another_product_may_be_looked_at_in_between(products: ProductsScreen, stage: Stage) -> None:
    typed(products, stage)
    press("Esc")
    scan(stage, "4006381333931")
    assert products.form.head.title.text() == "Ethiopia Guji, 250 g"
    click(products.form.head.undo)
    assert products.form.head.title.text() == "Travel mug, 350 ml"
    assert products.form.session.draft.price == "25.00"


def test_an_offer_that_is_over_is_over(qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage) -> None:
    typed(products, stage)
    press("Ctrl+S")
    qtbot.waitUntil(products.form.head.undo.isVisible)
    for head in (products.form.head, products.list.head):
        head.undo.dismiss()
    press("Ctrl+Z")
    qtbot.wait(30)
    assert kept(shop, "mug").price == Money(2500, "GBP"), "nobody sees an offer, so nobody takes it"


def test_what_is_refused_after_it_was_left_comes_back_into_view(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage
) -> None:
    products.open("mug")
    scan(stage, "5012345678900")
    code = (PackCode(barcode_key("5012345678900")),)
    shop.do(SaveProducts("elsewhere", (ProductEdit("bag", 1, barcodes=code),)))
    products.form.session.save()
    products.back()
    assert is_list(products)
    qtbot.waitUntil(lambda: is_form(products))
    assert "belongs to another product" in products.form.banner.text()
    assert len(products.form.session.draft.barcodes) == 1
    take_pictures(stage, "product-refused")


def test_a_cashier_who_looks_leaves_nothing_behind(shop: BackOffice, products: ProductsScreen, stage: Stage) -> None:
    shop.person = BEN
    products.open("mug")
    scan(stage, "5012345678900")
    press("Esc")
    assert not products.list.head.undo.isVisible()


# --- the list, where it was left --------------------------------------------------------------------------------------


def test_enter_opens_again_what_was_open(qtbot: QtBot, products: ProductsScreen, stage: Stage) -> None:
    click(products.list.list.viewport(), products.list.list.shown_rect(3).center())
    press("Esc")
    qtbot.wait(50)
    assert products.list.list.currentIndex().row() == 3
    press("Return")
    assert products.form.head.title.text() == "V60 dripper, white"


def test_a_sale_that_moves_stock_leaves_the_chosen_row_alone(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage
) -> None:
    press("Down")
    press("Down")
    shop.do(SaveProducts("elsewhere", (ProductEdit("oat", 1, brand="Nord"),)))
    shop.feed.look()
    qtbot.waitUntil(lambda: (row := products.list.session.rows.row(8)) is not None and row.brand == "Nord")
    assert products.list.list.currentIndex().row() == 2


def test_a_page_that_is_not_shown_asks_nothing(shop: BackOffice, products: ProductsScreen, stage: Stage) -> None:
    stage.hide()
    asked = products.list.session._asked
    shop.do(SaveProducts("elsewhere", (ProductEdit("oat", 1, brand="Nord"),)))
    shop.feed.look()
    assert products.list.session._asked == asked


# --- what was not found becomes a product -----------------------------------------------------------------------------


def test_an_unknown_barcode_becomes_the_barcode_of_a_new_product(
    qtbot: QtBot, products: ProductsScreen, stage: Stage
) -> None:
    scan(stage, "5012345678900")
    qtbot.waitUntil(products.list._not_found.isVisible)
    click(products.list._not_found.button)
    assert [pack.code for pack in products.form.session.draft.barcodes] == ["05012345678900"]
    assert products.form.session.draft.name == ""
    assert QApplication.focusWidget() is products.form.editor("name")


def test_a_name_in_vain_becomes_the_name_of_a_new_product(qtbot: QtBot, products: ProductsScreen, stage: Stage) -> None:
    type_into(products.list.search, "Tea cosy", stage)
    qtbot.waitUntil(products.list._not_found.isVisible)
    press("Ctrl+N")
    assert products.form.session.draft.name == "Tea cosy"


def test_a_name_that_was_found_does_not(qtbot: QtBot, products: ProductsScreen, stage: Stage) -> None:
    type_into(products.list.search, "mug", stage)
    qtbot.waitUntil(lambda: names(products) == ["Travel mug"])
    press("Ctrl+N")
    assert products.form.session.draft.name == ""


def test_a_scan_that_the_window_takes_back_out_of_a_field_is_forgotten(products: ProductsScreen, stage: Stage) -> None:
    products.open("mug")
    name = products.form.editor("name")
    type_into(name, "Travel mug5012", stage)
    name.setText("Travel mug")  # type: ignore[attr-defined]  # as ui/keyboard.py does with what a scanner typed
    assert not products.form.session.has_changes


# --- the wheel --------------------------------------------------------------------------------------------------------


def test_the_wheel_scrolls_the_page_and_chooses_nothing(products: ProductsScreen, stage: Stage) -> None:
    products.open("mug")
    tax = products.form.editor("tax_category")
    assert isinstance(tax, QComboBox)
    before, none = tax.currentIndex(), Qt.KeyboardModifier.NoModifier
    middle = QPointF(tax.rect().center())
    turn = QWheelEvent(
        middle, QPointF(tax.mapToGlobal(middle)), QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton, none,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(tax, turn)
    assert tax.currentIndex() == before
    assert not products.form.session.has_changes
    assert combo().count() == 0


# --- by keyboard alone ------------------------------------------------------------------------------------------------


def test_a_file_is_imported_without_the_mouse(
    qtbot: QtBot,
    shop: BackOffice,
    products: ProductsScreen,
    stage: Stage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "prices.csv"
    file.write_text("Name;SKU;Price\nTea cosy;TC-1;12.00\n", encoding="utf-8")
    folders: list[str] = []

    def choose(_parent: object, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        folders.append(folder)
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    type_into(products.list.search, "mug", stage)
    press("Ctrl+I")
    assert QApplication.focusWidget() is products.importing.choose.state.button
    press("Space")
    stage.keyboard.let_through()
    products.importing.choose.state.button.click()
    step = products.importing.session
    qtbot.waitUntil(lambda: step.step is Step.MAP)
    assert QApplication.focusWidget() is products.importing.map.columns["name"]
    press("Ctrl+S")
    qtbot.waitUntil(lambda: step.step is Step.PREVIEW)
    assert QApplication.focusWidget() is products.importing.preview.rows
    press("Ctrl+S")
    qtbot.waitUntil(lambda: step.step is Step.DONE)
    assert QApplication.focusWidget() is products.importing.done.back
    products.importing.done.back.click()
    qtbot.waitUntil(lambda: names(products)[:1] == ["Tea cosy"])
    assert products.list.search.text() == "", "what was imported is not hidden by what was searched before"
    assert last_no(shop.reader) == 13
    products.begin_import()
    products.importing.choose.state.button.click()
    assert folders[-1] == str(tmp_path), "the next file lies beside the last"


def test_cancel_while_a_file_is_read_goes_back_to_choosing(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "large.csv"
    rows = "".join(f"Product {no};SKU-{no};{no % 90}.50\n" for no in range(8000))
    file.write_text(f"Name;SKU;Price\n{rows}", encoding="utf-8")
    products.begin_import()
    session = products.importing.session
    session.choose(file)
    qtbot.waitUntil(lambda: session.step is Step.MAP)
    session.try_out()
    assert products.importing.wait.isVisible()
    click(products.importing.wait.cancel)
    assert session.step is Step.CHOOSE
    press("Esc")
    assert is_list(products)
    assert product_as_edit(shop.reader, "mug") is not None


# --- closing the program ----------------------------------------------------------------------------------------------


def test_a_product_that_is_typed_over_is_told_and_can_be_saved_from_there(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage
) -> None:
    assert products.unsaved() == ()
    typed(products, stage)
    (form,) = products.unsaved()
    assert form.name == "Travel mug, 350 ml"
    form.show()
    form.save()
    assert form.is_saving()
    qtbot.waitUntil(lambda: not form.is_saving())
    assert kept(shop, "mug").price == Money(2500, "GBP")
    assert products.unsaved() == ()


def test_a_product_that_was_left_a_moment_ago_is_told_too_and_comes_back(
    products: ProductsScreen, stage: Stage
) -> None:
    typed(products, stage)
    press("Esc")
    (form,) = products.unsaved()
    form.show()
    assert is_form(products)
    assert products.form.session.draft.price == "25.00"


def test_an_empty_form_for_a_new_product_is_nothing_to_lose(products: ProductsScreen, stage: Stage) -> None:
    products.begin()
    assert products.unsaved() == ()
