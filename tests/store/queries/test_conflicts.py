"""What is to be settled is listed with every value, who said it, when and where."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.domain.catalogue import PackCode, PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.shop import SaveShop, SaveTill
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import Quantity
from omsdesk.store.queries.conflicts import Conflict, conflict_count, conflicts
from tests.domain.corner_shop import SHOP, TILL, gbp
from tests.store.station import PEOPLE
from tests.stories.master_data import Edit, Office, exchange_all, three_offices


@pytest.fixture
def offices(tmp_path: Path) -> list[Office]:
    return three_offices(tmp_path)


def differ(offices: list[Office], one: Edit, other: Edit) -> Conflict:
    """Let two stations do something apart; gives what the third has to settle."""
    one(offices[0])
    other(offices[1])
    exchange_all(offices, random.Random(0))
    (found,) = offices[2].conflicts()
    return found


def save(**said: object) -> Edit:
    edit = ProductEdit("coffee", **said)  # type: ignore[arg-type]
    return lambda office: office.do(SaveProducts(office.clock.new_id(), (edit,)), actor="max")


def values(found: Conflict) -> set[object]:
    return {said.value for said in found.values}


def test_where_nobody_differs_there_is_nothing_to_settle(offices: list[Office]) -> None:
    save(name="Espresso")(offices[0])
    save(brand="Acme")(offices[1])
    exchange_all(offices, random.Random(0))
    assert offices[2].conflicts() == []
    assert offices[2].database.writer.rows("SELECT name, brand FROM product WHERE id = 'coffee'") == [
        ("Espresso", "Acme")
    ]


def test_every_value_has_its_author_its_moment_and_its_station(offices: list[Office]) -> None:
    found = differ(offices, save(name="Espresso"), save(name="Lungo"))
    assert (found.noun, found.subject, found.field, found.base) == ("product", "coffee", "name", 3)
    assert found.name == found.values[0].value, "the one that is shown comes first"
    assert values(found) == {"Espresso", "Lungo"}
    assert {said.author for said in found.values} == {"Max Manager"}
    assert {said.station for said in found.values} == {office.database.station.device for office in offices[:2]}
    assert all(said.at is not None for said in found.values)


def test_they_are_counted_without_being_read_and_listed_up_to_a_limit(offices: list[Office]) -> None:
    save(name="Espresso", brand="A", is_sold=False)(offices[0])
    save(name="Lungo", brand="B", is_sold=True)(offices[1])
    exchange_all(offices, random.Random(0))
    reader = offices[2].database.writer
    assert conflict_count(reader) == 3
    assert [row.field for row in conflicts(reader, most=2)] == ["brand", "is_sold"]
    assert values(conflicts(reader)[1]) == {True, False}


def test_a_price_is_named_by_its_place(offices: list[Office]) -> None:
    def staff(pence: int, valid_to: str) -> Edit:
        row = PriceRow("coffee", gbp(f"0.{pence}"), Quantity.of(5), "2026-01-01", valid_to)
        return lambda office: office.do(SetPrices(office.clock.new_id(), PriceList("staff", "Staff"), (row,)))

    found = differ(offices, staff(50, ""), staff(60, "2026-12-31"))
    assert values(found) == {
        PriceRow("coffee", gbp("0.50"), Quantity.of(5), "2026-01-01"),
        PriceRow("coffee", gbp("0.60"), Quantity.of(5), "2026-01-01", "2026-12-31"),
    }
    assert [type(row) for row in found.about] == [ProductEdit, PriceList]


def test_one_code_with_two_quantities_is_one(offices: list[Office]) -> None:
    one, other = (PackCode("BOX", Quantity.of(6)), PackCode("1")), (PackCode("BOX", Quantity.of(12)),)
    assert values(differ(offices, save(barcodes=one), save(barcodes=other))) == {one, other}


def test_a_price_list_of_one_name_with_two_priorities_is_one(offices: list[Office]) -> None:
    def make(priority: int) -> Edit:
        made = PriceList("staff", "Staff", priority)
        return lambda office: office.do(SetPrices(office.clock.new_id(), made, (PriceRow("tea", gbp("1.00")),)))

    found = differ(offices, make(1), make(2))
    assert (found.noun, found.name, values(found)) == (
        "price_list", "Staff", {PriceList("staff", "Staff", 1), PriceList("staff", "Staff", 2)},
    )  # fmt: skip


def test_a_person_of_two_roles_is_one(offices: list[Office]) -> None:
    def make(role: Role) -> Edit:
        return lambda office: office.do(SavePerson(replace(PEOPLE[3], role=role)))

    found = differ(offices, make(Role.SUPERVISOR), make(Role.CLERK))
    assert (found.noun, found.name, found.field) == ("person", "Cara Cashier", "role")
    assert values(found) == {Role.SUPERVISOR, Role.CLERK}


def test_a_till_and_a_shop_are_named_too(offices: list[Office]) -> None:
    offices[0].do(SaveTill(replace(TILL, name="Door")), SaveShop(replace(SHOP, phone="1", footer=("Bye",))))
    offices[1].do(SaveTill(replace(TILL, name="Desk")), SaveShop(replace(SHOP, phone="")))
    exchange_all(offices, random.Random(0))
    (found,) = offices[2].conflicts()
    assert (found.noun, values(found)) == ("till", {"Door", "Desk"})


def test_two_ways_to_pay_that_were_added_apart_are_both_there(offices: list[Office]) -> None:
    for office, code in zip(offices, ("twint", "voucher"), strict=False):
        methods = (*SHOP.tender_methods, TenderMethod(code, code.title(), TenderKind.OTHER))
        office.do(SaveShop(replace(SHOP, tender_methods=methods)))
    exchange_all(offices, random.Random(0))
    (body,) = offices[2].database.writer.row("SELECT body FROM shop") or ("",)
    assert '"twint"' in body
    assert '"voucher"' in body
    assert offices[2].conflicts() == []


def test_a_code_of_two_products_names_both(offices: list[Office]) -> None:
    offices[0].do(SaveProducts("b1", (ProductEdit("tea", barcodes=(PackCode("555"),)),)), actor="olga")
    offices[1].do(SaveProducts("b2", (ProductEdit("new", name="New", barcodes=(PackCode("555"),)),)))
    exchange_all(offices, random.Random(0))
    (found,) = offices[2].conflicts()
    assert (found.noun, found.name) == ("barcode", "555")
    assert [(said.value, said.author) for said in found.values] == [("new", ""), ("tea", "Olga Owner")]
    assert [edit.product for edit in found.about if isinstance(edit, ProductEdit)] == ["new", "tea"]


def test_an_author_who_is_not_known_here_goes_by_their_id(offices: list[Office]) -> None:
    offices[0].do(SavePerson(Person("nia", "Nia", Role.MANAGER)))
    offices[0].do(SaveProducts("b", (ProductEdit("tea", name="A"),)), actor="nia")
    offices[1].do(SaveProducts("b", (ProductEdit("tea", name="B"),)), actor="max")
    offices[2].hear([offices[0].letters()[-1], offices[1].letters()[-1]])
    (found,) = offices[2].conflicts()
    assert {said.author for said in found.values} == {"nia", "Max Manager"}
