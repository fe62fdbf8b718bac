"""The service's ledger behind a real HTTP server on loopback, which speaks the contract and fails as a story says."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from omsdesk.server.embedded import run_now
from omsdesk.server.enrolment import NotLetIn
from omsdesk.server.ledger import NotEnrolled
from omsdesk.sync import wire
from omsdesk.sync.messages import (
    Code,
    CodeWish,
    Complaint,
    Enrolled,
    Enrolment,
    Failure,
    Garbled,
    KnownCodes,
    KnownDevice,
    KnownDevices,
    Places,
    Rescued,
    Run,
    Strays,
    TillClaim,
    Wanted,
)
from omsdesk.sync.signing import BadSignature, Request, claim_of, verify
from tests.sync.stations import STORE, Cloud


@dataclass
class Reply:
    """An answer before it is sent."""

    message: object = None
    status: int = 200
    fields: dict[str, str] = field(default_factory=dict)
    media: str = wire.MSGPACK
    body: bytes = b""


class Says(Exception):
    """The service says no."""

    def __init__(self, error: str, status: int, sentence: str = "") -> None:
        super().__init__(sentence)
        self.reply = Reply(Failure(error, sentence), status)


Fault = Callable[["Handler"], Reply | None]
"""Does something to a request; what it gives is sent in the place of the answer, None leaves the line as it is."""


class Service:
    """What the service does with a request. ``now`` is its clock, in seconds since 1970."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.now: Callable[[], float] = time.time
        self.faults: deque[Fault] = deque()
        self.faults_at: dict[str, Fault] = {}
        """What happens to the next request of a target, whatever else is asked before."""
        self.seen: list[Request] = []
        self.hint_seconds = 25.0
        self.news = threading.Condition()
        self.closing = threading.Event()

    def answer(self, request: Request) -> Reply:
        """Do what is asked."""
        try:
            return self._answer(request)
        except Says as said:
            return said.reply
        except NotLetIn as error:
            return Reply(Failure(Complaint.CODE, str(error)), 403)
        except NotEnrolled as error:
            return Reply(Failure(Complaint.NOT_ENROLLED, str(error)), 403)
        except wire.TooLarge as error:
            return Reply(Failure(Complaint.TOO_LARGE, str(error)), 413)
        except Garbled as error:
            return Reply(Failure(Complaint.GARBLED, str(error)), 400)

    def _answer(self, request: Request) -> Reply:
        body = wire.unpack(request.body, request.fields.get("content-encoding", ""))
        route = f"{request.method} {request.target}"
        if route == "POST /v1/enrolments":
            return Reply(self._enrol(request, wire.decode(Enrolment, body)))
        device = self._who(request)
        if route == "POST /v1/hints":
            return Reply(self._wait(wire.decode(Places, body)))
        with self.news:
            match route:
                case "POST /v1/runs":
                    answer = self.cloud.receive(device, wire.decode(Run, body))
                    self.news.notify_all()
                    return Reply(answer)
                case "POST /v1/feeds":
                    return Reply(run_now(self.cloud.ledger.tell(self.cloud.caller(device), wire.decode(Wanted, body))))
                case "POST /v1/rescues":
                    strays = wire.decode(Strays, body)
                    count = run_now(self.cloud.ledger.rescue(self.cloud.caller(device), strays.entries))
                    return Reply(Rescued(count))
                case "POST /v1/snapshots":
                    raise Says(Complaint.NO_COPY, 404)
                case "POST /v1/codes":
                    code = run_now(self.cloud.registrar.make_code(self.cloud.tenant, wire.decode(CodeWish, body)))
                    return Reply(Code(code, 0))
                case "PUT /v1/till":
                    claim = wire.decode(TillClaim, body)
                    return Reply(run_now(self.cloud.registrar.claim_till(self.cloud.tenant, device, claim)))
                case "GET /v1/codes":
                    return Reply(KnownCodes(tuple(run_now(self.cloud.registrar.codes(self.cloud.tenant)))))
                case "GET /v1/devices":
                    return Reply(self._devices())
        if request.method == "DELETE":
            with self.news:
                run_now(self.cloud.registrar.retire(self.cloud.tenant, request.target.rpartition("/")[2]))
            return Reply(status=204)
        raise Says("unknown", 404)

    def _enrol(self, request: Request, asked: Enrolment) -> Enrolled:
        _check(request, asked.public_key)
        with self.news:
            return run_now(self.cloud.registrar.enrol(asked))

    def _who(self, request: Request) -> str:
        try:
            claim = claim_of(request.fields)
        except BadSignature as error:
            raise Says(Complaint.SIGNATURE, 401, str(error)) from None
        with self.news:
            key = run_now(self.cloud.registrar.key_of(claim.key))
        if key is None:
            raise Says(Complaint.NOT_ENROLLED, 403)
        _check(request, key.public_key)
        if key.is_retired:
            raise Says(Complaint.REVOKED, 403)
        if not claim.is_timely(self.now()):
            raise Says(Complaint.CLOCK, 401)
        return claim.key

    def _wait(self, places: Places) -> Places:
        end = time.monotonic() + self.hint_seconds
        with self.news:
            while True:
                ends = run_now(self.cloud.ledger.ends(self.cloud.tenant))
                higher = {scope: ends[scope] for scope, high in places.feeds.items() if ends.get(scope, 0) > high}
                left = end - time.monotonic()
                if higher or left <= 0 or self.closing.is_set():
                    return Places(higher)
                self.news.wait(left)

    def _devices(self) -> KnownDevices:
        found = run_now(self.cloud.registrar.devices(self.cloud.tenant))
        return KnownDevices(tuple(KnownDevice(row.device, row.store, retired_ms=row.retired_ms) for row in found))

    def make_code(self, device: str = "") -> str:
        """Make a code as a manager does."""
        with self.news:
            return run_now(self.cloud.registrar.make_code(self.cloud.tenant, CodeWish(STORE, "t1", device)))


def _check(request: Request, key: bytes) -> None:
    try:
        verify(claim_of(request.fields), request, key)
    except BadSignature as error:
        raise Says(Complaint.SIGNATURE, 401, str(error)) from None


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    service: Service

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        fields = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, fields, body)
        self.service.seen.append(request)
        fault = self.service.faults_at.pop(self.path, None)
        if fault is None and self.service.faults:
            fault = self.service.faults.popleft()
        if fault is not None:
            reply = fault(self)
            if reply is None:
                self.close_connection = True
                return
        else:
            reply = self.service.answer(request)
        self.reply(reply)

    do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815 - the names that http.server looks for

    def reply(self, reply: Reply) -> None:
        body = reply.body or (wire.encode(reply.message, reply.media) if reply.message is not None else b"")
        fields = dict(reply.fields)
        if "content-encoding" not in fields and len(body) > wire.PACK_ABOVE:
            body, fields["content-encoding"] = wire.pack(body, "gzip"), "gzip"
        self.send_response_only(reply.status)
        self.send_header("date", formatdate(self.service.now(), usegmt=True))
        if body:
            self.send_header("content-type", reply.media)
        for name, value in ({"content-length": str(len(body))} | fields).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.lines: list[socket.socket] = []

    def get_request(self) -> tuple[Any, Any]:
        line, address = super().get_request()
        self.lines.append(line)
        return line, address

    def hang_up(self) -> None:
        """End every line that is still open."""
        for line in self.lines:
            try:
                socket.socket.shutdown(line, socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: the stories break lines on purpose."""

    def shutdown_request(self, request: Any) -> None:
        # A line that a story cut off already cannot be ended politely.
        try:
            super().shutdown_request(request)
        except OSError:
            return


class CloudServer:
    """The service at an address, which can go down and come up again."""

    def __init__(self, cloud: Cloud, tls: ssl.SSLContext | None = None) -> None:
        self.service = Service(cloud)
        self._tls, self._port = tls, 0
        self.start()

    @property
    def address(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._port}"

    def make_code(self) -> str:
        """Make a code as a manager does."""
        return self.service.make_code()

    def start(self) -> None:
        """Come up, where it was before."""
        handler = type("OurHandler", (Handler,), {"service": self.service})
        self.service.closing.clear()
        self._server = _Server(("127.0.0.1", self._port), handler)
        if self._tls:
            self._server.socket = self._tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Go down."""
        self.service.closing.set()
        with self.service.news:
            self.service.news.notify_all()
        self._server.shutdown()
        self._server.hang_up()
        # Waits for whoever is still answering: nobody asks a ledger that is closed.
        self._server.server_close()
        self._thread.join()


@contextmanager
def serving(cloud: Cloud, tls: ssl.SSLContext | None = None) -> Iterator[CloudServer]:
    """Serve while a story lasts."""
    server = CloudServer(cloud, tls)
    try:
        yield server
    finally:
        server.stop()


# ---- faults


def reset(handler: Handler) -> None:
    """Hang up the hard way, before a word is said."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def break_off(handler: Handler) -> None:
    """Hang up in the middle of an answer."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/msgpack\r\ncontent-length: 5000\r\n\r\nhalf")
    handler.wfile.flush()
    reset(handler)


def late(seconds: float) -> Fault:
    """Say nothing for some seconds."""

    def fault(handler: Handler) -> None:
        handler.service.closing.wait(seconds)

    return fault


def drip(handler: Handler) -> None:
    """Answer a byte at a time."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/msgpack\r\ncontent-length: 5000\r\n\r\n")
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.02)


def says(reply: Reply) -> Fault:
    """Answer this, whatever was asked."""
    return lambda _: reply


def answer_lost(handler: Handler) -> None:
    """Do what is asked, and hang up before the answer."""
    handler.service.answer(handler.service.seen[-1])
    reset(handler)


def make_tls(folder: Path, *, valid_from: float, valid_until: float) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate of one's own; gives what a server needs, and the file that clients are to trust."""
    import datetime as dt
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dt.datetime.fromtimestamp(valid_from, dt.UTC))
        .not_valid_after(dt.datetime.fromtimestamp(valid_until, dt.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "certificate.pem", folder / "private.pem"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
