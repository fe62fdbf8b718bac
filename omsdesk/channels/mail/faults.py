"""What can go wrong between a shop and its mail server, in sentences: what happened, and what to do."""

from __future__ import annotations

import smtplib
import socket
import ssl

from omsdesk.channels.mail.server import Delivery, MailServer
from omsdesk.domain.mailing import MailState
from omsdesk.settings import MailSecurity

_LONGEST = 160
BROKEN_OFF = "The line to the mail server broke off. It is tried again by itself."
NOT_KNOWN = (
    "The line broke off while the mail server took this mail, so nobody knows whether it will arrive. "
    "Ask the customer before you send it again."
)
_NO_CERTIFICATE = (
    "The mail server {host} cannot prove who it is ({why}), so nothing was sent to it. "
    "Check the server's name, and the date of this computer."
)
_SERVER_CODES = {421, 454, 530, 534, 535, 538}
"""Closing down, no TLS now, sign-in wanted, wrong or too weak: no other mail would go either."""


def of_line(error: Exception, server: MailServer) -> Delivery:
    """Explain why no line to the server came about, or why it broke off before a mail was begun."""
    return Delivery(MailState.DEFERRED, _line(error, server), is_of_server=True)


def _line(error: Exception, server: MailServer) -> str:
    if isinstance(error, smtplib.SMTPException):
        return _dialogue(error, server)
    host, port = server.host, server.port
    match error:
        case socket.gaierror():
            return f"The mail server {host} was not found. Check its name, and whether this computer is online."
        case ConnectionRefusedError():
            return f"{host} takes no mail on port {port}. Check the port; {_usual(server)}."
        case ssl.SSLCertVerificationError():
            return _NO_CERTIFICATE.format(host=host, why=error.verify_message or error.reason)
        case ssl.SSLError():
            return f"{host} does not speak TLS on port {port}. Choose another way of security; {_usual(server)}."
        case TimeoutError():
            return f"{host} does not answer on port {port}. Check both, and whether this computer is online."
        case OSError():
            return f"There is no way to {host} now ({error.strerror or error}). It is tried again by itself."
    return f"Nothing could be sent by {host} ({error}). Check the settings of e-mail."


def _dialogue(error: smtplib.SMTPException, server: MailServer) -> str:
    host, port = server.host, server.port
    match error:
        case smtplib.SMTPResponseException() if error.smtp_code < 0:
            return f"{host} gave an answer on port {port} that is no mail server's. Check name and port."
        case smtplib.SMTPNotSupportedError() if "STARTTLS" in str(error):
            return f"{host} offers no STARTTLS on port {port}. Try “TLS from the start” on port 465."
        case smtplib.SMTPNotSupportedError() | smtplib.SMTPAuthenticationError(smtp_code=503):
            return f"{host} lets nobody sign in on port {port}. Leave user and password empty, or choose another port."
        case smtplib.SMTPResponseException() if _is_torn(error.smtp_code):
            return BROKEN_OFF
        case smtplib.SMTPAuthenticationError():
            return f"The mail server did not accept user and password. Check both.{_said(error.smtp_error)}"
        case smtplib.SMTPResponseException():
            return f"The mail server does not want to work now.{_said(error.smtp_error)}"
    return BROKEN_OFF


def _usual(server: MailServer) -> str:
    if server.security is MailSecurity.TLS:
        return "TLS from the start is usually on port 465"
    return "usual are 587 with STARTTLS and 465 with TLS from the start"


def of_sender(code: int, answer: bytes) -> Delivery:
    """Explain why the server does not let the shop send: that is so for every mail."""
    if code in _SERVER_CODES or _is_torn(code):
        return of_reply(code, answer)
    said = _said(answer)
    if code // 100 == 5:
        sentence = f"The mail server does not let this user send as the sender of the settings. Check the sender.{said}"
        return Delivery(MailState.DEFERRED, sentence, is_of_server=True)
    return Delivery(MailState.DEFERRED, f"The mail server takes no mail from here now.{said}", is_of_server=True)


def of_recipient(code: int, answer: bytes) -> Delivery:
    """Explain why the server takes nothing for an address."""
    said = _said(answer)
    if code in _SERVER_CODES or code // 100 != 5:
        return of_reply(code, answer)
    if code in {550, 551, 553, 501} and not _is_policy(answer):
        return Delivery(MailState.FAILED, f"This address does not exist. Ask for it again.{said}")
    return Delivery(MailState.FAILED, f"The mail server does not take mail for this address.{said}")


def of_reply(code: int, answer: bytes) -> Delivery:
    """Explain an answer that is no consent: for now (4xx), or for good (5xx)."""
    said = _said(answer)
    if code in {530, 534, 535, 538}:
        sentence = f"The mail server wants user and password, or others than it was given. Check both.{said}"
        return Delivery(MailState.DEFERRED, sentence, is_of_server=True)
    if code // 100 == 4:
        is_of_server = code in _SERVER_CODES
        sentence = f"The mail server takes this mail later. It is tried again by itself.{said}"
        return Delivery(MailState.DEFERRED, sentence, is_of_server)
    if code // 100 == 5:
        return Delivery(MailState.FAILED, f"The mail server refused this mail.{said}")
    return Delivery(MailState.DEFERRED, BROKEN_OFF, is_of_server=True)


def _is_torn(code: int) -> bool:
    """Tell whether the line broke within an answer: half a number means nothing."""
    return code < 100


def _is_policy(answer: bytes) -> bool:
    # RFC 3463: 5.7.x is a rule of the server, and says nothing of the address.
    return answer.lstrip().startswith(b"5.7.")


def _said(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not plain:
        return ""
    return f" It said: “{plain if len(plain) <= _LONGEST else plain[:_LONGEST] + '…'}”"
