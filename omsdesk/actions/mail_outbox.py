"""The mails of a station as the mailer wants them: read from the database, and noted there."""

from __future__ import annotations

import logging
from collections.abc import Callable

from omsdesk.actions.letters import message_of
from omsdesk.actions.mailing import KEPT_MS, NobodyToWriteTo, address_of
from omsdesk.actions.paper import NoDocument
from omsdesk.actions.writer import Writer
from omsdesk.channels.mail.mailer import Outgoing
from omsdesk.channels.mail.message import compose
from omsdesk.channels.mail.server import Delivery, MailServer
from omsdesk.domain.mailing import MailState, NoteMail, TakenAlready
from omsdesk.domain.messages import Refusal
from omsdesk.domain.people import SYSTEM
from omsdesk.store.engine import Connection, StoreFailure
from omsdesk.store.queries.mailing import Mail, one, waiting

_MINUTE_MS = 60_000
PAUSES_MS = tuple(minutes * _MINUTE_MS for minutes in (0, 1, 5, 15, 60, 240))
"""Until the next attempt after so many; the last one goes on until the mail is too old."""

_LOG = logging.getLogger(__name__)
_NOT_WRITTEN = "This mail could not be written, which is a fault of the program. Save the document as PDF instead."
_TOO_OLD = "It could not be sent for a month, so it was given up."
_INHERITED = "It was asked for before this database was put back or copied. Ask the customer whether it arrived."
_ENDED = "The program ended while this was sent. Ask the customer whether it arrived before you send it again."


class MailOutbox:
    """Implements ``channels.mail.mailer.Outbox``. All calls come from the mailer's thread."""

    def __init__(self, open_reader: Callable[[], Connection], writer: Writer) -> None:
        """Take the ways to read and to write."""
        self._open_reader = open_reader
        self._reader: Connection | None = None
        self._writer = writer

    def settle(self) -> None:
        """Ask about what was on its way when the program ended."""
        for mail in waiting(self._connection()):
            if mail.state is MailState.SENDING:
                self._note(mail.job, MailState.UNKNOWN, _ENDED, mail.attempt)

    def due(self, server: MailServer) -> Outgoing | None:
        """Give the oldest mail whose time has come; what cannot be sent at all is ended on the way."""
        now = self._writer.executor.clock.now().utc_ms
        for mail in waiting(self._connection()):
            if mail.state is MailState.SENDING:
                continue
            if mail.is_inherited:
                self._note(mail.job, MailState.UNKNOWN, _INHERITED, mail.attempt)
            elif now - mail.asked.utc_ms > KEPT_MS:
                self._note(mail.job, MailState.FAILED, _TOO_OLD, mail.attempt)
            elif _is_due(mail, now):
                ready = self._composed(mail, server)
                if ready is not None:
                    return ready
        return None

    def begin(self, mail: Outgoing) -> bool:
        """Note that a mail is on its way, unless another program has it in hand or somebody called it off."""
        known = one(self._connection(), mail.id)
        attempt = known.attempt + 1 if known else 1
        outcome = self._writer.submit(SYSTEM, NoteMail(mail.id, MailState.SENDING, "", attempt)).result()
        if isinstance(outcome, TakenAlready):
            return False
        if isinstance(outcome, Refusal):
            raise StoreFailure(outcome.sentence)
        return True

    def finished(self, mail: Outgoing, outcome: Delivery) -> None:
        """Note what became of a mail; where the server or the line is at fault, it was no attempt at this mail."""
        known = one(self._connection(), mail.id)
        if known is None:
            return
        is_counted = known.state is not MailState.SENDING and not outcome.is_of_server
        self._note(mail.id, outcome.state, outcome.sentence, known.attempt + is_counted)

    def _composed(self, mail: Mail, server: MailServer) -> Outgoing | None:
        try:
            recipient = address_of(self._connection(), mail)
            payload = compose(message_of(self._connection(), mail, recipient, server.sender))
        except NobodyToWriteTo as nobody:
            self._note(mail.job, MailState.CANCELLED, str(nobody), mail.attempt)
        except (NoDocument, ValueError) as error:
            self._note(mail.job, MailState.FAILED, str(error), mail.attempt)
        except StoreFailure:
            raise
        except Exception:  # noqa: BLE001 - whatever it is
            # One that cannot be written must not keep the others for ever.
            _LOG.exception("A mail could not be written.")
            self._note(mail.job, MailState.FAILED, _NOT_WRITTEN, mail.attempt)
        else:
            return Outgoing(mail.job, recipient, payload)
        return None

    def _note(self, job: str, state: MailState, detail: str, attempt: int) -> None:
        outcome = self._writer.submit(SYSTEM, NoteMail(job, state, detail, attempt)).result()
        if isinstance(outcome, Refusal) and not isinstance(outcome, TakenAlready):
            raise StoreFailure(outcome.sentence)

    def _connection(self) -> Connection:
        if self._reader is None:
            self._reader = self._open_reader()
        return self._reader


def _is_due(mail: Mail, now_ms: int) -> bool:
    """Tell whether a mail's time has come; where the clock was put back, it has."""
    if mail.state is MailState.QUEUED:
        return True
    pause = PAUSES_MS[min(mail.attempt, len(PAUSES_MS) - 1)]
    return not mail.noted_ms <= now_ms < mail.noted_ms + pause
