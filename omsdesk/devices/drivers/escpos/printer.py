"""A receipt printer that says whether the paper came out.

Before a job the printer is asked how it is; after the job's last byte follows a question that is answered in order
with printing. An answer is proof; silence is not: a printer without paper keeps what it got and prints it later, so a
job whose fate is not known is never sent again from here.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from omsdesk.devices.drivers.escpos import status
from omsdesk.devices.drivers.escpos.conversation import Conversation
from omsdesk.devices.ports import Condition, Delivery, DeviceError, ErrorCode, Port, PrinterStatus
from omsdesk.domain.printing import PrintState

CHUNK_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds."""

    connect: float = 3.0
    answer: float = 1.0
    """For one status byte."""
    look: float = 1.0
    """Between two looks at a printer that has not confirmed yet."""
    stall: float = 30.0
    """For a printer that neither takes data, nor confirms, nor names a cause."""


_NEVER_SAYS = (
    "The printer took the job and does not say that it came out. "
    "If it never does, set it up as one that gives no answers."
)


class EscPosPrinter:
    """An ESC/POS printer on a wire. ``answers`` is False for a model that sends nothing back.

    ``open_level`` is what the sensor of its drawer gives while the drawer is open; None where it has none. ``kick`` is
    the command in real time that opens the drawer.
    """

    def __init__(
        self,
        port: Port,
        *,
        answers: bool = True,
        patience: Patience | None = None,
        open_level: bool | None = None,
        kick: bytes = b"",
    ) -> None:
        self._port = port
        self._kick = kick
        self._open_level = open_level
        self._answers = answers
        self._patience = patience or Patience()
        self._talk = Conversation(self._port, self._patience.answer)
        self._rest = b""
        self._is_holding = False
        """Whether a job is in the printer, which hangs on the connection."""
        self._sent = self._on_its_way = 0
        self._moved_at = 0.0
        self._confirms = answers
        self._is_owed = False
        """Whether the answer to an older barrier may still come, over whichever connection."""
        self._condition = Condition.UNKNOWN

    def status(self) -> PrinterStatus:
        """Connect, ask and hang up."""
        try:
            return PrinterStatus.of(self._open(), is_drawer_open=self._is_drawer_open())
        except DeviceError as fault:
            return PrinterStatus(Condition.OFFLINE, fault.sentence)
        finally:
            self._port.close()

    def print(self, payload: bytes, name: str) -> Delivery:
        """Send a job if the printer is ready, and wait for its confirmation."""
        try:
            self._condition = self._open()
        except DeviceError as fault:
            return self._end(PrintState.FAILED, fault.sentence, Condition.OFFLINE)
        before = PrinterStatus.of(self._condition)
        if not before.can_print:
            return self._end(PrintState.FAILED, before.sentence)
        # A printer that owes an answer and does not give it prints on, but nothing it says proves anything.
        self._confirms = self._answers and not (self._is_owed and not self._is_quiet())
        self._rest = payload + status.BARRIER if self._confirms else payload
        self._is_holding = True
        self._sent = 0
        self._moved_at = time.monotonic()
        return self.resume()

    def resume(self) -> Delivery:
        """Go on with the job that the printer holds."""
        try:
            is_moving = self._write()
            # A confirmation says as much, and more.
            if self._rest or not (self._confirms or self._has_gone_out()):
                taking = "The printer is still taking in the job."
                full = "The printer takes no more data. Check its paper and its cover."
                return self._wait(taking if is_moving else full)
            if not self._answers:
                return self._end(PrintState.SENT)
            if not self._confirms:
                return self._end(PrintState.UNKNOWN, _NEVER_SAYS)
            return self._confirm()
        except DeviceError as fault:
            self._sent += fault.sent_bytes
            state = PrintState.UNKNOWN if self._sent else PrintState.FAILED
            return self._end(state, fault.sentence, Condition.OFFLINE)

    def kick(self) -> bool:
        """Open the drawer past all that waits; not in the middle of a job, which would take the command for its own."""
        if not self._kick or self._rest:
            return False
        try:
            if not self._is_holding:
                self._port.open(time.monotonic() + self._patience.connect)
            return self._port.write(self._kick, time.monotonic() + self._patience.answer) == len(self._kick)
        except DeviceError:
            return False
        finally:
            if not self._is_holding:
                self._port.close()

    def interrupt(self) -> None:
        """Stop waiting."""
        self._port.interrupt()

    def close(self) -> None:
        """Hang up; a printer that holds a job may print it later all the same."""
        self._port.close()

    def _open(self) -> Condition:
        """Connect and ask how the printer is."""
        self._port.open(time.monotonic() + self._patience.connect)
        self._talk = Conversation(self._port, self._patience.answer)
        return self._talk.condition() if self._answers else Condition.READY

    def _is_drawer_open(self) -> bool | None:
        if self._open_level is None or self._talk.is_pin_high is None:
            return None
        return self._talk.is_pin_high == self._open_level

    def _write(self) -> bool:
        """Hand over as much as the printer takes during one look, and tell whether it took anything."""
        start, sent_before = time.monotonic(), self._sent
        while self._rest and time.monotonic() < start + self._patience.look:
            sent = self._port.write(self._rest[:CHUNK_BYTES], start + self._patience.look)
            if not sent:
                # It takes no more for now, or nobody waits for it any longer.
                break
            self._rest = self._rest[sent:]
            self._sent += sent
        if self._sent == sent_before:
            return False
        self._moved_at = time.monotonic()
        if not self._rest:
            self._talk.barrier_is_sent()
            self._is_owed = self._is_owed or self._confirms
        return True

    def _has_gone_out(self) -> bool:
        """Tell whether the job is at the printer, and no part of it on its way: hanging up would lose that."""
        left, self._on_its_way = self._on_its_way, self._port.still_to_go(time.monotonic() + self._patience.look)
        if self._on_its_way != left:
            self._moved_at = time.monotonic()
        return not self._on_its_way

    def _is_quiet(self) -> bool:
        """Have the printer answer a barrier that no job hangs on: whatever it still owed comes before that answer.

        Otherwise the late answer of a job whose fate is unknown would be taken for that of the next one.
        """
        try:
            self._port.write(status.BARRIER, time.monotonic() + self._patience.answer)
            self._is_owed = not self._talk.drain(self._patience.look)
        except DeviceError:
            self._is_owed = True
        return not self._is_owed

    def _confirm(self) -> Delivery:
        """Wait for the barrier's answer; ask for a cause where it does not come."""
        if self._talk.wait_for_confirmation(self._patience.look):
            return self._printed()
        try:
            self._condition = self._talk.condition()
        except DeviceError as fault:
            if fault.code is not ErrorCode.TIMEOUT:
                raise
            self._condition = Condition.OFFLINE
            return self._wait(fault.sentence)
        if self._talk.is_confirmed:
            return self._printed()
        now = PrinterStatus.of(self._condition)
        if now.can_print:
            return self._wait("The printer is still printing.")
        # A cause that a person can see may take as long as it takes.
        self._moved_at = time.monotonic()
        return Delivery(PrintState.HELD, now.sentence, self._condition)

    def _printed(self) -> Delivery:
        self._is_owed = False
        return self._end(PrintState.PRINTED)

    def _wait(self, sentence: str) -> Delivery:
        """Hold the job for a while; after that nobody can say what came out."""
        if time.monotonic() - self._moved_at < self._patience.stall:
            return Delivery(PrintState.HELD, sentence, self._condition)
        return self._end(PrintState.UNKNOWN, "The printer took the job but never said that it came out. Look.")

    def _end(self, state: PrintState, sentence: str = "", condition: Condition | None = None) -> Delivery:
        self._port.close()
        self._rest, self._is_holding = b"", False
        return Delivery(state, sentence, condition or self._condition)
