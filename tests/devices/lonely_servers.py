"""Printers that misbehave on a real loopback socket: they hang, hang up, answer late or not at all."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Behaviour = Callable[[socket.socket], None]

READY = {b"\x10\x04\x01": b"\x12", b"\x10\x04\x02": b"\x12", b"\x10\x04\x03": b"\x12", b"\x10\x04\x04": b"\x12"}


@contextmanager
def server(behaviour: Behaviour) -> Iterator[int]:
    """Listen on a free port and treat each client so; give the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(listener, behaviour), daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _accept(listener: socket.socket, behaviour: Behaviour) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(client, behaviour), daemon=True).start()


def _serve(client: socket.socket, behaviour: Behaviour) -> None:
    with client, suppress(OSError):
        behaviour(client)


def answer_questions(client: socket.socket, *, cause: bytes = b"\x12") -> None:
    """Answer the four questions that come before a job."""
    for question, answer in READY.items():
        assert client.recv(3) == question
        client.sendall(cause if question.endswith(b"\x02") else answer)


def reset(client: socket.socket) -> None:
    """Hang up the hard way, as a device without power does."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def hang(_client: socket.socket) -> None:
    """Say nothing for longer than anybody waits."""
    time.sleep(20)


def read_until(client: socket.socket, end: bytes) -> bytes:
    """Read until the data ends so."""
    data = b""
    while not data.endswith(end):
        more = client.recv(65536)
        if not more:
            break
        data += more
    return data


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
