"""A mail server as a shop's provider describes it, and what comes of handing it a mail."""

from __future__ import annotations

from dataclasses import dataclass, field

from omsdesk.domain.mailing import MailState
from omsdesk.settings import MailSecurity

PORTS = {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.NONE: 25}
"""Where servers usually listen."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in. Without a user nobody signs in."""

    host: str
    port: int
    security: MailSecurity = MailSecurity.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    certificates: str = ""
    """A file with the certificates to trust, for a server of one's own; empty: those of the system."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that a server may take (RFC 5321, 4.5.3.2, less where a minute more would change nothing)."""

    connect: float = 20.0
    reply: float = 120.0
    accept: float = 600.0
    """After the last line: the server looks for viruses, and whoever does not wait cannot know what became of it."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a test mail."""

    sentence: str
    is_good: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of an attempt."""

    state: MailState
    sentence: str = ""
    is_of_server: bool = False
    """Whether the server, the line or the sign-in is at fault: then no other mail would go either."""
