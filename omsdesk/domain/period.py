"""Stretches of calendar days that figures are told for, and the ones they are compared with."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from omsdesk.domain.records import record
from omsdesk.domain.values import Stamp

_DAY_MS = 86_400_000
FOR_EVER = 2**62
"""A moment that never comes: a period without an end by the clock."""


class Span(StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"
    """Seven days, the last of them today."""
    MONTH = "month"
    """A month of the calendar."""


@record
class Period:
    """Calendar days of a shop, both ends included; of the last one, what happened by ``until_ms`` UTC."""

    first: str
    last: str
    until_ms: int = FOR_EVER

    def bounds(self, offset_minutes: int) -> tuple[int, int]:
        """Give its first moment and the one after its last, in milliseconds UTC, where clocks are so far from UTC."""
        first, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
        return _midnight(first, offset_minutes), min(_midnight(last + timedelta(1), offset_minutes), self.until_ms + 1)

    @property
    def days(self) -> list[str]:
        """Every day of it."""
        first, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
        return [(first + timedelta(number)).isoformat() for number in range((last - first).days + 1)]


def period(span: Span, back: int, at: Stamp) -> Period:
    """Find the period that is so many spans before the one of a moment; 0 is the one that is not over yet."""
    today = at.local.date()
    match span:
        case Span.DAY:
            day = today - timedelta(back)
            return _period(day, day)
        case Span.WEEK:
            last = today - timedelta(7 * back)
            return _period(last - timedelta(6), last)
        case Span.MONTH:
            first = _month(today, back)
            return _period(first, _last_of(first) if back else today)


def period_before(span: Span, back: int, at: Stamp) -> Period:
    """Find the period to compare with: of one that is not over yet, the one before as far as it had come by then."""
    if back:
        return period(span, back + 1, at)
    today = at.local.date()
    if span is Span.MONTH:
        first = _month(today, 1)
        then = first.replace(day=min(today.day, _last_of(first).day))
    else:
        then = today - timedelta(1 if span is Span.DAY else 7)
        first = then if span is Span.DAY else then - timedelta(6)
    return _period(first, then, at.utc_ms - (today - then).days * _DAY_MS)


def months_later(day: str, months: int) -> str:
    """Find the day (ISO 8601) that is so many months after another; of a month that is shorter, its last."""
    of = date.fromisoformat(day)
    first = _month(of, -months)
    return first.replace(day=min(of.day, _last_of(first).day)).isoformat()


def _period(first: date, last: date, until_ms: int = FOR_EVER) -> Period:
    return Period(first.isoformat(), last.isoformat(), until_ms)


def _month(day: date, back: int) -> date:
    months = 12 * day.year + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def _last_of(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _midnight(day: date, offset_minutes: int) -> int:
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * _DAY_MS - offset_minutes * 60_000
