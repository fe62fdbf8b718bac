"""What the spooler asks."""

from __future__ import annotations

import pytest

from omsdesk.domain.printing import AskPrint, NotePrint, PaperKind, PrintState
from omsdesk.domain.receipt_policy import Paper
from omsdesk.store.queries import printing as ask
from omsdesk.store.queries.printing import Job
from tests.store.station import Station

DONE = {PrintState.PRINTED, PrintState.SENT, PrintState.CANCELLED}


def test_a_job_is_listed_with_all_that_printing_it_takes(till: Station) -> None:
    till.sell("sale-1", paper=Paper.PRINT)
    asked = till.clock.moment.utc_ms
    assert ask.unsettled(till.database.writer, "t1") == [
        Job("sale-1:receipt", PaperKind.RECEIPT, "sale-1", False, True, PrintState.QUEUED, "", asked)
    ]
    assert ask.unsettled(till.database.writer, "t2") == []


def test_jobs_come_in_the_order_in_which_they_were_asked_for(till: Station) -> None:
    till.do(*(AskPrint(f"j{number}", "t1", PaperKind.RECEIPT, "s") for number in (3, 1, 2)))
    assert [job.job for job in ask.unsettled(till.database.writer, "t1")] == ["j3", "j1", "j2"]


@pytest.mark.parametrize("state", [state for state in PrintState if state is not PrintState.QUEUED])
def test_a_job_is_listed_until_it_is_done(till: Station, state: PrintState) -> None:
    till.do(AskPrint("j1", "t1", PaperKind.SHIFT_REPORT, "x1"), NotePrint("j1", state, "why"))
    found = ask.unsettled(till.database.writer, "t1")
    assert [(job.state, job.detail) for job in found] == ([] if state in DONE else [(state, "why")])
    assert ask.state_of(till.database.writer, "j1") == state


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
    found = ask.unsettled(till.database.writer, "t1")
    assert [(job.job, job.is_inherited) for job in found] == [("j1", True), ("j2", True), ("j3", False)]
    till.do(NotePrint("j1", PrintState.UNKNOWN))
    till.do(NotePrint("j1", PrintState.QUEUED))
    found = ask.unsettled(till.database.writer, "t1")
    assert [(job.job, job.is_inherited) for job in found] == [("j2", True), ("j3", False), ("j1", False)]
