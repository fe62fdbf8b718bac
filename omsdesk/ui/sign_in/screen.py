"""The first page of a station that is no till: it says what the station is, and lets people in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from omsdesk.ui.keyboard import TAKES_KEYS
from omsdesk.ui.navigation import Intent, Screen
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_button import CardButton
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column, row
from omsdesk.ui.widgets.painting import CARD_RADIUS, focus_frame
from omsdesk.ui.widgets.pin_pad import PinPad

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter

    from omsdesk.domain.people import Person
    from omsdesk.ui.sign_in.session import BackOfficeSession
    from omsdesk.ui.theme import Theme

_COLUMNS = 2
_PAD = 300
_STEPS = {Qt.Key.Key_Up: -_COLUMNS, Qt.Key.Key_Down: _COLUMNS, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class BackOfficeScreen(Screen):
    """Arrows choose a person, digits and Enter are the PIN; then it says who is here and leads on."""

    user_changed = Signal(str)
    """Emitted with the name of who is here now, empty for nobody."""
    office_wanted = Signal()
    """Emitted when somebody came in, or wants to go on to the work of the office."""
    till_wanted = Signal()
    left = Signal()
    """Emitted when whoever was here signed out: this page is where the next one begins."""

    def __init__(self, session: BackOfficeSession, onward: tuple[str, str], till: str) -> None:
        """Ask who is here; ``onward`` is the label and icon of what leads on, ``till`` of what makes it a till."""
        super().__init__()
        self.session = session
        self.chosen: Person | None = None
        self.cards: dict[str, PersonCard] = {}
        self.title, self.what = Label("", 28, 700), Label("", 16, 400, Tone.NEUTRAL)
        self.what.setWordWrap(True)
        self.hint = Label("", 16, 500)
        self.hint.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self.pad = PinPad()
        # The arrows walk the people beside it, and digits come from everywhere on this page.
        self.pad.setProperty(TAKES_KEYS, True)
        self.pad.setFixedWidth(_PAD)
        self.pad.submitted.connect(self._submitted)
        self.onward = KeyButton(*onward, "Enter", height=56)
        self.onward.clicked.connect(self.office_wanted)
        self.leave = KeyButton("Sign out", "log-out", "Ctrl L", height=56)
        self.leave.clicked.connect(self._sign_out)
        self.till = KeyButton(till, "store", height=48)
        self.till.clicked.connect(self.till_wanted)
        self._lay_out()
        session.listeners.append(self._follow)
        self._was = ""
        self._begin()

    def _lay_out(self) -> None:
        doors = row(self.onward, self.leave, 1)
        words = column(self.title, self.what, spacing=4)
        left = column(words, self.hint, self._grid, doors, 1, row(self.till, 1), spacing=20)
        right = column(self.pad, 1)
        room = QWidget()
        room.setMaximumWidth(960)
        room.setLayout(row(left, right, spacing=48))
        middle = row(1, room, 1)
        middle.setStretch(1, 20)
        self.setLayout(column(2, middle, 3, margins=(32, 32, 32, 32)))

    # ------------------------------------------------------------------------------ what comes in

    def arrived(self) -> None:
        """Ask who is here, or say who it is."""
        self._begin()

    def user_pressed(self) -> None:
        """Whoever presses the person at the bottom of the rail wants to be somebody else."""
        self._sign_out()

    def _sign_out(self) -> None:
        if self.session.people:
            self.session.sign_out()
            self.left.emit()

    def intents(self) -> Sequence[Intent]:
        """What can be done here."""
        return (
            Intent("office.go", self.onward.label, self.onward.icon_name, self.office_wanted.emit, "Return",
                   lambda: not self._is_asking),
            Intent("office.leave", "Sign out", "log-out", self._sign_out, "Ctrl+L",
                   lambda: not self._is_asking and bool(self.session.people)),
            Intent("office.till", self.till.label, "store", self.till_wanted.emit),
        )  # fmt: skip

    @property
    def _is_asking(self) -> bool:
        return self.session.person is None

    def choose(self, person: Person) -> None:
        """Ask for this person's PIN."""
        self.chosen = person
        for key, card in self.cards.items():
            card.setChecked(key == person.id)
        self.hint.setText(f"{person.name}: type your PIN and press Enter.")
        self.pad.clear()
        self.pad.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the people by the arrows."""
        key, ids = Qt.Key(event.key()), list(self.cards)
        if key not in _STEPS or self.chosen is None or not self._is_asking:
            event.ignore()
            return
        at = ids.index(self.chosen.id) + _STEPS[key]
        if 0 <= at < len(ids):
            self.choose(self.cards[ids[at]].person)

    def _submitted(self, pin: str) -> None:
        if self.chosen is not None:
            self.session.sign_in(self.chosen, pin)

    # ------------------------------------------------------------------------------ what the session says

    def _begin(self) -> None:
        clear(self._grid)
        self.cards = {}
        for number, person in enumerate(self.session.people):
            card = self.cards[person.id] = PersonCard(person)
            card.clicked.connect(partial(self.choose, person))
            self._grid.addWidget(card, *divmod(number, _COLUMNS))
        kept = self.cards.get(self.chosen.id) if self.chosen else None
        first = kept or next(iter(self.cards.values()), None)
        self._follow()
        if self._is_asking and first is not None:
            self.choose(first.person)

    def _follow(self) -> None:
        session, person = self.session, self.session.person
        self.title.setText(session.title)
        self.what.setText(session.what)
        is_asking = person is None
        for widget in (self.pad, *self.cards.values()):
            widget.setVisible(is_asking)
        self.onward.setVisible(not is_asking)
        self.leave.setVisible(not is_asking and bool(self.cards))
        name = person.name if person is not None else ""
        if person is not None:
            self.hint.setText(
                f"{name} is signed in." if name and self.cards else "Nobody has a PIN: no lock is needed."
            )
            self.onward.setFocus()
        elif session.is_wrong:
            self.pad.show_wrong("This PIN is not right. Try again.")
            self.pad.setFocus()
        elif self.chosen is not None and self.chosen.id in self.cards:
            self.choose(self.chosen)
        self._tell(name)

    def _tell(self, name: str) -> None:
        was, self._was = self._was, name
        if name != was:
            self.user_changed.emit(name)
            if name and self.isVisible() and self.cards:
                self.office_wanted.emit()


class PersonCard(CardButton):
    """A person to choose; the chosen one is framed."""

    HEIGHT = 72

    def __init__(self, person: Person) -> None:
        """Show name and role."""
        super().__init__(person.name, "user", person.role.capitalize())
        self.person = person
        self.setCheckable(True)

    def paint(self, painter: QPainter, look: Theme) -> None:
        """Paint the card, and a frame if it is the chosen one."""
        super().paint(painter, look)
        if self.isChecked():
            focus_frame(painter, self.rect(), look.colour.accent, CARD_RADIUS)
