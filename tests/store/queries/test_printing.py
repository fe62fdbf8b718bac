"""What the spooler asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.labels import AskLabels, LabelRow
from omsdesk.domain.printing import AskPrint, NotePrint, PaperKind, PrintState
from omsdesk.domain.receipt_policy import Paper
from omsdesk.store.queries import printing as ask
from omsdesk.store.queries.printing import Job, JobDay
from omsdesk.store.sql import Statements
from tests.store.station import Station

DONE = {PrintState.PRINTED, PrintState.SENT, PrintState.CANCELLED}


def test_a_job_is_listed_with_all_that_printing_it_takes(till: Station) -> None:
    till.sell("sale-1", paper=Paper.PRINT)
    asked = till.clock.moment.utc_ms
    assert ask.unsettled(till.database.writer) == [
        Job("sale-1:receipt", PaperKind.RECEIPT, "sale-1", False, True, PrintState.QUEUED, "", asked)
    ]


@pytest.mark.parametrize("now", ["", "t2"], ids=["an office", "another till"])
def test_what_a_station_asked_for_stays_its_own_whatever_till_it_is(till: Station, now: str) -> None:
    till.do(AskPrint("j1", "t1", PaperKind.RECEIPT, "s1"), AskPrint("j2", "", PaperKind.SHIFT_REPORT, "x1"))
    till.database.become_till(now)
    assert [job.job for job in ask.unsettled(till.database.writer)] == ["j1", "j2"]
    assert ask.job_counts(till.database.writer, "receipt", till.clock.moment).waiting == 2


def test_what_waits_is_found_without_looking_at_what_was_ever_printed(till: Station) -> None:
    sql = Statements("printing").UNSETTLED
    plan = [str(row[-1]) for row in till.database.writer.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("print_job USING INDEX print_job_unsettled" in line for line in plan), plan
    assert not any("TEMP B-TREE" in line for line in plan), plan


def test_jobs_come_in_the_order_in_which_they_were_asked_for(till: Station) -> None:
    till.do(*(AskPrint(f"j{number}", "t1", PaperKind.RECEIPT, "s") for number in (3, 1, 2)))
    assert [job.job for job in ask.unsettled(till.database.writer)] == ["j3", "j1", "j2"]


@pytest.mark.parametrize("state", [state for state in PrintState if state is not PrintState.QUEUED])
def test_a_job_is_listed_until_it_is_done(till: Station, state: PrintState) -> None:
    till.do(AskPrint("j1", "t1", PaperKind.SHIFT_REPORT, "x1"), NotePrint("j1", state, "why"))
    found = ask.unsettled(till.database.writer)
    assert [(job.state, job.detail) for job in found] == ([] if state in DONE else [(state, "why")])
    assert ask.state_of(till.database.writer, "j1") == state


def test_what_a_paper_was_asked_for_last_is_known(till: Station) -> None:
    reader = till.database.writer
    assert ask.last_of(reader, PaperKind.RECEIPT, "sale-1") is None
    till.do(AskPrint("j1", "t1", PaperKind.RECEIPT, "sale-1"), AskPrint("j2", "t1", PaperKind.RECEIPT, "sale-1"))
    till.do(AskPrint("j3", "t1", PaperKind.RECEIPT, "sale-2"), NotePrint("j2", PrintState.HELD))
    assert ask.last_of(reader, PaperKind.RECEIPT, "sale-1") == ("j2", PrintState.HELD)


@pytest.mark.parametrize("state", PrintState)
def test_what_was_asked_for_was_asked_for_unless_it_is_cancelled(till: Station, state: PrintState) -> None:
    reader = till.database.writer
    assert not ask.was_asked(reader, PaperKind.RECEIPT, "sale-1")
    till.do(AskPrint("j1", "t1", PaperKind.RECEIPT, "sale-1"), NotePrint("j1", state))
    assert ask.was_asked(reader, PaperKind.RECEIPT, "sale-1") is (state is not PrintState.CANCELLED)
    assert not ask.was_asked(reader, PaperKind.RECEIPT, "sale-2")


def test_a_drawer_that_was_opened_is_no_receipt(till: Station) -> None:
    till.sell("sale-1", paper=Paper.NONE)
    assert ask.was_asked(till.database.writer, PaperKind.DRAWER, "sale-1")
    assert not ask.was_asked(till.database.writer, PaperKind.RECEIPT, "sale-1")


def test_a_job_that_is_not_there_has_no_state(till: Station) -> None:
    assert ask.state_of(till.database.writer, "nobody") == ""


def test_what_a_disk_that_was_put_back_had_asked_for_may_have_come_out_already(till: Station) -> None:
    till.do(AskPrint("j1", "t1", PaperKind.RECEIPT, "sale-1"), AskPrint("j2", "t1", PaperKind.RECEIPT, "sale-2"))
    till.database.raise_epoch()
    till.do(AskPrint("j3", "t1", PaperKind.RECEIPT, "sale-3"))
    found = ask.unsettled(till.database.writer)
    assert [(job.job, job.is_inherited) for job in found] == [("j1", True), ("j2", True), ("j3", False)]
    till.do(NotePrint("j1", PrintState.UNKNOWN))
    till.do(NotePrint("j1", PrintState.QUEUED))
    found = ask.unsettled(till.database.writer)
    assert [(job.job, job.is_inherited) for job in found] == [("j2", True), ("j3", False), ("j1", False)]


def test_jobs_are_counted_by_the_days_of_the_shop(till: Station) -> None:
    """A day begins at midnight where the shop is, wherever that is in UTC."""
    before = till.clock.moment
    first = (before.utc_ms // _DAY_MS + 2) * _DAY_MS - before.offset_minutes * 60_000
    for number, moment in enumerate((first - 60_000, first + 1_000, first + 2_000)):
        till.clock.moment = replace(before, utc_ms=moment)
        till.do(AskPrint(f"j{number}", "t1", PaperKind.DRAWER, "nowhere", "kitchen"))
    till.do(NotePrint("j0", PrintState.PRINTED), NotePrint("j1", PrintState.SENT), NotePrint("j2", PrintState.UNKNOWN))
    days = ask.job_counts(till.database.writer, "kitchen", replace(before, utc_ms=first + 9_000)).days
    today, yesterday = replace(before, utc_ms=first).day, replace(before, utc_ms=first - 1).day
    assert days == (JobDay(today, 1, 1), JobDay(yesterday, 1))
    assert ask.job_counts(till.database.writer, "kitchen", replace(before, utc_ms=first + 8 * _DAY_MS)).days == ()
    assert ask.job_counts(till.database.writer, "pick", before) == ask.JobCounts()


def test_labels_are_counted_where_they_came_out(till: Station) -> None:
    till.do(AskLabels("b1", "t1", "Product", "{}", (LabelRow("coffee", 60),)))
    till.do(NotePrint("b1", PrintState.SENDING), NotePrint("b1", PrintState.HELD, "No paper.", done=25, sent=50))
    (day,) = ask.job_counts(till.database.writer, "label", till.clock.moment).days
    assert (day.printed, day.labels) == (0, 25)


_DAY_MS = 86_400_000
