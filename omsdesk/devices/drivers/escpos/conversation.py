"""Questions to a printer on an open connection, and its answers told apart."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from omsdesk.devices.drivers.escpos import status
from omsdesk.devices.ports import Condition, DeviceError, ErrorCode, Port, PrinterStatus

if TYPE_CHECKING:
    from collections.abc import Callable


_QUIET_SECONDS = 0.2
"""After so long without an answer none is on its way: they come in order, and nothing else is being printed."""


class Conversation:
    """What was said since the connection was opened."""

    def __init__(self, port: Port, answer_seconds: float) -> None:
        self._port = port
        self._answer_seconds = answer_seconds
        self._answer: int | None = None
        self._rest_of_report = 0
        self._is_asked = False
        self.is_confirmed = False
        """Whether the barrier was answered: everything before it came out."""
        self.is_pin_high: bool | None = None
        """The level of the drawer's sensor when the printer was last asked how it is; None before that."""

    def condition(self) -> Condition:
        """Ask how the printer is.

        Raises:
            DeviceError: TIMEOUT, the printer does not answer; FAILURE, the connection is lost.

        """
        answers = {question: self._ask(question) for question in status.QUESTIONS}
        self.is_pin_high = status.is_pin_high(answers[status.PRINTER])
        return status.condition(answers)

    def barrier_is_sent(self) -> None:
        """Take answers to the barrier from now on; what looked like one before was something else."""
        self._is_asked = True

    def wait_for_confirmation(self, seconds: float) -> bool:
        """Listen for the barrier's answer.

        Raises:
            DeviceError: FAILURE, the connection is lost.

        """
        self._listen(seconds, lambda: self.is_confirmed)
        return self.is_confirmed

    def drain(self, seconds: float) -> bool:
        """Let go of every answer to a barrier that comes until it is quiet; tells whether one came at all.

        Raises:
            DeviceError: FAILURE, the connection is lost.

        """
        self._is_asked, is_answered = True, False
        while True:
            self.is_confirmed = False
            self._listen(seconds, lambda: self.is_confirmed)
            if not self.is_confirmed:
                self._is_asked = False
                return is_answered
            is_answered, seconds = True, min(seconds, _QUIET_SECONDS)

    def _ask(self, question: int) -> int:
        self._answer = None
        self._port.write(status.ask(question), time.monotonic() + self._answer_seconds)
        self._listen(self._answer_seconds, lambda: self._answer is not None)
        if self._answer is None:
            raise DeviceError(ErrorCode.TIMEOUT, PrinterStatus.of(Condition.OFFLINE).sentence)
        return self._answer

    def _listen(self, seconds: float, is_enough: Callable[[], bool]) -> None:
        deadline = time.monotonic() + seconds
        while not is_enough():
            data = self._port.read(deadline)
            if not data:
                return
            for byte in data:
                self._hear(byte)
            if time.monotonic() >= deadline:
                return

    def _hear(self, byte: int) -> None:
        if self._rest_of_report:
            self._rest_of_report -= 1
        elif status.begins_report(byte):
            self._rest_of_report = status.REPORT_REST
        elif status.is_status(byte):
            self._answer = byte
        elif status.is_barrier(byte):
            self.is_confirmed = self._is_asked
