"""What an X report would say now: the open shift's figures as a document, recorded nowhere."""

from __future__ import annotations

import pytest

from omsdesk.actions.paper import NoDocument, report_so_far, shift_report_of
from omsdesk.documents.shift_report import Counted, ReportKind
from omsdesk.domain.cash import TakeXReport
from omsdesk.store import journal
from tests.domain.corner_shop import NOON, gbp
from tests.store.station import Station


def test_it_says_what_the_x_report_says_and_records_nothing(till: Station) -> None:
    till.sell("sale-1", "coffee", "tea")
    reader = till.database.reader()
    before = journal.last_position(reader)
    now = report_so_far(reader, "shift-1", NOON)
    assert (now.kind, now.tickets[0], now.total) == (ReportKind.X, Counted("Sales", 1, gbp("5.70")), gbp("5.70"))
    assert journal.last_position(reader) == before
    till.do(TakeXReport("shift-1", "x-1"))
    taken = shift_report_of(reader, "x-1")
    assert (taken.tickets, taken.total, taken.taxes, taken.tenders) == (
        now.tickets,
        now.total,
        now.taxes,
        now.tenders,
    )
    reader.close()


def test_a_shift_that_is_not_there_is_said(till: Station) -> None:
    with pytest.raises(NoDocument, match="not in the database"):
        report_so_far(till.database.writer, "nowhere", NOON)
