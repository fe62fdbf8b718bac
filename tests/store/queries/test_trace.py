"""Where a serial number or a lot went."""

from __future__ import annotations

import pytest

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.returns import ReturnGoods
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import AddLine, CompleteSale
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.queries.trace import sold_serials, where_is
from omsdesk.store.replay import rebuild
from omsdesk.store.verify import verify
from tests.domain.corner_shop import gbp
from tests.store.station import Station


@pytest.fixture
def phones(till: Station) -> Station:
    """A till that sold two phones on one ticket and milk of a lot on it."""
    edits = (
        ProductEdit("phone", name="Phone", price=gbp("300.00"), asks_serial=True),
        ProductEdit("milk", name="Milk", price=gbp("1.00"), asks_lot=True),
    )
    till.do(SaveProducts("b", edits))
    phone, milk = till.add("sale-1", "phone"), till.add("sale-1", "milk")
    till.do(
        AddLine("sale-1", "p1", phone.article, Quantity.of(2), serials=("X1", "X2")),
        AddLine("sale-1", "m1", milk.article, Quantity.of(3), lot="L7", expiry="2027-01-01"),
    )
    till.do(till.pay("sale-1"), CompleteSale("sale-1"))
    return till


def come_back(till: Station, *serials: str, ticket: str = "back-1") -> SaleCompleted:
    """Bring phones back."""
    till.do(ReturnGoods(ticket, till.clock.new_id(), "sale-1", "p1", Quantity.of(len(serials)), serials=serials))
    done = till.do(till.pay(ticket), CompleteSale(ticket))
    return next(fact for fact in done.facts if isinstance(fact, SaleCompleted))


def test_a_number_is_found_with_the_ticket_it_went_out_on(phones: Station) -> None:
    (found,) = where_is(phones.database.writer, " X2 ")
    assert (found.sale, found.number, found.till, found.name, found.quantity) == (
        "sale-1", "1A-000001", "t1", "Phone", ONE,
    )  # fmt: skip
    assert not found.is_lot
    (lot,) = where_is(phones.database.writer, "L7")
    assert (lot.name, lot.quantity, lot.is_lot) == ("Milk", Quantity.of(3), True)
    assert where_is(phones.database.writer, "nothing") == []


def test_what_came_back_is_not_with_the_customer_and_can_be_sold_again(phones: Station) -> None:
    writer = phones.database.writer
    assert sold_serials(writer, "phone", ["X1", "X2", "X3"]) == {"X1", "X2"}
    come_back(phones, "X1")
    assert sold_serials(writer, "phone", ["X1", "X2"]) == {"X2"}
    assert [row.quantity for row in where_is(writer, "X1")] == [-ONE, ONE]
    assert sold_serials(writer, "milk", ["X2"]) == frozenset(), "numbers are those of a product"


def test_it_comes_back_once(phones: Station) -> None:
    come_back(phones, "X1")
    wanted = ReturnGoods("back-2", "r", "sale-1", "p1", ONE, serials=("X1",))
    assert "came back already" in phones.refusal(wanted).sentence


def test_a_cashier_does_not_sell_a_number_twice(phones: Station) -> None:
    phone = phones.add("x", "phone").article
    again = AddLine("sale-2", "p", phone, ONE, serials=("X1",))
    assert "sold before" in phones.refusal(again, actor="cara").sentence
    phones.do(again, actor="sue")


def test_the_tables_are_the_same_when_they_are_made_again(phones: Station) -> None:
    come_back(phones, "X2")
    question = "SELECT * FROM sale_trace ORDER BY sale, position, code"
    before = phones.database.writer.rows(question)
    assert len(before) == 4
    rebuild(phones.database)
    assert phones.database.writer.rows(question) == before
    assert verify(phones.path).sentences == ()
