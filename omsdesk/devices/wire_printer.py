"""A printer on a wire: asked how it is, sent a job piece by piece, and followed until all of it came out.

What is the same for every kind of printer stands here: when a job may be sent at all, how it is handed over, how long
one waits and for what, and what became of it when the wire is lost. A kind of printer brings how it is asked, and what
proves that its paper came out.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from omsdesk.devices.ports import Condition, Delivery, DeviceError, ErrorCode, PrinterStatus
from omsdesk.domain.printing import PrintState

if TYPE_CHECKING:
    from omsdesk.devices.ports import Port

CHUNK_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds."""

    connect: float = 3.0
    answer: float = 1.0
    look: float = 1.0
    """How long one look at a printer takes that has not finished yet."""
    pause: float = 0.25
    """Between two questions to one that is asked again and again."""
    stall: float = 30.0
    """For a printer that neither takes data, nor prints, nor names a cause."""


class WirePrinter(ABC):
    """Implements ``ports.Printer``. ``answers`` is False for one that sends nothing back: its jobs end as SENT."""

    silent: ClassVar[str]
    """What is said of a job that was taken, and never said to have come out."""
    lost: ClassVar[str] = ""
    """What is said where the wire is lost while it prints; empty: what the wire says."""

    def __init__(self, port: Port, patience: Patience, *, answers: bool) -> None:
        self._port = port
        self._patience = patience
        self._answers = answers
        self._payload = b""
        """The job that is in the printer, which hangs on the connection; empty where none is."""
        self._sent = self._on_its_way = 0
        self._is_moving = False
        """Whether it took anything during the last look."""
        self._confirms = answers
        """Whether an answer will prove that the job came out."""
        self._moved_at = 0.0
        self._condition = Condition.UNKNOWN

    @abstractmethod
    def _ask(self) -> PrinterStatus:
        """Ask how it is. Raises DeviceError: TIMEOUT, it does not answer; FAILURE, the connection is lost."""

    def _refusal(self, status: PrinterStatus) -> str:
        """Say why it is sent no job now; empty where it is."""
        return "" if status.can_print else status.sentence

    def _begun(self, payload: bytes) -> bytes:
        """Give what is sent for a job."""
        return payload

    @abstractmethod
    def _taking(self) -> Delivery:
        """Tell how it stands with a job that it takes no more of for now. Raises DeviceError as ``_ask``."""

    @abstractmethod
    def _confirm(self) -> Delivery:
        """Look for a while whether the job, all of which it has, came out. Raises DeviceError as ``_ask``."""

    def _out(self) -> int:
        """Count the labels of the job that certainly came out."""
        return 0

    def status(self) -> PrinterStatus:
        """Connect, ask and hang up."""
        try:
            return self._reached()
        except DeviceError as fault:
            return PrinterStatus(Condition.OFFLINE, fault.sentence)
        finally:
            self._port.close()

    def print(self, payload: bytes, name: str) -> Delivery:
        """Send a job if the printer is ready, and see what becomes of it."""
        try:
            before = self._reached()
        except DeviceError as fault:
            return self._end(PrintState.FAILED, fault.sentence, Condition.OFFLINE)
        self._condition = before.condition
        if why := self._refusal(before):
            return self._end(PrintState.FAILED, why)
        self._payload, self._sent, self._moved_at = self._begun(payload), 0, time.monotonic()
        return self.resume()

    def resume(self) -> Delivery:
        """Go on with the job that the printer holds; silence is no loss, but nothing is proved by it either."""
        try:
            self._write()
            # A confirmation says that the job arrived, and more.
            if self._sent < len(self._payload) or not (self._confirms or self._has_gone_out()):
                return self._taking()
            return self._confirm() if self._answers else self._end(PrintState.SENT)
        except DeviceError as fault:
            if fault.code is ErrorCode.TIMEOUT:
                return self._wait(fault.sentence, Condition.OFFLINE)
            self._sent += fault.sent_bytes
            if not self._sent:
                return self._end(PrintState.FAILED, fault.sentence, Condition.OFFLINE)
            return self._end(PrintState.UNKNOWN, self.lost or fault.sentence, Condition.OFFLINE)

    def interrupt(self) -> None:
        """Stop waiting."""
        self._port.interrupt()

    def close(self) -> None:
        """Hang up; what the printer has it may print later all the same."""
        self._port.close()

    def _connect(self) -> None:
        self._port.open(time.monotonic() + self._patience.connect)

    def _reached(self) -> PrinterStatus:
        self._connect()
        return self._ask() if self._answers else PrinterStatus.of(Condition.READY)

    def _write(self) -> None:
        """Hand over as much as the printer takes during one look."""
        end, sent_before = time.monotonic() + self._patience.look, self._sent
        while self._sent < len(self._payload) and time.monotonic() < end:
            sent = self._port.write(self._payload[self._sent : self._sent + CHUNK_BYTES], end)
            if not sent:
                # It takes no more for now, or nobody waits for it any longer.
                break
            self._sent += sent
            self._moved_at = time.monotonic()
        self._is_moving = self._sent > sent_before

    def _has_gone_out(self) -> bool:
        """Tell whether the job is at the printer, and no part of it on its way: hanging up would lose that."""
        left, self._on_its_way = self._on_its_way, self._port.still_to_go(time.monotonic() + self._patience.look)
        if self._on_its_way != left:
            self._moved_at, self._is_moving = time.monotonic(), True
        return not self._on_its_way

    def _held(self, status: PrinterStatus) -> Delivery:
        """Hold the job for a cause that a person can see: it may take as long as it takes."""
        self._moved_at, self._condition = time.monotonic(), status.condition
        return Delivery(PrintState.HELD, status.sentence, status.condition, self._out())

    def _wait(self, sentence: str, condition: Condition | None = None) -> Delivery:
        """Hold the job for a while; after that nobody can say what came out."""
        if condition is not None:
            self._condition = condition
        if time.monotonic() - self._moved_at < self._patience.stall:
            return Delivery(PrintState.HELD, sentence, self._condition, self._out())
        return self._end(PrintState.UNKNOWN, self.silent)

    def _end(self, state: PrintState, sentence: str = "", condition: Condition | None = None) -> Delivery:
        """Hang up and say what became of the job."""
        out = self._out() if state in _HAS_COME_OUT else 0
        self._port.close()
        self._payload, self._sent = b"", 0
        return Delivery(state, sentence, condition or self._condition, out)


_HAS_COME_OUT = {PrintState.UNKNOWN, PrintState.PRINTED, PrintState.CANCELLED}
"""What a job may end as of which labels came out."""
