"""What a customer reads on a receipt."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.documents import plain
from omsdesk.documents.paper import Cut, Picture, QrCode, Rule, Text
from omsdesk.documents.receipt import Receipt, ReceiptLine, ReductionRow, TenderRow, copy_of, receipt_paper
from omsdesk.documents.wrap import cells
from omsdesk.domain.values import ONE, Money, Quantity
from tests.documents.samples import AMERICAN, COFFEE, CZECH, LETTERHEAD, ORDINARY, REFUND, SALE_ID, logo, pounds

LETTERS = st.characters(codec="utf-8", categories=["L", "N", "P"])


def lines(receipt: Receipt, columns: int = 42) -> list[str]:
    return plain.render(receipt_paper(receipt), columns).splitlines()


def row(receipt: Receipt, start: str) -> str:
    """The first line that begins so, its inner spaces as one."""
    return next(" ".join(line.split()) for line in lines(receipt) if line.startswith(start))


def test_a_single_piece_needs_no_quantity_line() -> None:
    receipt = replace(ORDINARY, lines=(replace(COFFEE, details=()),))
    assert not any("×" in line for line in lines(receipt))


@pytest.mark.parametrize(
    ("quantity", "unit", "written"),
    [("2", "piece", "2 × £3.10"), ("0.350", "kg", "0.350 kg × £3.10/kg"), ("1", "kg", "1.000 kg × £3.10/kg"),
     ("1.5", "m", "1.5 m × £3.10/m"), ("-2", "piece", "-2 × £3.10")],
)  # fmt: skip
def test_how_much_at_what_price_stands_below_the_name(quantity: str, unit: str, written: str) -> None:
    line = replace(COFFEE, quantity=Quantity.of(quantity), unit=unit)
    assert f"  {written}" in lines(replace(ORDINARY, lines=(line,)))


def test_a_long_name_wraps_and_nothing_of_it_is_lost() -> None:
    name = "Sourdough loaf from our own bakery, rye and wheat, with walnuts, baked on stone, one kilogram"
    receipt = replace(ORDINARY, lines=(replace(COFFEE, name=name, amount=pounds("98765.43")),))
    text = " ".join(" ".join(lines(receipt)).replace("98,765.43", "").split())
    assert name in text


def test_discounts_and_notes_stand_below_their_article() -> None:
    assert "  Loyalty price, 10 % off: -£0.94" in lines(ORDINARY)


def test_a_long_reduction_stands_indented_to_its_end() -> None:
    reduction = ReductionRow("3 for 2: all croissants and pastries of the bakery", pounds("2.50"))
    found = lines(replace(ORDINARY, lines=(replace(COFFEE, reductions=(reduction,)),)))
    at = next(place for place, line in enumerate(found) if line.startswith("  3 for 2"))
    assert found[at].endswith("-2.50")
    assert found[at + 1] == "  pastries of the bakery"


def test_without_goods_there_is_one_rule_above_the_total() -> None:
    blocks = receipt_paper(replace(ORDINARY, lines=(), taxes=()))
    assert sum(isinstance(block, Rule) for block in blocks) == 1


def test_the_total_is_what_the_customer_pays_after_rounding() -> None:
    assert row(CZECH, "Subtotal") == "Subtotal 37,51"
    assert row(CZECH, "Rounding") == "Rounding -0,01"
    assert row(CZECH, "TOTAL").replace("\N{NO-BREAK SPACE}", " ") == "TOTAL 37,50 €"


def test_a_subtotal_that_says_nothing_new_is_left_out() -> None:
    assert not any(line.startswith("Subtotal") for line in lines(ORDINARY))


def test_cash_shows_what_was_handed_over_and_what_came_back() -> None:
    assert row(ORDINARY, "Cash") == "Cash £20.00"
    assert row(ORDINARY, "Change") == "Change £3.39"


def test_every_way_to_pay_has_its_line() -> None:
    tenders = (TenderRow("Gift card", pounds("10.00")), TenderRow("Visa 4242", pounds("6.61")))
    receipt = replace(ORDINARY, tenders=tenders, change=None)
    assert row(receipt, "Gift card") == "Gift card £10.00"
    assert row(receipt, "Visa") == "Visa 4242 £6.61"
    assert not any(line.startswith("Change") for line in lines(receipt))


def test_tax_that_prices_include_is_explained_in_a_table() -> None:
    assert row(ORDINARY, "Included tax") == "Included tax Net Tax Gross"
    assert row(ORDINARY, "VAT 20 %") == "VAT 20 % 2.58 0.52 3.10"


def test_tax_that_is_added_stands_between_subtotal_and_total() -> None:
    starts = [line.split("  ")[0] for line in lines(AMERICAN)]
    assert starts.index("Subtotal") < starts.index("State tax 6.25 %") < starts.index("City tax 2 %")
    assert starts.index("City tax 2 %") < starts.index("TOTAL")
    assert "Included tax" not in starts


def test_a_refund_says_so_and_counts_what_came_back() -> None:
    assert row(REFUND, "Refund 1A-000123")
    assert row(REFUND, "TOTAL") == "TOTAL -£5.00"
    assert "2 items" in lines(REFUND)


def test_one_item_is_not_plural() -> None:
    assert "1 item" in lines(AMERICAN)


def test_where_no_goods_change_hands_none_are_counted() -> None:
    assert not [line for line in lines(replace(AMERICAN, item_count=0)) if "item" in line]


def test_a_copy_says_so_at_top_and_bottom() -> None:
    paper = receipt_paper(copy_of(ORDINARY))
    bars = [place for place, block in enumerate(paper) if isinstance(block, Text) and block.is_inverted]
    assert bars == [0, len(paper) - 2]
    assert [line.strip() for line in lines(copy_of(ORDINARY)) if "COPY" in line] == ["COPY", "COPY"]


def test_a_training_receipt_cannot_pass_for_a_receipt() -> None:
    text = "\n".join(lines(replace(ORDINARY, is_training=True)))
    assert text.count("NOT A RECEIPT") == 2


def test_an_ordinary_receipt_carries_no_bar() -> None:
    assert not any(isinstance(block, Text) and block.is_inverted for block in receipt_paper(ORDINARY))


def test_the_code_at_the_foot_is_the_sale() -> None:
    paper = receipt_paper(ORDINARY)
    assert [block.content for block in paper if isinstance(block, QrCode)] == [SALE_ID]
    assert isinstance(paper[-1], Cut)


def test_a_shop_with_a_logo_begins_with_it() -> None:
    receipt = replace(ORDINARY, letterhead=replace(LETTERHEAD, logo=logo()))
    assert isinstance(receipt_paper(receipt)[0], Picture)


def test_what_a_shop_does_not_have_leaves_no_empty_line() -> None:
    bare = replace(ORDINARY, letterhead=replace(LETTERHEAD, phone="", tax_number="", address=()), cashier="", footer=())
    text = "\n".join(lines(bare))
    assert "Tel." not in text
    assert "Tax no." not in text
    assert "Served by" not in text


def test_the_customer_stands_below_the_heading() -> None:
    receipt = replace(ORDINARY, customer=("Ada Lovelace", "12 St James's Square"))
    text = lines(receipt)
    assert text.index("Ada Lovelace") < text.index("12 St James's Square") < text.index(text[-1])


@given(
    names=st.lists(st.text(LETTERS, min_size=1, max_size=90), min_size=1),
    minor=st.integers(-(10**9), 10**9),
    columns=st.sampled_from([32, 42, 48]),
)
def test_whatever_is_sold_nothing_runs_over_the_margin(names: list[str], minor: int, columns: int) -> None:
    sold = tuple(ReceiptLine(name, ONE, "piece", Money(minor, "EUR"), Money(minor, "EUR")) for name in names)
    assert all(cells(line) <= max(columns, 36) for line in lines(replace(ORDINARY, lines=sold), columns))
