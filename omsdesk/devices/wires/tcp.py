"""Bytes to and from a TCP address, with a deadline on every wait."""

from __future__ import annotations

import errno
import select
import socket
import sys
import threading
import time
from concurrent.futures import Future, wait
from contextlib import suppress
from typing import Any

from omsdesk.devices.ports import DeviceError, ErrorCode

_SLICE = 0.05
"""Seconds between two looks at whether somebody wants the wait to end."""
_READ_BYTES = 4096
_NO_ADDRESS = "Nobody answers to {}, port {}. Check how the address is written, and that the network is there."
_CHECK = "Check that it is switched on and connected to the network."
_MOST_READS = 64
_SO_NWRITE = 0x1024
"""getsockopt(2) of macOS."""
_CONNECTING = {errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY}


class TcpPort:
    """A connection to one address; it can be opened again after it was closed."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._socket: socket.socket | None = None
        self._interrupted = threading.Event()

    def open(self, deadline: float) -> None:
        """Connect.

        Raises:
            DeviceError: OFFLINE, nobody answers at this address; TIMEOUT, nor within the time.

        """
        found, fault = self._addresses(deadline), 0
        # A name may stand for several addresses, and printers often answer at the last of them only.
        for number, (family, _, _, _, address) in enumerate(found):
            now = time.monotonic()
            fault = self._connect(family, address, now + (deadline - now) / (len(found) - number))
            if not fault:
                return
            self.close()
        code = ErrorCode.TIMEOUT if fault == errno.ETIMEDOUT else ErrorCode.OFFLINE
        raise DeviceError(code, self._nobody("does not answer"))

    def _addresses(self, deadline: float) -> list[Any]:
        """Ask what a name stands for. The system takes as long as it likes, so it is asked in a thread of its own."""
        with suppress(OSError, ValueError, OverflowError):
            return socket.getaddrinfo(*self._address, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        answer: Future[list[Any]] = Future()
        threading.Thread(target=_ask_for, args=(self._address, answer), name="address", daemon=True).start()
        while not answer.done() and not self._interrupted.is_set() and time.monotonic() < deadline:
            wait([answer], _SLICE)
        if not answer.done():
            raise DeviceError(ErrorCode.TIMEOUT, _NO_ADDRESS.format(*self._address))
        if answer.exception() is not None:
            raise DeviceError(ErrorCode.OFFLINE, _NO_ADDRESS.format(*self._address))
        return answer.result()

    def _connect(self, family: int, address: Any, deadline: float) -> int:
        """Try one address; give 0 or why it did not come about (errno)."""
        self.close()
        try:
            self._socket = socket.socket(family, socket.SOCK_STREAM)
            self._socket.settimeout(0)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            fault = self._socket.connect_ex(address)
        except (OSError, OverflowError) as refused:
            return getattr(refused, "errno", None) or errno.EADDRNOTAVAIL
        if fault not in _CONNECTING:
            return fault
        is_done = self._wait(deadline, for_writing=True)
        return self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) if is_done else errno.ETIMEDOUT

    def write(self, data: bytes, deadline: float) -> int:
        """Hand bytes to the network and give their count; less than all when the deadline came first.

        Raises:
            DeviceError: FAILURE, the connection is lost.

        """
        sent = 0
        while sent < len(data) and self._wait(deadline, for_writing=True):
            try:
                sent += self._open_socket().send(data[sent:])
            except BlockingIOError:
                continue
            except OSError:
                raise self._lost(sent) from None
            if time.monotonic() >= deadline:
                break
        return sent

    def read(self, deadline: float) -> bytes:
        """Give what came in; nothing when the deadline came first.

        Raises:
            DeviceError: FAILURE, the connection is lost.

        """
        if not self._wait(deadline, for_writing=False):
            return b""
        try:
            data = self._open_socket().recv(_READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError:
            raise self._lost(0) from None
        if not data:
            raise self._lost(0)
        return data

    def still_to_go(self, deadline: float) -> int:
        """Wait until the other side has all that was handed over, and count the bytes that it has not at the deadline.

        Raises:
            DeviceError: FAILURE, the connection is lost.

        """
        wire = self._open_socket()
        while left := _on_its_way(wire):
            try:
                _let_go_of_words(wire)
            except OSError:
                raise self._lost(0) from None
            if time.monotonic() >= deadline or self._interrupted.wait(_SLICE):
                break
        return left

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            with suppress(OSError):
                # To hang up on words that nobody heard is a reset: what is on its way may be lost with it.
                _let_go_of_words(self._socket)
            self._socket.close()
            self._socket = None

    def interrupt(self) -> None:
        """End every wait, now and later."""
        self._interrupted.set()

    def _wait(self, deadline: float, *, for_writing: bool) -> bool:
        """Wait until the socket is ready; False at the deadline or after an interruption."""
        wire = self._open_socket()
        while not self._interrupted.is_set():
            left = min(_SLICE, max(0.0, deadline - time.monotonic()))
            # Windows tells of a refused connection in the third set only.
            ready = select.select([] if for_writing else [wire], [wire] if for_writing else [], [wire], left)
            if any(ready):
                return True
            if time.monotonic() >= deadline:
                return False
        return False

    def _open_socket(self) -> socket.socket:
        if self._socket is None:
            raise DeviceError(ErrorCode.CLOSED, "The connection is closed.")
        return self._socket

    def _lost(self, sent: int) -> DeviceError:
        return DeviceError(ErrorCode.FAILURE, f"The connection to {self._address[0]} was lost. {_CHECK}", sent)

    def _nobody(self, what: str) -> str:
        host, port = self._address
        return f"The device at {host}, port {port}, {what}. {_CHECK}"


def _on_its_way(wire: socket.socket) -> int:
    """Count the bytes that the other side has not confirmed."""
    if sys.platform == "linux":
        import fcntl
        import termios

        # SIOCOUTQ has the number of TIOCOUTQ (tcp(7)).
        return int.from_bytes(fcntl.ioctl(wire, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    # Windows does not tell.
    return wire.getsockopt(socket.SOL_SOCKET, _SO_NWRITE) if sys.platform == "darwin" else 0


def _let_go_of_words(wire: socket.socket) -> None:
    with suppress(BlockingIOError):
        for _ in range(_MOST_READS):
            if not wire.recv(_READ_BYTES):
                return


def _ask_for(address: tuple[str, int], answer: Future[list[Any]]) -> None:
    try:
        answer.set_result(socket.getaddrinfo(*address, type=socket.SOCK_STREAM))
    except Exception as fault:  # noqa: BLE001 - whoever waits for the answer gets it
        answer.set_exception(fault)
