"""Customers found by whatever somebody says of themselves at the counter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.customer import Customer, CustomerGroup, SaveCustomer, SaveGroup, SetTerms
from omsdesk.store.projections.customer import count_visit
from omsdesk.store.queries import customer as queries
from omsdesk.store.replay import rebuild
from tests.domain.corner_shop import NOON
from tests.store.station import Station

PEOPLE = (
    Customer("anna", "Anna Smith", "Smith & Sons", "+49 170 1234567", "anna.smith@example.org", card="2900001"),
    Customer("bert", "Bert Smithers", phone="0171 5550100", email="bert@example.org"),
    Customer("zoe", "Zoë Žluťoučký", phone="030/445566"),
    Customer("shop", company="Corner Café Ltd", phone="020 7946 0000"),
)


@pytest.fixture
def shop(till: Station) -> Station:
    till.do(*(SaveCustomer(row) for row in PEOPLE))
    return till


def found(shop: Station, text: str) -> list[str]:
    return [row.customer.id for row in queries.search(shop.database.writer, text)]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("ann", ["anna"]),
        ("smith", ["anna", "bert"]),
        ("sons smi", ["anna"]),
        ("zlut", ["zoe"]),
        ("cafe", ["shop"]),
        ("0170 123", ["anna"]),
        ("+49170", ["anna"]),
        ("4567", ["anna"]),
        ("0049 171 5550100", ["bert"]),
        ("03044", ["zoe"]),
        ("anna.smith@ex", ["anna"]),
        ("BERT@", ["bert"]),
        ("29000", ["anna"]),
        ("nobody", []),
        ("", []),
        ("  ", []),
        ('"*', []),
    ],
)
def test_a_customer_is_found(shop: Station, typed: str, who: list[str]) -> None:
    assert found(shop, typed) == who


def test_who_comes_often_is_met_first(shop: Station) -> None:
    with shop.database.transaction("system", shop.clock.now()) as transaction:
        for _ in range(9):
            count_visit(transaction.connection, "bert")
        count_visit(transaction.connection, "stranger")
    assert found(shop, "smi") == ["bert", "anna"]
    # The whole word that was typed says more.
    assert found(shop, "anna")[0] == "anna"


def test_a_card_says_who_it_is(shop: Station) -> None:
    assert [row.id for row in queries.customers_of_card(shop.database.writer, " 2900001 ")] == ["anna"]
    assert queries.customers_of_card(shop.database.writer, "") == []


@pytest.mark.parametrize(
    ("new", "like"),
    [
        (Customer("new", phone="0170/1234567"), ["anna"]),
        (Customer("new", email="Anna.Smith@example.org"), ["anna"]),
        (Customer("new", phone="0170 7654321", email="other@example.org"), []),
        (Customer("new", "Anna Smith"), []),
        (replace(PEOPLE[0], note="Herself"), []),
    ],
)
def test_somebody_who_is_known_is_not_written_down_twice_by_mistake(
    shop: Station, new: Customer, like: list[str]
) -> None:
    assert [row.id for row in queries.alike(shop.database.writer, new)] == like


def test_a_ticket_gets_its_copy(shop: Station) -> None:
    shop.do(SaveGroup(CustomerGroup("club", "Club", "club-list")))
    shop.do(SetTerms(replace(PEOPLE[0], groups=("club",), price_list="own")))
    copy = queries.buyer_by_id(shop.database.writer, "anna", NOON.day)
    assert copy is not None
    assert copy.price_lists == ("own", "club-list")
    assert queries.buyer_by_id(shop.database.writer, "stranger", NOON.day) is None


def test_the_list_goes_from_the_newest_down(shop: Station) -> None:
    reader = shop.database.writer
    last = queries.last_no(reader)
    assert [row.customer.id for row in queries.listed(reader, last, 2)] == ["shop", "zoe"]
    assert [row.customer.id for row in queries.listed(reader, last - 2, 9)] == ["bert", "anna"]


def test_rebuilt_tables_find_the_same(shop: Station) -> None:
    before = [found(shop, text) for text in ("smith", "0170", "cafe", "anna.s")]
    rebuild(shop.database)
    assert [found(shop, text) for text in ("smith", "0170", "cafe", "anna.s")] == before
