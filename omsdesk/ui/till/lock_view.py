"""Nobody stands at the till: people as cards, and a pad for the PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QWidget

from omsdesk.domain.people import Person
from omsdesk.ui import theme
from omsdesk.ui.keyboard import TAKES_KEYS, TAKES_PIN
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.card_button import CardButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column, row
from omsdesk.ui.widgets.pin_pad import PinPad

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

_COLUMNS = 2
_PAD = 300
_STEPS = {Qt.Key.Key_Up: -_COLUMNS, Qt.Key.Key_Down: _COLUMNS, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _Pad(PinPad):
    """A PIN pad that leaves the arrows to the people beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty(TAKES_KEYS, True)
        self.setProperty(TAKES_PIN, True)


class LockView(QWidget):
    """Covers the whole till. Arrows choose a person, digits and Enter are the PIN."""

    help_page = "sign_in"

    def __init__(self, state: TillState) -> None:
        """List the people."""
        super().__init__()
        self.state = state
        self.chosen: Person | None = None
        self.people: dict[str, Person] = {}
        self.cards: dict[str, _PersonCard] = {}
        self.title, self.hint = Label("Who is selling?", 26, 600), Label("", 16, 400, Tone.NEUTRAL)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self.pad = _Pad()
        self.pad.setFixedWidth(_PAD)
        self.pad.submitted.connect(self._submitted)
        self._resting = QTimer(self)
        self._resting.setInterval(1_000)
        self._resting.timeout.connect(self._count_down)
        left = column(self.title, self.hint, self._grid, 1, spacing=16)
        right = column(self.pad, 1)
        room = QWidget()
        room.setMaximumWidth(920)
        room.setLayout(row(left, right, spacing=48))
        middle = row(1, room, 1)
        middle.setStretch(1, 20)
        self.setLayout(column(2, middle, 2, margins=(32, 32, 32, 32)))

    def begin(self) -> None:
        """Show who can sign in; whoever was here last is chosen."""
        self._show_people()
        if self.chosen is not None:
            self.choose(self.chosen)

    def _show_people(self) -> bool:
        """Show who can sign in now; tells whether a PIN that is being typed is still somebody's."""
        people = {person.id: person for person in self.state.sign_in.people() if person.pin_hash}
        if people == self.people:
            return True
        self.people = people
        clear(self._grid)
        self.cards = {}
        for number, person in enumerate(people.values()):
            card = _PersonCard(person)
            card.clicked.connect(lambda _checked=False, person=person: self.choose(person))
            self.cards[person.id] = card
            self._grid.addWidget(card, *divmod(number, _COLUMNS))
        before = self.chosen
        self.chosen = people.get(before.id if before else "") or next(iter(people.values()), None)
        self._mark()
        return before is not None and self.chosen is not None and before.pin_hash == self.chosen.pin_hash

    def choose(self, person: Person) -> None:
        """Ask for this person's PIN."""
        self.chosen = person
        self._resting.stop()
        self._mark()
        self.pad.clear()
        self.pad.setFocus()

    def _mark(self) -> None:
        chosen = self.chosen
        for key, card in self.cards.items():
            card.setChecked(chosen is not None and key == chosen.id)
        self.hint.setText(f"{chosen.name}: type your PIN and press Enter." if chosen else "")

    def step(self, key: Qt.Key) -> None:
        """Choose the person beside, above or below."""
        ids = list(self.people)
        if self.chosen is not None and key in _STEPS:
            at = ids.index(self.chosen.id) + _STEPS[key]
            if 0 <= at < len(ids):
                self.choose(self.people[ids[at]])

    def refresh(self) -> None:
        """Follow who works here by now, and show that a PIN was wrong; what is being typed stays."""
        if not self._show_people():
            self.pad.clear()
        desk = self.state.sign_in
        if desk.badge_of is not None and desk.badge_of.id in self.people:
            self.choose(self.people[desk.badge_of.id])
            desk.badge_of = None
        if desk.message:
            # Said once: news of other people must not take digits away that are being typed anew.
            self.pad.show_wrong(desk.message)
            desk.message = ""
            self.pad.setFocus()
            if self.chosen is not None and desk.proof.wait(self.chosen):
                self._resting.start()

    def _count_down(self) -> None:
        """Say how long the PIN still rests, until it may be typed again."""
        desk = self.state.sign_in
        if self.chosen is None or not desk.proof.wait(self.chosen):
            self._resting.stop()
            self.pad.say("")
        else:
            self.pad.say(desk.proof.words(self.chosen))

    def _submitted(self, pin: str) -> None:
        if self.chosen is not None and not self.state.sign_in.is_checking:
            self.state.sign_in.sign_in(self.chosen, pin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the people by the arrows."""
        if event.key() in _STEPS:
            self.step(Qt.Key(event.key()))
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hide what lies below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour.bg)
        painter.end()


class _PersonCard(CardButton):
    """A person to choose."""

    HEIGHT = 72

    def __init__(self, person: Person) -> None:
        super().__init__(person.name, "user", person.role.capitalize())
        self.setCheckable(True)
