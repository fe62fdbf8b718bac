"""Edits are heard in any order, and what is kept of them does not grow for ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from omsdesk.domain.catalogue import PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.pricing import PriceList
from omsdesk.store.queries.till import person
from tests.domain.corner_shop import gbp
from tests.store.projections.conftest import Rows
from tests.store.station import Station
from tests.stories.master_data import Office, three_offices


@pytest.fixture
def offices(tmp_path: Path) -> list[Office]:
    return three_offices(tmp_path)


def save(station: Station, *edits: ProductEdit) -> None:
    station.do(SaveProducts(station.clock.new_id(), edits))


def name_of(office: Office, product: str = "coffee") -> str:
    return str(office.database.writer.value("SELECT name FROM product WHERE id = :id", id=product))


def test_what_is_new_leaves_no_writes(till: Station, rows: Rows) -> None:
    save(till, ProductEdit("milk", name="Milk", price=gbp("1.00")), ProductEdit("milk", variant="fresh"))
    assert rows("SELECT * FROM field_write") == []


def test_an_edit_leaves_one_for_each_field_and_takes_the_place_of_the_one_before(till: Station, rows: Rows) -> None:
    save(till, ProductEdit("coffee", name="Espresso", price=gbp("2.00")))
    save(till, ProductEdit("coffee", name="Lungo"))
    found = rows("SELECT field, generation, value, since, until FROM field_write ORDER BY field, generation")
    assert found == [
        ("name", 1, '"Espresso"', 2, 3), ("name", 2, '"Lungo"', 3, None),
        ("price:0::retail", 1, '[200,"GBP",""]', 2, None),
    ]  # fmt: skip


def test_said_twice_in_one_entry_the_last_word_counts(till: Station, rows: Rows) -> None:
    save(till, ProductEdit("coffee", name="One"), ProductEdit("coffee", name="Two"))
    assert rows("SELECT value, until FROM field_write") == [('"Two"', None)]
    assert rows("SELECT name, revision FROM product WHERE id = 'coffee'") == [("Two", 3)]


def test_what_was_taken_the_place_of_before_it_was_heard_is_never_shown(offices: list[Office]) -> None:
    here, there, _ = offices
    save(here, ProductEdit("coffee", name="First"))
    save(here, ProductEdit("coffee", name="Second"))
    save(here, ProductEdit("coffee", name="Third"))
    *_, first, second, third = here.letters()
    there.hear([third])
    assert name_of(there) == "Third"
    there.hear([first])
    assert name_of(there) == "Third"
    assert len(there.conflicts()) == 1, "that the third had seen the second, and that the first, is not known yet"
    there.hear([second])
    assert name_of(there) == "Third"
    assert there.conflicts() == []


def test_an_edit_that_is_heard_before_its_product_waits_for_it(tmp_path: Path, offices: list[Office]) -> None:
    here, there, _ = offices
    save(here, ProductEdit("milk", name="Milk", category="Dairy", price=gbp("1.00")))
    save(here, ProductEdit("milk", name="Oat milk", price=gbp("2.00")))
    here.do(SetPrices("b", PriceList("club", "Club"), (PriceRow("milk", gbp("0.50")),)))
    birth, edit, prices = here.letters()[-3:]
    there.hear([prices, edit])
    assert there.database.writer.value("SELECT count(*) FROM product WHERE id = 'milk'") == 0, "nobody sees half of it"
    there.hear([birth])
    assert there.database.writer.rows("SELECT name, category FROM product WHERE id = 'milk'") == [("Oat milk", "Dairy")]
    found = "SELECT list_id, minor FROM price JOIN product ON no = product_no WHERE id = 'milk' ORDER BY list_id"
    assert there.database.writer.rows(found) == [("club", 50), ("retail", 200)]


def test_people_who_are_heard_of_backwards_are_who_they_are(offices: list[Office]) -> None:
    here, there, _ = offices
    here.do(SavePerson(Person("nia", "Nia", Role.CASHIER, "a hash")))
    here.do(SavePerson(Person("nia", "Nia", Role.MANAGER, "a hash")))
    birth, edit = here.letters()[-2:]
    there.hear([edit])
    assert person(there.database.writer, "nia") is None
    there.hear([birth])
    assert person(there.database.writer, "nia") == person(here.database.writer, "nia")


def test_two_who_differ_before_the_beginning_is_heard_are_a_conflict_once_it_is(offices: list[Office]) -> None:
    here, there, third = offices
    save(here, ProductEdit("milk", name="Milk"))
    birth = here.letters()[-1]
    there.hear([birth])
    save(here, ProductEdit("milk", name="Oat"))
    save(there, ProductEdit("milk", name="Soy"))
    third.hear([here.letters()[-1], there.letters()[-1]])
    assert third.conflicts() == []
    third.hear([birth])
    (found,) = third.conflicts()
    assert {said.value for said in found.values} == {"Oat", "Soy"}


def test_of_a_field_that_is_edited_for_ever_few_writes_are_kept(till: Station, rows: Rows) -> None:
    for number in range(40):
        save(till, ProductEdit("coffee", price=gbp(f"{number + 1}.00")))
    kept = [json.loads(value)[0] for (value,) in rows("SELECT value FROM field_write ORDER BY generation")]
    assert len(kept) < 10
    assert kept[-1] == 4000
