"""Lines to one host: kept open between requests, verified, and hung up from outside while somebody still listens."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import WeakSet

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ProtocolError

from omsdesk.sync.failures import Refused
from omsdesk.sync.turn import Unreachable
from omsdesk.sync.wire import MOST_BYTES, TooLarge, unpack

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

_CHUNK = 65536


class _Line(HTTPConnection):
    """A connection that tells when it is open."""

    def __init__(self, *args: Any, opened: Callable[[HTTPConnection], None], **more: Any) -> None:
        super().__init__(*args, **more)
        self._opened = opened

    def connect(self) -> None:
        super().connect()
        self._opened(self)


class _SecureLine(_Line, HTTPSConnection):
    """The same with TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Line


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureLine


class Lines:
    """All lines of a station to its service."""

    def __init__(self, address: str, certificates: Path | None, connect_seconds: float) -> None:
        """Name the host; nothing is opened yet.

        Raises:
            Refused: the address is none or not secure, or the certificates cannot be read.

        """
        self._open: WeakSet[HTTPConnection] = WeakSet()
        self._lock = threading.Lock()
        self._is_closed = False
        self._connect_seconds = connect_seconds
        host, port, is_secure, self._path = _parts(address)
        self.host, self.port = host, port
        more: dict[str, Any] = {"maxsize": 2, "block": False, "retries": False, "opened": self._note}
        if is_secure:
            self._pool: HTTPConnectionPool = _SecurePool(host, port, ssl_context=_trusting(certificates), **more)
        else:
            self._pool = _Pool(host, port, **more)

    def target(self, path: str) -> str:
        """Give the path of a request on this host."""
        return self._path + path

    def send(
        self, method: str, target: str, fields: dict[str, str], body: bytes, read_seconds: float
    ) -> BaseHTTPResponse:
        """Make a request and wait for the head of its answer; redirects are answers like any other.

        A line that the host had closed while nothing was said is opened anew: every request may come twice.
        """
        timeout = Timeout(connect=self._connect_seconds, read=read_seconds)
        for is_last in (False, True):
            self._check_open()
            opened = self._pool.num_connections
            try:
                return self._pool.urlopen(
                    method, target, body=body, headers=fields, timeout=timeout, redirect=False, retries=False,
                    preload_content=False, decode_content=False,
                )  # fmt: skip
            except ProtocolError:
                if is_last or self._pool.num_connections > opened:
                    raise
        raise AssertionError("The second attempt is the last.")

    def read(self, answer: BaseHTTPResponse, until: float) -> bytes:
        """Read the body of an answer, unpacked, before a moment of the monotonic clock.

        Raises:
            TooLarge: it is larger than any message.
            Garbled: it is not packed as it says.
            TimeoutError: it came too slowly.

        """
        parts, size = list[bytes](), 0
        while part := answer.read1(_CHUNK, decode_content=False):
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES:
                raise TooLarge(f"{self.host} answers with more than any message has.")
            if time.monotonic() > until:
                raise TimeoutError
        return unpack(b"".join(parts), answer.headers.get("content-encoding", "").strip().lower())

    def close(self) -> None:
        """Hang up every line, whoever is listening on it."""
        with self._lock:
            self._is_closed = True
            lines = list(self._open)
        for line in lines:
            _hang_up(line)
        self._pool.close()

    def _note(self, line: HTTPConnection) -> None:
        with self._lock:
            self._open.add(line)
        if self._is_closed:
            _hang_up(line)

    def _check_open(self) -> None:
        if self._is_closed:
            raise Unreachable("The line was hung up.")


def _hang_up(line: HTTPConnection) -> None:
    if isinstance(line.sock, socket.socket):
        try:
            # Not that of the TLS socket, which would take the session away from the thread that is reading.
            socket.socket.shutdown(line.sock, socket.SHUT_RDWR)
        except OSError:
            return


def _trusting(certificates: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=None if certificates is None else str(certificates))
    except (OSError, ssl.SSLError) as error:
        raise Refused("", f"The certificates in {certificates} cannot be read. Correct the setting.") from error


def _parts(address: str) -> tuple[str, int, bool, str]:
    """Take an address apart: host, port, whether it is secure, and the path that requests begin with."""
    try:
        found = urlsplit(address.strip())
        host, port = found.hostname or "", found.port
    except ValueError:
        found, host, port = urlsplit(""), "", None
    is_secure = found.scheme == "https"
    if not host or found.scheme not in {"https", "http"} or found.query or found.fragment or found.username:
        raise Refused("", "This is no address of a service. It looks like https://desk.example.")
    if not is_secure and not _is_here(host):
        raise Refused("", "The address has to begin with https://, so that nobody on the way can read along.")
    return host, port or (443 if is_secure else 80), is_secure, found.path.rstrip("/")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
