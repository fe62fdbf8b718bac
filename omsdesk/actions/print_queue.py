"""The print jobs of a till as the spooler wants them: read from the database, and noted there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from omsdesk.actions.paper import NoDocument, paper_of
from omsdesk.actions.writer import Writer
from omsdesk.devices.spooler import PrintJob
from omsdesk.documents.escpos import render
from omsdesk.documents.printer_profile import PrinterProfile
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.printing import RECEIPT, NotePrint, PaperKind, PrintState
from omsdesk.store.engine import Connection, StoreFailure
from omsdesk.store.queries.printing import Job, state_of, unsettled

_LOG = logging.getLogger(__name__)

_DRAWER_IS_LATE_MS = 30_000
"""A drawer that was asked for longer ago stays shut: nobody stands there any more."""

_INHERITED = "It was asked for before this database was put back or copied. See whether it came out."
_NOT_MADE = "This could not be made, which is a fault of the program. Save the document as PDF instead."
_PRINTABLE = {PrintState.QUEUED, PrintState.FAILED}


class PrintQueue:
    """Implements ``devices.spooler.Queue``. All calls come from the spooler's thread."""

    def __init__(
        self,
        till: str,
        profile: PrinterProfile,
        open_reader: Callable[[], Connection],
        writer: Writer,
        role: str = RECEIPT,
    ) -> None:
        """Take the till whose jobs these are, and the printer that they are made for."""
        self._till, self._role = till, role
        self._profile = profile
        self._open_reader = open_reader
        self._reader: Connection | None = None
        self._writer = writer

    def waiting(self) -> Sequence[PrintJob]:
        """List the jobs that want something; only the next one to print has its bytes."""
        if self._reader is None:
            self._reader = self._open_reader()
        jobs: list[PrintJob] = []
        is_next = True
        for job in unsettled(self._reader, self._till):
            if job.state is PrintState.UNKNOWN or job.role != self._role:
                continue
            if job.is_inherited:
                self._note(job.job, PrintState.UNKNOWN, _INHERITED)
                continue
            payload = b""
            if is_next and job.state in _PRINTABLE:
                try:
                    payload = self._payload(self._reader, job)
                except (NoDocument, ValueError) as error:
                    self._note(job.job, PrintState.CANCELLED, str(error))
                    continue
                except StoreFailure:
                    raise
                except Exception:  # noqa: BLE001 - one that cannot be made must not keep the others for ever
                    _LOG.exception("A paper could not be made.")
                    self._note(job.job, PrintState.CANCELLED, _NOT_MADE)
                    continue
                is_next = False
            jobs.append(_job(job, payload))
        return jobs

    def started(self, job: PrintJob) -> None:
        """Make it durable that the first byte may follow."""
        self._note(job.id, PrintState.SENDING)

    def is_wanted(self, job: PrintJob) -> bool:
        """Tell whether nobody has given it up."""
        return self._reader is None or state_of(self._reader, job.id) != PrintState.CANCELLED

    def finished(self, job: PrintJob, outcome: PrintState, detail: str, out: int = 0) -> None:
        """Note what became of a job."""
        self._note(job.id, outcome, detail)

    def close(self) -> None:
        """Let go of the database."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def _payload(self, reader: Connection, job: Job) -> bytes:
        is_late = self._writer.executor.clock.now().utc_ms - job.asked_ms > _DRAWER_IS_LATE_MS
        return render(paper_of(reader, job, kicks_drawer=not is_late), self._profile).payload

    def _note(self, job: str, state: PrintState, detail: str = "") -> None:
        outcome = self._writer.submit(SYSTEM, NotePrint(job, state, detail)).result()
        if isinstance(outcome, Refusal):
            raise StoreFailure(outcome.sentence)


def _job(job: Job, payload: bytes) -> PrintJob:
    expires = job.asked_ms + _DRAWER_IS_LATE_MS if job.paper is PaperKind.DRAWER else None
    return PrintJob(job.job, str(job.paper), payload, job.state, expires_ms=expires)
