"""What is agreed on an order: what is paid when, until when it is kept, and what giving it up costs."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from omsdesk.domain.records import record
from omsdesk.domain.tax import PPM
from omsdesk.domain.values import Money, divide


@record
class Instalment:
    """A part of the price and the day by which it is to be paid (ISO 8601)."""

    day: str
    amount: Money


@record
class Fee:
    """What giving an order up costs: a share of what is given up, or an amount."""

    ppm: int = 0
    """The share in millionths: 10 % is 100,000."""
    amount: Money | None = None

    def of(self, worth: Money) -> Money:
        """Work out the fee for goods of some worth: never more than that."""
        if self.amount is not None:
            return min(self.amount, worth)
        return Money(divide(worth.minor * self.ppm, PPM), worth.currency)


@record
class Terms:
    """What is agreed on an order."""

    deposit: Money | None = None
    """What is paid at once."""
    plan: tuple[Instalment, ...] = ()
    """What is paid after that, by day."""
    until: str = ""
    """The last day on which a quotation holds, or goods are kept (ISO 8601); empty is without end."""
    fee: Fee = Fee()

    def steps(self, currency: str) -> tuple[tuple[str, Money], ...]:
        """List what has to be paid in all by when, the deposit first, on no day."""
        found, sum_so_far = [], self.deposit or Money(0, currency)
        if sum_so_far:
            found.append(("", sum_so_far))
        for instalment in sorted(self.plan, key=lambda row: row.day):
            sum_so_far += instalment.amount
            found.append((instalment.day, sum_so_far))
        return tuple(found)


def a_plan(rest: Money, first: str, count: int) -> tuple[Instalment, ...]:
    """Propose to pay what is left in equal parts, a month apart, the first a month after a day (ISO 8601)."""
    if count <= 0 or rest.minor <= 0:
        return ()
    begin = date.fromisoformat(first)
    parts = rest.share((1,) * count)
    return tuple(Instalment(months_after(begin, number).isoformat(), part) for number, part in enumerate(parts, 1))


def months_after(day: date, months: int) -> date:
    """Give the same day of a later month, or its last one where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_after(day: str, days: int) -> str:
    """Give the day so many days later (ISO 8601)."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
