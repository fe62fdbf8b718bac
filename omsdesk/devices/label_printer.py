"""A label printer on a wire: labels go out, and where the printer can be asked, it says how many came out.

What differs between printers, how they are asked and what they answer, is their ``Dialect``. A printer that cannot be
asked gets its labels and the job ends as SENT.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from omsdesk.devices.ports import Condition, Delivery, DeviceError, ErrorCode, PrinterStatus
from omsdesk.devices.wire_printer import Patience, WirePrinter
from omsdesk.domain.printing import PrintState

if TYPE_CHECKING:
    from omsdesk.devices.ports import Port

_BUSY = "The printer is busy with other labels. These follow by themselves."
_ASKED = Patience(answer=2.0)


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


class LabelPrinter(WirePrinter):
    """A printer of one dialect on a wire. ``answers`` is False for one that says nothing back."""

    silent = "The printer took the labels but never said that they came out. Look which did."
    lost = "The printer was lost while it printed. Look which labels came out before you print the others."

    def __init__(self, port: Port, dialect: Dialect, *, answers: bool = True, patience: Patience | None = None) -> None:
        super().__init__(port, patience or _ASKED, answers=answers and bool(dialect.question))
        self._dialect = dialect
        self._said = Answer(PrinterStatus.of(Condition.READY))
        self._left: int | None = 0
        self._is_quiet = False
        self._out_when_given_up: int | None = None
        """How many labels had come out when it was told to forget the others."""

    def take_back(self) -> Delivery:
        """Have it forget the labels that it holds, once; only where they are all there and there are no others."""
        is_told = self._out_when_given_up is not None
        if is_told or not self._dialect.cancel or self._sent < len(self._payload):
            return self.resume()
        try:
            self._ask()
            before = self._said.labels_left
            # None: nobody knows. More than there were: somebody else's are among them.
            if before is not None and self._left is not None and before <= self._left:
                self._left = before
                self._out_when_given_up = self._out()
                self._port.write(self._dialect.cancel, time.monotonic() + self._patience.answer)
        except DeviceError as fault:
            if fault.code is not ErrorCode.TIMEOUT:
                return self._end(PrintState.UNKNOWN, self.lost, Condition.OFFLINE)
        return self.resume()

    def _ask(self) -> PrinterStatus:
        deadline = time.monotonic() + self._patience.answer
        self._port.write(self._dialect.question, deadline)
        heard = b""
        while data := self._port.read(deadline):
            heard += data
            answer = self._dialect.read(heard, self._payload[: self._sent])
            if answer is not None:
                self._said = answer
                return answer.status
        raise DeviceError(ErrorCode.TIMEOUT, PrinterStatus.of(Condition.OFFLINE).sentence)

    def _refusal(self, status: PrinterStatus) -> str:
        return super()._refusal(status) or ("" if self._said.labels_left == 0 else _BUSY)

    def _begun(self, payload: bytes) -> bytes:
        self._left, self._is_quiet, self._out_when_given_up = None, False, None
        return payload

    def _taking(self) -> Delivery:
        """Say why a printer takes no more for now: it prints, or waits for a person."""
        try:
            now = self._ask() if self._answers else PrinterStatus.of(Condition.UNKNOWN)
        except DeviceError as fault:
            if fault.code is not ErrorCode.TIMEOUT:
                raise
            now = PrinterStatus.of(Condition.OFFLINE)
        if now.can_print or now.condition in {Condition.UNKNOWN, Condition.OFFLINE}:
            return self._wait("The printer is still taking in the labels.", now.condition)
        return self._held(now)

    def _confirm(self) -> Delivery:
        """Ask until all came out, for one look; the printer has to be found idle twice.

        Between taking a label out of its memory and printing it a printer may say for a moment that nothing is left.
        """
        end = time.monotonic() + self._patience.look
        while True:
            now, left = self._ask(), self._said.labels_left
            if left != self._left:
                self._moved_at = time.monotonic()
            self._left, self._condition = left, now.condition
            if left == 0 and self._out_when_given_up is not None:
                return self._end(PrintState.CANCELLED)
            if not now.can_print:
                self._is_quiet = False
                return self._held(now)
            if left == 0 and self._is_quiet:
                return self._end(PrintState.PRINTED)
            self._is_quiet = left == 0
            if time.monotonic() >= end:
                return self._wait("The printer is still printing.")
            self._port.read(time.monotonic() + self._patience.pause)

    def _out(self) -> int:
        if self._out_when_given_up is not None:
            return self._out_when_given_up
        if self._left is None or self._sent < len(self._payload):
            return 0
        return max(0, self._dialect.labels_in(self._payload) - self._left)
