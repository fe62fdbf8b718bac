"""Documents that go out by e-mail: each request is a fact, and so is what became of it.

No address is in any fact: a journal forgets nobody. A request names the customer, whose address is looked up when the
mail is sent, so that whoever is forgotten is written to no more. An address that was typed for one mail alone is kept
beside the journal (``store/tables/mailing.py``) until that mail is gone.

What holds for print jobs (``printing.py``) holds here: a mail is never sent a second time by itself. Until the last
line of a mail is on its way nothing was accepted, and it is safe to begin again; after that only the answer tells.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import ClassVar

from omsdesk.domain.messages import Command, Event, Refusal, event
from omsdesk.domain.records import record


class MailState(StrEnum):
    """What is known of a mail. Unknown is never sent again by itself: it might arrive twice."""

    QUEUED = "queued"
    DEFERRED = "deferred"
    """It was tried, nobody took it, and it is tried again by itself."""
    SENDING = "sending"
    SENT = "sent"
    """The mail server took it."""
    UNKNOWN = "unknown"
    FAILED = "failed"
    """The mail server will not take it, however often it is asked."""
    CANCELLED = "cancelled"


class Letter(StrEnum):
    """Which document a mail brings."""

    RECEIPT = "receipt"
    ORDER = "order"
    STATEMENT = "statement"
    """What moved on a customer's accounts between two days; its document is the customer."""


@record
class AskMail(Command):
    """Send a document to a customer, or to an address that is kept for this mail alone.

    ``first`` and ``last`` are the days of a statement (ISO 8601).
    """

    job: str
    letter: Letter
    document: str
    customer: str = ""
    address: str = ""
    first: str = ""
    last: str = ""


@record
class NoteMail(Command):
    """Record what became of a mail; ``attempt`` counts how often the server was asked to take it."""

    permission: ClassVar[str] = ""
    job: str
    state: MailState
    detail: str = ""
    attempt: int = 0
    address: str = ""
    """Where a mail that is sent again goes, if not where it went before."""


@event("mail.asked")
@record
class MailAsked(Event):
    """A document is to be sent by the station that says so; without a customer the address is known there alone."""

    job: str
    letter: Letter
    document: str
    customer: str = ""
    first: str = ""
    last: str = ""


@event("mail.noted")
@record
class MailNoted(Event):
    """What became of a mail."""

    job: str
    state: MailState
    detail: str = ""
    attempt: int = 0


@record
class NoAddress(Refusal):
    """A mail without an address, or with one that is none."""


@record
class TakenAlready(Refusal):
    """A mail that is on its way, or done with."""


@record
class Known:
    """A mail as it stands: its state and how often it was tried."""

    state: MailState
    detail: str = ""
    attempt: int = 0


_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+\.[^@\s.<>,;:\"()\[\]\\]+\Z")
_IN_TEXT = re.compile(r"<?[^\s@<>]+@[^\s@<>]+>?")
_MOST = 254
"""Octets of an address (RFC 5321)."""
_OF_SALE = ":mail"


def job_of_sale(sale: str) -> str:
    """Name the mail that follows from a completed sale, without anybody asking for it."""
    return f"{sale}{_OF_SALE}"


def is_address(text: str) -> bool:
    """Tell whether a text can be an address for e-mail; who is at home there, only a mail server can say."""
    name = text.rpartition("@")[0]
    return bool(_ADDRESS.match(text)) and name.isascii() and len(text.encode()) <= _MOST and text.isprintable()


def without_addresses(text: str) -> str:
    """Take every address out of a sentence of somebody else's: what is noted of a mail stays for ever."""
    return _IN_TEXT.sub("(address)", text)


def decide(command: AskMail | NoteMail, known: Known | None, address: str = "") -> tuple[Event, ...] | Refusal:
    """Decide on a mail that is ``known``; None where there is none yet. ``address`` is where it would go."""
    match command:
        case AskMail() if known is not None:
            return ()
        case AskMail() if not is_address(address):
            return NoAddress("Type an e-mail address like name@example.org.")
        case AskMail():
            return (
                MailAsked(command.job, command.letter, command.document, command.customer, command.first, command.last),
            )
        case NoteMail() if known is None:
            return Refusal("There is no such mail.")
        case NoteMail():
            return _note(command, known)


def _note(command: NoteMail, known: Known) -> tuple[Event, ...] | Refusal:
    said = Known(command.state, without_addresses(command.detail), command.attempt)
    if command.state not in _AFTER[known.state]:
        # What a program learned late of a mail that somebody has ended is no news; who would begin it has to hear it.
        is_news = command.state in {MailState.SENDING, MailState.QUEUED, MailState.CANCELLED}
        return TakenAlready("This mail is on its way or was sent already.") if is_news else ()
    return () if said == known else (MailNoted(command.job, said.state, said.detail, said.attempt),)


_LEARNED = {MailState.SENT, MailState.UNKNOWN, MailState.FAILED, MailState.DEFERRED}
_AFTER = {
    MailState.QUEUED: {*_LEARNED, MailState.SENDING, MailState.CANCELLED},
    MailState.DEFERRED: {*_LEARNED, MailState.SENDING, MailState.CANCELLED, MailState.QUEUED},
    MailState.SENDING: _LEARNED,
    MailState.UNKNOWN: {*_LEARNED, MailState.QUEUED, MailState.CANCELLED},
    MailState.FAILED: {MailState.SENT, MailState.QUEUED, MailState.CANCELLED},
    MailState.SENT: set[MailState](),
    MailState.CANCELLED: {MailState.SENT},
}
"""What can be learned or done next. Only one program can begin a mail; that it was taken is always believed."""
