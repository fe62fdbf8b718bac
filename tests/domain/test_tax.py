"""Taxes of any country: net and taxes are always the gross, and a refund mirrors its sale."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.tax import (
    Tax,
    TaxRate,
    TaxRounding,
    TaxSummary,
    TaxTerms,
    line_taxes,
    summarise,
    tax_parts,
    taxes_on,
)
from omsdesk.domain.values import Money

MWST = Tax("S", "MwSt", 190_000)
REDUCED = Tax("R", "MwSt", 70_000)
GST = Tax("GST", "GST", 50_000)
QST = Tax("QST", "QST", 99_750)
COMPOUND_QST = Tax("QST", "QST", 75_000, is_compound=True)
CGST = Tax("CGST", "CGST", 90_000)
SGST = Tax("SGST", "SGST", 90_000)
CITY = Tax("US", "Sales tax", 88_750)

INCLUSIVE = TaxTerms(is_inclusive=True)
EXCLUSIVE = TaxTerms(is_inclusive=False)
BY_LINE = TaxTerms(is_inclusive=True, rounding=TaxRounding.LINE)
EXCLUSIVE_BY_LINE = TaxTerms(is_inclusive=False, rounding=TaxRounding.LINE)

taxes = st.builds(
    Tax,
    code=st.sampled_from("ABCDE"),
    name=st.just("Tax"),
    rate_ppm=st.integers(0, 1_000_000),
    is_compound=st.booleans(),
)
terms = st.builds(TaxTerms, is_inclusive=st.booleans(), rounding=st.sampled_from(TaxRounding))
lines = st.lists(
    st.tuples(st.integers(-(10**9), 10**9), st.lists(taxes, max_size=3, unique=True).map(tuple)), max_size=8
)


def summary(terms: TaxTerms, *rows: tuple[int, tuple[Tax, ...]]) -> TaxSummary:
    """Sum up lines given in minor units."""
    return summarise(((Money(minor, "EUR"), of) for minor, of in rows), terms, "EUR")


def amounts(found: TaxSummary) -> tuple[int, ...]:
    """The taxes of a document in minor units."""
    return tuple(row.amount.minor for row in found.taxes)


# --- laws -------------------------------------------------------------------------------------------------------------


@given(lines, terms)
def test_net_and_taxes_are_the_gross(rows: list[tuple[int, tuple[Tax, ...]]], how: TaxTerms) -> None:
    found = summary(how, *rows)
    assert found.net.minor + sum(amounts(found)) == found.gross.minor
    stated = sum(minor for minor, _ in rows)
    assert (found.gross if how.is_inclusive else found.net).minor == stated


@given(lines, terms)
def test_a_refund_mirrors_its_sale_to_the_minor_unit(rows: list[tuple[int, tuple[Tax, ...]]], how: TaxTerms) -> None:
    sold, refunded = summary(how, *rows), summary(how, *((-minor, of) for minor, of in rows))
    assert refunded.gross == -sold.gross
    assert refunded.net == -sold.net
    assert [(r.tax, r.net, r.amount) for r in refunded.taxes] == [(r.tax, -r.net, -r.amount) for r in sold.taxes]


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6), taxes, terms)
def test_the_order_of_the_lines_does_not_matter(minors: list[int], tax: Tax, how: TaxTerms) -> None:
    one = summary(how, *((minor, (tax,)) for minor in minors))
    assert one == summary(how, *((minor, (tax,)) for minor in reversed(minors)))


@given(st.integers(0, 10**9), st.integers(0, 500_000))
def test_a_single_tax_is_never_off_by_more_than_half_a_minor_unit(gross: int, rate: int) -> None:
    (inside,) = tax_parts(gross, (Tax("S", "Tax", rate),), is_inclusive=True)
    assert 2 * abs(inside * (1_000_000 + rate) - gross * rate) <= 1_000_000 + rate
    (on_top,) = tax_parts(gross, (Tax("S", "Tax", rate),), is_inclusive=False)
    assert 2 * abs(on_top * 1_000_000 - gross * rate) <= 1_000_000


@given(st.integers(0, 10**7), taxes)
def test_more_money_never_has_less_tax(gross: int, tax: Tax) -> None:
    steps = [tax_parts(gross + more, (tax,), is_inclusive=True)[0] for more in range(4)]
    assert all(a <= b for a, b in pairwise(steps))


@given(st.integers(-(10**9), 10**9), st.integers(0, 500_000), st.booleans())
def test_two_taxes_of_one_rate_come_to_the_same_amount(amount: int, rate: int, is_inclusive: bool) -> None:
    one, other = tax_parts(amount, (Tax("A", "A", rate), Tax("B", "B", rate)), is_inclusive=is_inclusive)
    assert one == other


# --- countries --------------------------------------------------------------------------------------------------------


def test_germany_nineteen_per_cent_are_in_the_price() -> None:
    found = summary(INCLUSIVE, (1190, (MWST,)), (535, (REDUCED,)))
    assert (found.net.minor, amounts(found), found.gross.minor) == (1500, (190, 35), 1725)


def test_quebec_gst_and_qst_come_on_top_of_the_price() -> None:
    found = summary(EXCLUSIVE, (10_000, (GST, QST)))
    assert (amounts(found), found.gross.minor) == ((500, 998), 11_498)


def test_before_2013_quebec_charged_its_tax_on_the_federal_tax_too() -> None:
    found = summary(EXCLUSIVE, (10_000, (GST, COMPOUND_QST)))
    assert amounts(found) == (500, 788), "7.5 % of 105.00 is 7.875"


def test_compound_tax_inside_a_price_is_the_same_tax() -> None:
    found = summary(INCLUSIVE, (112_875, (GST, COMPOUND_QST)))
    assert (found.net.minor, amounts(found)) == (100_000, (5_000, 7_875))


def test_india_both_halves_of_gst_are_equal_even_where_the_sum_is_odd() -> None:
    for gross in range(11_800, 11_900):
        found = summary(INCLUSIVE, (gross, (CGST, SGST)))
        assert amounts(found)[0] == amounts(found)[1]
        assert found.gross.minor == gross


def test_new_york_adds_sales_tax_at_the_till() -> None:
    found = summary(EXCLUSIVE, (1999, (CITY,)), (500, ()))
    assert (found.net.minor, amounts(found), found.gross.minor) == (2499, (177,), 2676)


def test_what_is_free_of_tax_has_none() -> None:
    assert summary(INCLUSIVE, (500, ())) == TaxSummary(Money(500, "EUR"), (), Money(500, "EUR"))


def test_a_rate_of_zero_is_still_named_on_the_document() -> None:
    found = summary(INCLUSIVE, (500, (Tax("Z", "Zero rated", 0),)))
    assert [(row.tax.code, row.net.minor, row.amount.minor) for row in found.taxes] == [("Z", 500, 0)]


# --- rounding ---------------------------------------------------------------------------------------------------------


def test_three_small_lines_differ_between_line_and_document_where_they_must() -> None:
    rows = [(9, (MWST,))] * 3
    assert amounts(summary(BY_LINE, *rows)) == (3,), "1.44 of each nine is rounded to 1"
    assert amounts(summary(INCLUSIVE, *rows)) == (4,), "4.31 of twenty-seven"
    rows = [(10, (Tax("S", "Tax", 50_000),))] * 3
    assert amounts(summary(EXCLUSIVE_BY_LINE, *rows)) == (3,), "0.5 is rounded up three times"
    assert amounts(summary(EXCLUSIVE, *rows)) == (2,), "1.5 is rounded up once"


def test_line_and_document_agree_on_a_single_line() -> None:
    for gross in range(-300, 300):
        assert summary(BY_LINE, (gross, (MWST,))) == summary(INCLUSIVE, (gross, (MWST,)))


def test_rates_of_one_document_are_kept_apart() -> None:
    found = summary(INCLUSIVE, (119, (MWST,)), (107, (REDUCED,)), (119, (MWST,)))
    assert [(row.tax, row.net.minor, row.amount.minor) for row in found.taxes] == [(MWST, 200, 38), (REDUCED, 100, 7)]


# --- rates in time ----------------------------------------------------------------------------------------------------


def test_in_the_second_half_of_2020_germany_charged_sixteen() -> None:
    sixteen = Tax("S", "MwSt", 160_000)
    rates = (
        TaxRate("standard", MWST, "2007-01-01", "2020-06-30"),
        TaxRate("standard", sixteen, "2020-07-01", "2020-12-31"),
        TaxRate("standard", MWST, "2021-01-01"),
    )
    days = {"2020-06-30": MWST, "2020-07-01": sixteen, "2020-12-31": sixteen, "2021-01-01": MWST, "2035-01-01": MWST}
    for day, tax in days.items():
        assert taxes_on(day, "standard", rates) == (tax,)
    assert taxes_on("2006-12-31", "standard", rates) == ()
    assert taxes_on("2021-01-01", "books", rates) == ()


def test_a_category_can_have_several_taxes() -> None:
    rates = (TaxRate("standard", GST), TaxRate("standard", QST), TaxRate("food", Tax("Z", "Zero", 0)))
    assert taxes_on("2026-01-01", "standard", rates) == (GST, QST)


@pytest.mark.parametrize(
    ("ppm", "text"), [(200_000, "20 %"), (55_000, "5.5 %"), (99_750, "9.975 %"), (0, "0 %"), (1_000_000, "100 %")]
)
def test_a_rate_is_written_as_people_write_it(ppm: int, text: str) -> None:
    assert Tax("S", "Tax", ppm).percent == text


# --- lines ------------------------------------------------------------------------------------------------------------

sold = st.lists(
    st.tuples(st.integers(0, 10**9), st.sampled_from([(), (MWST,), (REDUCED,), (CGST, SGST), (GST, COMPOUND_QST)])),
    max_size=8,
)


@given(sold, terms)
def test_the_taxes_of_the_lines_add_up_to_those_of_the_document_and_come_back_exactly(
    rows: list[tuple[int, tuple[Tax, ...]]], terms: TaxTerms
) -> None:
    priced = [(Money(minor, "EUR"), of) for minor, of in rows]
    parts = line_taxes(priced, terms)
    whole = summarise(priced, terms, "EUR")
    by_tax = {row.tax: 0 for row in whole.taxes}
    for (_, of), amounts_of_line in zip(priced, parts, strict=True):
        assert len(of) == len(amounts_of_line)
        for tax, part in zip(of, amounts_of_line, strict=True):
            by_tax[tax] += part.minor
    assert by_tax == {row.tax: row.amount.minor for row in whole.taxes}
    back = [(-money, of, tuple(-part for part in of_line)) for (money, of), of_line in zip(priced, parts, strict=True)]
    mirrored = summarise((), terms, "EUR", back)
    assert (mirrored.net, mirrored.gross) == (-whole.net, -whole.gross)
    assert {row.tax: row.amount for row in mirrored.taxes} == {row.tax: -row.amount for row in whole.taxes}
