"""Print jobs as rows."""

from __future__ import annotations

from omsdesk.domain.cash import OpenDrawer
from omsdesk.domain.printing import AskPrint, NotePrint, PaperKind, PrintState
from omsdesk.domain.receipt_policy import Paper
from tests.store.projections.conftest import Rows
from tests.store.station import Station

JOBS = "SELECT id, till, paper, document, is_copy, opens_drawer, state, detail FROM print_job ORDER BY asked_position"


def test_a_job_waits_from_the_moment_it_was_asked_for(till: Station, rows: Rows) -> None:
    till.sell("sale-1", paper=Paper.PRINT)
    assert rows(JOBS) == [("sale-1:receipt", "t1", "receipt", "sale-1", 0, 1, "queued", "")]
    assert rows("SELECT asked_ms FROM print_job") == [(till.clock.moment.utc_ms,)]


def test_jobs_stand_in_the_order_of_the_journal(till: Station, rows: Rows) -> None:
    till.do(OpenDrawer("shift-1", "o1", ""), AskPrint("j1", "t1", PaperKind.RECEIPT, "sale-1"))
    positions = [position for (position,) in rows("SELECT asked_position FROM print_job ORDER BY asked_position")]
    assert positions == sorted(set(positions))
    assert [row[0] for row in rows(JOBS)] == ["o1:drawer", "j1"]


def test_what_became_of_a_job_stands_in_its_row(till: Station, rows: Rows) -> None:
    till.do(AskPrint("j1", "t1", PaperKind.RECEIPT, "sale-1"))
    till.do(NotePrint("j1", PrintState.FAILED, "The paper is out."))
    assert rows(JOBS) == [("j1", "t1", "receipt", "sale-1", 0, 0, "failed", "The paper is out.")]
    till.do(NotePrint("j1", PrintState.PRINTED))
    assert rows(JOBS)[0][6:] == ("printed", "")


def test_what_may_have_come_out_is_a_copy_when_it_is_printed_again(till: Station, rows: Rows) -> None:
    ask = AskPrint("j1", "t1", PaperKind.RECEIPT, "s"), AskPrint("j2", "t1", PaperKind.SHIFT_REPORT, "z")
    till.do(*ask, NotePrint("j1", PrintState.FAILED), NotePrint("j1", PrintState.QUEUED))
    assert [row[4] for row in rows(JOBS)] == [0, 0], "nothing of it was sent"
    till.do(NotePrint("j1", PrintState.UNKNOWN), NotePrint("j1", PrintState.QUEUED))
    assert {row[0]: row[4] for row in rows(JOBS)} == {"j1": 1, "j2": 0}


def test_a_note_touches_its_own_job_alone(till: Station, rows: Rows) -> None:
    till.do(AskPrint("j1", "t1", PaperKind.RECEIPT, "s"), AskPrint("j2", "t1", PaperKind.RECEIPT, "s"))
    till.do(NotePrint("j2", PrintState.PRINTED))
    assert [row[6] for row in rows(JOBS)] == ["queued", "printed"]
