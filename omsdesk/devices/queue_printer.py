"""Jobs handed to a queue of the system, which says that it took them, and later at most that it sent them on."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from omsdesk.devices.address import Bus
from omsdesk.devices.finders.queues import plain_words
from omsdesk.devices.ports import Condition, Delivery, DeviceError, ErrorCode, PrinterStatus
from omsdesk.domain.printing import PrintState

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_SECONDS = 10.0
_SLICE = 0.1
"""Seconds between two looks at whether somebody wants the wait to end."""
_LET_GO = Delivery(PrintState.SENT, condition=Condition.READY)
_TAKEN = re.compile(r"request id is (\S+-\d+)")
_ENDED_WORDS = {"idle": Condition.READY, "now printing": Condition.READY, "disabled": Condition.ERROR}


class QueuePrinter:
    """A queue of CUPS or of Windows. ``is_raw`` sends the bytes as they are, past the system's driver.

    A queue tells that it has a job, and never whether paper came out: a job ends as SENT once the queue has let go of
    it, and is HELD while the queue keeps it back.
    """

    def __init__(self, queue: str, *, is_raw: bool = True, patience: float = 60.0) -> None:
        """Name a queue. ``patience`` is how many seconds a job is followed that the queue keeps."""
        self._queue = queue
        self._is_raw = is_raw
        self._patience = patience
        self._job = ""
        self._since = 0.0
        self._is_interrupted = False

    def status(self) -> PrinterStatus:
        """Ask the queue."""
        if sys.platform == "win32":
            return self._status_of_windows()
        try:
            said = self._cups("lpstat", "-p", self._queue)
        except DeviceError as fault:
            return PrinterStatus(Condition.OFFLINE, fault.sentence)
        state = said.partition("\n")[0].removeprefix(f"printer {self._queue}")
        for word, condition in _ENDED_WORDS.items():
            if word in state:
                if condition is Condition.READY:
                    return PrinterStatus.of(condition)
                sentence = f"The queue “{self._queue}” is stopped. Start it in the settings of this computer."
                return PrinterStatus(condition, sentence)
        return PrinterStatus.of(Condition.UNKNOWN)

    def print(self, payload: bytes, name: str) -> Delivery:
        """Hand a job over; nothing was sent where the queue does not take it."""
        try:
            if sys.platform == "win32":
                from omsdesk.devices.wires import winspool

                winspool.send(self._queue, payload, name)
                return Delivery(PrintState.SENT, condition=Condition.READY)
            raw = ("-o", "raw") if self._is_raw else ()
            said = self._cups("lp", "-d", self._queue, *raw, "-t", name, "-", payload=payload)
        except DeviceError as fault:
            state = PrintState.UNKNOWN if fault.sent_bytes else PrintState.FAILED
            return Delivery(state, fault.sentence, Condition.OFFLINE)
        found = _TAKEN.search(said)
        if found is None:
            return Delivery(PrintState.SENT, condition=Condition.UNKNOWN)
        self._job, self._since = found[1], time.monotonic()
        return self.resume()

    def resume(self) -> Delivery:
        """Look whether the queue still keeps the job."""
        end = time.monotonic() + 1.0
        while not self._is_interrupted:
            try:
                kept = self._cups("lpstat", "-o", self._queue)
            except DeviceError as fault:
                return Delivery(PrintState.UNKNOWN, fault.sentence, Condition.OFFLINE)
            if not any(line.split()[:1] == [self._job] for line in kept.splitlines()):
                return _LET_GO
            if time.monotonic() >= end:
                break
            time.sleep(0.05)
        if time.monotonic() - self._since > self._patience:
            sentence = f"The queue “{self._queue}” took the job and still keeps it. See it in the system's own list."
            return Delivery(PrintState.SENT, sentence, Condition.UNKNOWN)
        status = self.status()
        sentence = status.sentence if not status.can_print else f"The queue “{self._queue}” has the job."
        return Delivery(PrintState.HELD, sentence, status.condition)

    def take_back(self) -> Delivery:
        """Take the job out of the queue; what the queue has sent on by then comes out."""
        with suppress(DeviceError):
            self._cups("cancel", self._job)
        delivery = self.resume()
        return replace(delivery, state=PrintState.CANCELLED) if delivery == _LET_GO else delivery

    def interrupt(self) -> None:
        """Stop following the job; the queue keeps it."""
        self._is_interrupted = True

    def close(self) -> None:
        """Nothing is held open."""

    def _cups(self, program: str, *arguments: str, payload: bytes = b"") -> str:
        """Run a program of CUPS and give what it said.

        Raises:
            DeviceError: NO_SERVICE, this computer has no CUPS; NO_HARDWARE, there is no such queue; FAILURE, it did not
                answer in time.

        """
        path = shutil.which(program)
        if path is None:
            sentence = "This computer has no printing system (CUPS). Install it, or choose the printer itself."
            raise DeviceError(ErrorCode.NO_SERVICE, sentence)
        try:
            code, said, complained = self._run([path, *arguments], payload)
        except (OSError, subprocess.TimeoutExpired):
            sentence = (
                "It was broken off while the printing system had it in hand. Look whether it came out."
                if self._is_interrupted
                else "The printing system of this computer does not answer. Start it again."
            )
            raise DeviceError(ErrorCode.FAILURE, sentence, len(payload)) from None
        if code:
            why = complained.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it says no reason"]
            sentence = f"The queue “{self._queue}” does not work ({why[0]}). Look at it in this computer's settings."
            raise DeviceError(ErrorCode.NO_HARDWARE, sentence)
        return said.decode("utf-8", "replace")

    def _run(self, command: list[str], payload: bytes) -> tuple[int, bytes, bytes]:
        """Run a program until it ends, its time is over, or nobody waits for it any longer."""
        end, pipe = time.monotonic() + _SECONDS, subprocess.PIPE
        told: bytes | None = payload
        program = subprocess.Popen(  # noqa: S603 - a program of the system, by its full path
            command, stdin=pipe, stdout=pipe, stderr=pipe, env=plain_words()
        )
        with program:
            while True:
                try:
                    said, complained = program.communicate(told, _SLICE)
                except subprocess.TimeoutExpired:
                    told = None
                    if self._is_interrupted or time.monotonic() > end:
                        program.kill()
                        raise
                else:
                    return program.returncode, said, complained

    def _status_of_windows(self) -> PrinterStatus:
        from omsdesk.devices.wires import winspool

        is_there = False
        with suppress(OSError):
            is_there = self._queue in winspool.queues()
        if is_there:
            return PrinterStatus.of(Condition.READY)
        return PrinterStatus(Condition.OFFLINE, f"Windows has no printer “{self._queue}”. Choose another one.")


class QueueDriver:
    """Makes printers of queues. Any may be the right one; what stands behind a queue only its name tells."""

    def __init__(self, words: tuple[str, ...], *, sure: int, perhaps: int, is_raw: bool) -> None:
        """Take what is in the names of such queues, and how sure it is of one that has that, and of any other."""
        self._words, self._sure, self._perhaps, self._is_raw = words, sure, perhaps, is_raw

    def probe(self, found: Found) -> int:
        """Judge by the name."""
        if found.address.bus is not Bus.QUEUE:
            return 0
        return self._sure if found.is_called(self._words) else self._perhaps

    def attach(self, address: Address, options: Options) -> QueuePrinter:
        """Make the printer behind a queue."""
        return QueuePrinter(address.place, is_raw=self._is_raw)
