"""What a device did on each of the last days."""

from __future__ import annotations

from omsdesk.devices.history import Account, Day
from omsdesk.store.queries.printing import JobCounts, JobDay
from omsdesk.ui.devices.day_rows import day_rows
from omsdesk.ui.theme import Tone

TODAY = "2026-03-01"


def said(account: Account, counts: JobCounts) -> list[tuple[str, str, str]]:
    """Day, what was done, and what failed."""
    return [(row.title, row.detail, row.amount) for row in day_rows(account, counts, TODAY, "en-GB")]


def test_prints_and_failures_of_a_day_stand_in_one_row() -> None:
    account = Account(days=(Day(TODAY, failures=2),))
    counts = JobCounts(days=(JobDay(TODAY, 1_234, 1), JobDay("2026-02-28", 1)))
    assert said(account, counts) == [
        ("Today", "1,234 prints · 1 not known", "2 failures"),
        ("Yesterday", "1 print", ""),
    ]
    assert [row.tone for row in day_rows(account, counts, TODAY, "en-GB")] == [Tone.WARN, Tone.NEUTRAL]


def test_labels_count_as_labels_and_scans_as_codes() -> None:
    account = Account(days=(Day(TODAY, scans=1), Day("2026-02-27", scans=80)))
    assert said(account, JobCounts(days=(JobDay(TODAY, 3, labels=75),))) == [
        ("Today", "75 labels · 1 code read", ""),
        ("27 Feb 2026", "80 codes read", ""),
    ]


def test_a_day_on_which_it_only_failed_says_so() -> None:
    assert said(Account(days=(Day("2026-02-28", failures=1),)), JobCounts()) == [("Yesterday", "Nothing", "1 failure")]


def test_only_the_last_seven_days_are_shown() -> None:
    days = tuple(Day(f"2026-02-{day:02}", scans=1) for day in range(28, 15, -1))
    assert len(said(Account(days=days), JobCounts())) == 6
    assert said(Account(), JobCounts()) == []
