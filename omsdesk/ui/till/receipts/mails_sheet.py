"""E-mails that were not sent: in words, with what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from omsdesk.domain.mailing import Letter, MailState
from omsdesk.store.queries.mailing import Mail
from omsdesk.ui.mail_words import STATE_WORDS
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import Result, ResultList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class MailsSheet(Body):
    """The newest first; Enter sends the marked one again."""

    title = "E-mails not sent"
    help_page = "email"

    def __init__(self, state: TillState) -> None:
        """List the mails that want a person."""
        super().__init__()
        self.state = state
        self._mails: list[Mail] = []
        self.list, self.reason = ResultList("E-mails not sent"), Label("", 16)
        self.reason.setWordWrap(True)
        self.empty = EmptyState("mail", "Every e-mail was sent.")
        self.settle = KeyButton("", "check", height=68)
        self.again = PrimaryButton("Send again", "mail", "Enter")
        self.settle.clicked.connect(self._settle)
        self.again.clicked.connect(self.confirm)
        self.list.chosen.connect(lambda _: self.confirm())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._explain())
        self.setLayout(column(self.list, self.empty, self.reason, spacing=16))
        self.refresh()

    def buttons(self) -> Sequence[QWidget]:
        """What can be done with the marked mail."""
        return (self.settle, self.again)

    def begin(self) -> None:
        """Let the arrows walk the list."""
        self.list.setFocus()

    def refresh(self) -> None:
        """Show what was not sent."""
        desk = self.state.mails
        self._mails = desk.in_trouble()
        self.list.show_results(
            [Result(mail.job, "mail", desk.name_of(mail), STATE_WORDS[mail.state]) for mail in self._mails]
        )
        self.list.setVisible(bool(self._mails))
        self.empty.setVisible(not self._mails)
        self._explain()

    @property
    def marked(self) -> Mail | None:
        """The mail that the buttons act on."""
        at = self.list.currentIndex().row()
        return self._mails[at] if 0 <= at < len(self._mails) else None

    def _explain(self) -> None:
        mail = self.marked
        self.settle.setEnabled(mail is not None)
        self.again.setEnabled(mail is not None)
        self.reason.setText(mail.detail if mail is not None else "")
        is_unknown = mail is not None and mail.state is MailState.UNKNOWN
        self.settle.set_label("It arrived" if is_unknown else "Do not send it")
        is_wrong = mail is not None and mail.state is MailState.FAILED and mail.letter is Letter.RECEIPT
        self.again.set_label("Another address" if is_wrong else "Send again")

    def confirm(self) -> None:
        """Send the marked one again."""
        mail = self.marked
        if mail is not None:
            if mail.state is MailState.FAILED:
                self.done.emit()
            self.state.mails.send_again(mail)

    def _settle(self) -> None:
        mail = self.marked
        if mail is not None:
            self.state.mails.settle(mail)
