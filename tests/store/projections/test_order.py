"""Orders as rows: the same in whatever order facts are heard, and nothing of who asked to be forgotten."""

from __future__ import annotations

from itertools import permutations

import pytest

from omsdesk.domain.customer import Customer, ForgetCustomer, SaveCustomer
from omsdesk.domain.order import Party, Purpose
from omsdesk.domain.order_command import AcceptQuotation, CancelOrder, PlaceOrder, ReadyGoods
from omsdesk.domain.values import Quantity
from omsdesk.store import journal
from omsdesk.store.journal import Entry
from omsdesk.store.projections.all_nouns import project
from omsdesk.store.queries import orders as queries
from omsdesk.store.queries.till import reserved
from omsdesk.store.replay import rebuild
from tests.domain.corner_shop import SHOP
from tests.store.station import Station

ANNA = Customer("anna", "Anna Ahrens", phone="0171 234567")
WHO = Party("anna", "Anna Ahrens", "0171 234567", "", ("High Street 1",))
TABLES = ("shop_order", "order_word", "reservation")


def place(till: Station, order: str = "o1", purpose: Purpose = Purpose.QUOTATION) -> None:
    till.do(till.add(f"{order}-t", "coffee", Quantity.of(3)))
    till.do(PlaceOrder(order, purpose, "s1", f"{order}-t", (), WHO))


def rows(till: Station) -> list[object]:
    return [till.database.writer.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES]  # noqa: S608


def everything(till: Station) -> str:
    return repr(rows(till))


@pytest.fixture
def counter(till: Station) -> Station:
    if not till.database.writer.value("SELECT count(*) FROM shift"):
        till.open_shift()
    till.do(SaveCustomer(ANNA))
    return till


def orders_facts(till: Station) -> list[Entry]:
    return [entry for entry in journal.since(till.database.writer, 0) if entry.fact.kind.startswith("order.")]


def test_rows_are_the_same_in_whatever_order_facts_are_heard(counter: Station) -> None:
    place(counter)
    counter.do(AcceptQuotation("o1", Purpose.LAYAWAY, "s1"))
    counter.do(ReadyGoods("o1"))
    counter.do(CancelOrder("o1"))
    place(counter, "o2", Purpose.DELIVERY)
    before, facts = rows(counter), orders_facts(counter)
    for heard in list(permutations(facts))[::7]:
        clear(counter)
        for entry in heard:
            project(counter.database.writer, entry)
        assert rows(counter) == before


def clear(till: Station) -> None:
    for table in TABLES:
        till.database.writer.run(f"DELETE FROM {table}")  # noqa: S608


def test_who_asks_to_be_forgotten_is_on_no_order_any_more(counter: Station) -> None:
    place(counter)
    counter.do(AcceptQuotation("o1", Purpose.LAYAWAY, "s1"))
    assert "Ahrens" in everything(counter)
    counter.do(ForgetCustomer("anna"))
    for word in ("Ahrens", "ahrens", "234567", "High Street", "anna"):
        assert word not in everything(counter)
    found = queries.order(counter.database.writer, "o1")
    assert found is not None
    assert found.order.number == "1A-B00001", "what was ordered stays"
    assert reserved(counter.database.writer, "coffee", SHOP) == Quantity.of(3)


def test_an_order_that_is_heard_after_that_forgets_them_as_well(counter: Station) -> None:
    place(counter)
    counter.do(ForgetCustomer("anna"))
    counter.do(AcceptQuotation("o1", Purpose.LAYAWAY, "s1"))
    before = rows(counter)
    assert "Ahrens" not in everything(counter)
    rebuild(counter.database)
    assert rows(counter) == before
