"""The dialogue in which a mail server takes one mail (SMTP, RFC 5321).

What it promises: an attempt ends as sent, refused, not taken, or unknown, and unknown only where nobody can know.
Until the line with the single dot is on its way a server must not take a mail (RFC 5321, 4.1.1.4), so that whatever
breaks off before it is tried again; what breaks off after it is asked of a person.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypedDict

from omsdesk.channels.mail import faults
from omsdesk.channels.mail.server import Delivery, MailServer, Patience
from omsdesk.domain.mailing import MailState
from omsdesk.settings import MailSecurity

_ANYTHING = (smtplib.SMTPException, OSError, ValueError)
_LINE_END = re.compile(rb"\r\n|\r|\n")
_END = b".\r\n"
_LONGEST_MINUTES = 20
_GO_ON = 354
_ME = "[127.0.0.1]"
"""Until there is a line, and with it an address of this computer."""


class _Where(TypedDict):
    host: str
    port: int
    local_hostname: str
    timeout: float


class Dialogue:
    """One attempt to hand a mail over; made anew for each."""

    def __init__(self, server: MailServer, patience: Patience | None = None) -> None:
        """Take the server to talk to."""
        self._server = server
        self._patience = patience or Patience()
        self._smtp: smtplib.SMTP | None = None
        self._is_interrupted = False

    def deliver(self, recipient: str, message: bytes, may_begin: Callable[[], bool]) -> Delivery | None:
        """Hand a mail over, CRLF or not.

        ``may_begin`` is asked once, when the server is willing and before a byte of the mail is sent: what it notes is
        durable when it gives True. None where it says that somebody else has this mail in hand.
        """
        # A server that sends a letter a minute is always about to answer.
        alarm = threading.Timer(_LONGEST_MINUTES * 60, self.interrupt)
        alarm.daemon = True
        alarm.start()
        try:
            return self._deliver(recipient, message, may_begin)
        finally:
            alarm.cancel()
            self._leave()

    def interrupt(self) -> None:
        """Break the line off, from another thread."""
        self._is_interrupted = True
        smtp = self._smtp
        sock = smtp.sock if smtp is not None else None
        if isinstance(sock, socket.socket):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    # ------------------------------------------------------------------------------ before the mail

    def _deliver(self, recipient: str, message: bytes, may_begin: Callable[[], bool]) -> Delivery | None:
        try:
            smtp = self._smtp = self._connected()
            refused = self._addressed(smtp, recipient)
        except _ANYTHING as error:
            return faults.of_line(error, self._server)
        if refused is not None:
            return refused
        if not may_begin():
            return None
        return self._hand_over(smtp, message)

    def _connected(self) -> smtplib.SMTP:
        """Connect, protect the line and sign in."""
        server, patience = self._server, self._patience
        where: _Where = {"host": server.host, "port": server.port, "local_hostname": _ME, "timeout": patience.connect}
        if server.security is MailSecurity.TLS:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(**where, context=self._context())
        else:
            smtp = smtplib.SMTP(**where)
        self._smtp = smtp
        assert smtp.sock is not None
        smtp.local_hostname = _literal(smtp.sock)
        smtp.sock.settimeout(patience.reply)
        if server.security is MailSecurity.STARTTLS:
            smtp.starttls(context=self._context())
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            self._sign_in(smtp)
        return smtp

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._server.certificates or None)

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        user, password = self._server.user, self._server.password
        if self._server.security is MailSecurity.NONE:
            raise smtplib.SMTPNotSupportedError("no password goes over an open line")
        if user.isascii() and password.isascii():
            smtp.login(user, password)
            return
        # The library knows no other letters; servers take them as UTF-8 (RFC 4616).
        secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        code, answer = smtp.docmd("AUTH", f"PLAIN {secret}")
        if code not in {235, 503}:
            raise smtplib.SMTPAuthenticationError(code, answer)

    def _addressed(self, smtp: smtplib.SMTP, recipient: str) -> Delivery | None:
        """Say from whom and for whom it is; gives what is wrong with that."""
        code, answer = smtp.mail(_ascii(self._server.sender))
        if code != 250:
            return faults.of_sender(code, answer)
        code, answer = smtp.rcpt(_ascii(recipient))
        return None if code in {250, 251} else faults.of_recipient(code, answer)

    # ------------------------------------------------------------------------------ the mail

    def _hand_over(self, smtp: smtplib.SMTP, message: bytes) -> Delivery:
        try:
            code, answer = smtp.docmd("DATA")
            if code != _GO_ON:
                return faults.of_reply(code, answer)
            smtp.send(_dotted(message))
            if self._is_interrupted or smtp.sock is None:
                return Delivery(MailState.DEFERRED, faults.BROKEN_OFF, is_of_server=True)
            smtp.sock.settimeout(self._patience.accept)
        except _ANYTHING:
            return Delivery(MailState.DEFERRED, faults.BROKEN_OFF, is_of_server=True)
        # From here on the server may have it.
        try:
            smtp.send(_END)
            code, answer = smtp.getreply()
        except _ANYTHING:
            return Delivery(MailState.UNKNOWN, faults.NOT_KNOWN)
        if code // 100 == 2:
            return Delivery(MailState.SENT)
        if code // 100 in {4, 5}:
            return faults.of_reply(code, answer)
        return Delivery(MailState.UNKNOWN, faults.NOT_KNOWN)

    def _leave(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        with suppress(*_ANYTHING):
            if smtp.sock is not None:
                smtp.sock.settimeout(1.0)
                smtp.quit()
        with suppress(*_ANYTHING):
            smtp.close()


def _dotted(message: bytes) -> bytes:
    """Write a mail as it travels: every line ends alike, and a line that begins with a dot has one more."""
    lines = _LINE_END.sub(b"\r\n", message)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines)


def _ascii(address: str) -> str:
    """Write the domain of an address as the net knows it."""
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain if domain.isascii() else domain.encode('idna').decode()}"


def _literal(sock: socket.socket) -> str:
    """Call this computer by its address: its name is nobody's business."""
    host = str(sock.getsockname()[0])
    return f"[IPv6:{host}]" if ":" in host else f"[{host}]"
