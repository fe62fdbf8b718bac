"""The demonstration shop is a shop: its products can all be read, sold, scanned and taxed."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.demo_shop import begin_demo_shop
from omsdesk.domain.people import Person, Role
from omsdesk.domain.values import is_gtin, minor_digits
from omsdesk.store.database import open_database
from omsdesk.store.queries.catalogue import product_count
from tests.channels.product_files.exports import products, read_file
from tests.ui.till.shop import set_up

DEMO = Path(__file__).parents[2] / "resources" / "demo"
SHOP = tomllib.loads((DEMO / "shop.toml").read_text(encoding="utf-8"))
PRODUCTS = products(read_file(DEMO / "products.csv", "generic", SHOP["shop"]["currency"]))


def test_every_product_is_read_without_a_warning() -> None:
    assert 850 <= len(PRODUCTS) <= 950
    assert [row for row in PRODUCTS if row.warnings] == []


def test_products_are_told_apart_by_sku_name_and_barcode() -> None:
    codes = [code.code for row in PRODUCTS for code in row.barcodes]
    for told_apart in ([row.key for row in PRODUCTS], [row.name for row in PRODUCTS], codes):
        assert len(set(told_apart)) == len(PRODUCTS)
    assert all(is_gtin(code) and code.startswith("20") and len(code) == 13 for code in codes)


def test_everything_has_a_price_a_stock_and_a_category_of_a_dozen() -> None:
    assert all(row.price and row.price.minor > 0 and row.on_hand and row.on_hand.micro > 0 for row in PRODUCTS)
    sizes = {name: sum(row.category == name for row in PRODUCTS) for name in {row.category for row in PRODUCTS}}
    assert 8 <= len(sizes) <= 12
    assert max(sizes.values()) < 250
    assert min(sizes.values()) >= 10
    assert minor_digits(SHOP["shop"]["currency"]) == 2


def test_names_read_well_on_a_tile() -> None:
    assert PRODUCTS[0].name == "White Hanging Heart T-Light Holder"
    for row in PRODUCTS:
        assert len(row.name) <= 45
        assert not row.name.isupper()
        assert row.name[0].isupper() or row.name[0].isdigit()


def test_the_sixteen_best_sellers_are_the_favourites() -> None:
    assert [row.favourite for row in PRODUCTS if row.favourite] == list(range(1, 17))


def test_every_tax_category_of_a_product_is_one_of_the_shop() -> None:
    assert {row.tax for row in PRODUCTS} == {"standard", "zero"}
    assert {row.tax for row in PRODUCTS} <= {rate["category"] for rate in SHOP["tax_rates"]}


def test_somebody_owns_the_shop_and_every_pin_is_somebodys_own() -> None:
    roles = [Role(person["role"]) for person in SHOP["people"]]
    assert {Role.OWNER, Role.MANAGER, Role.CASHIER} <= set(roles)
    assert any(Person("p", "P", role).may("people.edit") for role in roles)
    pins = [person["pin"] for person in SHOP["people"]]
    assert len(set(pins)) == len(pins)
    assert all(len(pin) == 4 and pin.isdecimal() for pin in pins)


def test_tills_have_codes_of_their_own() -> None:
    assert len({till["code"] for till in SHOP["tills"]}) == len(SHOP["tills"]) >= 1


def test_the_source_is_named_as_its_licence_asks() -> None:
    notice = (DEMO / "ATTRIBUTION.txt").read_text(encoding="utf-8")
    for needed in ("Daqing Chen", "UCI Machine Learning Repository", "2015", "CC BY 4.0", "What was changed"):
        assert needed in notice


def test_a_spreadsheet_shows_the_file_as_one_table() -> None:
    with (DEMO / "products.csv").open(encoding="utf-8", newline="") as file:
        assert {len(row) for row in csv.reader(file)} == {9}


def test_it_is_made_once_and_found_again(tmp_path: Path) -> None:
    counts = []
    for _ in range(2):
        assert begin_demo_shop(tmp_path / "shop.db", SystemClock())
        database = open_database(tmp_path / "shop.db", SystemClock().new_id)
        counts.append(product_count(database.writer))
        database.close()
    assert counts[0] == counts[1] >= len(PRODUCTS)


def test_a_shop_of_somebodys_own_is_taken_for_no_demonstration(tmp_path: Path) -> None:
    path = set_up(tmp_path)
    assert not begin_demo_shop(path, SystemClock())
