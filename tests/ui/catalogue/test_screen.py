"""A manager keeps the catalogue: finds, changes and makes products, by mouse, keys and scanner."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.values import Money
from omsdesk.store.queries.catalogue import product_as_edit
from omsdesk.ui.catalogue.screen import ProductsScreen
from tests.ui.back_office import BEN, BackOffice, Stage, click, press, scan, take_pictures, type_into


def names(products: ProductsScreen) -> list[str]:
    """What the list shows, from top to bottom."""
    rows = (products.list.session.rows.row(at) for at in range(products.list.list.count()))
    return [row.name for row in rows if row]


def is_list(products: ProductsScreen) -> bool:
    """Tell whether the list is shown."""
    return products.list.isVisible()


def is_form(products: ProductsScreen) -> bool:
    """Tell whether the form is shown."""
    return products.form.isVisible()


def test_the_list_shows_the_newest_product_first(qtbot: QtBot, products: ProductsScreen, stage: Stage) -> None:
    assert names(products)[:2] == ["Paper bag", "Gift card"]
    assert products.list.head.detail.text() == "12 products, the newest first"
    assert products.list.list.name_of(1) == "Gift card, GC, no price"
    take_pictures(stage, "products-list", settle=lambda: qtbot.wait(50))


def test_typing_anywhere_searches_and_enter_opens_the_best_match(
    qtbot: QtBot, products: ProductsScreen, stage: Stage
) -> None:
    type_into(products.list.search, "drip", stage)
    qtbot.waitUntil(lambda: names(products) == ["V60 dripper"])
    assert products.list.head.detail.text() == "1 found"
    press("Return")
    assert is_form(products)
    assert products.form.head.title.text() == "V60 dripper, white"
    press("Esc")
    assert is_list(products)
    assert products.list.search.text() == "drip"


def test_what_nobody_is_called_is_said_with_a_way_on(qtbot: QtBot, products: ProductsScreen, stage: Stage) -> None:
    type_into(products.list.search, "zzz", stage)
    qtbot.waitUntil(products.list._not_found.isVisible)
    assert products.list._not_found.sentence.text() == "No product is called “zzz”."
    take_pictures(stage, "products-not-found")
    press("Esc")
    qtbot.waitUntil(lambda: len(names(products)) == 12)


def test_a_category_is_chosen(qtbot: QtBot, products: ProductsScreen, stage: Stage) -> None:
    products.list.filter.setCurrentIndex(products.list.filter.findData("Coffee"))
    qtbot.waitUntil(lambda: names(products) == ["Decaf Huila", "House espresso", "Ethiopia Guji"])
    press("Ctrl+N")
    assert products.form.session.draft.category == "Coffee", "who looks at coffee adds coffee"


def test_a_product_opens_by_a_click_and_the_list_stays_where_it_was(
    qtbot: QtBot, products: ProductsScreen, stage: Stage
) -> None:
    row = products.list.list.shown_rect(3).center()
    click(products.list.list.viewport(), row)
    assert products.form.head.title.text() == "V60 dripper, white"
    click(products.form.head.findChildren(type(products.list.importing))[0])
    assert is_list(products)
    assert products.list.list.currentIndex().row() == 3


def test_a_price_is_changed_saved_and_taken_back(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage
) -> None:
    products.open("mug")
    assert not products.form.save.isEnabled()
    type_into(products.form.editor("price"), "25,50", stage)
    assert products.form.save.isEnabled()
    press("Ctrl+S")
    qtbot.waitUntil(products.form.head.undo.isVisible)
    saved = product_as_edit(shop.reader, "mug")
    assert saved is not None
    assert (saved.price, saved.base) == (Money(2550, "GBP"), 2)
    assert products.form.head.undo.label == "Saved “Travel mug, 350 ml”"
    assert products.form.head.detail.text() == "7 on hand"
    take_pictures(stage, "product-saved")
    press("Ctrl+Z")
    qtbot.waitUntil(lambda: (edit := product_as_edit(shop.reader, "mug")) is not None and edit.base == 3)
    assert product_as_edit(shop.reader, "mug").price == Money(2400, "GBP")  # type: ignore[union-attr]
    assert not products.form.head.undo.isVisible()


def test_only_what_was_changed_is_said(qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage) -> None:
    products.open("guji")
    type_into(products.form.editor("brand"), "Nord", stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: product_as_edit(shop.reader, "guji").base == 2)  # type: ignore[union-attr]
    entry = shop.executor.execute("anna")
    assert not getattr(entry, "entries", ())
    body = shop.reader.value("SELECT body FROM journal ORDER BY position DESC LIMIT 1")
    assert "Nord" in str(body)
    assert "GUJI" not in str(body), "an edit speaks of what was edited alone"


def test_mistakes_are_said_at_their_field_and_nothing_is_saved(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage
) -> None:
    products.open("oat")
    type_into(products.form.editor("price"), "two pounds", stage)
    type_into(products.form.editor("name"), " ", stage)
    press("Ctrl+S")
    assert products.form.session.errors == {
        "name": "A product needs a name.",
        "price": "The price “two pounds” is not an amount in GBP.",
    }
    assert QApplication.focusWidget() is products.form.editor("name")
    assert product_as_edit(shop.reader, "oat").base == 1  # type: ignore[union-attr]
    take_pictures(stage, "product-mistakes")


def test_a_new_product_is_made_with_the_keyboard(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage
) -> None:
    press("Ctrl+N")
    assert products.form.head.title.text() == "New product"
    type_into(products.form.editor("name"), "Filter papers", stage)
    type_into(products.form.editor("price"), "5.20", stage)
    scan(stage, "5012345678900")
    take_pictures(stage, "product-new")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: not products.form.session.is_new)
    made = product_as_edit(shop.reader, products.form.session.known.product)
    assert made is not None
    assert (made.name, made.price, made.tax_category) == ("Filter papers", Money(520, "GBP"), "standard")
    assert [pack.code for pack in made.barcodes or ()] == ["05012345678900"]
    press("Esc")
    qtbot.waitUntil(lambda: names(products)[:1] == ["Filter papers"])


def test_a_scan_in_the_list_opens_its_product(qtbot: QtBot, products: ProductsScreen, stage: Stage) -> None:
    scan(stage, "4006381333931")
    assert products.form.head.title.text() == "Ethiopia Guji, 250 g"


def test_a_label_with_a_date_opens_its_product_and_gives_a_form_its_number(
    qtbot: QtBot, products: ProductsScreen, stage: Stage
) -> None:
    scan(stage, "]C10104006381333931" + "17270131")
    assert products.form.head.title.text() == "Ethiopia Guji, 250 g"
    scan(stage, "]d20104012345000023" + "10LOT")
    assert [row.code for row in products.form.session.draft.barcodes][-1] == "04012345000023"


def test_a_barcode_of_another_product_names_it(qtbot: QtBot, products: ProductsScreen, stage: Stage) -> None:
    products.open("mug")
    scan(stage, "4006381333931")
    assert products.form.session.errors["barcodes"] == (
        "4006381333931 belongs to “Ethiopia Guji, 250 g”. Take it off there first."
    )
    take_pictures(stage, "product-barcode-taken")


def test_a_pack_is_typed_with_its_quantity(qtbot: QtBot, products: ProductsScreen, stage: Stage) -> None:
    products.open("oat")
    barcodes = products.form.barcodes
    type_into(barcodes.quantity, "6", stage)
    type_into(barcodes.code, "4006381333931"[:-1] + "2", stage)
    press("Return")
    assert "last digit would be 1" in products.form.session.warning, "odd is no error: some codes are"
    assert str(products.form.session.draft.barcodes[0].quantity) == "6"
    assert barcodes.code.text() == ""
    assert barcodes.quantity.text() == "1"
    take_pictures(stage, "product-barcode-odd")


def test_a_further_price_is_added_and_ends(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage
) -> None:
    products.open("oat")
    click(products.form.prices.add)
    table = products.form.prices.table
    type_into(table.editor(0, "from_quantity"), "3", stage)
    type_into(table.editor(0, "price"), "2.50", stage)
    type_into(table.editor(0, "valid_to"), "soon", stage)
    press("Ctrl+S")
    assert table.error(0) == "“soon” is not a day. Type it like 31/12/2027."
    products.form.room.verticalScrollBar().setValue(9999)
    take_pictures(stage, "product-prices", settle=lambda: products.form.room.verticalScrollBar().setValue(9999))
    type_into(table.editor(0, "valid_to"), "2099-12-31", stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: len(products.form.session.start.prices) == 1)
    kept = products.form.session.start.prices[0]
    assert (kept.list_name, kept.from_quantity, kept.price) == ("Retail", "3", "2.50")
    click(table.bin(0))
    press("Ctrl+S")
    qtbot.waitUntil(lambda: not products.form.session.start.prices)
    press("Ctrl+Z")
    qtbot.waitUntil(lambda: len(products.form.session.start.prices) == 1)


def test_what_was_changed_elsewhere_meanwhile_keeps_both(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage
) -> None:
    products.open("mug")
    type_into(products.form.editor("brand"), "Nord", stage)
    shop.do(SaveProducts("elsewhere", (ProductEdit("mug", 1, sku="TM-NEW"),)))
    shop.feed.look()
    assert products.form.session.draft.brand == "Nord", "what was typed stays"
    assert products.form.session.draft.sku == "TM-NEW", "what was not touched follows"
    assert products.form.banner.isVisible()
    press("Ctrl+S")
    qtbot.waitUntil(lambda: product_as_edit(shop.reader, "mug").brand == "Nord")  # type: ignore[union-attr]
    assert product_as_edit(shop.reader, "mug").sku == "TM-NEW"  # type: ignore[union-attr]


def test_a_cashier_looks_and_changes_nothing(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage
) -> None:
    shop.person = BEN
    products.arrived()
    assert products.list.banner.text() == "You can look at the products. To change them, ask a manager to sign in."
    assert not products.list.new.isVisible()
    press("Ctrl+N")
    assert is_list(products)
    click(products.list.list.viewport(), QPoint(80, 20))
    assert is_form(products)
    assert not products.form.editor("name").isEnabled()
    assert not products.form.save.isVisible()
    take_pictures(stage, "product-read-only")
    scan(stage, "5012345678900")
    assert products.form.session.draft == products.form.session.start


def test_a_change_elsewhere_comes_into_the_list(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, stage: Stage
) -> None:
    shop.do(SaveProducts("elsewhere", (ProductEdit("tea", name="Green tea"),)))
    shop.feed.look()
    qtbot.waitUntil(lambda: names(products)[:1] == ["Green tea"])


def test_labels_are_wanted_of_the_product_that_is_marked_or_open(
    qtbot: QtBot, products: ProductsScreen, stage: Stage
) -> None:
    wanted: list[list[str]] = []
    products.labels_wanted.connect(wanted.append)
    type_into(products.list.search, "drip", stage)
    qtbot.waitUntil(lambda: names(products) == ["V60 dripper"])
    press("Ctrl+P")
    press("Return")
    press("Ctrl+P")
    assert wanted == [["dripper"], ["dripper"]]
    press("Ctrl+N")
    press("Ctrl+P")
    assert wanted == [["dripper"], ["dripper"]]
