"""Taxes on paper: each rate beside others, and no line where nothing is charged."""

from __future__ import annotations

import pytest

from omsdesk.documents import plain
from omsdesk.documents.paper import Paper
from omsdesk.documents.tax_rows import EXEMPT, TaxRow, added_taxes, included_taxes, is_charged, named, untaxed
from omsdesk.domain.values import Money

LOCALE = "en-GB"


def pounds(amount: str) -> Money:
    return Money.of(amount, "GBP")


STANDARD = TaxRow("VAT", "20 %", pounds("2.58"), pounds("0.52"))
REDUCED = TaxRow("VAT", "5.5 %", pounds("1.00"), pounds("0.06"))
ZERO = TaxRow("VAT", "0 %", pounds("13.51"), pounds("0.00"))
FREE = TaxRow(EXEMPT, "", pounds("2.99"), pounds("0.00"))


def lines(paper: Paper) -> list[str]:
    return [" ".join(line.split()) for line in plain.render(paper).splitlines() if line.strip("─ ")]


def test_beside_others_a_rate_of_zero_says_what_was_sold_at_it_and_so_does_what_has_none() -> None:
    assert lines(included_taxes((STANDARD, ZERO, FREE), LOCALE)) == [
        "Included tax Net Tax Gross",
        "VAT 20 % 2.58 0.52 3.10",
        "VAT 0 % 13.51 0.00 13.51",
        "Exempt 2.99 0.00 2.99",
    ]


def test_on_top_a_rate_of_zero_is_told_beside_others_only() -> None:
    assert lines(added_taxes((STANDARD, ZERO, FREE), LOCALE)) == ["VAT 20 % 0.52", "VAT 0 % on 13.51 0.00"]
    assert added_taxes((ZERO,), LOCALE) == ()


@pytest.mark.parametrize("rows", [(ZERO,), (ZERO, FREE), (ZERO, ZERO)])
def test_alone_it_is_one_line(rows: tuple[TaxRow, ...]) -> None:
    assert not is_charged(rows)
    assert lines(included_taxes(rows, LOCALE)) == ["VAT 0 %: no tax in the total."]
    assert lines(untaxed(rows, LOCALE)) == ["VAT 0 %: no tax in the total."]


@pytest.mark.parametrize("rows", [(), (FREE,)])
def test_where_there_is_no_tax_nothing_is_said_of_taxes(rows: tuple[TaxRow, ...]) -> None:
    assert included_taxes(rows, LOCALE) == ()
    assert added_taxes(rows, LOCALE) == ()


def test_of_what_is_charged_it_is_not_said_that_there_is_none() -> None:
    assert untaxed((STANDARD, ZERO), LOCALE) == ()


@pytest.mark.parametrize(("locale", "name"), [("en-GB", "VAT 5.5 %"), ("fr-FR", "VAT 5,5 %"), ("de-CH", "VAT 5.5 %")])
def test_a_rate_has_the_sign_that_people_of_the_country_put_between_whole_and_parts(locale: str, name: str) -> None:
    assert named(REDUCED, locale) == name
