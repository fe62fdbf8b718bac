"""The form of a product on the screen: what it shows, what it marks, and what the keyboard reaches."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.values import Money, barcode_text
from omsdesk.ui.catalogue.form_view import FormView
from omsdesk.ui.catalogue.screen import ProductsScreen
from omsdesk.ui.widgets.field_card import read
from tests.ui.back_office import BEN, BackOffice, Stage, click, press, scan, take_pictures, type_into, until
from tests.ui.catalogue.conftest import kept


@pytest.fixture
def form(products: ProductsScreen, stage: Stage) -> FormView:
    """Open the travel mug."""
    products.open("mug")
    return products.form


def test_every_field_shows_what_is_known(form: FormView) -> None:
    wanted = {
        "name": "Travel mug", "variant": "350 ml", "brand": "", "sku": "TM-350", "category": "Equipment",
        "description": "", "price": "24.00", "unit": "piece", "tax_category": "standard", "favourite": "",
        "is_sold": True, "is_tracked": True, "age": "", "asks_price": False, "minimum_price": "",
        "is_divisible": False, "asks_serial": False, "asks_lot": False, "deposit": "", "is_deposit": False,
        "stock_policy": "",
    }  # fmt: skip
    assert {name: read(form.editor(name)) for name in wanted} == wanted
    assert form.head.title.text() == "Travel mug, 350 ml"
    assert form.head.detail.text() == "7 on hand"
    assert not form.save.isEnabled()


def test_a_product_that_was_never_counted_says_so(products: ProductsScreen, stage: Stage) -> None:
    products.open("card")
    assert products.form.head.detail.text() == "Stock not counted yet"
    products.begin()
    assert products.form.head.detail.text() == ""


def test_a_barcode_that_is_typed_is_saved_without_enter(form: FormView, stage: Stage, shop: BackOffice) -> None:
    type_into(form.barcodes.code, "5012345678900", stage)
    assert form.save.isEnabled()
    press("Ctrl+S")
    until(lambda: not form.session.is_saving)
    assert form.barcodes.code.text() == ""
    assert "5012345678900" in [barcode_text(pack.code) for pack in kept(shop, "mug").barcodes or ()]


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", "Mug"), ("variant", "red"), ("brand", "Nord"), ("sku", "X"), ("price", "3"), ("favourite", "2")],
)
def test_typing_into_a_line_can_be_saved_and_back_again_cannot(
    form: FormView, stage: Stage, name: str, value: str
) -> None:
    before = str(read(form.editor(name)))
    type_into(form.editor(name), value, stage)
    assert form.save.isEnabled()
    type_into(form.editor(name), before, stage)
    assert not form.save.isEnabled(), "it stands as it was, so there is nothing to save"


def test_boxes_lists_and_long_texts_are_heard(qtbot: QtBot, shop: BackOffice, form: FormView, stage: Stage) -> None:
    sold, tax, text = form.editor("is_sold"), form.editor("tax_category"), form.editor("description")
    assert isinstance(sold, QCheckBox)
    assert isinstance(tax, QComboBox)
    assert isinstance(text, QPlainTextEdit)
    sold.click()
    tax.setCurrentIndex(tax.findData("zero"))
    text.setPlainText("Keeps warm\nfor six hours")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: kept(shop, "mug").base == 2)
    made = kept(shop, "mug")
    assert (made.is_sold, made.tax_category, made.description) == (False, "zero", "Keeps warm\nfor six hours")


def test_a_category_is_typed_or_chosen(qtbot: QtBot, shop: BackOffice, form: FormView, stage: Stage) -> None:
    category = form.editor("category")
    assert isinstance(category, QComboBox)
    assert {category.itemText(at) for at in range(category.count())} >= {"Coffee", "Bakery"}
    category.setEditText("Gifts")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: kept(shop, "mug").category == "Gifts")


def test_tab_walks_through_the_form_in_reading_order(form: FormView, stage: Stage) -> None:
    assert QApplication.focusWidget() is form.editor("name")
    order = ["variant", "brand", "sku"]
    for name in order:
        press("Tab")
        assert QApplication.focusWidget() is form.editor(name), name


def test_tab_leaves_the_description(form: FormView, stage: Stage) -> None:
    form.editor("description").setFocus()
    press("Tab")
    assert not isinstance(QApplication.focusWidget(), QPlainTextEdit)


def test_a_mistake_is_marked_gone_to_and_quiet_once_corrected(form: FormView, stage: Stage) -> None:
    type_into(form.editor("price"), "free", stage)
    form.editor("sku").setFocus()
    click(form.save)
    price = form.editor("price")
    assert QApplication.focusWidget() is price
    assert price.property("is_wrong")
    assert "not an amount" in price.accessibleDescription()
    type_into(price, "3", stage)
    assert not price.property("is_wrong")


def test_a_scan_goes_to_the_barcodes_wherever_the_cursor_is(form: FormView, stage: Stage) -> None:
    form.editor("name").setFocus()
    scan(stage, "5012345678900")
    assert read(form.editor("name")) == "Travel mug"
    assert len(form.session.draft.barcodes) == 1
    take_pictures(stage, "product-scanned")
    click(form.barcodes.findChildren(type(form._choose))[0])
    assert not form.session.draft.barcodes


def test_a_typed_barcode_is_added_with_enter_and_the_field_is_ready_for_the_next(form: FormView, stage: Stage) -> None:
    type_into(form.barcodes.code, "SHELF-7", stage)
    press("Return")
    assert [pack.code for pack in form.session.draft.barcodes] == ["SHELF-7"]
    assert QApplication.focusWidget() is form.barcodes.code
    assert form.barcodes.code.text() == ""


def test_a_barcode_that_is_refused_stays_in_its_field(form: FormView, stage: Stage) -> None:
    type_into(form.barcodes.quantity, "0", stage)
    type_into(form.barcodes.code, "SHELF-7", stage)
    press("Return")
    assert form.barcodes.code.text() == "SHELF-7"
    assert form.barcodes.code.property("is_wrong")
    assert form.session.draft.barcodes == ()


def test_prices_are_typed_row_by_row(qtbot: QtBot, form: FormView, stage: Stage) -> None:
    click(form.prices.add)
    assert QApplication.focusWidget() is form.prices.table.editor(0, "price")
    click(form.prices.add)
    for row, (quantity, price) in enumerate((("6", "22"), ("12", "20"))):
        type_into(form.prices.table.editor(row, "from_quantity"), quantity, stage)
        type_into(form.prices.table.editor(row, "price"), price, stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: [row.price for row in form.session.start.prices] == ["22.00", "20.00"])
    click(form.prices.table.bin(0))
    assert form.prices.table.count() == 1
    shown = form.prices.table.editor(0, "from_quantity")
    assert isinstance(shown, QLineEdit)
    assert shown.text() == "12", "the row that is left is the other one"


def test_a_picture_is_chosen_and_shown(
    qtbot: QtBot, form: FormView, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mug.png"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(file))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    click(form._choose)
    assert form.session.draft.image == str(file)
    qtbot.waitUntil(lambda: form.picture.image is not None)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    click(form._choose)
    assert form.session.draft.image == str(file), "who closes the dialog changes nothing"


def test_what_is_changed_elsewhere_is_shown_at_once(shop: BackOffice, form: FormView, stage: Stage) -> None:
    shop.do(SaveProducts("elsewhere", (ProductEdit("mug", 1, name="Thermo mug", price=Money(2500, "GBP")),)))
    shop.feed.look()
    assert read(form.editor("name")) == "Thermo mug"
    assert read(form.editor("price")) == "25.00"
    assert not form.banner.isVisible()


def test_who_may_not_change_sees_everything_and_types_nothing(
    shop: BackOffice, products: ProductsScreen, stage: Stage
) -> None:
    shop.person = BEN
    products.open("guji")
    form = products.form
    for card in form._cards:
        assert not any(card.editor(name).isEnabled() for name in card.names)
    assert not form.prices.add.isVisible()
    assert not form.barcodes.code.isEnabled()
    QTest.keyClicks(form.editor("name"), "x")
    assert not form.session.has_changes
    assert form.banner.text().startswith("You can look")
