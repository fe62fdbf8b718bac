"""The paper of an order: what was ordered, what was paid, what is due when, until when it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.documents import escpos, pdf, plain
from omsdesk.documents.order import OrderDocument, PlanRow, order_paper
from omsdesk.documents.receipt import ReceiptLine, ReductionRow
from omsdesk.documents.tax_rows import TaxRow
from omsdesk.domain.values import ONE, Stamp
from tests.documents.samples import LETTERHEAD, pounds

ORDER = OrderDocument(
    letterhead=LETTERHEAD,
    title="Layaway",
    number="1A-B00017",
    at=Stamp(1_795_435_200_000),
    lines=(ReceiptLine("Hand grinder", ONE, "piece", pounds("89.00"), pounds("89.00")),),
    reductions=(ReductionRow("Discount", pounds("9.00")),),
    total=pounds("80.00"),
    customer=("Anna Ahrens", "0171 234567"),
    place=("To be fetched at Meadow & Sons",),
    taxes=(TaxRow("VAT", "20 %", pounds("66.67"), pounds("13.33")),),
    paid=pounds("20.00"),
    due=pounds("60.00"),
    plan=(
        PlanRow("", pounds("20.00"), is_paid=True),
        PlanRow("2026-12-23", pounds("30.00")),
        PlanRow("2027-01-23", pounds("30.00")),
    ),
    until="2027-02-21",
    terms=("If this order is given up, £8.00 of what was paid is kept.",),
)


def text(order: OrderDocument) -> str:
    return plain.render(order_paper(order))


def test_it_says_what_is_paid_and_what_is_due_when() -> None:
    written = text(ORDER)
    for part in (
        "Layaway 1A-B00017", "Anna Ahrens", "Hand grinder", "£80.00", "Paid so far", "Still to pay", "at once, paid",
        "by 23 Dec 2026", "by 23 Jan 2027", "kept until 21 Feb 2027", "given up", "Included tax", "VAT 20 %",
    ):  # fmt: skip
        assert part in written, part
    assert "COPY" not in written


def test_a_quotation_says_until_when_its_prices_hold_and_nothing_of_payments() -> None:
    written = text(replace(ORDER, title="Quotation", is_quotation=True, due=None, paid=None, plan=(), terms=()))
    assert "prices hold until 21 Feb 2027" in written
    assert "Still to pay" not in written
    assert "Paid so far" not in written


def test_what_is_too_much_is_given_back() -> None:
    written = text(replace(ORDER, due=pounds("-5.00"), fee=pounds("8.00"), plan=(), note="Ring twice", is_copy=True))
    for part in ("To be given back", "£5.00", "Fee", "Ring twice", "COPY"):
        assert part in written


def test_taxes_on_top_stand_above_the_total() -> None:
    written = text(replace(ORDER, prices_include_tax=False))
    assert written.index("VAT 20 %") < written.index("TOTAL")
    assert "Included" not in written


@pytest.mark.parametrize("order", [ORDER, replace(ORDER, plan=(), until="", terms=(), customer=(), place=())])
def test_it_comes_out_of_a_printer_and_as_pdf(order: OrderDocument) -> None:
    assert escpos.render(order_paper(order)).notes == ()
    assert pdf.render(order_paper(order), title=order.number).payload.startswith(b"%PDF")
