"""Days, weeks and months, and what each is compared with."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.period import FOR_EVER, Period, Span, period, period_before
from omsdesk.domain.values import Stamp

DAY_MS = 86_400_000


def moment(text: str, offset_minutes: int = 0) -> Stamp:
    """Read a moment in UTC."""
    return Stamp(round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000), offset_minutes)


AFTERNOON = moment("2026-03-31T14:30:00")


@pytest.mark.parametrize(
    ("span", "back", "first", "last"),
    [
        (Span.DAY, 0, "2026-03-31", "2026-03-31"),
        (Span.DAY, 1, "2026-03-30", "2026-03-30"),
        (Span.WEEK, 0, "2026-03-25", "2026-03-31"),
        (Span.WEEK, 1, "2026-03-18", "2026-03-24"),
        (Span.MONTH, 0, "2026-03-01", "2026-03-31"),
        (Span.MONTH, 1, "2026-02-01", "2026-02-28"),
        (Span.MONTH, 3, "2025-12-01", "2025-12-31"),
    ],
)
def test_a_period_has_its_days(span: Span, back: int, first: str, last: str) -> None:
    assert period(span, back, AFTERNOON) == Period(first, last)


@pytest.mark.parametrize(
    ("span", "first", "last", "until"),
    [
        (Span.DAY, "2026-03-30", "2026-03-30", "2026-03-30T14:30:00"),
        (Span.WEEK, "2026-03-18", "2026-03-24", "2026-03-24T14:30:00"),
        (Span.MONTH, "2026-02-01", "2026-02-28", "2026-02-28T14:30:00"),
    ],
)
def test_what_is_not_over_is_compared_with_as_much_of_the_one_before(
    span: Span, first: str, last: str, until: str
) -> None:
    assert period_before(span, 0, AFTERNOON) == Period(first, last, moment(until).utc_ms)


@pytest.mark.parametrize("span", Span)
def test_what_is_over_is_compared_with_the_whole_of_the_one_before(span: Span) -> None:
    assert period_before(span, 1, AFTERNOON) == period(span, 2, AFTERNOON)
    assert period_before(span, 1, AFTERNOON).until_ms == FOR_EVER


def test_a_day_begins_when_it_begins_in_the_shop() -> None:
    tokyo = moment("2026-03-31T16:00:00", 9 * 60)
    assert period(Span.DAY, 0, tokyo) == Period("2026-04-01", "2026-04-01")
    assert Period("2026-04-01", "2026-04-01").bounds(9 * 60) == (
        moment("2026-03-31T15:00:00").utc_ms,
        moment("2026-04-01T15:00:00").utc_ms,
    )


def test_a_period_that_is_cut_off_ends_with_the_moment() -> None:
    until = moment("2026-03-30T14:30:00").utc_ms
    assert Period("2026-03-30", "2026-03-30", until).bounds(0) == (moment("2026-03-30").utc_ms, until + 1)


@given(
    st.sampled_from(Span),
    st.integers(0, 40),
    st.integers(0, 4_000_000_000_000),
    st.integers(-14 * 60, 14 * 60),
)
def test_periods_lie_end_to_end(span: Span, back: int, utc_ms: int, offset: int) -> None:
    at = Stamp(utc_ms, offset)
    now, before = period(span, back, at), period(span, back + 1, at)
    assert before.bounds(offset)[1] == now.bounds(offset)[0]
    low, high = now.bounds(offset)
    assert (high - low) == len(now.days) * DAY_MS
    assert (low <= utc_ms < high) is (back == 0)
