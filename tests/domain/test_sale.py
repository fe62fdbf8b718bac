"""A ticket is what its facts have made of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.line import Line
from omsdesk.domain.sale import (
    LineAdded,
    LineNoted,
    LineRemoved,
    QuantityChanged,
    Sale,
    SaleCompleted,
    SaleHeld,
    SaleRecalled,
    SaleStarted,
    SaleVoided,
    TenderRemoved,
    TenderTaken,
    evolve,
)
from omsdesk.domain.shop import TillSaved
from omsdesk.domain.tax import TaxRounding, TaxTerms
from omsdesk.domain.tender import Tender, TenderKind
from omsdesk.domain.values import ONE, Money, Quantity
from tests.domain.corner_shop import APPLES, CARDS, COFFEE, GIFT, NOON, REPAIR, TEA, TILL, TWO, gbp

STARTED = SaleStarted("sale-1", "t1", "shift-1", "GBP", TaxTerms())


def ticket(*facts: object) -> Sale:
    """Fold facts after the start."""
    sale = evolve(None, STARTED)
    for fact in facts:
        sale = evolve(sale, fact)  # type: ignore[arg-type]
    return sale


def added(line: str, row: Line | None = None, index: int = -1) -> LineAdded:
    """Coffee on a line, unless it is something else."""
    return LineAdded("sale-1", row or Line(line, COFFEE, ONE), index)


def names(sale: Sale) -> str:
    """The ids of the lines, in order."""
    return " ".join(row.line for row in sale.lines)


def paid(tender: str, amount: str) -> TenderTaken:
    """Cash that was given exactly."""
    money, nothing = gbp(amount), gbp("0")
    return TenderTaken("sale-1", Tender(tender, "cash", "Cash", TenderKind.CASH, money, money, nothing, nothing))


# --- lines ------------------------------------------------------------------------------------------------------------


def test_a_line_comes_to_its_price_times_its_quantity() -> None:
    assert Line("1", COFFEE, TWO).amount("GBP") == gbp("6.40")
    assert Line("1", APPLES, Quantity.of("0.345")).amount("GBP") == gbp("1.03")


def test_quantity_breaks_go_by_the_quantity_of_the_line() -> None:
    assert Line("1", CARDS, Quantity.of(9)).amount("GBP") == gbp("9.00")
    assert Line("1", CARDS, Quantity.of(10)).amount("GBP") == gbp("8.00")


def test_a_price_that_was_typed_is_the_price_even_if_it_is_nothing() -> None:
    assert Line("1", REPAIR, ONE, open_price=gbp("12.00")).unit_price == gbp("12.00")
    assert Line("1", REPAIR, ONE, open_price=gbp("0")).unit_price == gbp("0")
    assert Line("1", COFFEE, ONE, open_price=gbp("0")).amount("GBP") == gbp("0"), "a coffee on the house"


def test_without_any_price_a_line_has_no_unit_price() -> None:
    assert Line("1", REPAIR, ONE).unit_price is None
    assert Line("1", REPAIR, ONE).amount("GBP") == gbp("0")
    assert Line("1", GIFT, ONE).unit_price == gbp("0"), "a price of nothing is a price"


# --- facts ------------------------------------------------------------------------------------------------------------


def test_lines_stand_in_the_order_in_which_they_came() -> None:
    assert names(ticket(added("a"), added("b"), added("c"))) == "a b c"


def test_a_line_that_was_put_back_stands_where_it_stood() -> None:
    facts = (added("a"), added("b"), added("c"), LineRemoved("sale-1", "b", COFFEE.product, gbp("3.20")))
    assert names(ticket(*facts)) == "a c"
    assert names(ticket(*facts, added("b", index=1))) == "a b c"
    assert names(ticket(*facts, added("b", index=0))) == "b a c"
    assert names(ticket(*facts, added("b", index=99))) == "a c b"


def test_a_quantity_or_a_note_changes_its_line_alone() -> None:
    sale = ticket(added("a"), added("b"), QuantityChanged("sale-1", "b", TWO), LineNoted("sale-1", "a", "no sugar"))
    assert [(row.quantity, row.note) for row in sale.lines] == [(ONE, "no sugar"), (TWO, "")]


def test_a_fact_about_a_line_that_is_gone_changes_nothing() -> None:
    sale = ticket(added("a"))
    assert evolve(sale, QuantityChanged("sale-1", "x", TWO)) == sale
    assert evolve(sale, LineRemoved("sale-1", "x", "p", gbp("1"))) == sale


def test_holding_and_recalling_moves_a_ticket_to_another_till() -> None:
    held = ticket(added("a"), SaleHeld("sale-1", "Ann", 1, gbp("3.20")))
    assert (held.held_as, held.is_open) == ("Ann", True)
    recalled = evolve(held, SaleRecalled("sale-1", "t2"))
    assert (recalled.held_as, recalled.till) == (None, "t2")


def test_a_ticket_held_without_a_name_is_held_all_the_same() -> None:
    assert ticket(SaleHeld("sale-1", "", 1, gbp("1"))).held_as == ""


def test_payments_come_and_go() -> None:
    sale = ticket(added("a"), paid("x", "1.00"), paid("y", "2.00"))
    assert sale.due == gbp("0.20")
    assert evolve(sale, TenderRemoved("sale-1", "x")).due == gbp("1.20")


def test_voided_or_completed_a_ticket_is_not_open() -> None:
    assert not ticket(SaleVoided("sale-1", "t1", "shift-1", "", gbp("0"))).is_open
    completed = SaleCompleted("sale-1", "1A-000001", "t1", "s1", "shift-1", NOON, (), (), gbp("0"), (), gbp("0"), 0)
    assert ticket(completed).number == "1A-000001"
    assert not ticket(completed).is_open


def test_a_fact_of_something_else_leaves_a_ticket_as_it_is() -> None:
    sale = ticket(added("a"))
    assert evolve(sale, TillSaved("t1", TILL)) == sale


def test_no_ticket_begins_in_the_middle() -> None:
    with pytest.raises(ValueError, match=r"sale\.line_added came before"):
        evolve(None, added("a"))


def test_the_start_keeps_the_terms_of_that_day() -> None:
    terms = TaxTerms(is_inclusive=False, rounding=TaxRounding.LINE)
    sale = evolve(None, replace(STARTED, terms=terms, is_training=True))
    assert (sale.terms, sale.is_training, sale.till, sale.currency) == (terms, True, "t1", "GBP")


# --- sums -------------------------------------------------------------------------------------------------------------


def test_an_empty_ticket_comes_to_nothing() -> None:
    assert ticket().total == ticket().due == gbp("0")
    assert ticket().item_count == 0


def test_tax_that_comes_on_top_is_part_of_the_total() -> None:
    sale = evolve(None, replace(STARTED, terms=TaxTerms(is_inclusive=False)))
    sale = evolve(sale, added("a"))
    assert (sale.summary().net, sale.total) == (gbp("3.20"), gbp("3.84"))


def test_customers_count_pieces_and_a_bag_of_apples_is_one() -> None:
    sale = ticket(
        added("a", Line("a", COFFEE, Quantity.of(3))),
        added("b", Line("b", APPLES, Quantity.of("2.345"))),
        added("c", Line("c", TEA, ONE)),
    )
    assert sale.item_count == 5


quantities = st.integers(1, 10**8).map(Quantity)
rows = st.lists(st.tuples(st.sampled_from([COFFEE, TEA, APPLES, CARDS, GIFT]), quantities), max_size=8)


@given(rows, st.booleans(), st.sampled_from(TaxRounding))
def test_the_total_is_the_sum_of_the_lines_and_a_refund_is_its_mirror(
    sold: list[tuple[object, Quantity]], is_inclusive: bool, rounding: TaxRounding
) -> None:
    lines = tuple(Line(str(i), article, quantity) for i, (article, quantity) in enumerate(sold))  # type: ignore[arg-type]
    sale = replace(ticket(), lines=lines, terms=TaxTerms(is_inclusive, rounding))
    back = replace(sale, lines=tuple(replace(row, quantity=-row.quantity) for row in lines))
    stated = sum((row.amount("GBP").minor for row in lines), 0)
    summary, mirrored = sale.summary(), back.summary()
    assert (summary.gross if is_inclusive else summary.net) == Money(stated, "GBP")
    assert mirrored.gross == -summary.gross
    assert mirrored.net == -summary.net
    assert [row.amount for row in mirrored.taxes] == [-row.amount for row in summary.taxes]
    assert back.item_count == sale.item_count
