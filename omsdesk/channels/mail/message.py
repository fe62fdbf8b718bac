"""A mail as bytes: the words, a page, and the document as a PDF. The same mail gives the same bytes at each attempt.

So whoever gets it twice, because somebody decided to send again what may have arrived, has one mail: mail programs know
it by its Message-ID.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omsdesk.domain.mailing import is_address
from omsdesk.domain.values import Stamp

if TYPE_CHECKING:
    from email.message import EmailMessage

_NOT_AN_ATOM = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG file that the page shows as ``cid:name``."""

    name: str
    png: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent. ``id`` names the mail for ever; ``at`` is when it was asked for."""

    id: str
    sender: str
    sender_name: str
    recipient: str
    subject: str
    at: Stamp
    text: str
    html: str = ""
    pictures: tuple[Picture, ...] = ()
    pdf: bytes = b""
    pdf_name: str = "document.pdf"


def message_id(message: Message) -> str:
    """Name the mail as mail programs know it."""
    domain = message.sender.rpartition("@")[2]
    return f"<{_NOT_AN_ATOM.sub('.', message.id)}@{_domain(domain)}>"


def compose(message: Message) -> bytes:
    """Write a mail.

    Raises:
        ValueError: an address of it is none.

    """
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    mail = EmailMessage(SMTP)
    mail["From"] = Address(_line(message.sender_name), addr_spec=_address(message.sender))
    mail["To"] = Address(addr_spec=_address(message.recipient))
    mail["Subject"] = _line(message.subject)
    mail["Date"] = format_datetime(message.at.local)
    mail["Message-ID"] = message_id(message)
    # RFC 3834: nobody's holiday notice answers a receipt.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text, cte="quoted-printable")
    if message.html:
        _add_page(mail, message)
    if message.pdf:
        mail.add_attachment(message.pdf, "application", "pdf", filename=message.pdf_name)
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"{hashlib.sha256(message.id.encode()).hexdigest()[:24]}.{number}")
    return mail.as_bytes()


def _add_page(mail: EmailMessage, message: Message) -> None:
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    page = mail.get_payload(1)
    for picture in message.pictures:
        page.add_related(  # type: ignore[union-attr]
            picture.png, "image", "png", cid=f"<{picture.name}>", filename=f"{picture.name}.png", disposition="inline"
        )


def _line(text: str) -> str:
    """Keep a header on its line, whatever a shop is called."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _address(address: str) -> str:
    if not is_address(address.strip()):
        raise ValueError("This address for e-mail is none. Put it right, and send the mail again.")
    name, _, domain = address.strip().rpartition("@")
    return f"{name}@{_domain(domain)}"


def _domain(domain: str) -> str:
    return domain if domain.isascii() else domain.encode("idna").decode()
