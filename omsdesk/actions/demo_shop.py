"""The demonstration shop: invented people, real products and prices (``resources/demo/ATTRIBUTION.txt``)."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from omsdesk.actions import demo_offers
from omsdesk.actions.clock import Clock
from omsdesk.actions.execute import Executor
from omsdesk.actions.import_catalogue import import_file
from omsdesk.actions.people import hash_pin
from omsdesk.actions.set_up import country_preset
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.people import SYSTEM, Person, Role, SavePerson
from omsdesk.domain.shop import SaveShop, SaveTill, Shop, Till
from omsdesk.resource_files import resource
from omsdesk.store.database import open_database
from omsdesk.store.engine import StoreFailure
from omsdesk.store.queries.till import product_by_sku, shop_of


def begin_demo_shop(path: Path, clock: Clock) -> bool:
    """Have a demonstration shop in a database, which is made if need be; a shop that is there stays as it is.

    Tells whether it is the demonstration shop that is there.

    Raises:
        StoreFailure: the disk did not take it.

    """
    database = open_database(path, clock.new_id)
    try:
        if not database.station.till:
            make_demo_shop(Executor(database, clock))
        shop = shop_of(database.writer, database.station.till)
        return shop is not None and shop.tax_number == _plan()["shop"]["tax_number"]
    finally:
        database.close()


def make_demo_shop(executor: Executor) -> None:
    """Fill an empty database with the demonstration shop, and make this station its first till.

    Raises:
        StoreFailure: the disk did not take it.

    """
    plan = _plan()
    new_id = executor.clock.new_id
    shop = demo_offers.with_ways_to_pay(_shop(new_id(), plan["shop"]), plan)
    tills = [Till(new_id(), shop.id, row["code"], row["name"]) for row in plan["tills"]]
    people = [_person(new_id(), row) for row in plan["people"]]
    _do(executor, SaveShop(shop), *map(SaveTill, tills), *map(SavePerson, people))
    executor.database.become_till(tills[0].id)
    _do(executor, demo_offers.goods(new_id(), plan, shop.currency))
    import_file(executor, SYSTEM, resource("demo/products.csv"), shop)
    _do(executor, *demo_offers.offers(plan, _products(executor, plan, shop), shop.currency))
    _do(executor, *demo_offers.customers(plan, iter(new_id, ""), shop.currency))


def _products(executor: Executor, plan: dict[str, Any], shop: Shop) -> dict[str, str]:
    """Find the products that offers are for, by their stock numbers."""
    reader, day = executor.database.writer, executor.clock.now().day
    wanted = {sku for row in plan["promotions"] for sku in row["skus"]}
    found = {sku: product_by_sku(reader, sku, shop, day) for sku in wanted}
    return {sku: known.article.product for sku, known in found.items() if known is not None}


def demo_pins() -> dict[str, str]:
    """The PINs of the people of the demonstration shop, by name: they are no secret."""
    return {row["name"]: row["pin"] for row in _plan()["people"]}


def _plan() -> dict[str, Any]:
    return tomllib.loads(resource("demo/shop.toml").read_text(encoding="utf-8"))


def _shop(id: str, said: dict[str, Any]) -> Shop:
    usual = country_preset(said["country"]).shop(id, said["name"])
    return replace(
        usual,
        address=tuple(said["address"]),
        phone=said["phone"],
        tax_number=said["tax_number"],
        footer=tuple(said["footer"]),
    )


def _person(id: str, said: dict[str, str]) -> Person:
    return Person(id, said["name"], Role(said["role"]), hash_pin(said["pin"]))


def _do(executor: Executor, *commands: Command) -> None:
    outcome = executor.execute(SYSTEM, *commands)
    if isinstance(outcome, Refusal):
        raise StoreFailure(outcome.sentence)
