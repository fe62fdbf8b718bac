"""What the spooler is given to print, and what it is not given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from omsdesk.actions.print_queue import PrintQueue
from omsdesk.actions.writer import Writer
from omsdesk.documents.printer_profile import EPSON_80
from omsdesk.domain.printing import PrintState
from omsdesk.domain.receipt_policy import Paper
from omsdesk.store.queries.printing import unsettled
from tests.store.station import Station


@pytest.fixture
def queue(till: Station) -> Iterator[PrintQueue]:
    writer = Writer(till.executor)
    yield PrintQueue("t1", EPSON_80, till.database.reader, writer)
    writer.close()


def test_the_next_job_has_its_bytes(till: Station, queue: PrintQueue) -> None:
    for number in (1, 2):
        till.sell(f"sale-{number}", paper=Paper.PRINT)
    first, second = queue.waiting()
    assert (first.id, second.id) == ("sale-1:receipt", "sale-2:receipt")
    assert b"1A-000001" in first.payload
    assert second.payload == b""


def test_what_was_asked_for_on_another_disk_is_not_printed_a_second_time(till: Station, queue: PrintQueue) -> None:
    till.sell("sale-1", paper=Paper.PRINT)
    till.database.raise_epoch()
    till.sell("sale-2", paper=Paper.PRINT)
    (job,) = queue.waiting()
    assert job.id == "sale-2:receipt"
    old, new = unsettled(till.database.writer, "t1")
    assert (old.state, new.state) == (PrintState.UNKNOWN, PrintState.QUEUED)
    assert "put back or copied" in old.detail
