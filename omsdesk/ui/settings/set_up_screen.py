"""The first start: one page that ends with a working till."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from omsdesk.ui.navigation import Intent, Screen
from omsdesk.ui.settings.office import Office
from omsdesk.ui.settings.people_view import pin_line
from omsdesk.ui.settings.set_up_session import SetUpSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.banner import Banner
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.primary_button import PrimaryButton

_WIDEST = 1000
_JOIN = (
    "A manager makes a code for this computer on the Sync page of another till. Products and people come from there."
)
_DEMO = (
    "The demonstration shop comes with products, prices, stock and people. Try everything; "
    "nothing you do there can be wrong."
)


class SetUpScreen(Screen):
    """Asks for country, shop and first person; ``finished`` when this computer is a till that can sell."""

    finished = Signal()
    join_wanted = Signal()
    """Emitted where the shop exists already, on another station."""
    help_page = "set_up"

    def __init__(self, office: Office) -> None:
        """Show an empty page, with the desktop's country chosen."""
        super().__init__()
        country = QLocale.territoryToCode(QLocale.system().territory())
        self.session = SetUpSession(office, country, self.finished.emit)
        self.session.listeners.append(self._follow)
        self.shop = FieldCard(
            "1  Your shop",
            [[Field("country", "Country", combo()), Field("shop_name", "Name of the shop", line())]],
        )
        self.customs = Label("", 14, 400, Tone.NEUTRAL)
        self.customs.setWordWrap(True)
        self.shop.column.addWidget(self.customs)
        self.person = FieldCard(
            "2  You",
            [
                [Field("name", "Your name", line())],
                [Field("pin", "Your PIN", pin_line()), Field("pin_again", "The same again", pin_line())],
            ],
        )
        self.go = PrimaryButton("Open the shop", "store", "Ctrl Enter")
        self.go.clicked.connect(self.session.open_shop)
        self.demo = KeyButton("Open the demonstration shop", "graduation-cap", height=52)
        self.demo.clicked.connect(self.session.open_demo_shop)
        self.join = KeyButton("Join a shop that exists", "store", "Ctrl J", height=52)
        self.join.clicked.connect(self._wish_to_join)
        self.banner = Banner(height=44)
        self._lay_out()
        for card in (self.shop, self.person):
            for name in card.names:
                hear(card.editor(name), partial(self.session.set, name))
        country_editor = self.shop.editor("country")
        assert isinstance(country_editor, QComboBox)
        choices(country_editor, self.session.countries, self.session.draft.country)
        self._follow()

    def _lay_out(self) -> None:
        start = FieldCard("3  Begin")
        words = Label("You begin with an empty catalogue: import a file or type products in.", 14, 400, Tone.NEUTRAL)
        words.setWordWrap(True)
        start.column.addWidget(words)
        start.column.addWidget(self.go)
        join = FieldCard("Another till of a shop?")
        how = Label(_JOIN, 16)
        how.setWordWrap(True)
        join.column.addWidget(how)
        join.column.addWidget(self.join, 0, Qt.AlignmentFlag.AlignLeft)
        demo = FieldCard("Just looking?")
        what = Label(_DEMO, 16)
        what.setWordWrap(True)
        demo.column.addWidget(what)
        demo.column.addWidget(self.demo, 0, Qt.AlignmentFlag.AlignLeft)
        head = QWidget()
        title = QVBoxLayout(head)
        title.setContentsMargins(0, 24, 0, 8)
        title.setSpacing(4)
        title.addWidget(Label("Welcome", 28, 700))
        was_let_in = self.session.office.station.settings().service.is_enrolled
        first = "This computer was let in, and there is no shop yet. " if was_let_in else ""
        title.addWidget(Label(f"{first}Three steps, and this computer is a till.", 16, 400, Tone.NEUTRAL))
        for card in (join, demo):
            # Whoever was let in has joined already, and is not just looking.
            card.setVisible(not was_let_in)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(
            CardColumn([[head], [[self.shop, self.person, start], [join, demo]]], _WIDEST, is_centred=True), 1
        )

    def arrived(self) -> None:
        """Take the focus."""
        self.shop.editor("shop_name" if self.session.draft.country else "country").setFocus()

    def intents(self) -> Sequence[Intent]:
        """What can be done here."""
        return (
            Intent("set_up.open", "Open the shop", "store", self.session.open_shop, "Ctrl+Return"),
            Intent("set_up.join", "Join a shop that exists", "store", self._wish_to_join, "Ctrl+J", self._may_join),
        )

    def _may_join(self) -> bool:
        # Whoever was let in and found no shop has joined already: this is the first one.
        return not (self.session.is_working or self.session.office.station.settings().service.is_enrolled)

    def _wish_to_join(self) -> None:
        if self._may_join():
            self.join_wanted.emit()

    def _follow(self) -> None:
        session = self.session
        self.customs.setText(session.customs)
        for card in (self.shop, self.person):
            for name in card.names:
                fill(card.editor(name), getattr(session.draft, name))
                card.editor(name).setEnabled(not session.is_working)
        errors = [card.show_errors(session.errors) for card in (self.shop, self.person)]
        first = next((editor for editor in errors if editor is not None), None)
        if first is not None and not self._holds_focus():
            first.setFocus()
        self.go.set_busy(session.is_working)
        self.demo.setEnabled(self._may_join())
        self.join.setEnabled(self._may_join())
        if session.refusal:
            self.banner.say(session.refusal, Tone.BAD, "circle-alert")
        else:
            self.banner.hide()

    def _holds_focus(self) -> bool:
        editors = [card.editor(name) for card in (self.shop, self.person) for name in card.names]
        return any(editor.hasFocus() for editor in editors)
