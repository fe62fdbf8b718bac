"""What is typed about a receipt that somebody looks for, understood word by word."""

from __future__ import annotations

from datetime import date

import pytest

from omsdesk.domain.values import Money, Stamp
from omsdesk.ui.till.returns.receipt_wish import Wish, read

NOW = Stamp(1_795_435_200_000, 60)
"""23 November 2026, 13:00 in Berlin."""
TODAY = date(2026, 11, 23)


def wish(text: str, locale: str = "de-DE") -> Wish:
    return read(text, "EUR", locale, NOW)


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


@pytest.mark.parametrize("text", ["1A-000017", "2a-17", " 019ad7c2-1111-7abc-8def-0123456789ab "])
def test_a_number_or_a_code_is_all_that_is_needed(text: str) -> None:
    assert wish(text) == Wish(code=text.strip())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY), ("Yesterday", date(2026, 11, 22)), ("2026-11-02", date(2026, 11, 2)),
        ("2.11.", date(2026, 11, 2)), ("24.12.", date(2025, 12, 24)), ("2.11.25", date(2025, 11, 2)),
        ("2.11.2025", date(2025, 11, 2)), ("5/11", date(2026, 11, 5)),
    ],
)  # fmt: skip
def test_a_day(text: str, day: date) -> None:
    assert wish(text) == Wish(day=day)


def test_a_day_begins_and_ends_by_the_clock_on_the_wall() -> None:
    between = wish("today").between(60)
    assert between is not None
    assert (Stamp(between[0], 60).local.hour, Stamp(between[1], 60).local.hour) == (0, 23)
    assert Stamp(between[1] + 1, 60).day == "2026-11-24"
    assert wish("").between(60) is None


def test_americans_say_the_month_first() -> None:
    assert wish("11/5", "en-US").day == date(2026, 11, 5)
    assert wish("11/5", "en-GB").day == date(2026, 5, 11)


@pytest.mark.parametrize("text", ["31.2.", "2026-13-01", "0/1"])
def test_what_is_no_day_is_not_taken_for_one(text: str) -> None:
    assert wish(text).day is None


@pytest.mark.parametrize("text", ["12,90", "12.90", "€12.90", "12,90€"])
def test_an_amount(text: str) -> None:
    assert wish(text) == Wish(total=euros("12.90"))


def test_four_digits_are_those_of_a_card_and_others_are_an_amount() -> None:
    assert wish("4711") == Wish(reference="4711")
    assert wish("24") == Wish(total=euros("24"))
    assert wish("4711 4712").total == euros("4712")


def test_whatever_else_is_an_article_and_all_of_it_holds_together() -> None:
    assert wish("oat milk 12,90 yesterday 4711") == Wish("", date(2026, 11, 22), euros("12.90"), "4711", "oat milk")
    assert wish("") == Wish()
