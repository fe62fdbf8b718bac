"""A further store of a business: one page that ends with a working till."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from omsdesk.ui.navigation import Intent, Screen
from omsdesk.ui.settings.new_store_session import MOST_TILLS, NewStoreSession
from omsdesk.ui.settings.office import Office
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.banner import Banner
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton

_WIDEST = 1000
_LINES = 96
_SAME = "Products, prices and people are here already: they are those of the business. You sign in with the same PIN."


class NewStoreScreen(Screen):
    """Asks for name, address and tills; ``finished`` when this computer is a till that can sell."""

    finished = Signal()
    help_page = "new_store"

    def __init__(self, office: Office) -> None:
        """Show what the business proposes."""
        super().__init__()
        self.session = NewStoreSession(office, self.finished.emit)
        address = QPlainTextEdit()
        address.setFixedHeight(_LINES)
        address.setTabChangesFocus(True)
        self.store = FieldCard(
            "1  The new store",
            [
                [Field("name", "Name of the store", line()), Field("country", "Country", combo())],
                [Field("address", "Address, a line each", address), Field("phone", "Phone", line())],
            ],
        )
        self.customs = _quiet("")
        self.store.column.addWidget(self.customs)
        self.tills = FieldCard("2  Its tills", [[Field("tills", "How many there will be", combo())]])
        self.till_words = _quiet("")
        self.tills.column.addWidget(self.till_words)
        self.start = FieldCard("3  Begin")
        self.go = PrimaryButton("Open the store", "store", "Ctrl Enter")
        self.go.clicked.connect(self.open_store)
        self.start.column.addWidget(_quiet(_SAME))
        self.start.column.addWidget(self.go)
        self.banner = Banner(height=44)
        self._lay_out()
        self._cards = (self.store, self.tills)
        for name, offers in (
            ("country", self.session.countries),
            (
                "tills",
                [(str(count), f"{count} tills" if count > 1 else "1 till") for count in range(1, MOST_TILLS + 1)],
            ),
        ):
            editor = self._editor(name)
            assert isinstance(editor, QComboBox)
            choices(editor, offers, getattr(self.session.draft, name))
        for card in self._cards:
            for name in card.names:
                hear(card.editor(name), partial(self.session.set, name))
        self.session.listeners.append(self._follow)
        self._follow()

    def _lay_out(self) -> None:
        head = QWidget()
        head.setLayout(
            column(
                Label("A new store", 28, 700),
                Label(f"This computer was let in for a further store beside {self.session.model.name}.", 16, 400,
                      Tone.NEUTRAL),
                spacing=4, margins=(0, 24, 0, 8),
            )
        )  # fmt: skip
        cards = CardColumn([[head], [self.store, [self.tills, self.start]]], _WIDEST, is_centred=True)
        whole = column(self.banner, cards, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def arrived(self) -> None:
        """Take the focus."""
        self._editor("name").setFocus()

    def intents(self) -> Sequence[Intent]:
        """What can be done here."""
        return (Intent("store.open", "Open the store", "store", self.open_store, "Ctrl+Return"),)

    def open_store(self) -> None:
        """Make it, or go to the field that is not right."""
        self.session.open_store()
        wrong = next(iter(self.session.errors), "")
        if wrong:
            self._editor(wrong).setFocus()

    def _editor(self, name: str) -> QWidget:
        return next(card.editor(name) for card in self._cards if name in card.names)

    def _follow(self) -> None:
        session = self.session
        for card in self._cards:
            for name in card.names:
                fill(card.editor(name), getattr(session.draft, name))
                card.editor(name).setEnabled(not session.is_working)
            card.show_errors(session.errors)
        self.customs.setText(session.customs)
        self.till_words.setText(session.till_words)
        self.go.set_busy(session.is_working)
        if session.refusal:
            self.banner.say(session.refusal, Tone.BAD, "circle-alert")
        else:
            self.banner.hide()


def _quiet(text: str) -> Label:
    label = Label(text, 14, 400, Tone.NEUTRAL)
    label.setWordWrap(True)
    return label
