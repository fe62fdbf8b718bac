"""A receipt printer that says whether the paper came out.

Before a job the printer is asked how it is; after the job's last byte follows a question that is answered in order
with printing. An answer is proof; silence is not: a printer without paper keeps what it got and prints it later, so a
job whose fate is not known is never sent again from here.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from omsdesk.devices.drivers.escpos import status
from omsdesk.devices.drivers.escpos.conversation import Conversation
from omsdesk.devices.ports import Delivery, DeviceError, PrinterStatus
from omsdesk.devices.wire_printer import Patience, WirePrinter
from omsdesk.domain.printing import PrintState

if TYPE_CHECKING:
    from omsdesk.devices.ports import Port

_NEVER_SAYS = (
    "The printer took the job and does not say that it came out. "
    "If it never does, set it up as one that gives no answers."
)


class EscPosPrinter(WirePrinter):
    """An ESC/POS printer on a wire. ``answers`` is False for a model that sends nothing back.

    ``open_level`` is what the sensor of its drawer gives while the drawer is open; None where it has none. ``kick`` is
    the command in real time that opens the drawer.
    """

    silent = "The printer took the job but never said that it came out. Look."

    def __init__(
        self,
        port: Port,
        *,
        answers: bool = True,
        patience: Patience | None = None,
        open_level: bool | None = None,
        kick: bytes = b"",
    ) -> None:
        super().__init__(port, patience or Patience(), answers=answers)
        self._kick = kick
        self._open_level = open_level
        self._talk = Conversation(self._port, self._patience.answer)
        self._is_owed = False
        """Whether the answer to an older barrier may still come, over whichever connection."""

    def kick(self) -> bool:
        """Open the drawer past all that waits; not in the middle of a job, which would take the command for its own."""
        if not self._kick or self._sent < len(self._payload):
            return False
        try:
            if not self._payload:
                self._connect()
            return self._port.write(self._kick, time.monotonic() + self._patience.answer) == len(self._kick)
        except DeviceError:
            return False
        finally:
            if not self._payload:
                self._port.close()

    def _connect(self) -> None:
        super()._connect()
        self._talk = Conversation(self._port, self._patience.answer)

    def _ask(self) -> PrinterStatus:
        condition, pin = self._talk.condition(), self._talk.is_pin_high
        is_open = None if self._open_level is None or pin is None else pin == self._open_level
        return PrinterStatus.of(condition, is_drawer_open=is_open)

    def _begun(self, payload: bytes) -> bytes:
        # A printer that owes an answer and does not give it prints on, but nothing it says proves anything.
        self._confirms = self._answers and not (self._is_owed and not self._is_quiet())
        return payload + status.BARRIER if self._confirms else payload

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

    def _taking(self) -> Delivery:
        if self._is_moving:
            return self._wait("The printer is still taking in the job.")
        return self._wait("The printer takes no more data. Check its paper and its cover.")

    def _confirm(self) -> Delivery:
        """Wait for the barrier's answer; ask for a cause where it does not come."""
        if not self._confirms:
            return self._end(PrintState.UNKNOWN, _NEVER_SAYS)
        self._talk.barrier_is_sent()
        self._is_owed = True
        if self._talk.wait_for_confirmation(self._patience.look):
            return self._printed()
        now = self._ask()
        self._condition = now.condition
        if self._talk.is_confirmed:
            return self._printed()
        return self._wait("The printer is still printing.") if now.can_print else self._held(now)

    def _printed(self) -> Delivery:
        self._is_owed = False
        return self._end(PrintState.PRINTED)
