"""What the till asks, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from omsdesk.domain.catalogue import PackCode, PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.people import SavePerson, SignIn
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.sale_command import HoldSale, RecallSale, VoidSale
from omsdesk.domain.shop import SaveShop, SaveTill
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.traits import PLAIN, Traits
from omsdesk.domain.values import ONE, Quantity, Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as ask
from omsdesk.store.queries.till import Held, Station, Tile
from tests.domain.corner_shop import SHOP, TILL, VAT, gbp
from tests.store.station import EAN, PEOPLE
from tests.store.station import Station as Till

DAY = "2026-11-23"


@pytest.fixture
def reader(till: Till) -> Iterator[Connection]:
    """The connection that a screen asks with."""
    connection = till.database.reader()
    yield connection
    connection.close()


# --- who and where ----------------------------------------------------------------------------------------------------


def test_a_till_knows_its_shop_and_its_neighbours(till: Till, reader: Connection) -> None:
    assert ask.station(reader) == Station(till.database.station.device, 1, "t1")
    assert ask.shop_of(reader, "t1") == ask.shop_of(reader, "") == SHOP
    assert ask.shop_of(reader, "t9") is None
    assert ask.till_of(reader, "t1") == TILL
    assert ask.till_of(reader, "t9") is None
    assert [row.code for row in ask.tills(reader)] == ["1", "2"]


def test_a_station_that_is_not_set_up_has_no_desk(till: Till, reader: Connection) -> None:
    assert ask.desk(reader, Station("d", 1, ""), till.clock.moment) is None
    assert ask.desk(reader, Station("d", 1, "t9"), till.clock.moment) is None


def test_a_desk_has_all_that_a_decision_looks_at(till: Till, reader: Connection) -> None:
    at = till.clock.moment
    desk = ask.desk(reader, Station("d", 1, "t1"), at)
    assert desk is not None
    assert (desk.shop, desk.till, desk.at, desk.shift, desk.next_number) == (SHOP, TILL, at, "shift-1", "1A-000001")
    till.sell("sale-1")
    later = ask.desk(reader, Station("d", 1, "t1"), at)
    restored = ask.desk(reader, Station("d", 3, "t1"), at)
    assert later is not None
    assert restored is not None
    assert (later.next_number, restored.next_number) == ("1A-000002", "1C-000001")


def test_a_till_in_training_numbers_apart(till: Till, reader: Connection) -> None:
    till.do(SaveTill(replace(TILL, is_training=True)))
    desk = ask.desk(reader, Station("d", 1, "t1"), till.clock.moment)
    assert desk is not None
    assert desk.next_number == "1AT-000001"


def test_people_are_listed_by_name_and_who_left_is_not(till: Till, reader: Connection) -> None:
    till.do(SavePerson(replace(PEOPLE[3], is_active=False)))
    assert [who.id for who in ask.people(reader)] == ["clem", "max", "olga", "sue"]
    found = ask.person(reader, "cara")
    assert found is not None
    assert not found.is_active
    assert ask.person(reader, "zoe") is None


def test_a_till_knows_who_stands_there(till: Till, reader: Connection) -> None:
    assert ask.who_is_at(reader, "t1") is None
    till.do(SignIn("t1", "cara"))
    assert ask.who_is_at(reader, "t1") == PEOPLE[3]


def test_a_shift_is_open_at_one_till(reader: Connection) -> None:
    assert ask.open_shift(reader, "t1") == "shift-1"
    assert ask.open_shift(reader, "t2") == ""


# --- articles ---------------------------------------------------------------------------------------------------------


def test_a_scan_finds_the_article_with_price_and_tax(reader: Connection) -> None:
    found = ask.product_by_barcode(reader, EAN, SHOP, DAY)
    assert found is not None
    assert (found.pack, found.is_sold) == (ONE, True)
    article = found.article
    assert (article.product, article.name, article.sku, article.category) == ("coffee", "Coffee", "C-1", "Drinks")
    assert [step.price for step in article.prices] == [gbp("3.20")]
    assert article.taxes == (VAT,)


def test_a_box_stands_for_its_pieces(reader: Connection) -> None:
    found = ask.product_by_barcode(reader, " BOX ", SHOP, DAY)
    assert found is not None
    assert found.pack == Quantity.of(6)


def test_what_nobody_knows_is_nothing(reader: Connection) -> None:
    assert ask.product_by_barcode(reader, "4006381333948", SHOP, DAY) is None
    assert ask.product_by_id(reader, "nobody", SHOP, DAY) is None
    assert ask.product_by_sku(reader, "", SHOP, DAY) is None


def test_an_sku_finds_its_product_unless_two_have_it(till: Till, reader: Connection) -> None:
    found = ask.product_by_sku(reader, "C-1", SHOP, DAY)
    assert found is not None
    assert found.article.product == "coffee"
    till.do(SaveProducts("b", (ProductEdit("tea", sku="C-1"),)))
    assert ask.product_by_sku(reader, "C-1", SHOP, DAY) is None


def test_an_article_says_its_variant_its_unit_and_what_lies_on_no_shelf(till: Till, reader: Connection) -> None:
    tea, apples, repair = (ask.product_by_id(reader, name, SHOP, DAY) for name in ("tea", "apples", "repair"))
    assert tea is not None
    assert apples is not None
    assert repair is not None
    assert tea.article.name == "Tea, green"
    assert (apples.article.unit, apples.article.taxes) == ("kg", ())
    assert (repair.article.is_tracked, repair.article.prices) == (False, ())
    till.do(SaveProducts("b", (ProductEdit("tea", is_sold=False),)))
    gone = ask.product_by_id(reader, "tea", SHOP, DAY)
    assert gone is not None
    assert not gone.is_sold


def test_an_article_says_what_is_out_of_the_ordinary_about_it(till: Till, reader: Connection) -> None:
    till.do(SaveProducts("b", (ProductEdit("tea", age=16, asks_serial=True, deposit="cup"),)))
    tea, coffee = (ask.product_by_id(reader, name, SHOP, DAY) for name in ("tea", "coffee"))
    assert tea is not None
    assert coffee is not None
    assert tea.article.traits == Traits(age=16, asks_serial=True, deposit="cup")
    assert coffee.article.traits is PLAIN


def test_the_price_is_that_of_the_day(till: Till, reader: Connection) -> None:
    one = PriceRow("coffee", gbp("2.90"), valid_from="2026-12-01")
    rows = (one, replace(one, price=gbp("2.50"), from_quantity=Quantity.of(10)))
    till.do(SetPrices("b", PriceList("xmas", "Christmas", 5, "2026-12-01", "2026-12-24"), rows))
    for day, prices in (("2026-11-30", ["3.20"]), ("2026-12-01", ["2.90", "2.50"]), ("2026-12-25", ["3.20"])):
        found = ask.product_by_id(reader, "coffee", SHOP, day)
        assert found is not None
        assert [step.price for step in found.article.prices] == [gbp(price) for price in prices]


# --- tiles ------------------------------------------------------------------------------------------------------------


def test_a_shop_without_favourites_sees_its_newest_products(till: Till, reader: Connection) -> None:
    tiles = ask.favourite_tiles(reader, SHOP, DAY)
    assert [tile.product for tile in tiles] == ["repair", "apples", "tea", "coffee"]
    assert tiles[2] == Tile("tea", "Tea, green", "Drinks", gbp("2.50"), None, variant="green")
    assert tiles[0].price is None


def test_favourites_stand_at_their_places(till: Till, reader: Connection) -> None:
    till.do(SaveProducts("b", (ProductEdit("tea", favourite=2), ProductEdit("coffee", favourite=1))))
    assert [tile.product for tile in ask.favourite_tiles(reader, SHOP, DAY)] == ["coffee", "tea"]
    till.do(SaveProducts("b2", (ProductEdit("coffee", is_sold=False),)))
    assert [tile.product for tile in ask.favourite_tiles(reader, SHOP, DAY)] == ["tea"]


def test_categories_stand_by_name_and_their_colour_hangs_on_the_name_alone(till: Till, reader: Connection) -> None:
    before = dict(ask.categories(reader))
    names = ["zoo", "Äpfel", "Bread", "Drinks"]
    till.do(SaveProducts("b", tuple(ProductEdit(name, name="P", category=name) for name in names)))
    found = ask.categories(reader)
    assert [name for name, _ in found] == ["Äpfel", "Bread", "Drinks", "Fruit", "zoo"]
    assert dict(found) | before == dict(found)
    assert {hue for _, hue in found} <= set(range(8))
    assert len({hue for _, hue in found}) > 1


def test_a_category_shows_its_products_up_to_a_limit(reader: Connection) -> None:
    assert [name for name, _ in ask.categories(reader)] == ["Drinks", "Fruit"]
    assert [tile.product for tile in ask.category_tiles(reader, "Drinks", SHOP, DAY)] == ["coffee", "tea"]
    assert [tile.product for tile in ask.category_tiles(reader, "Drinks", SHOP, DAY, most=1)] == ["coffee"]
    assert ask.category_tiles(reader, "Toys", SHOP, DAY) == []


def test_a_tile_shows_what_is_on_hand(till: Till, reader: Connection) -> None:
    assert ask.on_hand(reader, "coffee", SHOP) is None
    till.do(MoveGoods("d1", "delivery", (Move("coffee", Quantity.of(5), SUPPLIER, "shop:s1"),)))
    till.sell("sale-1", "coffee", "tea")
    assert ask.on_hand(reader, "coffee", SHOP) == Quantity.of(4)
    assert [tile.on_hand for tile in ask.category_tiles(reader, "Drinks", SHOP, DAY)] == [Quantity.of(4), None]


# --- tickets ----------------------------------------------------------------------------------------------------------


def test_the_ticket_in_work_is_found_after_a_cut_of_the_power(till: Till, reader: Connection) -> None:
    assert ask.open_sale(reader, "t1") is None
    till.do(till.add("sale-1"), till.add("sale-1", "tea"))
    found = ask.open_sale(reader, "t1")
    assert found is not None
    assert (found.sale, found.total) == ("sale-1", gbp("5.70"))
    assert ask.open_sale(reader, "t2") is None
    till.do(VoidSale("sale-1"))
    assert ask.open_sale_id(reader, "t1") == ""


def test_held_tickets_are_listed_oldest_first_for_every_till(till: Till, reader: Connection) -> None:
    till.do(till.add("sale-1"), HoldSale("sale-1", "Ann"))
    first = till.clock.moment
    till.do(till.add("sale-2", "tea"), HoldSale("sale-2", ""))
    assert ask.held_sales(reader) == [
        Held("sale-1", "Ann", 1, gbp("3.20"), Stamp(first.utc_ms), "t1"),
        Held("sale-2", "", 1, gbp("2.50"), Stamp(till.clock.moment.utc_ms), "t1"),
    ]
    till.database.become_till("t2")
    till.do(RecallSale("sale-1"))
    assert [held.sale for held in ask.held_sales(reader)] == ["sale-2"]
    assert ask.open_sale_id(reader, "t2") == "sale-1"


def test_without_a_till_the_first_shop_is_the_shop(till: Till, reader: Connection) -> None:
    till.do(SaveShop(replace(SHOP, id="s2", name="Second")))
    assert ask.shop_of(reader, "") == SHOP


def test_a_barcode_moves_with_its_product(till: Till, reader: Connection) -> None:
    till.do(SaveProducts("b1", (ProductEdit("coffee", barcodes=()),)))
    till.do(SaveProducts("b2", (ProductEdit("tea", barcodes=(PackCode("04006381333931"),)),)))
    found = ask.product_by_barcode(reader, EAN, SHOP, DAY)
    assert found is not None
    assert found.article.product == "tea"
