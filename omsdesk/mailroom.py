"""The mail of a station: its server as the settings say, its password, and the thread that sends.

The password is kept where the key of the station is (``sync/keys.py``): by the operating system, or in a file that only
the user of this program can read.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from omsdesk.domain.mailing import MailAsked, MailNoted, MailState
from omsdesk.domain.messages import Event
from omsdesk.settings import MailAccount, Settings

if TYPE_CHECKING:
    from omsdesk.actions.execute import Done
    from omsdesk.actions.writer import Writer
    from omsdesk.channels.mail.mailer import Mailer
    from omsdesk.channels.mail.server import MailServer, Patience, Trial
    from omsdesk.store.engine import Connection
    from omsdesk.sync.keys import SecretStore

_PASSWORD = "mail-password"  # noqa: S105 - the name that it is kept under


class Mailroom:
    """Starts the mailer once there is a server, and whenever that is another one."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        open_reader: Callable[[], Connection],
        writer: Writer,
        store: SecretStore | None = None,
        patience: Patience | None = None,
    ) -> None:
        """Take the settings as they are at any time, and the ways to read and to write."""
        self._settings = settings
        self._open_reader = open_reader
        self._writer = writer
        self._store = store
        self._patience = patience
        self._mailer: Mailer | None = None
        self._guard = threading.Lock()
        self._password: str | None = None

    @property
    def is_set_up(self) -> bool:
        """Whether mails can be sent from here."""
        return self._settings().mail.is_set_up

    def start(self) -> None:
        """Begin to send, if there is a server."""
        if self.is_set_up and self._mailer is None:
            from omsdesk.actions.mail_outbox import MailOutbox
            from omsdesk.channels.mail.mailer import Mailer

            self._mailer = Mailer(MailOutbox(self._open_reader, self._writer), self._server, self._patience)
            self._mailer.start()

    def renew(self) -> None:
        """Go on with the settings as they are now."""
        with self._guard:
            self._password = None
        self.start()
        self._wake()

    def stop(self) -> None:
        """End within a second; what was not sent stays in the outbox."""
        mailer, self._mailer = self._mailer, None
        if mailer is not None:
            mailer.stop()

    def heard(self, done: Done) -> None:
        """Send what was just asked for."""
        if any(map(_wants_mailer, done.facts)):
            self._wake()

    def _wake(self) -> None:
        mailer = self._mailer
        if mailer is not None:
            mailer.wake()

    # ------------------------------------------------------------------------------ the password

    def keep_password(self, password: str) -> str:
        """Keep the password, an empty one is forgotten; gives why it could not be kept."""
        from omsdesk.sync.keys import KeyRing, KeyUnavailable

        ring = KeyRing(self._folder, self._store, None)
        try:
            if password:
                ring.keep(_PASSWORD, password.encode())
            else:
                ring.retire(_PASSWORD)
        except KeyUnavailable:
            return "The password could not be kept. Unlock the key store of this computer and try again."
        with self._guard:
            self._password = password
        return ""

    def password(self) -> str:
        """Give the password; empty where there is none, or the key store is locked."""
        from omsdesk.sync.keys import KeyRing, KeyUnavailable

        with self._guard:
            if self._password is None:
                try:
                    found = KeyRing(self._folder, self._store, None).find(_PASSWORD)
                except KeyUnavailable:
                    return ""
                self._password = found.secret.decode("utf-8", "replace") if found else ""
            return self._password

    @property
    def _folder(self) -> Path:
        return self._settings().folder

    # ------------------------------------------------------------------------------ the server

    def _server(self) -> MailServer | None:
        account = self._settings().mail
        return server_of(account, self.password() if account.user else "") if account.is_set_up else None

    def try_out(self, account: MailAccount, password: str, recipient: str) -> Trial:
        """Send a mail with settings that may not be saved yet; slow. Where no password is typed, it is the kept one."""
        from omsdesk.actions.letters import trial_message
        from omsdesk.channels.mail.dialogue import Dialogue
        from omsdesk.channels.mail.message import compose
        from omsdesk.channels.mail.server import Trial

        clock = self._writer.executor.clock
        message = trial_message(clock.new_id(), account.sender, recipient, clock.now())
        server = server_of(account, (password or self.password()) if account.user else "")
        outcome = Dialogue(server, self._patience).deliver(recipient, compose(message), lambda: True)
        if outcome is None or outcome.state is MailState.SENT:
            return Trial(f"The mail server took the test mail. Look whether it arrives at {recipient}.", is_good=True)
        return Trial(outcome.sentence)


def server_of(account: MailAccount, password: str) -> MailServer:
    """Describe the server that an account is at."""
    from omsdesk.channels.mail.server import MailServer

    return MailServer(
        account.host, account.port, account.security, account.user, password, account.sender, account.certificates
    )


def _wants_mailer(fact: Event) -> bool:
    return isinstance(fact, MailAsked) or (isinstance(fact, MailNoted) and fact.state is MailState.QUEUED)
