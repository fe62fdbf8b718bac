"""A label printer on a wire: labels go out, and where the printer can be asked, it says how many came out.

What differs between printers, how they are asked and what they answer, is their ``Dialect``. A printer that cannot be
asked gets its labels and the job ends as SENT.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from omsdesk.devices.ports import Condition, Delivery, DeviceError, ErrorCode, PrinterStatus
from omsdesk.domain.printing import PrintState

if TYPE_CHECKING:
    from omsdesk.devices.ports import Port

_CHUNK_BYTES = 4096
_LOST = "The printer was lost while it printed. Look which labels came out before you print the others."
_SILENT = "The printer took the labels but never said that they came out. Look which did."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a printer says of itself."""

    status: PrinterStatus
    labels_left: int | None = 0
    """How many of the labels that it was sent have not come out; None where it knows only that some have not."""


class Dialect(Protocol):
    """How a kind of label printer is asked."""

    question: bytes
    """Empty where it cannot be asked."""
    cancel: bytes
    """Has it forget every label that it holds, which its next answer shows; empty where nobody would know."""

    def read(self, heard: bytes, sent: bytes) -> Answer | None:
        """Read what was heard since the question; None while the answer is not whole.

        ``sent`` is what it was sent of the job, so that what waits in it can be told as labels.
        """

    def labels_in(self, sent: bytes) -> int:
        """Count the labels of a job."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds."""

    connect: float = 3.0
    answer: float = 2.0
    look: float = 1.0
    """How long one look at a printer takes that has not finished yet."""
    pause: float = 0.25
    """Between two questions."""
    stall: float = 30.0
    """For a printer that neither takes data, nor prints, nor names a cause."""


class LabelPrinter:
    """A printer of one dialect on a wire. ``answers`` is False for one that says nothing back."""

    def __init__(self, port: Port, dialect: Dialect, *, answers: bool = True, patience: Patience | None = None) -> None:
        self._port = port
        self._dialect = dialect
        self._answers = answers and bool(dialect.question)
        self._patience = patience or Patience()
        self._payload = b""
        self._sent = self._on_its_way = 0
        self._left: int | None = 0
        self._is_quiet = False
        self._out_when_given_up: int | None = None
        """How many labels had come out when it was told to forget the others."""
        self._moved_at = 0.0
        self._condition = Condition.UNKNOWN

    def status(self) -> PrinterStatus:
        """Connect, ask and hang up."""
        try:
            self._connect()
            return self._ask().status if self._answers else PrinterStatus.of(Condition.READY)
        except DeviceError as fault:
            return PrinterStatus(Condition.OFFLINE, fault.sentence)
        finally:
            self._port.close()

    def print(self, payload: bytes, name: str) -> Delivery:
        """Send labels if the printer is ready, and wait until all of them came out."""
        self._payload, self._sent = payload, 0
        try:
            self._connect()
            before = self._ask() if self._answers else Answer(PrinterStatus.of(Condition.READY))
        except DeviceError as fault:
            return self._end(PrintState.FAILED, fault.sentence, Condition.OFFLINE)
        self._condition = before.status.condition
        if not before.status.can_print:
            return self._end(PrintState.FAILED, before.status.sentence)
        if before.labels_left != 0:
            return self._end(PrintState.FAILED, "The printer is busy with other labels. These follow by themselves.")
        self._left, self._is_quiet, self._out_when_given_up = None, False, None
        self._moved_at = time.monotonic()
        return self.resume()

    def resume(self) -> Delivery:
        """Go on with the labels that the printer holds."""
        try:
            self._write()
            if self._sent < len(self._payload):
                return self._taking()
            if self._answers:
                return self._watch()
            return self._end(PrintState.SENT) if self._has_gone_out() else self._taking()
        except DeviceError as fault:
            self._sent += fault.sent_bytes
            if not self._sent:
                return self._end(PrintState.FAILED, fault.sentence, Condition.OFFLINE)
            return self._end(PrintState.UNKNOWN, _LOST, Condition.OFFLINE)

    def take_back(self) -> Delivery:
        """Have it forget the labels that it holds, once; only where they are all there and there are no others."""
        is_told = self._out_when_given_up is not None
        if is_told or not self._dialect.cancel or self._sent < len(self._payload):
            return self.resume()
        try:
            before = self._ask().labels_left
            # None: nobody knows. More than there were: somebody else's are among them.
            if before is not None and self._left is not None and before <= self._left:
                self._left = before
                self._out_when_given_up = self._out()
                self._port.write(self._dialect.cancel, time.monotonic() + self._patience.answer)
        except DeviceError as fault:
            if fault.code is not ErrorCode.TIMEOUT:
                return self._end(PrintState.UNKNOWN, _LOST, Condition.OFFLINE)
        return self.resume()

    def interrupt(self) -> None:
        """Stop waiting."""
        self._port.interrupt()

    def close(self) -> None:
        """Hang up; what the printer has it may print all the same."""
        self._port.close()

    def _connect(self) -> None:
        self._port.open(time.monotonic() + self._patience.connect)

    def _write(self) -> None:
        """Hand over as much as the printer takes during one look."""
        end = time.monotonic() + self._patience.look
        while self._sent < len(self._payload) and time.monotonic() < end:
            sent = self._port.write(self._payload[self._sent : self._sent + _CHUNK_BYTES], end)
            self._sent += sent
            if not sent:
                # The printer takes no more for now, or nobody waits for it any longer.
                return
            self._moved_at = time.monotonic()

    def _has_gone_out(self) -> bool:
        """Tell whether all labels are at the printer, and none on its way: hanging up would lose those."""
        left, self._on_its_way = self._on_its_way, self._port.still_to_go(time.monotonic() + self._patience.look)
        if self._on_its_way != left:
            self._moved_at = time.monotonic()
        return not self._on_its_way

    def _taking(self) -> Delivery:
        """Say why a printer takes no more for now: it prints, or waits for a person."""
        try:
            now = self._ask().status if self._answers else PrinterStatus.of(Condition.UNKNOWN)
        except DeviceError as fault:
            if fault.code is not ErrorCode.TIMEOUT:
                raise
            now = PrinterStatus(Condition.OFFLINE, fault.sentence)
        if not now.can_print and now.condition not in {Condition.UNKNOWN, Condition.OFFLINE}:
            return self._held(now)
        return self._wait(PrinterStatus(now.condition, "The printer is still taking in the labels."))

    def _watch(self) -> Delivery:
        """Ask until all came out, for one look; the printer has to be found idle twice.

        Between taking a label out of its memory and printing it a printer may say for a moment that nothing is left.
        """
        end = time.monotonic() + self._patience.look
        while True:
            try:
                answer = self._ask()
            except DeviceError as fault:
                if fault.code is not ErrorCode.TIMEOUT:
                    raise
                return self._wait(PrinterStatus(Condition.OFFLINE, fault.sentence))
            if answer.labels_left != self._left:
                self._moved_at = time.monotonic()
            self._left, self._condition = answer.labels_left, answer.status.condition
            if answer.labels_left == 0 and self._out_when_given_up is not None:
                return self._end(PrintState.CANCELLED)
            if not answer.status.can_print:
                self._is_quiet = False
                return self._held(answer.status)
            if answer.labels_left == 0 and self._is_quiet:
                return self._end(PrintState.PRINTED)
            self._is_quiet = answer.labels_left == 0
            if time.monotonic() >= end:
                return self._wait(PrinterStatus(self._condition, "The printer is still printing."))
            self._port.read(time.monotonic() + self._patience.pause)

    def _ask(self) -> Answer:
        """Ask how the printer is.

        Raises:
            DeviceError: TIMEOUT, it does not answer; FAILURE, the connection is lost.

        """
        deadline = time.monotonic() + self._patience.answer
        self._port.write(self._dialect.question, deadline)
        heard = b""
        while data := self._port.read(deadline):
            heard += data
            answer = self._dialect.read(heard, self._payload[: self._sent])
            if answer is not None:
                return answer
        raise DeviceError(ErrorCode.TIMEOUT, PrinterStatus.of(Condition.OFFLINE).sentence)

    def _held(self, status: PrinterStatus) -> Delivery:
        # A cause that a person can see may take as long as it takes.
        self._moved_at = time.monotonic()
        self._condition = status.condition
        return Delivery(PrintState.HELD, status.sentence, status.condition, self._out())

    def _wait(self, status: PrinterStatus) -> Delivery:
        """Hold the labels for a while; after that nobody can say what came out."""
        if time.monotonic() - self._moved_at < self._patience.stall:
            return Delivery(PrintState.HELD, status.sentence, status.condition, self._out())
        return self._end(PrintState.UNKNOWN, _SILENT)

    def _out(self) -> int:
        """How many labels certainly came out."""
        if self._out_when_given_up is not None:
            return self._out_when_given_up
        if self._left is None or self._sent < len(self._payload):
            return 0
        return max(0, self._dialect.labels_in(self._payload) - self._left)

    def _end(self, state: PrintState, sentence: str = "", condition: Condition | None = None) -> Delivery:
        out = self._out() if state in {PrintState.UNKNOWN, PrintState.PRINTED, PrintState.CANCELLED} else 0
        self._port.close()
        self._payload, self._sent, self._left = b"", 0, 0
        return Delivery(state, sentence, condition or self._condition, out)
