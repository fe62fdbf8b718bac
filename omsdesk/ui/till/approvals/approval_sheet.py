"""Somebody has to agree, on the same screen: who, their PIN or badge, why, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from omsdesk.ui import theme
from omsdesk.ui.keyboard import TAKES_KEYS, TAKES_PIN
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import TextField
from omsdesk.ui.till.approvals.approvals import MINUTES, ApprovalDesk, ApprovalWanted
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.card_button import CardButton
from omsdesk.ui.widgets.chips import Chips
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.pin_pad import PinPad

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from omsdesk.domain.people import Person

_COLUMNS = 2
_PAD = 280
_LONGEST = 80
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_WAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ApprovalSheet(Body):
    """Up and down choose who agrees, left and right why; digits and Enter are the PIN, letters another reason."""

    title = "Somebody has to agree"
    help_page = "approval"
    width_limit = 1000
    needs_width = 700

    def __init__(self, state: TillState, wanted: ApprovalWanted) -> None:
        """Ask one question."""
        super().__init__()
        self.desk: ApprovalDesk = state.approvals
        self.wanted = wanted
        self.desk.begin()
        self.people = {person.id: person for person in self.desk.approvers}
        self.sentence = Label(self.desk.sentence, 20, 600)
        self.sentence.setWordWrap(True)
        self.cards = {person.id: _ApproverCard(person) for person in self.people.values()}
        self.reasons = Chips("Why", self.desk.reasons)
        self.reasons.choose(self.desk.reason)
        self.other = TextField()
        self.other.setMaxLength(_LONGEST)
        self.other.setPlaceholderText("Another reason: just type it")
        self.other.setAccessibleName("Another reason")
        self.once = KeyButton(self.desk.once, "shopping-bag", height=48)
        self.timed = KeyButton(f"{MINUTES} minutes", "clock", "Alt T", height=48)
        self.pad = PinPad()
        # The arrows choose, and digits come from everywhere on this sheet.
        self.pad.setProperty(TAKES_KEYS, True)
        self.pad.setProperty(TAKES_PIN, True)
        self.pad.setFixedWidth(theme.current().px(_PAD))
        self.hint = Label("", 16, 500, Tone.NEUTRAL)
        self.hint.setWordWrap(True)
        self._resting = QTimer(self)
        self._resting.setInterval(1_000)
        self._resting.timeout.connect(self._count_down)
        self._said = ""
        self._wire()
        self.setLayout(self._laid_out() if self.people else self._nobody())
        self.refresh()

    def _wire(self) -> None:
        for person, card in self.cards.items():
            card.clicked.connect(lambda _checked=False, person=person: self._choose(person))
        self.reasons.changed.connect(self._chip_chosen)
        self.other.textEdited.connect(self._reason_typed)
        self.other.returnPressed.connect(self.confirm)
        self.once.setCheckable(True)
        self.timed.setCheckable(True)
        self.once.clicked.connect(lambda: self.set_timed(is_timed=False))
        self.timed.clicked.connect(lambda: self.set_timed(is_timed=True))
        self.pad.submitted.connect(self._pin_typed)

    def _laid_out(self) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, card in enumerate(self.cards.values()):
            grid.addWidget(card, *divmod(number, _COLUMNS))
        long = row(self.once, self.timed)
        long.setStretch(0, 1)
        long.setStretch(1, 1)
        left = column(
            self.sentence,
            column(row(_heading("Who agrees"), 1, _heading("↑ ↓")), grid, spacing=6),
            column(row(_heading("Why"), 1, _heading("← →")), self.reasons, self.other, spacing=8),
            column(_heading("For how long"), long, spacing=6),
            1,
            spacing=16,
        )
        right = column(self.hint, self.pad, 1, spacing=8)
        made = row(left, right, spacing=24)
        made.setStretch(0, 1)
        return column(made)

    def _nobody(self) -> QVBoxLayout:
        words = f"{self.desk.sentence} Nobody who works here may agree to that. Esc goes back, and nothing is changed."
        return column(EmptyState("lock", words))

    # ------------------------------------------------------------------------------ what comes in

    def typing_place(self) -> QWidget:
        """Digits are a PIN, unless a reason is being typed."""
        return self.other if self.other.hasFocus() else self.pad

    def begin(self) -> None:
        """Wait for digits, an arrow or a badge."""
        self.pad.setFocus()

    def scanned(self, code: str) -> bool:
        """Take a badge."""
        return self.desk.read_badge(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by the arrows; begin another reason with a letter."""
        key = Qt.Key(event.key())
        if key in _STEPS and self.people:
            self._step(_STEPS[key])
        elif key in _WAYS:
            self.reasons.step(_WAYS[key])
        elif event.text().isalpha() and QApplication.focusWidget() is not self.other:
            self.other.setFocus()
            self.other.insert(event.text())
            self._reason_typed(self.other.text())
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.confirm()
        else:
            event.ignore()

    def _step(self, by: int) -> None:
        ids = list(self.people)
        chosen = self.desk.chosen
        at = ids.index(chosen.id) + by if chosen is not None and chosen.id in ids else 0
        self._choose(ids[max(0, min(at, len(ids) - 1))])

    def _choose(self, person: str) -> None:
        self._resting.stop()
        self.pad.clear()
        self.desk.choose(self.people[person])
        self.pad.setFocus()

    def _pin_typed(self, pin: str) -> None:
        self._said = ""
        self.desk.type_pin(pin)

    def _chip_chosen(self) -> None:
        if self.reasons.chosen:
            self.other.clear()
        self.desk.set_reason(self.reasons.chosen or self.other.text())
        if self.desk.agreed is not None and self.reasons.chosen:
            self.desk.confirm()
        else:
            self.pad.setFocus()

    def _reason_typed(self, text: str) -> None:
        if text.strip() and self.reasons.chosen:
            self.reasons.blockSignals(True)
            self.reasons.choose("")
            self.reasons.blockSignals(False)
        self.desk.set_reason(text)

    def set_timed(self, *, is_timed: bool) -> None:
        """Give leave for a time, or for this once."""
        self.desk.set_timed(is_timed)
        self.pad.setFocus()

    def confirm(self) -> None:
        """Go on: with the reason if somebody agreed, to the PIN otherwise."""
        if self.desk.agreed is not None:
            self.desk.confirm()
        else:
            self.pad.setFocus()

    # ------------------------------------------------------------------------------ what is shown

    def refresh(self) -> None:
        """Show what is chosen, and what is missing."""
        desk = self.desk
        for person, card in self.cards.items():
            card.setChecked(desk.chosen is not None and person == desk.chosen.id)
        self.once.setChecked(not desk.is_timed)
        self.once.setEnabled(bool(self.wanted.needed.lent_for) and desk.agreed is None)
        self.timed.setEnabled(desk.agreed is None)
        self.timed.setChecked(desk.is_timed)
        self.pad.setEnabled(desk.agreed is None)
        self.hint.setText(self._hint())
        self.hint.set_tone(Tone.NEUTRAL if desk.agreed is None else Tone.OK)
        if desk.message != self._said:
            self._say(desk.message)

    def _say(self, message: str) -> None:
        self._said = message
        desk = self.desk
        if message and desk.agreed is None:
            self.pad.show_wrong(message)
            self.pad.setFocus()
        elif message:
            self.reasons.setFocus()
        if desk.chosen is not None and desk.proof.wait(desk.chosen):
            self._resting.start()

    def _hint(self) -> str:
        desk = self.desk
        if desk.agreed is not None:
            return desk.message or f"{desk.agreed.name} agrees."
        if desk.chosen is None:
            return f"Choose who agrees{', or scan a badge' if desk.has_badges else ''}."
        return f"{desk.chosen.name}: type your PIN and press Enter{', or scan your badge' if desk.has_badges else ''}."

    def _count_down(self) -> None:
        """Say how long the PIN still rests, until it may be typed again."""
        chosen = self.desk.chosen
        if chosen is None or not self.desk.proof.wait(chosen):
            self._resting.stop()
            self.pad.say("")
        else:
            self.pad.say(self.desk.proof.words(chosen))

    def left(self) -> None:
        """Give up, if nobody agreed."""
        self._resting.stop()
        if self.desk.wanted is self.wanted:
            self.desk.give_up()


def _heading(words: str) -> Label:
    return Label(words, 14, 600, Tone.NEUTRAL)


class _ApproverCard(CardButton):
    """Somebody who may agree."""

    HEIGHT = 60

    def __init__(self, person: Person) -> None:
        super().__init__(person.name, "user", person.role.capitalize())
        self.setCheckable(True)
