"""One thread per printer that takes jobs from a queue, prints them in order and says what became of each.

The spooler knows no database. What it promises: no job is lost, and none is printed twice unless a person asks for it.
A job whose fate is unknown stays unknown until somebody has looked at the paper.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from omsdesk.devices.device_thread import KEPT_WAITING, DeviceThread
from omsdesk.devices.ports import Condition, Delivery, Kicks, Printer, PrinterStatus, TakesBack
from omsdesk.domain.printing import PrintState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_T = TypeVar("_T")

BACKOFF = (1.0, 2.0, 5.0)
"""Seconds before the next attempt after so many failures; the last one goes on for ever: somebody stands there."""

STATE_WORDS = {
    PrintState.QUEUED: "Waiting to be printed",
    PrintState.SENDING: "Printing",
    PrintState.PRINTED: "Printed",
    PrintState.SENT: "Sent; this printer does not confirm",
    PrintState.HELD: "In the printer, waiting",
    PrintState.UNKNOWN: "Not known: did it come out?",
    PrintState.FAILED: "Not printed yet; tried again by itself",
    PrintState.CANCELLED: "Cancelled",
}
"""What a person reads for each state of a job."""

_CLAIM_SECONDS = 0.1
"""Between two looks at whether it is to end, while another has the printer."""
_UNKNOWN_AT_START = "The program ended while this was printing. Look whether it came out before you print it again."
_UNKNOWN_AT_STOP = "The program was closed while this was printing. Look whether it came out before you print it again."
_UNKNOWN_AFTER_FAULT = (
    "Something went wrong while this was printing. Look whether it came out before you print it again."
)
_TOO_LATE = "The printer was not ready in time, so this was given up. Ask for it again."


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A job as the queue keeps it."""

    id: str
    kind: str
    payload: bytes
    state: PrintState = PrintState.QUEUED
    expires_ms: int | None = None
    """UTC milliseconds after which it makes no sense any more: a drawer must not open when nobody stands there."""
    drawer_until_ms: int | None = None
    """UTC milliseconds until which somebody waits for the drawer that it opens; None where it opens none."""
    is_only_drawer: bool = False
    """Whether no paper comes of it."""


class Queue(Protocol):
    """Where jobs are kept. All calls come from the spooler's thread; an exception is logged and tried again."""

    def waiting(self) -> Sequence[PrintJob]:
        """Give the jobs that are QUEUED, SENDING, HELD or FAILED, the oldest first."""

    def started(self, job: PrintJob) -> None:
        """Note that a job is SENDING: durable before this returns, because the first byte follows."""

    def is_wanted(self, job: PrintJob) -> bool:
        """Tell whether nobody has given up a job since it was begun."""

    def finished(self, job: PrintJob, outcome: PrintState, detail: str, out: int = 0) -> None:
        """Note what became of a job. HELD is followed by a final outcome later.

        ``out`` is how many of its labels certainly came out, where the printer counts them.
        """

    def close(self) -> None:
        """Let go of what it reads from."""


class Spooler(DeviceThread):
    """Feeds one printer; ``wake`` it after each new job. ``on_status`` is called from its thread.

    Where it ends, a job under way ends as unknown, and all others stay in the queue.
    """

    def __init__(
        self,
        printer: Printer,
        queue: Queue,
        on_status: Callable[[PrinterStatus], None] | None = None,
        name: str = "printer",
        poll_seconds: float = 15.0,
        claim: threading.Lock | None = None,
    ) -> None:
        """Take a printer and its queue. ``claim`` is shared by all who feed the same printer, for another role each."""
        super().__init__(f"spooler {name}")
        self._printer = printer
        self._queue = queue
        self._on_status = on_status
        self._poll_seconds = poll_seconds
        self._claim = claim or threading.Lock()
        self._status = PrinterStatus.of(Condition.UNKNOWN)
        self._failures = 0
        self._why = ""
        """Why the last attempt failed."""
        self._is_settled = False
        self._kicked: set[str] = set()
        """The jobs whose drawer was opened before their paper could come out."""
        self._unrecorded: tuple[PrintJob, Delivery] | None = None
        self._errands: SimpleQueue[tuple[Future[Any], Callable[[Printer], Any]]] = SimpleQueue()

    @property
    def status(self) -> PrinterStatus:
        """How the printer was when it was last asked."""
        return self._status

    def lend(self, errand: Callable[[Printer], _T]) -> Future[_T]:
        """Have something done with the printer between two jobs, in the spooler's thread: a test page, a question.

        Nothing of it is in the queue: it is never done again, and it is cancelled where the spooler stops before.
        """
        promise: Future[_T] = Future()
        self._errands.put((promise, errand))
        if self._is_ending.is_set():
            promise.cancel()
        self.wake()
        return promise

    def interrupt(self) -> None:
        """End every wait for the printer."""
        self._printer.interrupt()

    def kept_waiting(self) -> None:
        """Say that the one before it has the printer or its jobs."""
        self._note(PrinterStatus(Condition.OFFLINE, KEPT_WAITING))

    def run(self) -> None:
        """Print until the end, and let go of the printer and the queue."""
        super().run()
        while not self._errands.empty():
            self._errands.get()[0].cancel()
        self._guarded(self._printer.close)
        self._guarded(self._queue.close)

    def turn(self) -> float:
        """Print all that waits; give the seconds until the next look."""
        self._settle()
        while not self._is_ending.is_set():
            # Whoever has it may have it for long: a receipt of the other role may wait in it for paper.
            if not self._claim.acquire(timeout=_CLAIM_SECONDS):
                continue
            try:
                pause = self._work()
            finally:
                self._claim.release()
            if pause is not None:
                return pause
        return 0.0

    def _work(self) -> float | None:
        """Print the next job; give the seconds until the next look where there is none, or it has to wait."""
        self._run_errands()
        job = next((job for job in self._queue.waiting() if job.state in _PRINTABLE), None)
        if job is None:
            self._failures = 0
            self._note(self._printer.status())
            return self._poll_seconds
        if not self._print(job):
            self._open_drawers(self._status)
            self._failures += 1
            return BACKOFF[min(self._failures, len(BACKOFF)) - 1]
        self._failures = 0
        return None

    def _run_errands(self) -> None:
        while not self._errands.empty():
            promise, errand = self._errands.get()
            if promise.set_running_or_notify_cancel():
                try:
                    promise.set_result(errand(self._printer))
                except Exception as fault:  # noqa: BLE001 - whoever waits for the answer gets it
                    promise.set_exception(fault)

    def _settle(self) -> None:
        """Note what is still to be noted: jobs of a crashed run may have come out, so a person is asked."""
        if self._unrecorded is not None:
            self._record(*self._unrecorded)
        if not self._is_settled:
            for job in self._queue.waiting():
                if job.state in {PrintState.SENDING, PrintState.HELD}:
                    self._queue.finished(job, PrintState.UNKNOWN, _UNKNOWN_AT_START)
            self._is_settled = True

    def _print(self, job: PrintJob) -> bool:
        """Print a job to its end; False where it has to be tried again later."""
        if job.expires_ms is not None and time.time() * 1000 > job.expires_ms:
            self._queue.finished(job, PrintState.CANCELLED, _TOO_LATE)
            return True
        if job.state is PrintState.FAILED and self._is_as_before():
            return False
        self._queue.started(job)
        if self._is_given_up(job):
            return True
        delivery = self._guarded(lambda: self._deliver(job)) or Delivery(PrintState.UNKNOWN, _UNKNOWN_AFTER_FAULT)
        self._record(job, delivery)
        self._note(delivery.status)
        self._why = delivery.sentence
        return delivery.state is not PrintState.FAILED

    def _is_as_before(self) -> bool:
        """Ask a printer that failed whether it still does for the same reason: nothing of that is written down.

        A printer may be off for days, and every attempt is a fact for ever.
        """
        if not self._failures:
            return False
        status = self._printer.status()
        if status.can_print or status.condition is Condition.UNKNOWN or status.sentence != self._why:
            return False
        self._note(status)
        return True

    def _deliver(self, job: PrintJob) -> Delivery:
        """Hand a job to the printer and stay with it while the printer holds it."""
        delivery = self._printer.print(job.payload, job.id)
        said = ""
        while delivery.state is PrintState.HELD:
            if self._is_ending.is_set():
                return Delivery(PrintState.UNKNOWN, _UNKNOWN_AT_STOP)
            self._note(delivery.status)
            self._open_drawers(delivery.status)
            if delivery.sentence != said:
                said = delivery.sentence
                self._guarded(partial(self._queue.finished, job, PrintState.HELD, said, delivery.out))
            delivery = self._looked_after(job)
        return delivery

    def _open_drawers(self, status: PrinterStatus) -> None:
        """Open the drawer for what cannot come out now: the next customer pays while somebody fetches a roll."""
        if status.condition not in _WANTS_A_HAND or not isinstance(self._printer, Kicks):
            return
        for job in self._guarded(self._queue.waiting) or ():
            is_late = job.drawer_until_ms is None or time.time() * 1000 > job.drawer_until_ms
            if is_late or job.state not in _PRINTABLE or job.id in self._kicked or not self._printer.kick():
                continue
            self._kicked.add(job.id)
            if job.is_only_drawer:
                self._guarded(partial(self._queue.finished, job, PrintState.SENT, ""))

    def _looked_after(self, job: PrintJob) -> Delivery:
        if self._is_given_up(job) and isinstance(self._printer, TakesBack):
            return self._printer.take_back()
        return self._printer.resume()

    def _is_given_up(self, job: PrintJob) -> bool:
        """Tell whether somebody gave it up since the queue was read; a queue that cannot tell is no reason to."""
        return self._guarded(partial(self._queue.is_wanted, job)) is False

    def _record(self, job: PrintJob, delivery: Delivery) -> None:
        """Note an outcome; one that could not be noted is kept and noted before anything else is printed."""
        self._unrecorded = (job, delivery)
        self._queue.finished(job, delivery.state, delivery.sentence, delivery.out)
        self._unrecorded = None

    def _note(self, status: PrinterStatus) -> None:
        if status.is_drawer_open is None:
            # What became of a job says nothing of the drawer.
            status = replace(status, is_drawer_open=self._status.is_drawer_open)
        if status != self._status and status.condition is not Condition.UNKNOWN:
            self._status = status
            if self._on_status is not None:
                self._guarded(partial(self._on_status, status))


_PRINTABLE = {PrintState.QUEUED, PrintState.FAILED}
_WANTS_A_HAND = {Condition.PAPER_OUT, Condition.COVER_OPEN}
