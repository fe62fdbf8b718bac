"""What is wanted of an order, before it is saved: prices of a customer, deposits of bottles, what cannot be put on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.order import Party, Purpose
from omsdesk.domain.order_command import PlaceOrder
from omsdesk.domain.order_terms import Terms
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.queries import orders as queries
from omsdesk.ui.order_change import NO_TILL, OrderChange, change_of
from tests.domain.corner_shop import gbp
from tests.store.station import Station

LEMONADE = SaveProducts(
    "bottles",
    (
        ProductEdit("bottle", name="Bottle", price=gbp("0.25"), is_deposit=True, is_sold=True),
        ProductEdit("lemonade", name="Lemonade", price=gbp("2.00"), deposit="bottle", is_sold=True),
        ProductEdit("mystery", name="Mystery", price=gbp("1.00"), asks_price=True, is_sold=True),
        ProductEdit("gone", name="Gone", price=gbp("1.00"), is_sold=False),
    ),
)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Station]:
    """A till with an order of three coffees."""
    made = Station(tmp_path / "shop.db")
    made.open_shift()
    made.do(LEMONADE)
    made.do(made.add("ticket", "coffee", Quantity.of(3)))
    made.do(PlaceOrder("o1", Purpose.LAYAWAY, "s1", "ticket", (), Party(name="Anna"), Terms()))
    yield made
    made.close()


def begun(till: Station) -> OrderChange:
    known = queries.order(till.database.writer, "o1")
    assert known is not None
    change = change_of(till.database.writer, till.clock, known)
    assert isinstance(change, OrderChange)
    return change


def shown(change: OrderChange) -> list[tuple[str, str]]:
    return [(wanted.row.name, str(wanted.row.quantity)) for wanted in change.lines]


def test_a_bottle_brings_its_deposit_and_both_go_together(till: Station) -> None:
    change = begun(till)
    assert change.add("lemonade", Quantity.of(2)) == ""
    assert shown(change) == [("Coffee", "3"), ("Lemonade", "2"), ("Bottle", "2")]
    bottle = change.lines[2].row
    assert change.step(bottle.line, 1) == "", "more bottles are more lemonade"
    assert shown(change)[1:] == [("Lemonade", "3"), ("Bottle", "3")]
    till.do(change.command)
    again = begun(till)
    assert again.total == gbp("16.35")
    assert again.step(again.lines[1].row.line, -1) == ""
    assert shown(again)[1:] == [("Lemonade", "2"), ("Bottle", "2")]
    again.remove(again.lines[1].row.line)
    assert shown(again) == [("Coffee", "3")]
    till.do(again.command)
    assert begun(till).total == gbp("9.60")


def test_one_more_of_the_same_is_the_same_line_while_it_costs_the_same(till: Station) -> None:
    change = begun(till)
    change.add("coffee")
    assert shown(change) == [("Coffee", "4")]
    till.do(SaveProducts("dearer", (ProductEdit("coffee", price=gbp("4.00")),)))
    change = begun(till)
    change.add("coffee")
    change.add("coffee")
    assert shown(change) == [("Coffee", "3"), ("Coffee", "2")]
    assert change.total == gbp("17.60"), "what was agreed on stays, what is new costs what it costs today"


@pytest.mark.parametrize(
    ("product", "said"),
    [("bottle", "goes with its bottle"), ("mystery", "order of its own"), ("gone", "not sold"), ("nobody", "not sold")],
)
def test_what_cannot_be_put_on_says_why(till: Station, product: str, said: str) -> None:
    change = begun(till)
    assert said in change.add(product, ONE)
    assert not change.has_changes


def test_nothing_is_changed_where_there_is_no_till(till: Station) -> None:
    known = queries.order(till.database.writer, "o1")
    assert known is not None
    till.database.become_till("")
    assert change_of(till.database.writer, till.clock, known) == NO_TILL
