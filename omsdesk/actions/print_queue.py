"""The papers of a station: receipts, slips, reports, and the kicks that open the drawer of a till."""

from __future__ import annotations

from collections.abc import Callable

from omsdesk.actions.job_queue import JobQueue
from omsdesk.actions.paper import paper_of
from omsdesk.actions.writer import Writer
from omsdesk.documents.escpos import render
from omsdesk.documents.printer_profile import PrinterProfile
from omsdesk.domain.printing import RECEIPT, PaperKind
from omsdesk.store.engine import Connection
from omsdesk.store.queries.printing import Job

_DRAWER_IS_LATE_MS = 30_000
"""A drawer that was asked for longer ago stays shut: nobody stands there any more."""


class PrintQueue(JobQueue):
    """Makes papers for a receipt printer."""

    inherited = "It was asked for before this database was put back or copied. See whether it came out."
    not_made = "This could not be made, which is a fault of the program. Save the document as PDF instead."

    def __init__(
        self,
        profile: PrinterProfile,
        open_reader: Callable[[], Connection],
        writer: Writer,
        role: str = RECEIPT,
    ) -> None:
        """Take the printer that they are made for."""
        super().__init__(role, open_reader, writer)
        self._profile = profile

    def _payload(self, job: Job) -> bytes:
        is_late = self._writer.executor.clock.now().utc_ms - job.asked_ms > _DRAWER_IS_LATE_MS
        return render(paper_of(self._connection, job, kicks_drawer=not is_late), self._profile).payload

    def _expires_ms(self, job: Job) -> int | None:
        return self._drawer_until_ms(job) if job.paper is PaperKind.DRAWER else None

    def _drawer_until_ms(self, job: Job) -> int | None:
        return job.asked_ms + _DRAWER_IS_LATE_MS if job.opens_drawer or job.paper is PaperKind.DRAWER else None
