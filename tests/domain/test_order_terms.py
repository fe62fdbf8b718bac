"""What is agreed on an order: instalments to the penny, days that exist, fees that are never more than the goods."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.order_terms import Fee, Instalment, Terms, a_plan, days_after, months_after
from omsdesk.domain.values import Money
from tests.domain.corner_shop import gbp


@given(st.integers(1, 1_000_000), st.integers(1, 24))
def test_a_plan_adds_up_to_what_is_left(rest: int, count: int) -> None:
    plan = a_plan(Money(rest, "GBP"), "2026-11-23", count)
    assert sum(row.amount.minor for row in plan) == rest
    assert len({row.day for row in plan}) == count
    assert [row.day for row in plan] == sorted(row.day for row in plan)


def test_nothing_left_needs_no_plan() -> None:
    assert a_plan(gbp("0.00"), "2026-11-23", 3) == ()
    assert a_plan(gbp("5.00"), "2026-11-23", 0) == ()


def test_a_month_later_is_a_day_that_exists() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2027, 12, 31), 2) == date(2028, 2, 29)
    assert months_after(date(2026, 1, 15), 12) == date(2027, 1, 15)
    assert days_after("2026-12-30", 3) == "2027-01-02"


def test_a_fee_is_a_share_or_an_amount_and_never_more_than_the_goods() -> None:
    assert Fee(100_000).of(gbp("9.65")) == gbp("0.97")
    assert Fee(amount=gbp("5.00")).of(gbp("9.65")) == gbp("5.00")
    assert Fee(amount=gbp("5.00")).of(gbp("3.00")) == gbp("3.00")
    assert Fee().of(gbp("9.65")) == gbp("0.00")


def test_steps_say_what_has_to_be_paid_in_all_by_when() -> None:
    plan = (Instalment("2027-01-23", gbp("3.00")), Instalment("2026-12-23", gbp("4.00")))
    terms = Terms(gbp("2.00"), plan)
    assert terms.steps("GBP") == (("", gbp("2.00")), ("2026-12-23", gbp("6.00")), ("2027-01-23", gbp("9.00")))
    assert Terms().steps("GBP") == ()
