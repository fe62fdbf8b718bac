"""E-mail in the settings: server, sign-in and sender, and a test mail with what came of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from omsdesk.settings import MailSecurity
from omsdesk.ui.settings.mail_session import MailSession
from omsdesk.ui.settings.part import Part
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label

_SECURITIES = (
    (str(MailSecurity.STARTTLS), "STARTTLS"),
    (str(MailSecurity.TLS), "TLS from the start"),
    (str(MailSecurity.NONE), "None, in one's own network"),
)


class MailView(Part):
    """How this computer sends receipts by e-mail."""

    help_page = "settings_email"

    def __init__(self, session: MailSession) -> None:
        """Lay the fields out."""
        self._session_mail = session
        password = line()
        password.setEchoMode(QLineEdit.EchoMode.Password)
        self.server = FieldCard(
            "Mail server of this computer",
            [
                [
                    Field("host", "Server", line("mail.example.org"), "Empty sends nothing.", 3),
                    Field("port", "Port", line("587", is_number=True), share=1),
                    Field("security", "Security", combo(), share=2),
                ],
                [Field("user", "User", line(), "Often the address itself."), Field("password", "Password", password)],
                [
                    Field("sender", "Mails come from", line("shop@example.org")),
                    Field("certificates", "File with certificates", line("the system's"), "For your own server."),
                ],
            ],
        )
        self.trial = FieldCard(
            "Try it",
            [[Field("recipient", "Send a test mail to", line("you@example.org"), "An address of your own.")]],
        )
        self.test = KeyButton("Send a test mail", "mail", height=40)
        self.result = Label("", 14, 500)
        self.result.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.test)
        row.addWidget(self.result, 1)
        self.trial.column.addLayout(row)
        super().__init__("E-mail", session, [[self.server], [self.trial]])
        for name in self.server.names:
            hear(self.server.editor(name), partial(session.set, name))
        hear(self.trial.editor("recipient"), lambda text: session.set_recipient(str(text)))
        self.test.clicked.connect(session.try_out)

    def show_values(self) -> None:
        """Fill the fields."""
        session = self._session_mail
        security = self.server.editor("security")
        assert isinstance(security, QComboBox)
        if not security.count():
            choices(security, _SECURITIES, session.draft.security)
        for name in self.server.names:
            fill(self.server.editor(name), getattr(session.draft, name))
            self.server.editor(name).setEnabled(session.may_edit)
        self.server.show_errors(session.errors)
        self.trial.show_errors(session.errors)
        self.trial.editor("recipient").setEnabled(session.may_edit)
        self.trial.setVisible(session.may_edit and session.office.station.mail is not None)
        trial = session.trial
        self.test.set_label("Sending…" if session.is_trying else "Send a test mail")
        self.test.setEnabled(not session.is_trying)
        self.result.setText(trial.sentence if trial else "")
        self.result.set_tone(None if trial is None else Tone.OK if trial.is_good else Tone.BAD)
