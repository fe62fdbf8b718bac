"""What a receipt says of discounts and of what came back: the columns add up, and reasons are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.actions.paper import paper_of, receipt_of
from omsdesk.actions.receipt_lines import line
from omsdesk.documents import pdf, plain
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.discount import Discount
from omsdesk.domain.line import SoldLine
from omsdesk.domain.printing import PaperKind, PrintState
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.returns import ReturnGoods, ReturnWithoutReceipt
from omsdesk.domain.sale_command import CompleteSale, DiscountLine, DiscountSale, ReturnDeposit
from omsdesk.domain.stock import SCRAP
from omsdesk.domain.traits import Traits
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.queries.printing import Job
from tests.domain.corner_shop import CARD, gbp
from tests.store.station import Station


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Station]:
    """Three coffees with a quarter off, a tea, and a pound off all of it, paid by card and cash."""
    made = Station(tmp_path / "shop.db")
    made.open_shift()
    made.do(made.add("sale-1", quantity=Quantity.of(3), line="a"), made.add("sale-1", "tea", line="b"))
    made.do(DiscountLine("sale-1", "a", Discount(ppm=250_000, reason="Damaged")))
    made.do(DiscountSale("sale-1", Discount(amount=gbp("1.00"))))
    made.do(replace(made.pay("sale-1", gbp("5.00"), CARD), reference="4711"))
    made.do(made.pay("sale-1"), CompleteSale("sale-1", Paper.NONE))
    yield made
    made.close()


def rows(till: Station, sale: str) -> list[str]:
    paper = receipt_paper(receipt_of(till.database.writer, sale))
    return [" ".join(line.split()) for line in plain.render(paper, 42).splitlines()]


def test_what_was_taken_off_has_rows_of_its_own(till: Station) -> None:
    printed = rows(till, "sale-1")
    at = printed.index("Coffee 9.60")
    assert printed[at : at + 3] == ["Coffee 9.60", "3 × £3.20", "Discount: Damaged -2.40"]
    assert "Subtotal 9.70" in printed
    assert "Discount -1.00" in printed
    assert "TOTAL £8.70" in printed
    assert "You saved £3.40" in printed
    assert "Card *4711 £5.00" in printed


def test_a_return_names_its_receipt_and_the_reason(till: Station) -> None:
    till.do(ReturnGoods("back-1", "r", "sale-1", "a", ONE, SCRAP, "too strong"))
    till.do(till.pay("back-1"), CompleteSale("back-1", Paper.NONE))
    printed = rows(till, "back-1")
    assert any(line.startswith("Refund 1A-000002") for line in printed)
    at = printed.index("Coffee -2.15")
    assert printed[at + 1 : at + 3] == ["Return of receipt 1A-000001: too strong", "Not for sale again"]
    assert "TOTAL -£2.15" in printed
    assert "Cash given back £2.15" in printed
    assert not any("saved" in line for line in printed)


def test_several_that_come_back_are_told_at_what_each_brings(till: Station) -> None:
    till.do(ReturnGoods("back-1", "r", "sale-1", "a", Quantity.of(2)))
    till.do(till.pay("back-1"), CompleteSale("back-1", Paper.NONE))
    printed = rows(till, "back-1")
    at = printed.index("Coffee -4.31")
    assert printed[at + 1] == "-2 × £2.16", "after what was taken off, to the nearest penny"


def test_a_return_without_a_receipt_says_so(till: Station) -> None:
    till.do(ReturnWithoutReceipt("back-1", "r", till.add("x").article, ONE))
    till.do(till.pay("back-1"), CompleteSale("back-1", Paper.NONE))
    assert "Return without a receipt" in rows(till, "back-1")


def test_empties_are_called_empties(till: Station) -> None:
    bottle = replace(till.add("x").article, traits=Traits(is_deposit=True))
    till.do(ReturnDeposit("back-1", "r", bottle, ONE))
    till.do(till.pay("back-1"), CompleteSale("back-1", Paper.NONE))
    printed = rows(till, "back-1")
    assert "Empties" in printed
    assert "Return without a receipt" not in printed


def test_a_second_paper_is_a_copy_and_a_pdf_says_the_same(till: Station) -> None:
    till.do(ReturnGoods("back-1", "r", "sale-1", "b", ONE))
    till.do(till.pay("back-1"), CompleteSale("back-1", Paper.NONE))
    job = Job("j", PaperKind.RECEIPT, "back-1", True, False, PrintState.QUEUED, "", 0)
    assert "COPY" in plain.render(paper_of(till.database.writer, job), 42)
    made = pdf.render(receipt_paper(receipt_of(till.database.writer, "back-1")), title="back")
    assert made.payload.startswith(b"%PDF")


def test_an_even_exchange_costs_nothing_and_says_both_sides(till: Station) -> None:
    till.do(ReturnGoods("back-1", "r", "sale-1", "b", ONE))
    till.do(till.add("back-1", "tea", line="n"), DiscountLine("back-1", "n", Discount(amount=gbp("0.26"))))
    till.do(CompleteSale("back-1", Paper.NONE))
    printed = rows(till, "back-1")
    assert "TOTAL £0.00" in printed
    assert "Tea, green -2.24" in printed
    assert "Tea, green 2.50" in printed


def test_the_numbers_of_units_and_lots_are_printed() -> None:
    row = SoldLine("a", "p", "Milk", ONE, gbp("1.00"), gbp("1.00"), serials=("X1", "X2"), lot="L7", expiry="2027-01-31")
    details = ("Serial no. X1", "Serial no. X2", "Lot L7 until 31 Jan 2027")
    assert line(row, "en-GB").details == details
