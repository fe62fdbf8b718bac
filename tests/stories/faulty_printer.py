"""A receipt printer on a real socket whose power, paper, cover and cable fail as a seed says.

It behaves as printers with a buffer do: what it took in it keeps, prints when there is paper again, connection or not,
and forgets when its power is cut. The cut ends a receipt; it counts how often each job came out whole.
"""

from __future__ import annotations

import random
import re
import socket
import struct
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

CUT = b"\x1dVB\x00"
_JOB = re.compile(rb"JOB<(\w+)>")
_QUESTION = b"\x10\x04"
_BARRIER = b"\x1dr\x01"


def receipt(name: str, length: int) -> bytes:
    """Make the bytes of a job that can be told from others on the paper."""
    return b"\x1b@" + f"JOB<{name}>".encode() + b"." * length + b"\n" + CUT


@dataclass
class Fault:
    """Something that happens once so many bytes of jobs have come in, and how long it lasts."""

    at: int
    what: str
    seconds: float


FAULTS = ("reset", "hang up", "silence", "paper", "cover", "power", "sips", "chatter", "deaf")


@dataclass
class FaultyPrinter:
    """Give it a seed and ``switch_on``."""

    seed: int
    came_out: Counter[str] = field(default_factory=Counter)
    port: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        span = self.dice.choice([200, 1000, 6000])
        count = self.dice.choice([0, 1, 1, 2, 3])
        self._faults = sorted(
            (
                Fault(self.dice.randrange(span), self.dice.choice(FAULTS), self.dice.uniform(0.0, 0.5))
                for _ in range(count)
            ),
            key=lambda fault: fault.at,
        )
        self._forgets_on_reset = self.dice.random() < 0.5
        self._lock = threading.RLock()
        self._clients: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self._buffer = b""
        self._taken = 0
        self._until: dict[str, float] = {}

    def switch_on(self) -> None:
        """Take connections at a free port."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def heal(self) -> None:
        """Let nothing more go wrong."""
        with self._lock:
            self._faults.clear()
            self._until.clear()
        self._work()

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is on its way to the paper any more."""
        self._work()
        return not self._clients and CUT not in self._buffer

    def end(self) -> None:
        """Switch it off for good."""
        self._drop()
        if self._listener is not None:
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()

    # ------------------------------------------------------------------------------ the wire

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            if self._is("power"):
                # Nobody else may get its port meanwhile, so that it is held and every caller sent away.
                _reset(client)
                continue
            with self._lock:
                self._clients.append(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError):
            client.settimeout(0.02)
            while True:
                self._work(client)
                if self._is("silence"):
                    time.sleep(0.01)
                    continue
                try:
                    data = client.recv(1 if self._is("sips") else 4096)
                except TimeoutError:
                    continue
                if not data:
                    break
                self._heard(client, data)
        with self._lock, suppress(ValueError):
            self._clients.remove(client)
        client.close()

    def _heard(self, client: socket.socket, data: bytes) -> None:
        """Answer what is asked in real time, and take in the rest; faults happen at their byte."""
        with self._lock:
            while data:
                at = data.find(_QUESTION)
                if at == 0:
                    if not self._is("deaf"):
                        client.sendall(self._status(data[2:3]))
                    data = data[3:]
                    continue
                piece = data if at < 0 else data[:at]
                data = data[len(piece) :]
                self._take(client, piece)

    def _take(self, client: socket.socket, piece: bytes) -> None:
        while piece:
            room = max(0, self._faults[0].at - self._taken) if self._faults else len(piece)
            now, piece = piece[:room], piece[room:]
            self._buffer += now
            self._taken += len(now)
            self._work(client)
            if self._faults and self._taken >= self._faults[0].at:
                self._happen(client, self._faults.pop(0))

    def _status(self, question: bytes) -> bytes:
        cover, paper = self._is("cover"), self._is("paper")
        return {
            b"\x01": b"\x1a" if cover or paper else b"\x12",
            b"\x02": b"\x16" if cover else b"\x32" if paper else b"\x12",
            b"\x04": b"\x72" if paper else b"\x12",
        }.get(question, b"\x12")

    # ------------------------------------------------------------------------------ what goes wrong

    def _is(self, what: str) -> bool:
        return time.monotonic() < self._until.get(what, 0.0)

    def _happen(self, client: socket.socket, fault: Fault) -> None:
        self._until[fault.what] = time.monotonic() + fault.seconds
        if fault.what == "reset":
            if self._forgets_on_reset:
                self._buffer = b""
            _reset(client)
            raise ConnectionResetError
        if fault.what == "hang up":
            client.shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError
        if fault.what == "chatter":
            # What it says unasked, as other programs may have told it to (GS a).
            client.sendall(self.dice.choice([b"\x10\x00\x00\x00", b"\x12\x12", b"\x14\x00\x00\x0f"]))
        if fault.what == "power":
            self._buffer = b""
            self._drop()
            raise ConnectionResetError

    def _drop(self) -> None:
        with self._lock:
            for client in self._clients:
                with suppress(OSError):
                    _reset(client)

    # ------------------------------------------------------------------------------ paper

    def _work(self, client: socket.socket | None = None) -> None:
        """Print what was taken in, in order, while there is paper and the cover is shut."""
        with self._lock:
            while not (self._is("paper") or self._is("cover")):
                cut, asked = self._buffer.find(CUT), self._buffer.find(_BARRIER)
                if cut >= 0 and (asked < 0 or cut < asked):
                    self._print(self._buffer[:cut])
                    self._buffer = self._buffer[cut + len(CUT) :]
                elif asked >= 0:
                    self._buffer = self._buffer[asked + len(_BARRIER) :]
                    if client is not None and not self._is("deaf"):
                        with suppress(OSError):
                            client.sendall(b"\x00")
                else:
                    return

    def _print(self, data: bytes) -> None:
        # ESC @ begins a receipt; what stands before it was torn off in the middle.
        whole = data.rpartition(b"\x1b@")[2]
        if found := _JOB.match(whole):
            self.came_out[found[1].decode()] += 1


def _reset(client: socket.socket) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
