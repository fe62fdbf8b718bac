"""Paper that was asked for: each request is a fact, and so is what became of it.

A job belongs to the station that asked for it, which need not be a till: it comes out of a printer of that station, and
no other hears of it (``sync/scopes.py``). Which till the station was is told with it.
"""

from __future__ import annotations

from enum import StrEnum

from omsdesk.domain.messages import Command, Event, Refusal, event
from omsdesk.domain.records import record


class PrintState(StrEnum):
    """What is known of a print job. Unknown is never sent again by itself: it might print twice."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    SENT = "sent"
    HELD = "held"
    UNKNOWN = "unknown"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PaperKind(StrEnum):
    """Which document a job prints."""

    RECEIPT = "receipt"
    SHIFT_REPORT = "shift_report"
    CARD = "card"
    """A gift card or note of store credit, as a slip; its document is the account."""
    ORDER = "order"
    DRAWER = "drawer"
    """No paper: the kick that opens the drawer."""
    LABELS = "labels"
    """Labels that were asked for together; its document is the batch."""
    KITCHEN = "kitchen"
    """What the kitchen is to make, without a price; its document is the slip."""
    PICK = "pick"
    """What somebody is to fetch from the shelves for an order; its document is the order."""


RECEIPT = "receipt"
"""The role of the printer that every till has, and that other stations may have."""


@record
class AskPrint(Command):
    """Print a document. What was asked for before and not cancelled comes out marked as a copy."""

    job: str
    till: str
    """The till that this station is; empty for none."""
    paper: PaperKind
    document: str
    role: str = RECEIPT
    """Which of the station's printers."""


@record
class NotePrint(Command):
    """Record what the spooler learned of a job."""

    job: str
    state: PrintState
    detail: str = ""
    done: int = 0
    """Of labels: how many of the job's certainly came out, or are not to come out any more."""
    sent: int = 0
    """Of labels: how many may have come out."""


@event("print.asked")
@record
class PrintAsked(Event):
    """A document is to come out at a printer of the station that says so."""

    job: str
    till: str
    paper: PaperKind
    document: str
    is_copy: bool = False
    opens_drawer: bool = False
    role: str = RECEIPT


@event("print.noted")
@record
class PrintNoted(Event):
    """What became of a print job; of one that prints labels, also how far it is."""

    job: str
    state: PrintState
    detail: str = ""
    done: int = 0
    sent: int = 0
    is_copy: bool = False
    """Whether it comes out as a copy from now on: what was sent before may lie somewhere."""


_OF_SALE = ":receipt"


def job_of_sale(sale: str) -> str:
    """Name the job of the receipt that follows from a completed sale, without anybody asking for it."""
    return f"{sale}{_OF_SALE}"


def is_of_sale(job: str) -> bool:
    """Tell whether a job followed from a sale by itself."""
    return job.endswith(_OF_SALE)


_ENDED = {PrintState.PRINTED, PrintState.SENT, PrintState.CANCELLED}
_MAY_BE_OUT = {PrintState.PRINTED, PrintState.SENT, PrintState.UNKNOWN}


def decide(
    command: AskPrint | NotePrint, state: PrintState | None, *, was_asked: bool = False
) -> tuple[Event, ...] | Refusal:
    """Decide on a job that is in ``state``; None where there is no such job yet.

    ``was_asked`` tells whether another job for the same paper was asked for and not cancelled: there is one original.
    """
    match command:
        case AskPrint() if state is not None:
            return ()
        case AskPrint():
            return (
                PrintAsked(command.job, command.till, command.paper, command.document, was_asked, role=command.role),
            )
        case NotePrint() if state is None:
            return Refusal("There is no such print job.")
        case NotePrint() if state in _ENDED and command.state is not PrintState.QUEUED:
            return ()
        case NotePrint() if state is command.state and not command.done:
            return ()
        case NotePrint():
            is_copy = command.state is PrintState.QUEUED and state in _MAY_BE_OUT
            return (PrintNoted(command.job, command.state, command.detail, command.done, command.sent, is_copy),)
