"""Roles in the settings: a row for each right, with three states and a limit."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from omsdesk.domain.rights import RIGHTS, Leave, Measure, can_be_lent
from omsdesk.ui.rule_words import LEAVES
from omsdesk.ui.settings.part import Part
from omsdesk.ui.settings.people_session import ROLES as WORDS
from omsdesk.ui.settings.roles_session import ROLES, SHOWN, RolesSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.pill_bar import PillBar

_GROUPS = (
    ("Selling", ("sale",)),
    ("Returns", ("return",)),
    ("The drawer", ("cash",)),
    ("Back office", ("stock", "reports", "catalogue", "customer", "people", "shop")),
)
_HINT = (
    "“With approval”: somebody who may agrees at the till, by PIN or badge. Above a limit it is the same; "
    "an empty limit is none. An owner may everything."
)
_LEAVE_WIDTH, _LIMIT_WIDTH, _UNIT_WIDTH = 168, 112, 36


class _Row(NamedTuple):
    leave: QComboBox
    most: QLineEdit | None
    unit: Label | None
    error: Label


class RolesView(Part):
    """Pills choose the role; what each may stands in four cards."""

    help_page = "settings_roles"

    def __init__(self, session: RolesSession) -> None:
        """Lay the rows out."""
        self._session_roles = session
        self.rows: dict[str, _Row] = {}
        self.pills = PillBar("Roles", has_keys=False)
        self.pills.set_pills([(str(role), role.capitalize()) for role in ROLES])
        self.pills.chosen.connect(lambda role: session.choose(str(role)))
        self.words = Label("", 16, 500)
        self.words.setWordWrap(True)
        hint = Label(_HINT, 14, 400, Tone.NEUTRAL)
        hint.setWordWrap(True)
        head = FieldCard("")
        for part in (self.pills, self.words, hint):
            head.column.addWidget(part)
        cards = [self._card(title, nouns) for title, nouns in _GROUPS]
        super().__init__("Roles", session, [[head], *([card] for card in cards)])

    def _card(self, title: str, nouns: tuple[str, ...]) -> QWidget:
        card, grid = FieldCard(title), QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(2, _LIMIT_WIDTH)
        grid.setColumnMinimumWidth(3, _UNIT_WIDTH)
        for right in (right for right in SHOWN if right.partition(".")[0] in nouns):
            self._add_row(grid, right)
        card.column.addLayout(grid)
        return card

    def _add_row(self, grid: QGridLayout, right: str) -> None:
        at, known = grid.rowCount(), RIGHTS[right]
        words = Label(known.what[0].upper() + known.what[1:], 16)
        words.setWordWrap(True)
        leave = combo()
        leave.setFixedWidth(_LEAVE_WIDTH)
        leave.setAccessibleName(words.text())
        leaves = [state for state in Leave if state is not Leave.APPROVAL or can_be_lent(right)]
        choices(leave, [(str(state), LEAVES[state]) for state in leaves], "")
        hear(leave, lambda value: self._session_roles.set_leave(right, str(value)))
        error = Label("", 14, 500, Tone.BAD)
        grid.addWidget(words, at, 0)
        grid.addWidget(leave, at, 1)
        most = unit = None
        if known.measure is not Measure.NOTHING:
            most, unit = line("no limit", is_number=True), Label("", 14, 400, Tone.NEUTRAL)
            most.setFixedWidth(_LIMIT_WIDTH)
            most.setAccessibleName(f"{words.text()}: at most")
            hear(most, partial(self._typed, right))
            grid.addWidget(most, at, 2)
            grid.addWidget(unit, at, 3)
        grid.addWidget(error, at + 1, 0, 1, 4)
        self.rows[right] = _Row(leave, most, unit, error)

    def _typed(self, right: str, text: str | bool) -> None:
        self._session_roles.set_most(right, str(text))

    def show_values(self) -> None:
        """Fill the rows."""
        session = self._session_roles
        role = next(role for role in ROLES if role == session.role)
        self.pills.move_to(ROLES.index(role))
        self.words.setText(f"{role.capitalize()}: {WORDS[role]}.")
        for right, shown in self.rows.items():
            draft = session.rows[right]
            fill(shown.leave, draft.leave)
            shown.leave.setEnabled(session.may_edit)
            if shown.most is not None and shown.unit is not None:
                is_limited = draft.leave == Leave.ALLOWED
                fill(shown.most, draft.most)
                shown.most.setEnabled(session.may_edit and is_limited)
                shown.most.setVisible(is_limited)
                shown.unit.setVisible(is_limited)
                shown.unit.setText(_unit(RIGHTS[right].measure, session.shop.currency))
                shown.most.setProperty("is_wrong", right in session.errors)
            shown.error.setText(session.errors.get(right, ""))
            shown.error.setVisible(right in session.errors)


def _unit(measure: Measure, currency: str) -> str:
    return {Measure.SHARE: "%", Measure.MONEY: currency, Measure.DAYS: "days"}.get(measure, "")
