"""One thread that hands the mails of a station to its mail server, one after the other.

It knows no database. What it promises: no mail is lost, and none is sent twice unless a person asks for it. A mail
whose fate is unknown stays unknown until somebody has asked the customer.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from omsdesk.channels.mail.server import Delivery, MailServer, Patience
from omsdesk.domain.mailing import MailState

if TYPE_CHECKING:
    from omsdesk.channels.mail.dialogue import Dialogue

_T = TypeVar("_T")
_LOG = logging.getLogger(__name__)

BACKOFF = (15.0, 30.0, 60.0, 120.0, 300.0, 600.0)
"""Seconds before the server is asked again after so many failures in a row; the last one goes on for ever."""
_POLL_SECONDS = 60.0
_STOP_SECONDS = 1.0
_AFTER_FAULT = "Something went wrong while this was sent. Ask the customer whether it arrived before you send it again."


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that is due: where it goes, and its bytes."""

    id: str
    recipient: str
    payload: bytes


class Outbox(Protocol):
    """Where mails are kept. All calls come from the mailer's thread; an exception is logged and tried again."""

    def settle(self) -> None:
        """Ask about what was on its way when the program ended: nobody knows what became of it."""

    def due(self, server: MailServer) -> Outgoing | None:
        """Give the oldest mail whose time has come."""

    def begin(self, mail: Outgoing) -> bool:
        """Note that a mail is on its way: durable before this returns. False where another program has it in hand."""

    def finished(self, mail: Outgoing, outcome: Delivery) -> None:
        """Note what became of a mail."""


class Mailer:
    """Create, ``start``, ``wake`` after each new mail, ``stop`` at the end."""

    def __init__(
        self,
        outbox: Outbox,
        server: Callable[[], MailServer | None],
        patience: Patience | None = None,
        backoff: tuple[float, ...] = BACKOFF,
    ) -> None:
        """Take the outbox, and the server as it is set up now; None where there is none."""
        self._outbox = outbox
        self._server = server
        self._patience = patience
        self._backoff = backoff
        self._woken = threading.Event()
        self._is_stopping = threading.Event()
        self._failures = 0
        self._is_settled = False
        self._dialogue: Dialogue | None = None
        self._unrecorded: tuple[Outgoing, Delivery] | None = None
        self._thread = threading.Thread(target=self._run, name="mailer", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def wake(self) -> None:
        """Look at the outbox now, whatever the mailer waits for."""
        self._woken.set()

    def stop(self) -> None:
        """End within a second; a mail under way may end as unknown, all others stay in the outbox."""
        self._is_stopping.set()
        self._woken.set()
        dialogue = self._dialogue
        if dialogue is not None:
            dialogue.interrupt()
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        while not self._is_stopping.is_set():
            self._woken.clear()
            pause = self._guarded(self._work)
            self._woken.wait(self._backoff[0] if pause is None else pause)

    def _guarded(self, work: Callable[[], _T]) -> _T | None:
        """Keep the thread alive whatever happens; the mail stays where it is."""
        try:
            return work()
        except Exception:  # noqa: BLE001 - one mail must not keep the others
            _LOG.exception("The mailer goes on after a fault.")
            return None

    def _work(self) -> float:
        """Send all that is due; give the seconds until the next look."""
        if self._unrecorded is not None:
            self._record(*self._unrecorded)
        if not self._is_settled:
            self._outbox.settle()
            self._is_settled = True
        while not self._is_stopping.is_set():
            server = self._server()
            mail = self._outbox.due(server) if server is not None else None
            if server is None or mail is None:
                return _POLL_SECONDS
            if not self._send(server, mail):
                self._failures += 1
                return self._backoff[min(self._failures, len(self._backoff)) - 1]
            self._failures = 0
        return 0.0

    def _send(self, server: MailServer, mail: Outgoing) -> bool:
        """Try one mail; False where no other would go either."""
        from omsdesk.channels.mail.dialogue import Dialogue

        begun: list[bool] = []

        def may_begin() -> bool:
            begun.append(self._outbox.begin(mail))
            return begun[0]

        self._dialogue = dialogue = Dialogue(server, self._patience)
        try:
            outcome = dialogue.deliver(mail.recipient, mail.payload, may_begin)
        except Exception:
            _LOG.exception("A mail was left in the middle.")
            if not any(begun):
                raise
            outcome = Delivery(MailState.UNKNOWN, _AFTER_FAULT)
        finally:
            self._dialogue = None
        if outcome is None:
            return True
        self._record(mail, outcome)
        return not outcome.is_of_server

    def _record(self, mail: Outgoing, outcome: Delivery) -> None:
        """Note an outcome; one that could not be noted is kept and noted before anything else is sent."""
        self._unrecorded = (mail, outcome)
        self._outbox.finished(mail, outcome)
        self._unrecorded = None
