"""Choosing a device: a list that fills while one looks, then the form of the one that was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from omsdesk.ui.devices.chooser_session import ChooserSession, Row
from omsdesk.ui.devices.option_form import OptionForm
from omsdesk.ui.theme import Theme, Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.fact_rows import Fact, FactRows
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.page_head import MARGIN
from omsdesk.ui.widgets.painting import chip, chip_width
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import Result, ResultList

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_FORM = 720


class ChooserPane(QWidget):
    """Shown in the place of a role's details while one chooses."""

    def __init__(self, session: ChooserSession) -> None:
        """Lay list and form out."""
        super().__init__()
        self.session = session
        self.title, self.sentence = Label("", 20, 600), Label("", 14, 400, Tone.NEUTRAL)
        self.back = KeyButton("Back", "arrow-left", "Esc")
        self.back.clicked.connect(session.back)
        self.sweep = KeyButton("Search the whole network", "network", "Ctrl R")
        self.sweep.clicked.connect(session.search_network)
        self.use = PrimaryButton("Use it", "check", "Ctrl S")
        self.use.HEIGHT = 48
        self.use.clicked.connect(session.use)
        self.list = _Offers()
        self.list.chosen.connect(lambda at: session.choose(int(at)))
        self.cannot = FactRows("Not usable on this computer", "")
        self.form = OptionForm(session)
        below = QWidget()
        below.setLayout(column(self.list, self.cannot, spacing=12, margins=(MARGIN, 0, MARGIN, MARGIN)))
        self._stack = QStackedWidget()
        self._stack.addWidget(below)
        self._stack.addWidget(CardColumn([[self.form]], _FORM))
        self.sentence.setWordWrap(True)
        top = row(self.back, self.title, self.sweep, self.use, spacing=12)
        top.setStretch(1, 1)
        # The sentence has a line of its own: beside the buttons large letters leave it no room.
        head = column(top, self.sentence, spacing=6, margins=(MARGIN, 12, MARGIN, 12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self._was_form = False
        session.listeners.append(self.follow)

    def follow(self) -> None:
        """Show what the session has now."""
        session, draft = self.session, self.session.draft
        if session.role is None:
            self._was_form = False
            # The next one who chooses begins with the first line.
            self.list.show_offers([])
            return
        is_form = draft is not None
        self.title.setText(
            f"{session.role.title}: {draft.name or draft.card.title}"
            if draft
            else f"{session.role.title}: choose a device"
        )
        self.sentence.setText(session.role.purpose if draft else session.sentence)
        self.sweep.setVisible(not is_form)
        self.sweep.setEnabled(not session.has_swept)
        self.use.setVisible(is_form)
        self._stack.setCurrentIndex(int(is_form))
        if draft is not None:
            self.form.show_draft(draft)
        else:
            self.list.show_offers(session.rows)
            facts = [Fact("triangle-alert", card.title, reason, tone=Tone.WARN) for card, reason in session.unavailable]
            self.cannot.show_facts(facts)
            self.cannot.setVisible(bool(facts))
        if is_form and not self._was_form and self.form.first is not None:
            self.form.first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not is_form and (self._was_form or not self.list.hasFocus()):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._was_form = is_form


class _Offers(ResultList):
    """What can be chosen; what is not sure, or plays something already, says so at its end."""

    def __init__(self) -> None:
        self._notes: list[str] = []
        super().__init__("Devices to choose from")

    def show_offers(self, rows: list[Row]) -> None:
        """Show the rows; the one that was marked stays marked, whatever comes in above it."""
        at = self.currentIndex().row()
        marked = self._results[at].title if 0 <= at < len(self._results) else ""
        self._notes = [row.note for row in rows]
        self.show_results([Result(at, row.icon, row.title, row.detail) for at, row in enumerate(rows)])
        titles = [row.title for row in rows]
        if at > 0 and marked in titles:
            self.move_to(titles.index(marked))

    def name_of(self, row: int) -> str:
        """Title, detail and note."""
        return ", ".join(filter(None, (super().name_of(row), self._notes[row])))

    def paint_cell(self, painter: QPainter, look: Theme, row: int, rect: QRect) -> None:
        """Paint the row, and its note at the right."""
        note = self._notes[row]
        wide = chip_width(look, note) + 14 if note else 0
        super().paint_cell(painter, look, row, rect.adjusted(0, 0, -wide, 0) if note else rect)
        if note:
            high = look.px(26)
            place = QRect(rect.right() - wide, rect.center().y() - high // 2, wide - 14, high)
            chip(painter, look, place, note, look.tone(Tone.WARN if note == "Perhaps" else Tone.ACCENT))
