"""Settling: a list of what has several values, and the values of one side by side, as large cards to choose from."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QStackedWidget

from omsdesk.ui.sync.conflicts_session import ConflictsSession, key_of
from omsdesk.ui.sync.office import NO_RIGHT
from omsdesk.ui.sync.pane import LISTS, Pane
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.choice_card import ChoiceCard
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.field_card import FieldCard
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.result_list import Result, ResultList

_LIST_HEIGHT = 520
_COLUMNS = 2
_NOTHING = (
    "Nothing to settle. When two stations change the same thing without knowing of each other, "
    "both values wait here for you."
)
_WHY = (
    "Several people changed this without knowing of each other. No value is lost: choose the one that holds, "
    "and every station follows."
)
_BARCODE = "Several products have this barcode. Choose the one that it belongs to; it is taken off the others."
_TILL_CODE = (
    "Several tills have this code, and their receipt numbers begin with it. Choose the one that keeps it; another one "
    "gets the next code that is free. Until then each goes on in a series of its own."
)
_SHARED = {"barcode": _BARCODE, "till_code": _TILL_CODE}
_ICONS = {"till_code": "monitor", "person": "user", "shop": "store", "till": "monitor", "barcode": "barcode"}


class ConflictsView(Pane):
    """What is to be settled, and the choice."""

    help_page = "sync_conflicts"

    def __init__(self, session: ConflictsSession) -> None:
        """Lay list and cards out."""
        self.session = session
        self.list = ResultList("What is to be settled")
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.list.chosen.connect(self._enter)
        self.list.selectionModel().currentRowChanged.connect(lambda now, _before: self._walk(now.row()))
        self.subject, self.field = Label("", 22, 600), Label("", 16, 400, Tone.NEUTRAL)
        self.why = Label(_WHY, 16)
        for label in (self.subject, self.why):
            label.setWordWrap(True)
        self.choice = FieldCard("")
        for part in (self.subject, self.field, self.why):
            self.choice.column.addWidget(part)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self.choice.column.addLayout(self._grid)
        self.cards: list[ChoiceCard] = []
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("circle-check", _NOTHING))
        self._stack.addWidget(CardColumn([[self.list, self.choice]], LISTS))
        self._is_showing = False
        super().__init__("To settle", session, self._stack, widest=LISTS)

    def arrived(self) -> None:
        """Show what is there now, and take the focus."""
        self.list.setFocus()
        super().arrived()

    def show_values(self) -> None:
        """Fill list and cards."""
        session, conflict = self.session, self.session.conflict
        self._stack.setCurrentIndex(1 if session.conflicts else 0)
        self._show_list()
        if conflict is None:
            return
        name, field = session.title(conflict)
        self.subject.setText(name)
        self.field.setText(field)
        self.why.setText(_SHARED.get(conflict.noun, _WHY))
        if not session.may_settle and not (session.refusal or session.done):
            self.banner.say(NO_RIGHT, Tone.NEUTRAL, "lock")
        values = session.values(conflict)
        while len(self.cards) < len(values):
            self._add_card()
        for at, card in enumerate(self.cards):
            card.setVisible(at < len(values))
            card.setEnabled(session.may_settle and not session.is_saving)
            if at < len(values):
                value = values[at]
                mark = "Shown meanwhile" if at == 0 and conflict.noun not in _SHARED else ""
                lines = (("user", value.who), ("clock", value.when), ("monitor", value.where))
                card.set_content(value.words, mark, tuple(line for line in lines if line[1]))

    def settle(self, at: int) -> None:
        """Choose a value by its place."""
        if self.isVisible():
            self.session.settle(at)

    def _add_card(self) -> None:
        at = len(self.cards)
        card = ChoiceCard(f"Ctrl {at + 1}" if at < 4 else "")
        card.clicked.connect(partial(self._chosen, at))
        self._grid.addWidget(card, at // _COLUMNS, at % _COLUMNS)
        self.cards.append(card)

    def _chosen(self, at: int) -> None:
        self.list.setFocus()
        self.session.settle(at)

    def _show_list(self) -> None:
        session = self.session
        results = [
            Result(key_of(row), _ICONS.get(row.noun, "tag"), *session.title(row), f"{len(row.values)} values")
            for row in session.conflicts
        ]
        names = [", ".join(part for part in (row.title, row.detail, row.amount) if part) for row in results]
        self._is_showing = True
        if [self.list.name_of(at) for at in range(self.list.count())] != names:
            self.list.show_results(results)
        at = next((at for at, row in enumerate(session.conflicts) if key_of(row) == session.chosen), -1)
        self.list.setCurrentIndex(self.list.rows.index(at))
        self._is_showing = False
        self.list.viewport().update()

    def _walk(self, at: int) -> None:
        if not self._is_showing and 0 <= at < len(self.session.conflicts):
            self.session.choose(key_of(self.session.conflicts[at]))

    def _enter(self, _key: object) -> None:
        self._walk(self.list.currentIndex().row())
        if self.cards and self.cards[0].isEnabled():
            self.cards[0].setFocus()
