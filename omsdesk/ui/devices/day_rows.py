"""What a device did day by day, and how often it could not: rows to be read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from omsdesk.devices.history import Day
from omsdesk.documents.formats import format_day
from omsdesk.store.queries.printing import JobDay
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.fact_rows import Fact

if TYPE_CHECKING:
    from omsdesk.devices.history import Account
    from omsdesk.store.queries.printing import JobCounts

MOST = 7


def day_rows(account: Account, counts: JobCounts, today: str, locale: str) -> list[Fact]:
    """Write the last days on which there was something, the newest first; the account's own are those of the device."""
    devices = {row.day: row for row in account.days}
    jobs = {row.day: row for row in counts.days}
    first = (date.fromisoformat(today) - timedelta(days=MOST - 1)).isoformat()
    rows = []
    for day in sorted((day for day in devices.keys() | jobs.keys() if day >= first), reverse=True):
        device, job = devices.get(day, Day(day)), jobs.get(day, JobDay(day))
        parts = [
            _counted(job.labels, "label", "labels") if job.labels else _counted(job.printed, "print", "prints"),
            f"{job.unknown:,} not known" if job.unknown else "",
            _counted(device.scans, "code read", "codes read"),
        ]
        done = " · ".join(filter(None, parts)) or "Nothing"
        failures = _counted(device.failures, "failure", "failures")
        tone = Tone.WARN if failures or job.unknown else Tone.NEUTRAL
        rows.append(
            Fact("triangle-alert" if failures else "check", _named(day, today, locale), done, failures, tone=tone)
        )
    return rows


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}" if count else ""


def _named(day: str, today: str, locale: str) -> str:
    yesterday = (date.fromisoformat(today) - timedelta(days=1)).isoformat()
    return {today: "Today", yesterday: "Yesterday"}.get(day) or format_day(day, locale)
