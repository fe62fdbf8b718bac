"""Who may do something that is easily done by mistake is told what it is: Enter goes on, Esc goes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from omsdesk.ui.theme import Tone
from omsdesk.ui.till.approvals.approvals import ApprovalDesk, ApprovalWanted
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget


class MeantSheet(Body):
    """One sentence and one answer: whoever stands here may do it, so nobody else and no PIN is asked for."""

    title = "Do you mean it?"
    help_page = "approval"
    width_limit = FORM_WIDTH

    def __init__(self, state: TillState, wanted: ApprovalWanted) -> None:
        """Say what is about to be done."""
        super().__init__()
        self.desk: ApprovalDesk = state.approvals
        self.wanted = wanted
        self.sentence = Label(self.desk.sentence, 22, 600)
        self.sentence.setWordWrap(True)
        self.noted = Label(
            "It is noted for the manager’s list. Esc goes back, and nothing is changed.", 16, 400, Tone.NEUTRAL
        )
        self.noted.setWordWrap(True)
        self.yes = PrimaryButton("Yes, go on", "check", "Enter")
        self.yes.clicked.connect(self.confirm)
        self.setLayout(column(self.sentence, self.noted, 1, spacing=16))

    def buttons(self) -> Sequence[QWidget]:
        """Go on."""
        return (self.yes,)

    def typing_place(self) -> QWidget:
        """Nothing is typed here, and nothing is typed past it."""
        return self.yes

    def begin(self) -> None:
        """Wait for Enter."""
        self.yes.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, wherever the focus is."""
        if Qt.Key(event.key()) in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.confirm()
        else:
            event.ignore()

    def confirm(self) -> None:
        """Mean it."""
        self.desk.mean_it()

    def left(self) -> None:
        """Give up, if it was not meant."""
        if self.desk.wanted is self.wanted:
            self.desk.give_up()
