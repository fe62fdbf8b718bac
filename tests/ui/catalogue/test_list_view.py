"""The list of products on the screen: its words, its filter, its empty states."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.ui.catalogue.list_view import ListView
from omsdesk.ui.catalogue.screen import ProductsScreen
from tests.ui.back_office import BEN, BackOffice, Stage, press, put_on_stage, take_pictures, type_into
from tests.ui.catalogue.conftest import office_of
from tests.ui.catalogue.test_screen import names


@pytest.fixture
def view(products: ProductsScreen, stage: Stage) -> ListView:
    """Show the list."""
    return products.list


def test_the_filter_offers_categories_from_a_to_z(view: ListView) -> None:
    offered = [view.filter.itemText(at) for at in range(view.filter.count())]
    assert offered == ["All categories", "Bags", "Bakery", "Coffee", "Drinks", "Equipment", "Gift cards"]
    assert view.filter.height() == view.search.height(), "they stand in one row"


def test_a_new_category_is_offered_and_the_chosen_one_stays(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, view: ListView
) -> None:
    view.filter.setCurrentIndex(view.filter.findData("Drinks"))
    qtbot.waitUntil(lambda: len(names(products)) == 2)
    shop.do(SaveProducts("books", (ProductEdit("book", name="Coffee atlas", category="Books"),)))
    shop.feed.look()
    qtbot.waitUntil(lambda: view.filter.findData("Books") > 0)
    assert view.filter.currentData() == "Drinks"


def test_the_head_counts_what_is_listed(qtbot: QtBot, shop: BackOffice, view: ListView, stage: Stage) -> None:
    type_into(view.search, "mug", stage)
    qtbot.waitUntil(lambda: view.head.detail.text() == "1 found")
    edits = tuple(ProductEdit(f"s{no}", name=f"Screw {no}") for no in range(1500))
    shop.do(SaveProducts("screws", edits))
    type_into(view.search, "screw", stage)
    qtbot.waitUntil(lambda: view.head.detail.text() == "The 120 likeliest: type more to see others")
    press("Esc")
    qtbot.waitUntil(lambda: view.head.detail.text() == "1,512 products, the newest first")


def test_an_empty_shop_offers_what_to_do(qtbot: QtBot, tmp_path: Path, qapp: object) -> None:
    shop = BackOffice(tmp_path)
    shop.set_up()
    products = ProductsScreen(office_of(shop))
    stage = put_on_stage(qtbot, products)
    qtbot.waitUntil(products.list._nothing.isVisible)
    assert products.list.head.detail.text() == ""
    take_pictures(stage, "products-empty")
    products.list._nothing.button.click()
    assert products.importing.isVisible()
    shop.person = BEN
    products.back()
    assert not products.list._nothing.button.isVisible()
    stage.close()
    shop.close()


def test_a_category_of_which_nothing_is_sold_shows_what_there_was(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, view: ListView
) -> None:
    shop.do(SaveProducts("away", (ProductEdit("bag", 1, is_sold=False),)))
    shop.feed.look()
    view.filter.setCurrentIndex(view.filter.findData("Bags"))
    qtbot.waitUntil(lambda: names(products) == ["Paper bag"])


def test_a_category_whose_last_product_went_says_so(
    qtbot: QtBot, shop: BackOffice, products: ProductsScreen, view: ListView
) -> None:
    view.filter.setCurrentIndex(view.filter.findData("Bags"))
    qtbot.waitUntil(lambda: names(products) == ["Paper bag"])
    shop.do(SaveProducts("away", (ProductEdit("bag", 1, category="Gift cards"),)))
    shop.feed.look()
    qtbot.waitUntil(view._not_found.isVisible)
    assert view._not_found.sentence.text() == "No product is in “Bags”."
    view.show_all()
    qtbot.waitUntil(lambda: len(names(products)) == 12)
    assert view.list.name_of(0).startswith("Paper bag")


def test_all_products_go_out_into_a_table(qtbot: QtBot, stage: Stage, products: ProductsScreen, tmp_path: Path) -> None:
    products.list.hand_out(tmp_path / "out.csv")
    qtbot.waitUntil(lambda: "products are in “out.csv”" in products.list.banner.text())
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()) > 10
    products.list.hand_out(tmp_path / "no" / "out.csv")
    qtbot.waitUntil(lambda: "cannot be written" in products.list.banner.text())
