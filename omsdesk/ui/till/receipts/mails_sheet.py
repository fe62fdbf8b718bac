"""E-mails that were not sent: in words, with what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence

from omsdesk.domain.mailing import Letter, MailState
from omsdesk.store.queries.mailing import Mail
from omsdesk.ui.mail_words import STATE_WORDS
from omsdesk.ui.till.receipts.trouble_sheet import TroubleSheet
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.result_list import Result


class MailsSheet(TroubleSheet[Mail]):
    """The newest first; Enter sends the marked one again."""

    title = "E-mails not sent"
    help_page = "email"
    icon = "mail"
    none = "Every e-mail was sent."

    def __init__(self, state: TillState) -> None:
        """List the mails that want a person."""
        super().__init__(state, "Send again")

    def rows(self) -> Sequence[Mail]:
        """Ask what was not sent."""
        return self.state.mails.in_trouble()

    def result(self, row: Mail) -> Result:
        """Name a mail."""
        return Result(row.job, self.icon, self.state.mails.name_of(row), STATE_WORDS[row.state])

    def explain(self, row: Mail | None) -> None:
        """Say why it was not sent."""
        self.settle.setEnabled(row is not None)
        self.again.setEnabled(row is not None)
        self.reason.setText(row.detail if row is not None else "")
        is_unknown = row is not None and row.state is MailState.UNKNOWN
        self.settle.set_label("It arrived" if is_unknown else "Do not send it")
        is_wrong = row is not None and row.state is MailState.FAILED and row.letter is Letter.RECEIPT
        self.again.set_label("Another address" if is_wrong else "Send again")

    def do_again(self, row: Mail) -> None:
        """Send it again, to another address where this one is none."""
        if row.state is MailState.FAILED:
            self.done.emit()
        self.state.mails.send_again(row)

    def give_up(self, row: Mail) -> None:
        """Send it no more."""
        self.state.mails.settle(row)
