"""E-mail in the settings: the mail server of this computer, its password, and a mail that tries both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from omsdesk.channels.mail.server import PORTS, Trial
from omsdesk.domain.mailing import is_address
from omsdesk.settings import MailAccount, MailSecurity, Settings
from omsdesk.ui.settings.office import NO_RIGHT, Office
from omsdesk.ui.settings.typed_over import TypedOver

KEPT = "••••••••"
"""Stands in the field of the password, which nobody is shown."""


@dataclass(frozen=True, slots=True)
class MailDraft:
    """The mail server as it stands in the form."""

    host: str = ""
    port: str = "587"
    security: str = str(MailSecurity.STARTTLS)
    user: str = ""
    password: str = ""
    sender: str = ""
    certificates: str = ""


def draft_of(account: MailAccount) -> MailDraft:
    """Write an account as the form shows it."""
    return MailDraft(
        account.host, str(account.port), str(account.security), account.user, KEPT if account.user else "",
        account.sender, account.certificates,
    )  # fmt: skip


def problems(draft: MailDraft) -> dict[str, str]:
    """Say what is wrong with which field; an empty server is none, and nothing is sent."""
    if not draft.host.strip():
        return {}
    found: dict[str, str] = {}
    if " " in draft.host.strip() or "/" in draft.host or "@" in draft.host:
        found["host"] = "Type the server's name alone, such as mail.example.org."
    if not (draft.port.strip().isdecimal() and 1 <= int(draft.port) <= 65535):
        found["port"] = "A port is a number from 1 to 65535."
    if not is_address(draft.sender.strip()):
        found["sender"] = "Type the address that mails come from, like shop@example.org."
    if draft.user.strip() and draft.security == MailSecurity.NONE:
        found["security"] = "Without security no password can be sent. Choose another one, or leave the user empty."
    if draft.user.strip() and not draft.password:
        found["password"] = "Type the password of this user."  # noqa: S105 - a sentence
    return found


def account_of(draft: MailDraft) -> MailAccount:
    """Read an account from a draft without problems."""
    return MailAccount(
        draft.host.strip(),
        int(draft.port) if draft.port.strip().isdecimal() else MailAccount().port,
        MailSecurity(draft.security),
        draft.user.strip(),
        draft.sender.strip(),
        draft.certificates.strip(),
    )


class MailSession(TypedOver[MailDraft]):
    """State and intents of the page of e-mail. It knows no widget."""

    right = "shop.edit"

    def __init__(self, office: Office) -> None:
        """Show the settings as they are."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.draft = self.start = MailDraft()
        self.errors: dict[str, str] = {}
        self.refusal = self.notice = self.saved = ""
        self.is_saving = False
        """Never for long: a small file is written at once."""
        self.recipient = ""
        self.is_trying = False
        self.trial: Trial | None = None
        self._undo: Settings | None = None
        self.refresh()

    def refresh(self) -> None:
        """Read the settings again; what was typed and not saved yet stays."""
        if not self.has_changes:
            self.draft = self.start = draft_of(self.office.station.settings().mail)
        self._tell()

    def set(self, name: str, value: str | bool) -> None:
        """Take what was chosen or typed; the usual port comes with the security that is chosen."""
        if getattr(self.draft, name) == value:
            return
        change: dict[str, Any] = {name: value}
        if name == "security" and self.draft.port in map(str, PORTS.values()):
            change["port"] = str(PORTS[MailSecurity(str(value))])
        self.draft = replace(self.draft, **change)
        self.errors.pop(name, None)
        self.saved, self.trial = "", None
        self._tell()

    def set_recipient(self, text: str) -> None:
        """Take whom the test mail goes to."""
        self.recipient = text
        self.errors.pop("recipient", None)

    def save(self) -> None:
        """Keep the settings and the password, and make them hold."""
        if self.has_changes and self._is_right():
            before = self.office.station.settings()
            settings = replace(before, mail=account_of(self.draft))
            # A password that was typed over cannot be taken back: nobody is shown the one before.
            has_password = self.draft.password != self.start.password
            if self._keep_password() and self._keep(settings):
                self._undo, self.saved = None if has_password else before, "Settings saved"
        self._tell()

    def discard(self) -> None:
        """Forget what was typed and not saved."""
        self.draft, self.errors, self.refusal, self.trial = self.start, {}, "", None
        self._tell()

    def take_back(self) -> None:
        """Keep the settings as they were before."""
        before, self._undo = self._undo, None
        if before is not None:
            now = self.office.station.settings()
            self._keep(replace(now, mail=before.mail))
            self.saved = ""
            self._tell()

    def try_out(self) -> None:
        """Send a test mail with the settings as they stand in the form, saved or not."""
        mail = self.office.station.mail
        if self.is_trying or mail is None or not self._is_right():
            self._tell()
            return
        if not self.draft.host.strip():
            self.errors["host"] = "Type the server's name first."
        if not is_address(self.recipient.strip()):
            self.errors["recipient"] = "Type an address of your own, where you can look for the test mail."
        if not self.errors:
            self.is_trying, self.trial = True, None
            account, recipient = account_of(self.draft), self.recipient.strip()
            password = "" if self.draft.password == KEPT else self.draft.password
            self.office.work.work(lambda: mail.try_out(account, password, recipient), self._tried)
        self._tell()

    def _tried(self, trial: Trial) -> None:
        self.is_trying, self.trial = False, trial
        self._tell()

    def _is_right(self) -> bool:
        self.errors = problems(self.draft)
        self.refusal = "" if self.may_edit else NO_RIGHT
        return not (self.errors or self.refusal)

    def _keep_password(self) -> bool:
        mail = self.office.station.mail
        if mail is None or self.draft.password == KEPT:
            return True
        self.refusal = mail.keep_password(self.draft.password if self.draft.user.strip() else "")
        return not self.refusal

    def _keep(self, settings: Settings) -> bool:
        try:
            self.office.station.keep(settings)
        except OSError as error:
            self.refusal = f"The settings cannot be written ({error.strerror}). Check the folder {settings.folder}."
            return False
        self.draft = self.start = draft_of(settings.mail)
        return True

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
