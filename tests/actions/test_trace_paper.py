"""Where a serial number or a lot went: on paper, and as a table that a shop recalls goods by."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from omsdesk.actions.paper import NoDocument
from omsdesk.actions.trace_paper import trace_of, write_table
from omsdesk.documents import plain
from omsdesk.documents.trace_report import TABLE, trace_paper
from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.customer import Customer, SaveCustomer
from omsdesk.domain.returns import ReturnGoods
from omsdesk.domain.sale_command import AddLine, CompleteSale
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.queries.receipts import by_goods, find
from tests.domain.corner_shop import NOON, SHOP, gbp
from tests.store.station import Station


@pytest.fixture
def recalled(till: Station) -> Station:
    """Milk of a lot was sold to Anna and to somebody, who brought one back."""
    till.do(
        SaveProducts("b", (ProductEdit("milk", name="Milk", price=gbp("1.00"), asks_lot=True),)),
        SaveCustomer(Customer("anna", "Anna Smith", phone="0170 1", email="anna@example.org")),
    )
    milk = till.add("sale-1", "milk").article
    till.do(AddLine("sale-1", "m1", milk, Quantity.of(3), lot="L7"), SetCustomer("sale-1", "anna"))
    till.do(till.pay("sale-1"), CompleteSale("sale-1"))
    till.do(AddLine("sale-2", "m2", milk, Quantity.of(2), lot="L7"))
    till.do(till.pay("sale-2"), CompleteSale("sale-2"))
    till.do(ReturnGoods("back-1", "r1", "sale-2", "m2", ONE))
    till.do(till.pay("back-1"), CompleteSale("back-1"))
    return till


def test_everybody_who_bought_it_is_named(recalled: Station) -> None:
    report = trace_of(recalled.database.writer, SHOP, " L7 ", NOON)
    assert report.title == "Lot L7"
    assert report.with_customers == Quantity.of(4)
    assert [(row.what, row.number, row.customer, row.email) for row in report.rows if row.customer] == [
        ("Sold", "1A-000001", "Anna Smith", "anna@example.org")
    ]
    assert sorted(row.what for row in report.rows) == ["Came back", "Sold", "Sold"]
    text = plain.render(trace_paper(report))
    assert "Anna Smith, 0170 1, anna@example.org" in text
    assert "Customer not known" in text
    assert "WITH CUSTOMERS" in text


def test_the_table_can_be_written_to_and_read_by_anybody(recalled: Station, tmp_path: Path) -> None:
    place = tmp_path / "new" / "trace.csv"
    write_table(trace_of(recalled.database.writer, SHOP, "L7", NOON), place)
    with place.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    assert tuple(heading) == TABLE
    anna = next(row for row in rows if row[6])
    assert anna[1:] == ["Sold", "Milk", "3", "1A-000001", "Till 1", "Anna Smith", "0170 1", "anna@example.org"]


def test_what_was_never_sold_is_said(recalled: Station) -> None:
    with pytest.raises(NoDocument, match="L9"):
        trace_of(recalled.database.writer, SHOP, "L9", NOON)


def test_receipts_are_found_by_the_number_of_their_goods(recalled: Station) -> None:
    reader = recalled.database.writer
    assert {row.sale for row in by_goods(reader, "L7")} == {"sale-1", "sale-2", "back-1"}
    assert {row.sale for row in find(reader, ["t1"], "L7")} == {"sale-1", "sale-2", "back-1"}
    assert by_goods(reader, "L9") == []
