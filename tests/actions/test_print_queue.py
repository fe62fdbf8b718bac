"""What the spooler is given to print, and what it is not given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from omsdesk.actions import print_queue
from omsdesk.actions.paper import paper_of
from omsdesk.actions.print_queue import PrintQueue
from omsdesk.actions.writer import Writer
from omsdesk.documents.paper import Paper
from omsdesk.documents.printer_profile import EPSON_80
from omsdesk.domain.printing import PrintState
from omsdesk.domain.receipt_policy import Paper as Ask
from omsdesk.store.engine import Connection, StoreFailure
from omsdesk.store.queries.printing import Job, state_of, unsettled
from tests.store.station import Station


@pytest.fixture
def queue(till: Station) -> Iterator[PrintQueue]:
    writer = Writer(till.executor)
    yield PrintQueue(EPSON_80, till.database.reader, writer)
    writer.close()


def test_the_next_job_has_its_bytes(till: Station, queue: PrintQueue) -> None:
    for number in (1, 2):
        till.sell(f"sale-{number}", paper=Ask.PRINT)
    first, second = queue.waiting()
    assert (first.id, second.id) == ("sale-1:receipt", "sale-2:receipt")
    assert b"1A-000001" in first.payload
    assert second.payload == b""


def test_who_pays_cash_waits_for_the_drawer_for_half_a_minute(till: Station, queue: PrintQueue) -> None:
    till.sell("sale-1", paper=Ask.PRINT)
    (job,) = queue.waiting()
    (asked,) = unsettled(till.database.writer)
    assert asked.opens_drawer
    assert (job.drawer_until_ms, job.expires_ms, job.is_only_drawer) == (asked.asked_ms + 30_000, None, False)


def test_what_was_asked_for_on_another_disk_is_not_printed_a_second_time(till: Station, queue: PrintQueue) -> None:
    till.sell("sale-1", paper=Ask.PRINT)
    till.database.raise_epoch()
    till.sell("sale-2", paper=Ask.PRINT)
    (job,) = queue.waiting()
    assert job.id == "sale-2:receipt"
    old, new = unsettled(till.database.writer)
    assert (old.state, new.state) == (PrintState.UNKNOWN, PrintState.QUEUED)
    assert "put back or copied" in old.detail


def test_a_paper_that_cannot_be_made_keeps_no_other_waiting(
    till: Station, queue: PrintQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = paper_of

    def stumble(reader: Connection, job: Job, *, kicks_drawer: bool) -> Paper:
        if job.document == "sale-1":
            raise KeyError("a line that nobody thought of")
        return make(reader, job, kicks_drawer=kicks_drawer)

    monkeypatch.setattr(print_queue, "paper_of", stumble)
    for number in (1, 2):
        till.sell(f"sale-{number}", paper=Ask.PRINT)
    (job,) = queue.waiting()
    assert job.id == "sale-2:receipt"
    assert state_of(till.database.writer, "sale-1:receipt") == PrintState.CANCELLED


def test_what_reads_is_closed_at_the_end_and_opened_where_it_is_asked_again(till: Station, queue: PrintQueue) -> None:
    till.sell("sale-1", paper=Ask.PRINT)
    (job,) = queue.waiting()
    queue.close()
    queue.close()
    assert queue.is_wanted(job)
    assert len(queue.waiting()) == 1


def test_a_disk_that_fails_cancels_nothing(till: Station, queue: PrintQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreFailure("The disk is full.")

    monkeypatch.setattr(print_queue, "paper_of", fail)
    till.sell("sale-1", paper=Ask.PRINT)
    with pytest.raises(StoreFailure):
        queue.waiting()
    assert state_of(till.database.writer, "sale-1:receipt") == PrintState.QUEUED
