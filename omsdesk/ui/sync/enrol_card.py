"""The form that lets this station in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from omsdesk.ui.sync.enrol_session import EnrolSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.banner import Banner
from omsdesk.ui.widgets.field_card import Field, FieldCard, fill, hear, line
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_HINT = "Scan the square code on the manager’s screen, paste it, or type both. Small letters and hyphens do not matter."
_OWN = "Only for a service of your own whose certificate nobody else vouches for."


class EnrolCard(FieldCard):
    """Address, code and name, with what went wrong above them."""

    def __init__(self, session: EnrolSession, title: str, button: str) -> None:
        """Lay the fields out; the session decides."""
        super().__init__(title)
        self.session = session
        self.banner = Banner(height=44)
        hint = Label(_HINT, 14, 400, Tone.NEUTRAL)
        hint.setWordWrap(True)
        self.column.addWidget(hint)
        self.column.addWidget(self.banner)
        self.add_fields(
            Field("address", "Address of the service", line("https://desk.example"), share=3),
            Field("code", "Code", line("7KQ3-9F2M-XA4T"), share=2),
        )
        self.add_fields(
            Field("certificates", "File of a certificate (seldom)", line(), _OWN, share=3),
            Field("name", "Name of this computer", line(), "It stands in the list of stations.", share=2),
        )
        self.go = PrimaryButton(button, "plug", "Ctrl Enter")
        self.go.clicked.connect(session.enrol)
        self.column.addWidget(self.go)
        for name in self.names:
            hear(self.editor(name), partial(session.set, name))
        code = self.editor("code")
        if isinstance(code, QLineEdit):
            # A scanner ends what it types with Enter, and so do people.
            code.returnPressed.connect(session.enrol)
        self._errors: dict[str, str] = {}
        session.listeners.append(self.follow)
        self.follow()

    @property
    def first(self) -> QWidget:
        """Where typing begins."""
        return self.editor("address")

    def follow(self) -> None:
        """Show what the session has now."""
        session = self.session
        for name in self.names:
            fill(self.editor(name), getattr(session.draft, name))
        wrong = self.show_errors(session.errors)
        is_news, self._errors = session.errors != self._errors, dict(session.errors)
        # Only once: whoever goes on typing elsewhere is not called back.
        if wrong is not None and is_news and not any(self.editor(name).hasFocus() for name in session.errors):
            wrong.setFocus()
        self.go.set_busy(session.is_working)
        if session.refusal:
            self.banner.say(session.refusal, Tone.BAD, "circle-alert")
        else:
            self.banner.hide()
