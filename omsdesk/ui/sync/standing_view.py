"""How the exchange stands: in large words, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from omsdesk.ui import icons, theme
from omsdesk.ui.sync.enrol_card import EnrolCard
from omsdesk.ui.sync.pane import FORM, Pane
from omsdesk.ui.sync.standing_session import StandingSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.field_card import FieldCard
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.painting import box

_BEGIN = (
    "With a service, the tills of a shop hear of each other within a second, and what they sold is in a second place. "
    "The service is this program, too, on any computer that is always on. Start it there, and let it run:"
)
_CODE = "In another window there, this prints the code:"
_THEN = (
    "Type the code above. The address is 127.0.0.1:8460 if the service runs on this computer. From other computers it "
    "is the name of that one, such as desk.example:8460, and the service has to speak HTTPS: start it with "
    "--host 0.0.0.0 --certificate FILE --key FILE. This shop and everything in it comes along."
)
_LEAVE = (
    "This computer keeps everything it knows and goes on selling. Others hear no more of it, "
    "and to come back it needs a new code."
)


class StandingView(Pane):
    """Tells how it stands; lets this station in, or out."""

    help_page = "sync"

    def __init__(self, session: StandingSession) -> None:
        """Lay the cards out."""
        self.session = session
        self.now = KeyButton("Sync now", "refresh-cw", "Ctrl R")
        self.now.clicked.connect(session.sync_now)
        self.standing = _Standing()
        self.forks = FieldCard("This computer’s history")
        self.fork_words = _wrapped("")
        self.forks.column.addWidget(self.fork_words)
        self.neighbours = FieldCard("Two computers are one till")
        self.neighbour_words = _wrapped("")
        self.neighbours.column.addWidget(self.neighbour_words)
        self.form = EnrolCard(session.enrolment, "Connect this computer to a service", "Connect")
        self.form.go.clicked.disconnect()
        self.form.go.clicked.connect(session.enrol)
        self.begin = FieldCard("No service yet?")
        self.command, run = Label("", 16, 600), Label("omsdesk server", 16, 600)
        for command in (run, self.command):
            command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for part in (_wrapped(_BEGIN), run, _wrapped(_CODE), self.command, _wrapped(_THEN)):
            self.begin.column.addWidget(part)
        self.leaving = FieldCard("Leave the service")
        self.ask = KeyButton("Leave the service…", "unplug")
        self.ask.clicked.connect(session.ask_to_leave)
        self.leave = KeyButton("Leave now", "unplug", face=Face.DANGER)
        self.leave.clicked.connect(session.leave)
        self.stay = KeyButton("Stay", "undo-2")
        self.stay.clicked.connect(session.stay)
        self.leaving.column.addWidget(_wrapped(_LEAVE))
        self.leaving.column.addLayout(row(self.ask, self.leave, self.stay, 1))
        cards = (self.standing, self.neighbours, self.forks, self.form, self.begin, self.leaving)
        super().__init__("How it stands", session, CardColumn([[card] for card in cards], FORM), [self.now])
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self._count_down)

    def showEvent(self, event: QShowEvent) -> None:
        """Count the seconds as long as somebody sees them."""
        super().showEvent(event)
        self._seconds.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Count no more."""
        super().hideEvent(event)
        self._seconds.stop()

    def _count_down(self) -> None:
        if self.session.state.next_try_ms:
            self.standing.show_standing(self.session)

    def show_values(self) -> None:
        """Show it."""
        session, is_enrolled = self.session, self.session.state.is_enrolled
        self.standing.show_standing(session)
        self.now.set_label("Sync now" if session.is_line_good else "Try now")
        self.now.setVisible(is_enrolled)
        self.neighbours.setVisible(bool(session.neighbour_words))
        self.neighbour_words.setText(session.neighbour_words)
        self.forks.setVisible(is_enrolled and bool(session.fork_words))
        self.fork_words.setText(session.fork_words)
        self.form.setVisible(session.needs_code and session.may_edit)
        self.begin.setVisible(not is_enrolled and session.may_edit)
        self.command.setText(session.how_to_begin)
        self.leaving.setVisible(is_enrolled and session.may_edit)
        self.ask.setVisible(not session.is_leaving)
        self.ask.setEnabled(not session.is_busy)
        self.leave.setVisible(session.is_leaving)
        self.stay.setVisible(session.is_leaving)


class _Standing(FieldCard):
    """An icon, a word, a sentence, and the figures below them."""

    def __init__(self) -> None:
        super().__init__("")
        self.icon = _Icon()
        self.word, self.sentence = Label("", 22, 600), _wrapped("")
        words = column(self.word, self.sentence, spacing=4)
        line = row(self.icon, words, spacing=16)
        line.setStretch(1, 1)
        self.column.addLayout(line)
        self.facts = QWidget()
        self._grid = QGridLayout(self.facts)
        self._grid.setContentsMargins(0, 8, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._values: dict[str, Label] = {}
        self.column.addWidget(self.facts)

    def show_standing(self, session: StandingSession) -> None:
        words = session.words
        self.icon.show_icon(words.icon, words.tone)
        self.word.setText(words.label if session.state.is_enrolled else "This computer works by itself")
        self.sentence.setText(words.more or words.sentence)
        self.facts.setVisible(session.state.is_enrolled)
        for name, value in session.facts if session.state.is_enrolled else ():
            self._value(name).setText(value)

    def _value(self, name: str) -> Label:
        if name not in self._values:
            at = len(self._values)
            made = self._values[name] = Label("", 16, 500)
            self._grid.addWidget(Label(name, 16, 400, Tone.NEUTRAL), at, 0)
            self._grid.addWidget(made, at, 1)
        return self._values[name]


class _Icon(QWidget):
    """A state on a soft round ground."""

    SIDE = 56

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._tone = "monitor", Tone.NEUTRAL

    def show_icon(self, icon: str, tone: Tone) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(self.SIDE)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        ink, ground = look.tone(self._tone)
        side = min(self.width(), self.height())
        circle = QRect(0, 0, side, side)
        circle.moveCenter(self.rect().center())
        box(painter, circle, ground, ink if look.name == "contrast" else None, side // 2)
        inner = side // 4
        icons.draw(painter, self._icon, circle.adjusted(inner, inner, -inner, -inner), ink)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()


def _wrapped(text: str) -> Label:
    label = Label(text, 16)
    label.setWordWrap(True)
    return label
