"""Print jobs of this station for one of its printers, as the spooler wants them: from the database, noted there."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar

from omsdesk.actions.paper import NoDocument
from omsdesk.actions.writer import Writer
from omsdesk.devices.spooler import PrintJob
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.printing import NotePrint, PaperKind, PrintState
from omsdesk.store.engine import Connection, StoreFailure
from omsdesk.store.queries.printing import Job, state_of, unsettled

_LOG = logging.getLogger(__name__)
_PRINTABLE = {PrintState.QUEUED, PrintState.FAILED}


class JobQueue(ABC):
    """Implements ``devices.spooler.Queue``. All calls come from the spooler's thread."""

    inherited: ClassVar[str]
    """What is said of jobs that were asked for before this database was put back or copied."""
    not_made: ClassVar[str]
    """What is said of a job that a fault of the program keeps from being made."""

    def __init__(self, role: str, open_reader: Callable[[], Connection], writer: Writer) -> None:
        """Take the role of the printer that the jobs are for."""
        self._role = role
        self._open_reader, self._writer = open_reader, writer
        self._reader: Connection | None = None

    @abstractmethod
    def _payload(self, job: Job) -> bytes:
        """Make what is to be sent now; nothing where all came out. Raises NoDocument, ValueError: it cannot be."""

    def _state(self, job: Job) -> PrintState:
        """Tell how a job is to the spooler."""
        return job.state

    def _expires_ms(self, job: Job) -> int | None:
        """Tell after which moment a job makes no sense any more."""
        return None

    def _drawer_until_ms(self, job: Job) -> int | None:
        """Tell until when somebody waits for the drawer that it opens."""
        return None

    def waiting(self) -> Sequence[PrintJob]:
        """List the jobs that want something; only the next one to print has its bytes."""
        jobs: list[PrintJob] = []
        is_next = True
        for job in unsettled(self._connection):
            if job.state is PrintState.UNKNOWN or job.role != self._role:
                continue
            if job.is_inherited:
                self._note(job.job, PrintState.UNKNOWN, self.inherited, job.done)
                continue
            state, payload = self._state(job), b""
            if is_next and state in _PRINTABLE:
                payload = self._made(job)
                if not payload:
                    continue
                is_next = False
            ends = self._expires_ms(job), self._drawer_until_ms(job)
            jobs.append(PrintJob(job.job, str(job.paper), payload, state, *ends, job.paper is PaperKind.DRAWER))
        return jobs

    def started(self, job: PrintJob) -> None:
        """Make it durable that the first byte may follow."""
        self._note(job.id, PrintState.SENDING)

    def is_wanted(self, job: PrintJob) -> bool:
        """Tell whether nobody has given it up."""
        return state_of(self._connection, job.id) != PrintState.CANCELLED

    def finished(self, job: PrintJob, outcome: PrintState, detail: str, out: int = 0) -> None:
        """Note what became of a job."""
        self._note(job.id, outcome, detail)

    def close(self) -> None:
        """Let go of the database."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    @property
    def _connection(self) -> Connection:
        if self._reader is None:
            self._reader = self._open_reader()
        return self._reader

    def _made(self, job: Job) -> bytes:
        """Make what is to be sent; nothing where it cannot be, which is noted: others must not wait for it."""
        try:
            payload = self._payload(job)
        except (NoDocument, ValueError) as fault:
            self._note(job.job, PrintState.CANCELLED, str(fault), job.done)
        except StoreFailure:
            raise
        except Exception:  # noqa: BLE001 - whatever it is, it would keep the others for ever
            _LOG.exception("A print job could not be made.")
            self._note(job.job, PrintState.CANCELLED, self.not_made, job.done)
        else:
            if not payload:
                self._note(job.job, PrintState.PRINTED, done=job.done)
            return payload
        return b""

    def _note(self, job: str, state: PrintState, detail: str = "", done: int = 0, sent: int = 0) -> None:
        outcome = self._writer.submit(SYSTEM, NotePrint(job, state, detail, done, sent)).result()
        if isinstance(outcome, Refusal):
            raise StoreFailure(outcome.sentence)
