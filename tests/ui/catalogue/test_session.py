"""The list of products: what is searched, filtered and scrolled to, and what comes from elsewhere meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.queries.products import Listed
from omsdesk.ui.catalogue.pages import STRETCH
from omsdesk.ui.catalogue.session import MOST_FOUND, ProductsSession
from tests.ui.back_office import BackOffice, until
from tests.ui.catalogue.conftest import office_of


class List:
    """The list in one program, without a window around it."""

    def __init__(self, shop: BackOffice) -> None:
        self.session = ProductsSession(office_of(shop))
        self.news: list[bool] = []
        self.session.listeners.append(self.news.append)

    def answered(self) -> ProductsSession:
        """Wait for the answer to what was asked last."""
        before = self.news.count(True)
        until(lambda: self.news.count(True) > before)
        return self.session

    def search(self, text: str) -> list[str]:
        """Type, and give the names that come."""
        self.session.search(text)
        self.answered()
        return self.names()

    def filter(self, category: str) -> list[str]:
        """Choose a category, and give the names that come."""
        self.session.filter(category)
        self.answered()
        return self.names()

    def row(self, at: int) -> Listed:
        """Look at a row until it has come."""
        until(lambda: self.session.rows.row(at))
        found = self.session.rows.row(at)
        assert found is not None
        return found

    def names(self) -> list[str]:
        """All names, from top to bottom."""
        return [self.row(at).name for at in range(self.session.rows.count)]


@pytest.fixture
def products(shop: BackOffice) -> List:
    """Open the list."""
    made = List(shop)
    made.session.refresh()
    made.answered()
    return made


def many(shop: BackOffice, count: int, category: str = "Screws") -> None:
    """Put many products on the shelves."""
    edits = tuple(ProductEdit(f"s{no}", name=f"Screw {no:04}", category=category) for no in range(count))
    shop.do(SaveProducts("screws", edits))


def test_the_newest_product_is_the_first(products: List) -> None:
    assert products.names()[:3] == ["Paper bag", "Gift card", "Travel mug"]
    assert products.session.rows.count == 12
    assert not products.session.is_empty


def test_a_row_knows_price_and_stock_and_what_is_missing(products: List) -> None:
    bag, card, mug = (products.row(at) for at in range(3))
    assert (mug.price, mug.on_hand, mug.variant) == (Money(2400, "GBP"), Quantity.of(7), "350 ml")
    assert (card.price, card.on_hand) == (None, None)
    assert bag.on_hand == Quantity.of(640)


def test_a_search_finds_by_name_sku_brand_and_barcode(products: List) -> None:
    assert products.search("drip") == ["V60 dripper"]
    assert products.search("TM-350") == ["Travel mug"]
    assert products.search("4006381333931") == ["Ethiopia Guji"]
    assert set(products.search("roasters")) == {"Ethiopia Guji", "House espresso", "Decaf Huila"}


def test_nothing_found_is_no_empty_shop(products: List) -> None:
    assert products.search("zzz") == []
    assert not products.session.is_empty
    assert len(products.search("")) == 12


def test_the_same_words_are_not_asked_twice(products: List) -> None:
    products.search("mug")
    before = len(products.news)
    products.session.search(" mug ")
    assert products.session.text == "mug"
    assert len(products.news) == before


def test_a_category_is_listed_alone_and_narrows_a_search(products: List) -> None:
    assert products.filter("Drinks") == ["Cold brew can", "Oat milk"]
    assert products.search("oat") == ["Oat milk"]
    assert products.search("mug") == []
    assert len(products.filter("")) == 1


def test_the_categories_are_offered(products: List) -> None:
    assert {name for name, _ in products.session.categories} == {
        "Coffee", "Drinks", "Bakery", "Equipment", "Gift cards", "Bags",
    }  # fmt: skip


def test_only_the_last_question_is_answered(products: List) -> None:
    before = products.news.count(True)
    for text in ("m", "mu", "mug", "oat"):
        products.session.search(text)
    until(lambda: products.news.count(True) > before)
    assert products.names() == ["Oat milk"]
    assert products.news.count(True) == before + 1


def test_a_shop_without_products_says_so(tmp_path: Path, qapp: object) -> None:
    shop = BackOffice(tmp_path)
    shop.set_up()
    products = List(shop)
    products.session.refresh()
    assert products.answered().is_empty
    assert products.search("mug") == []
    assert not products.session.is_empty, "who searches is told that nothing was found"
    shop.close()


def test_a_long_list_comes_in_stretches_from_where_one_looks(shop: BackOffice, products: List) -> None:
    many(shop, 1000)
    products.session.refresh()
    products.answered()
    rows = products.session.rows
    assert rows.count == 1012
    assert rows.row(0) is not None, "what is looked at is there at once"
    assert rows.row(2 * STRETCH - 1) is not None
    assert rows.row(700) is None, "what nobody looks at is not read"
    assert products.row(700).name == "Screw 0299"
    assert products.news[-1] is False, "the rows are the same, some of them have come"


def test_a_refresh_in_the_middle_shows_no_gap(shop: BackOffice, products: List) -> None:
    many(shop, 1000)
    products.session.around = 655
    products.session.refresh()
    products.answered()
    assert products.session.rows.row(655) is not None
    assert products.session.rows.row(0) is None
    products.search("mug")
    assert products.session.around == 0, "another list begins at its top"


def test_a_long_category_comes_in_stretches_too(shop: BackOffice, products: List) -> None:
    many(shop, 250)
    products.session.filter("Screws")
    products.answered()
    assert products.session.rows.count == 250
    assert products.row(249).name == "Screw 0000"


def test_a_search_gives_the_best_and_not_everything(shop: BackOffice, products: List) -> None:
    many(shop, MOST_FOUND + 50)
    assert len(products.search("screw")) == MOST_FOUND


def test_what_another_program_adds_and_moves_comes_with_the_next_look(shop: BackOffice, products: List) -> None:
    other = shop.another_program()
    other.do(
        SaveProducts("tea", (ProductEdit("tea", name="Green tea", price=Money(450, "GBP")),)),
        MoveGoods("tea-delivery", "delivery", (Move("tea", Quantity.of(3), SUPPLIER, "shop:s1"),)),
    )
    other.close()
    products.session.refresh()
    products.answered()
    tea = products.row(0)
    assert (tea.name, tea.price, tea.on_hand) == ("Green tea", Money(450, "GBP"), Quantity.of(3))
