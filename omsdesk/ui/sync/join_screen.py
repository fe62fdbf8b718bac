"""The first start of another till of a shop that exists: three steps, and it sells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from omsdesk.sync.state import Phase, SyncState
from omsdesk.ui.navigation import Intent, Screen
from omsdesk.ui.sync.enrol_card import EnrolCard
from omsdesk.ui.sync.join_session import Choice, JoinSession, Stage
from omsdesk.ui.sync.office import Office
from omsdesk.ui.sync_words import changes
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.banner import Banner
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.field_card import FieldCard
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column, row

_WIDEST = 760
_HAS_DATA = (
    "Products, prices and people are here. Which till this computer can be is known to the service, and it is asked. "
    "Without it one can look at everything, and become a till later."
)
_TITLES = {
    Stage.CODE: "1  The code",
    Stage.FILLING: "2  The shop comes",
    Stage.TILL: "3  Which till this computer is",
}


class JoinScreen(Screen):
    """Asks for a code, shows how the shop comes, lets a till be chosen."""

    set_up_wanted = Signal()
    """Emitted to go back, or where there is no shop yet and this station makes it."""
    help_page = "join"

    def __init__(self, office: Office) -> None:
        """Begin where this station is."""
        super().__init__()
        self.session = JoinSession(office)
        self.form = EnrolCard(self.session.enrolment, _TITLES[Stage.CODE], "Join the shop")
        self.filling = FieldCard(_TITLES[Stage.FILLING])
        self.progress = Label("", 16)
        self.progress.setWordWrap(True)
        self.again = KeyButton("Try again", "refresh-cw", "Ctrl R")
        self.again.clicked.connect(self.session.try_again)
        self.filling.column.addWidget(self.progress)
        self.alone = KeyButton("Go on without a till", "monitor")
        self.alone.clicked.connect(partial(self.session.become, ""))
        self.filling.column.addLayout(row(self.again, self.alone, 1))
        self.tills = FieldCard(_TITLES[Stage.TILL])
        self._rows = column(spacing=8)
        self.tills.column.addLayout(self._rows)
        self.banner = Banner(height=44)
        self.back = KeyButton("Back", "arrow-left", "Esc")
        self.back.clicked.connect(self.set_up_wanted)
        words = column(
            Label("Join a shop that exists", 28, 700),
            Label("Products, prices and people come from there. You sign in with the same PIN.", 16, 400, Tone.NEUTRAL),
            spacing=4,
        )
        head = QWidget()
        line = row(self.back, 0, words, spacing=16)
        line.setStretch(2, 1)
        line.setContentsMargins(0, 24, 0, 8)
        head.setLayout(line)
        cards = CardColumn([[head], [self.form], [self.filling], [self.tills]], _WIDEST, is_centred=True)
        whole = column(self.banner, cards, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._was: Stage | None = None
        self._offered: list[Choice] = []
        self.session.listeners.append(self._follow)
        office.exchange.changed.connect(self._heard)
        self._follow()

    def _heard(self, _state: SyncState) -> None:
        self.session.go_on()

    def arrived(self) -> None:
        """Take the focus."""
        if self.session.stage is Stage.CODE:
            self.form.first.setFocus()

    def scanned(self, code: str) -> bool:
        """Take the square code of a manager's screen."""
        return self.session.stage is Stage.CODE and self.session.enrolment.take(code)

    def intents(self) -> Sequence[Intent]:
        """What can be done here."""
        stage = self.session.stage
        return (
            Intent("join.join", "Join the shop", "plug", self.session.enrolment.enrol, "Ctrl+Return",
                   lambda: stage is Stage.CODE),
            Intent("join.again", "Try again", "refresh-cw", self.session.try_again, "Ctrl+R",
                   lambda: stage is Stage.FILLING),
            Intent("join.back", "Back", "arrow-left", self.set_up_wanted.emit, "Esc", lambda: self._may_go_back),
        )  # fmt: skip

    @property
    def _may_go_back(self) -> bool:
        return self.session.stage is Stage.CODE and not self.session.enrolment.is_working

    def _follow(self) -> None:
        session, stage = self.session, self.session.stage
        is_new, self._was = stage is not self._was, stage
        self.back.setVisible(stage is Stage.CODE)
        self.back.setEnabled(self._may_go_back)
        self.form.setVisible(stage is Stage.CODE)
        self.filling.setVisible(stage in {Stage.FILLING, Stage.DONE})
        self.tills.setVisible(stage is Stage.TILL)
        is_refused = session.state.phase is Phase.REFUSED
        refusal = session.refusal or (session.state.sentence if is_refused else "")
        if refusal:
            self.banner.say(refusal, Tone.BAD, "circle-alert")
        else:
            self.banner.hide()
        if stage is Stage.TILL and self._offered != session.choices:
            self._offer_tills()
        elif stage is Stage.FILLING:
            self._show_progress()
        elif stage is Stage.NEW and is_new:
            # Later: this screen is thrown away by it.
            QTimer.singleShot(0, self.set_up_wanted.emit)

    def _show_progress(self) -> None:
        state, has_data = self.session.state, self.session.has_data
        is_offline = state.phase is Phase.OFFLINE
        self.again.setVisible(is_offline or bool(self.session.refusal))
        self.alone.setVisible(has_data and (is_offline or bool(self.session.refusal)))
        if has_data:
            self.progress.set_tone(Tone.WARN if is_offline else None)
            much = f"{state.sentence} " if is_offline else ""
            self.progress.setText(f"{much}{_HAS_DATA}")
        elif is_offline:
            self.progress.set_tone(Tone.WARN)
            self.progress.setText(f"{state.sentence} It goes on by itself, from where it was, once that is right.")
        else:
            self.progress.set_tone(None)
            much = f" {changes(state.lag)} are still to come." if state.lag else ""
            self.progress.setText(f"This computer was let in. Products, prices and people are coming.{much}")

    def _offer_tills(self) -> None:
        self._offered = self.session.choices
        clear(self._rows)
        first: KeyButton | None = None
        for choice in self._offered:
            title = f"{choice.title}: {choice.taken_by} is this till" if choice.taken_by else choice.title
            button = KeyButton(title, "store" if choice.till else "monitor", height=56)
            button.setEnabled(not choice.taken_by)
            button.clicked.connect(partial(self.session.become, choice.till))
            self._rows.addWidget(button)
            # Now and not with the next event, because only what is seen can take the focus.
            button.show()
            first = first or (button if button.isEnabled() else None)
        if first is not None:
            first.setFocus()
