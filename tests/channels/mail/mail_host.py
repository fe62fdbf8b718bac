"""A real mail server on loopback, somebody else's (aiosmtpd), that can be told to refuse; and a line that breaks."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
import struct
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from omsdesk.channels.mail.server import MailServer
from omsdesk.settings import MailSecurity


@dataclass
class MailHost:
    """What the server took, and what it answers instead of taking something."""

    port: int = 0
    taken: list[Envelope] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """Answers by step: MAIL, RCPT, DATA (asked to begin) or END (after the last line)."""
    commands: list[str] = field(default_factory=list)
    users: dict[str, str] = field(default_factory=dict)
    lines: list[asyncio.Transport] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    """What the clients called themselves."""

    def at(self, security: MailSecurity = MailSecurity.NONE, **more: Any) -> MailServer:
        """Describe it as a shop's settings would."""
        found: dict[str, Any] = {"sender": "till@kontor.example", "security": security, **more}
        return MailServer("127.0.0.1", self.port, **found)

    @property
    def mails(self) -> list[EmailMessage]:
        """What was taken, as a mail program reads it."""
        made = (message_from_bytes(_content(row), policy=policy.default) for row in self.taken)
        return [mail for mail in made if isinstance(mail, EmailMessage)]

    async def handle_MAIL(
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.commands.append("MAIL")
        self.names.append(session.host_name)
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.commands.append("RCPT")
        answer = self.answers.get("RCPT", "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        self.commands.append("END")
        answer = self.answers.get("END", "250 OK")
        if answer.startswith("2"):
            self.taken.append(envelope)
        return answer

    def sign_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, secret: LoginPassword
    ) -> AuthResult:
        """Check a user and a password."""
        user, password = secret.login.decode(), secret.password.decode()
        return AuthResult(success=self.users.get(user) == password, handled=False)


class _Server(SMTP):
    """Refuses at the step of DATA, too, which the library leaves to itself."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.event_handler.lines.append(transport)

    async def smtp_DATA(self, arg: str) -> None:
        answer = self.event_handler.answers.get("DATA", "")
        if answer:
            await self.push(answer)
        else:
            await super().smtp_DATA(arg)


def _content(envelope: Envelope) -> bytes:
    content = envelope.content
    return content if isinstance(content, bytes) else (content or "").encode()


@contextmanager
def mail_host(
    context: ssl.SSLContext | None = None, *, is_tls: bool = False, users: dict[str, str] | None = None
) -> Iterator[MailHost]:
    """Run a server; with a ``context`` it offers STARTTLS, or speaks TLS from the start."""
    host, loop = MailHost(users=users or {}), asyncio.new_event_loop()
    offered = None if is_tls else context

    def made() -> SMTP:
        with warnings.catch_warnings():
            # It does not see that the line was protected before it began.
            warnings.simplefilter("ignore")
            return _Server(
                host, hostname="mail.example", tls_context=offered, require_starttls=False, loop=loop,
                authenticator=host.sign_in, auth_require_tls=not is_tls, auth_required=bool(users),
            )  # fmt: skip

    server = loop.run_until_complete(loop.create_server(made, "127.0.0.1", 0, ssl=context if is_tls else None))
    host.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(_end(host.lines))
        loop.close()


async def _end(lines: list[asyncio.Transport]) -> None:
    for line in lines:
        line.abort()
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    await asyncio.sleep(0.01)


class BreakingLine:
    """Stands before a server and resets the line after so many bytes of the client, or of the server."""

    def __init__(self, port: int, *, of_client: int = 1 << 30, of_server: int = 1 << 30) -> None:
        """Listen; give ``port`` to the client."""
        self._target, self._left = port, {True: of_client, False: of_server}
        self.seen = {True: 0, False: 0}
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Take nobody any more."""
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            client, _ = self._listener.accept()
            server = socket.create_connection(("127.0.0.1", self._target))
            threading.Thread(target=self._pump, args=(server, client, False), daemon=True).start()
            self._pump(client, server, True)

    def _pump(self, source: socket.socket, target: socket.socket, is_client: bool) -> None:
        with suppress(OSError):
            while data := source.recv(4096):
                data, self._left[is_client] = data[: self._left[is_client]], self._left[is_client] - len(data)
                self.seen[is_client] += len(data)
                target.sendall(data)
                if self._left[is_client] <= 0:
                    break
        for sock in (source, target):
            with suppress(OSError):
                # A reset, as a router that forgets a line sends it, or a cable that is pulled in the end.
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate of 127.0.0.1: what the server shows, and the file that a shop would trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, secret = folder / "certificate.pem", folder / "key.pem"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, secret)
    return context, trusted
