"""What every device and its wire can do, in the vocabulary of UnifiedPOS.

A deadline is a moment of ``time.monotonic()``: nothing here ever waits for ever.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol, runtime_checkable

from omsdesk.domain.printing import PrintState
from omsdesk.domain.records import record


class ErrorCode(StrEnum):
    """Why a device cannot do what it was asked (UnifiedPOS error codes)."""

    CLOSED = "closed"
    CLAIMED = "claimed"
    """Another program has it."""
    NO_SERVICE = "no service"
    """Its driver is missing, or something that the driver needs."""
    NO_HARDWARE = "no hardware"
    OFFLINE = "offline"
    TIMEOUT = "timeout"
    ILLEGAL = "illegal"
    FAILURE = "failure"


class DeviceError(Exception):
    """A device failed. ``sentence`` says to a person what happened and what to do."""

    def __init__(self, code: ErrorCode, sentence: str, sent_bytes: int = 0) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.sent_bytes = sent_bytes
        """How many bytes of the failed write may have reached the device; 0 only where none can have."""


class Port(Protocol):
    """A wire to a device. Every call ends at its deadline, or soon after ``interrupt``."""

    def open(self, deadline: float) -> None:
        """Connect. Raises DeviceError: nobody is there."""

    def write(self, data: bytes, deadline: float) -> int:
        """Hand bytes over and give their count: less than all when the deadline came first.

        Raises DeviceError: the connection is lost.
        """

    def read(self, deadline: float) -> bytes:
        """Wait for bytes; none when the deadline came first. Raises DeviceError: the connection is lost."""

    def still_to_go(self, deadline: float) -> int:
        """Wait until the other side has all that was handed over, and count the bytes that it has not at the deadline.

        What it says meanwhile is let go of. Raises DeviceError: the connection is lost.
        """

    def close(self) -> None:
        """Let go; harmless where nothing is open."""

    def interrupt(self) -> None:
        """Make a wait in another thread end within a fraction of a second, and every later one at once."""


class Condition(StrEnum):
    """How a printer is."""

    UNKNOWN = "unknown"
    READY = "ready"
    PAPER_LOW = "paper low"
    PAPER_OUT = "paper out"
    COVER_OPEN = "cover open"
    OFFLINE = "offline"
    ERROR = "error"


_ADVICE = {
    Condition.UNKNOWN: "Nothing is known of the printer yet.",
    Condition.READY: "The printer is ready.",
    Condition.PAPER_LOW: "The paper is nearly used up. Keep a new roll at hand.",
    Condition.PAPER_OUT: "The printer is out of paper. Put in a new roll; printing goes on by itself.",
    Condition.COVER_OPEN: "The cover of the printer is open. Close it; printing goes on by itself.",
    Condition.OFFLINE: "The printer does not answer. Check that it is switched on and its cable is plugged in.",
    Condition.ERROR: "The printer reports a fault. Switch it off and on again; if the cutter is jammed, free it first.",
}


@record
class PrinterStatus:
    """A printer's condition, and a sentence that says what to do."""

    condition: Condition
    sentence: str
    is_drawer_open: bool | None = None
    """How the drawer on the printer is; None where it has no sensor, or nobody has asked yet."""

    @classmethod
    def of(cls, condition: Condition, *, is_drawer_open: bool | None = None) -> PrinterStatus:
        """The status with the usual sentence."""
        return cls(condition, _ADVICE[condition], is_drawer_open)

    @property
    def can_print(self) -> bool:
        """Whether paper would come out."""
        return self.condition in {Condition.READY, Condition.PAPER_LOW}


@record
class Delivery:
    """What became of a payload.

    PRINTED: it came out. SENT: it left us and the device cannot say more. HELD: the device has it, or takes it in, and
    waits for a person. UNKNOWN: it may have come out. FAILED: certainly nothing was sent, so it may be sent again.
    """

    state: PrintState
    sentence: str = ""
    condition: Condition = Condition.UNKNOWN
    """How the printer was at the end, where that is known."""
    out: int = 0
    """How many of a payload's labels certainly came out, where the printer counts them."""

    @property
    def status(self) -> PrinterStatus:
        """The same as a status of the printer."""
        if self.state in {PrintState.PRINTED, PrintState.SENT} or not self.sentence:
            return PrinterStatus.of(self.condition)
        return PrinterStatus(self.condition, self.sentence)


class Printer(Protocol):
    """A printer for receipts or labels. All calls come from one thread, save ``interrupt``."""

    def status(self) -> PrinterStatus:
        """Ask how the printer is; never raises and never takes longer than a few seconds."""

    def print(self, payload: bytes, name: str) -> Delivery:
        """Print; ``name`` is the job's. Never raises."""

    def resume(self) -> Delivery:
        """Look after the payload that is HELD, for a second or so."""

    def interrupt(self) -> None:
        """End whatever is going on within a fraction of a second; what was under way ends as UNKNOWN or FAILED."""

    def close(self) -> None:
        """Let go of the device, whatever it holds."""


class AtOnce:
    """What a printer has in common with others that are done with a job at once."""

    def resume(self) -> Delivery:
        """Nothing is ever held here."""
        return Delivery(PrintState.UNKNOWN, "Nothing was waiting. Print it again if it did not come out.")

    def interrupt(self) -> None:
        """Nothing here waits."""

    def close(self) -> None:
        """Nothing here stays open."""


@runtime_checkable
class Kicks(Protocol):
    """A printer that opens its drawer past all that waits in it, without paper, too."""

    def kick(self) -> bool:
        """Open the drawer now; tells whether the command certainly went out."""


@runtime_checkable
class TakesBack(Protocol):
    """A printer that can be made to forget what it holds."""

    def take_back(self) -> Delivery:
        """Have it forget the payload that is HELD; its place is that of ``resume``.

        CANCELLED: it certainly has nothing of it any more. All else is as after ``resume``.
        """
