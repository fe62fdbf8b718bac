"""A screen says which revision it was opened at; the fact says which writes its author had before them."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.catalogue import PriceRow, PricesSet, ProductEdit, ProductsSaved, SaveProducts, SetPrices
from omsdesk.domain.people import Person, PersonSaved, Role, SavePerson
from omsdesk.domain.pricing import RETAIL, PriceList
from omsdesk.domain.shop import SaveShop, SaveTill, ShopSaved, TillSaved
from omsdesk.store.queries.catalogue import product_as_edit
from omsdesk.store.queries.conflicts import conflicts
from omsdesk.store.queries.till import person
from tests.domain.corner_shop import SHOP, TILL, gbp
from tests.store.station import PEOPLE, Station

CLUB = PriceList("club", "Club")


def save(till: Station, *edits: ProductEdit) -> tuple[str, tuple[ProductEdit, ...]]:
    """Save products; gives the name of the fact and the edits as it tells them."""
    (entry,) = till.do(SaveProducts(till.clock.new_id(), edits)).entries
    assert isinstance(entry.fact, ProductsSaved)
    return entry.ref, entry.fact.edits


# --- products ---------------------------------------------------------------------------------------------------------


def test_what_is_new_saw_nothing(till: Station) -> None:
    new = ProductEdit("milk", name="Milk")
    assert save(till, new)[1] == (new,)
    assert save(till, replace(new, product="soy", base=7))[1] == (replace(new, product="soy"),), (
        "it has no revision yet"
    )


def test_an_edit_saw_what_held_of_its_own_fields(till: Station) -> None:
    first, (edit,) = save(till, ProductEdit("coffee", name="One", sku="S"))
    assert (edit.base, edit.saw, edit.generation) == (1, (), 1)
    second, (edit,) = save(till, ProductEdit("coffee", name="Two"))
    assert (edit.base, edit.saw, edit.generation) == (2, (first,), 2)
    _, (edit,) = save(till, ProductEdit("coffee", name="Three", sku="S3"))
    assert (edit.base, set(edit.saw), edit.generation) == (3, {first, second}, 3)
    _, (edit,) = save(till, ProductEdit("coffee", brand="B"))
    assert (edit.saw, edit.generation) == ((), 1)


def test_a_form_that_was_opened_before_another_edit_does_not_take_its_place(till: Station) -> None:
    known = product_as_edit(till.database.writer, "coffee")
    assert known is not None
    save(till, ProductEdit("coffee", known.base, name="Theirs"))
    _, (edit,) = save(till, ProductEdit("coffee", known.base, name="Mine"))
    assert (edit.base, edit.saw) == (1, ())
    (found,) = conflicts(till.database.writer)
    assert {said.value for said in found.values} == {"Mine", "Theirs"}


def test_each_edit_of_one_product_in_a_batch_is_made_from_the_one_before(till: Station) -> None:
    _, edits = save(
        till, ProductEdit("coffee", name="One"), ProductEdit("coffee", name="Two"), ProductEdit("tea", sku="T")
    )
    assert [edit.base for edit in edits] == [1, 2, 1]
    assert conflicts(till.database.writer) == []


# --- prices -----------------------------------------------------------------------------------------------------------


def prices(till: Station, price_list: PriceList, *rows: PriceRow) -> PricesSet:
    (fact,) = till.do(SetPrices(till.clock.new_id(), price_list, rows)).facts
    assert isinstance(fact, PricesSet)
    return fact


def test_a_price_saw_the_one_at_its_own_place(till: Station) -> None:
    ref, _ = save(till, ProductEdit("coffee", price=gbp("3.00")))
    fact = prices(till, PriceList(RETAIL, "Retail"), PriceRow("coffee", gbp("3.10")), PriceRow("tea", gbp("2.10")))
    assert [(row.base, row.saw, row.generation) for row in fact.rows] == [(2, (ref,), 2), (1, (), 1)]
    other = prices(till, PriceList(RETAIL, "Retail"), PriceRow("coffee", gbp("2.90"), valid_from="2026-12-01"))
    assert other.rows[0].saw == ()


def test_a_price_in_a_form_that_is_old_stands_beside_the_newer_one(till: Station) -> None:
    prices(till, CLUB, PriceRow("coffee", gbp("3.00"), base=1))
    prices(till, CLUB, PriceRow("coffee", gbp("2.50"), base=1))
    (found,) = conflicts(till.database.writer)
    assert {said.value.price for said in found.values} == {gbp("3.00"), gbp("2.50")}


def test_who_sets_prices_speaks_of_the_list_only_if_it_is_new_or_without_rows(till: Station) -> None:
    row = PriceRow("coffee", gbp("3.00"))
    assert prices(till, CLUB, row).generation == 1
    assert prices(till, replace(CLUB, name="Other"), row).generation == 0
    assert prices(till, replace(CLUB, name="Members")).generation == 2
    assert till.database.writer.value("SELECT name FROM price_list WHERE id = 'club'") == "Members"


# --- people, shops, tills ---------------------------------------------------------------------------------------------


def test_of_a_person_only_what_differs_is_said(till: Station) -> None:
    cara = PEOPLE[3]
    (fact,) = till.do(SavePerson(replace(cara, role=Role.CLERK))).facts
    assert isinstance(fact, PersonSaved)
    assert (fact.said, fact.saw, fact.generation) == (("role",), (), 1)
    assert till.do(SavePerson(replace(cara, role=Role.CLERK))).facts == (), "nothing is different"


def test_a_page_that_is_old_changes_its_own_fields_and_no_others(till: Station) -> None:
    cara = PEOPLE[3]
    till.do(SavePerson(replace(cara, role=Role.CLERK), ("role",), 1))
    (fact,) = till.do(SavePerson(replace(cara, name="Cara C."), ("name",), 1)).facts
    assert isinstance(fact, PersonSaved)
    assert fact.person == Person("cara", "Cara C.", Role.CLERK)
    assert person(till.database.writer, "cara") == fact.person
    assert conflicts(till.database.writer) == []


def test_a_field_can_be_said_though_it_is_as_it_was(till: Station) -> None:
    (fact,) = till.do(SaveTill(TILL, ("name",))).facts
    assert isinstance(fact, TillSaved)
    assert fact.said == ("name",)


def test_a_shop_says_which_of_its_lists_changed(till: Station) -> None:
    (fact,) = till.do(SaveShop(replace(SHOP, phone="1", tax_rates=()))).facts
    assert isinstance(fact, ShopSaved)
    assert set(fact.said) == {"phone", "tax_rates"}
