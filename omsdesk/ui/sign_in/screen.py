"""The first page of a station that is no till: it says what the station is, and lets people in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from omsdesk.ui.keyboard import TAKES_KEYS, TAKES_PIN
from omsdesk.ui.navigation import Intent, Screen
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_button import CardButton
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column, row
from omsdesk.ui.widgets.pin_pad import PinPad

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from omsdesk.actions.execute import Changes
    from omsdesk.domain.people import Person
    from omsdesk.ui.changes import ChangeFeed
    from omsdesk.ui.sign_in.session import BackOfficeSession

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
    help_page = "sign_in_office"

    def __init__(self, session: BackOfficeSession, feed: ChangeFeed, onward: tuple[str, str], till: str) -> None:
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
        self.pad.setProperty(TAKES_PIN, True)
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
        feed.changed.connect(self._changed)
        self._was = ""
        self._people: list[Person] = []
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

    def scanned(self, code: str) -> bool:
        """Take a badge."""
        return self.session.read_badge(code)

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
        self._mark()
        self.pad.clear()
        self.pad.setFocus()

    def _mark(self) -> None:
        chosen = self.chosen
        for key, card in self.cards.items():
            card.setChecked(chosen is not None and key == chosen.id)
        self.hint.setText(f"{chosen.name}: type your PIN and press Enter." if chosen else "")

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
        self._show_people()
        self._follow()
        if self._is_asking and self.chosen is not None:
            self.choose(self.chosen)

    def _show_people(self) -> None:
        """Show who can sign in now; whoever was chosen stays chosen, as they are now."""
        people = self.session.people
        if people == self._people:
            return
        self._people = people
        clear(self._grid)
        self.cards = {}
        for number, person in enumerate(people):
            card = self.cards[person.id] = PersonCard(person)
            card.clicked.connect(partial(self.choose, person))
            self._grid.addWidget(card, *divmod(number, _COLUMNS))
        kept = self.cards.get(self.chosen.id) if self.chosen else None
        first = kept or next(iter(self.cards.values()), None)
        self.chosen = first.person if first is not None else None

    def _changed(self, changes: Changes) -> None:
        """Follow what became of people elsewhere; who may not be here any more is led to this page."""
        if not changes.touch("people", "shop"):
            return
        was, before, person = self._was, self.chosen, self.session.person
        self._show_people()
        if person is not None or was or self.chosen is None:
            self._follow()
        elif before is None or before.pin_hash != self.chosen.pin_hash or before.id != self.chosen.id:
            self.choose(self.chosen)
        else:
            self._mark()
        if was and person is None:
            self.left.emit()

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
            self.pad.show_wrong(session.message)
            self.pad.setFocus()
        elif self.chosen is not None and self.chosen.id in self.cards:
            named, session.badge_of = self.cards.get(session.badge_of), ""
            self.choose(named.person if named is not None else self.chosen)
        self._tell(name)

    def _tell(self, name: str) -> None:
        was, self._was = self._was, name
        if name != was:
            self.user_changed.emit(name)
            if name and self.isVisible() and self.cards:
                self.office_wanted.emit()


class PersonCard(CardButton):
    """A person to choose."""

    HEIGHT = 72

    def __init__(self, person: Person) -> None:
        """Show name and role."""
        super().__init__(person.name, "user", person.role.capitalize())
        self.person = person
        self.setCheckable(True)
