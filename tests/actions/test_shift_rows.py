"""The figures of a shift in the words of its report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.actions import shift_rows
from omsdesk.documents.shift_report import Counted
from omsdesk.documents.tax_rows import TaxRow
from omsdesk.domain.cash import ShiftFigures, TaxTotal, TenderTotal, TicketTotal
from omsdesk.domain.ticket_kind import TicketKind
from tests.domain.corner_shop import CASH, SHOP, gbp

NOTHING = gbp("0.00")
NEW = ShiftFigures(
    3, gbp("20.00"), NOTHING, 0, NOTHING, 0, gbp("5.00"), gbp("-1.00"),
    tenders=(TenderTotal("cash", "Cash", 2, gbp("124.00")), TenderTotal("card", "Card", 1, NOTHING)),
    taxes=(TaxTotal("VAT", "20 %", gbp("10.00"), gbp("2.00")), TaxTotal("Exempt", "", gbp("8.00"), NOTHING)),
    refund_count=2, refunded=-500,
    tickets=(
        TicketTotal(TicketKind.SALE, 1, gbp("21.00")),
        TicketTotal(TicketKind.EXCHANGE, 1, gbp("-1.00")),
        TicketTotal(TicketKind.LOAD, 1, NOTHING),
    ),
)  # fmt: skip
OLD = replace(NEW, tickets=(), taxes=NEW.taxes[:1])
"""As a version wrote it that did not tell tickets apart."""


def test_each_kind_of_ticket_has_a_row_and_sales_and_refunds_always_do() -> None:
    assert shift_rows.tickets(NEW) == (
        Counted("Sales", 1, gbp("21.00")),
        Counted("Refunds", 0, NOTHING),
        Counted("Exchanges", 1, gbp("-1.00")),
        Counted("Paid in only", 1, NOTHING),
    )
    assert shift_rows.came_back(NEW) == Counted("Brought back", 2, gbp("-5.00"))
    assert shift_rows.tickets(replace(NEW, tickets=(), sale_count=0, total=NOTHING)) == (
        Counted("Sales", 0, NOTHING),
        Counted("Refunds", 0, NOTHING),
    )
    assert shift_rows.came_back(replace(NEW, refund_count=0)) is None


@pytest.mark.parametrize("kind", TicketKind)
def test_no_kind_is_without_a_name(kind: TicketKind) -> None:
    (row,) = (
        row for row in shift_rows.tickets(replace(NEW, tickets=(TicketTotal(kind, 7, NOTHING),))) if row.count == 7
    )
    assert row.name


def test_a_report_of_old_says_what_it_said_then() -> None:
    assert shift_rows.tickets(OLD) == (Counted("Sales", 3, gbp("25.00")), Counted("Refunds", 2, gbp("-5.00")))
    assert shift_rows.came_back(OLD) is None, "it stands in the row of the refunds already"
    assert shift_rows.tax_total(OLD) is None, "what has no tax is missing"
    assert shift_rows.expected_cash(OLD, SHOP) is None
    assert shift_rows.cash_payments(OLD, SHOP, gbp("100.00")) is None


def test_the_taxes_add_up_to_the_total_and_goods_with_two_taxes_count_once() -> None:
    assert shift_rows.tax_total(NEW) == TaxRow("Total", "", gbp("18.00"), gbp("2.00"))
    two = (TaxTotal("CGST", "9 %", gbp("10.00"), gbp("0.90")), TaxTotal("SGST", "9 %", gbp("10.00"), gbp("0.90")))
    both = replace(NEW, taxes=two, total=gbp("11.80"))
    assert shift_rows.tax_total(both) == TaxRow("Total", "", gbp("10.00"), gbp("1.80"))
    assert shift_rows.tax_total(replace(NEW, taxes=two[:1])) is None, "one row is its own total"
    assert [row.rate for row in shift_rows.taxes(both)] == ["9 %", "9 %"]


def test_the_drawer_is_the_float_the_payments_and_what_was_moved() -> None:
    assert shift_rows.expected_cash(NEW, SHOP) == gbp("124.00")
    assert shift_rows.cash_payments(NEW, SHOP, gbp("100.00")) == gbp("20.00")
    no_cash = replace(SHOP, tender_methods=tuple(way for way in SHOP.tender_methods if way != CASH))
    assert shift_rows.expected_cash(NEW, no_cash) is None
    assert shift_rows.cash_payments(NEW, no_cash, gbp("100.00")) is None
