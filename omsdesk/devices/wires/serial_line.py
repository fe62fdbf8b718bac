"""Bytes over a serial port: RS-232, a USB adapter, or a device that behaves like one (CDC)."""

from __future__ import annotations

import os
import re
import select
import threading
import time
from typing import TYPE_CHECKING, Any, Self

from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.domain.records import record

if TYPE_CHECKING:
    from serial import Serial

SLICE = 0.05
"""Seconds between two looks at whether somebody wants the wait to end."""
_READ_BYTES = 4096
_WRITE_BYTES = 512
"""So little at once that a slow line is seen to move."""
_LINE = re.compile(r"(\d{3,7})\s+([5-8])([NEOMS])(1|1\.5|2)\Z", re.IGNORECASE)
_UNSETTABLE: tuple[type[Exception], ...] = (ValueError,)
if os.name == "posix":
    import termios

    # A port that cannot be set so says it in words of its own, past pyserial.
    _UNSETTABLE = (ValueError, termios.error)
HANDSHAKES = ("none", "rts/cts", "xon/xoff", "dtr/dsr")


@record
class Line:
    """How a serial line is set: bits a second, bits of data, parity, stop bits, and who may say stop."""

    baud: int = 9600
    bits: int = 8
    parity: str = "N"
    stops: str = "1"
    handshake: str = "none"

    @classmethod
    def parse(cls, text: str, handshake: str = "none") -> Self:
        """Read ``9600 8N1``.

        Raises:
            ValueError: it is not written so, or there is no such handshake.

        """
        found = _LINE.match(text.strip())
        if found is None:
            raise ValueError(f"“{text}” is no setting of a serial line. Write it as 9600 8N1.")
        if handshake not in HANDSHAKES:
            raise ValueError(f"The handshake is one of {', '.join(HANDSHAKES)}.")
        baud, bits, parity, stops = found.groups()
        return cls(int(baud), int(bits), parity.upper(), stops, handshake)

    @property
    def text(self) -> str:
        """As ``parse`` reads it."""
        return f"{self.baud} {self.bits}{self.parity}{self.stops}"


class SerialPort:
    """One serial port; it can be opened again after it was closed, and after its device was gone for a while."""

    def __init__(self, name: str, line: Line | None = None) -> None:
        self._name = name
        self._line = line or Line()
        self._wire: Serial | None = None
        self._interrupted = threading.Event()

    def open(self, deadline: float) -> None:
        """Take the port.

        Raises:
            DeviceError: NO_HARDWARE, there is no such port; CLAIMED, another program has it, or this user may not.

        """
        import serial

        self.close()
        line = self._line
        try:
            self._wire = serial.serial_for_url(
                self._name,
                baudrate=line.baud,
                bytesize=line.bits,
                parity=line.parity,
                stopbits=float(line.stops),
                rtscts=line.handshake == "rts/cts",
                xonxoff=line.handshake == "xon/xoff",
                dsrdtr=line.handshake == "dtr/dsr",
                timeout=SLICE,
                write_timeout=0,
                # Windows opens a port for one program only, and pyserial has no switch for it there.
                **({"exclusive": True} if os.name == "posix" else {}),
            )
        except OSError as fault:
            raise self._not_opened(fault) from None
        except _UNSETTABLE as fault:
            raise self._not_opened(fault) from None

    def write(self, data: bytes, deadline: float) -> int:
        """Hand bytes to the line and give their count; less than all when the deadline came first.

        Raises:
            DeviceError: FAILURE, the device is gone.

        """
        wire, sent = self._open_wire(), 0
        while sent < len(data) and not self._interrupted.is_set():
            chunk = data[sent : sent + _WRITE_BYTES]
            try:
                if self._has_room(wire, deadline):
                    sent += int(wire.write(chunk) or 0)
            except OSError:
                # pyserial writes in pieces and does not say how many of them went.
                raise self._lost(sent + len(chunk)) from None
            if time.monotonic() >= deadline:
                break
        return sent

    def read(self, deadline: float) -> bytes:
        """Give what came in; nothing when the deadline came first.

        Raises:
            DeviceError: FAILURE, the device is gone; ILLEGAL, the port cannot be set as it should.

        """
        wire = self._open_wire()
        while not self._interrupted.is_set():
            try:
                wire.timeout = max(0.0, min(SLICE, deadline - time.monotonic()))
                first = wire.read(1)
                if first:
                    return bytes(first + wire.read(min(wire.in_waiting, _READ_BYTES)))
            except (OSError, TypeError):
                # TypeError: closed by another thread in the middle of a wait.
                raise self._lost(0) from None
            except _UNSETTABLE as fault:
                # Some ports take a setting that they do not have, and say so when they are set the next time.
                raise self._not_opened(fault) from None
            if time.monotonic() >= deadline:
                return b""
        return b""

    def still_to_go(self, deadline: float) -> int:
        """Wait until the line has carried all that was handed over, and count the bytes that wait at the deadline.

        Raises:
            DeviceError: FAILURE, the device is gone.

        """
        wire = self._open_wire()
        try:
            while left := int(wire.out_waiting):
                if time.monotonic() >= deadline or self._interrupted.wait(SLICE):
                    break
        except OSError:
            raise self._lost(0) from None
        return left

    def close(self) -> None:
        """Let go of the port."""
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    def interrupt(self) -> None:
        """End every wait, now and later."""
        self._interrupted.set()

    def _has_room(self, wire: Any, deadline: float) -> bool:
        """Wait until the line takes bytes, for a slice of time."""
        left = max(0.0, min(SLICE, deadline - time.monotonic()))
        if os.name == "posix":
            return bool(select.select([], [wire.fileno()], [], left)[1])
        if wire.out_waiting < _WRITE_BYTES:
            return True
        self._interrupted.wait(left)
        return False

    def _open_wire(self) -> Serial:
        if self._wire is None:
            raise DeviceError(ErrorCode.CLOSED, f"The serial port {self._name} is closed.")
        return self._wire

    def _lost(self, sent: int) -> DeviceError:
        sentence = f"The device on {self._name} is gone. Plug it in again; it goes on by itself."
        return DeviceError(ErrorCode.FAILURE, sentence, sent)

    def _not_opened(self, fault: Exception) -> DeviceError:
        why = str(fault).lower()
        if "permission" in why or "access is denied" in why or "exclusively lock" in why or "busy" in why:
            sentence = f"The serial port {self._name} is in use by another program, or this user may not use it."
            return DeviceError(
                ErrorCode.CLAIMED, f"{sentence} Close the other program, or ask who set this computer up."
            )
        if isinstance(fault, _UNSETTABLE):
            sentence = f"The serial port {self._name} cannot be set to {self._line.text}. Choose what the device has."
            return DeviceError(ErrorCode.ILLEGAL, sentence)
        sentence = f"There is nothing on {self._name}. Check that the device is switched on and plugged in."
        return DeviceError(ErrorCode.NO_HARDWARE, sentence)
