"""Tills in the settings."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from omsdesk.ui.settings.part import Part
from omsdesk.ui.settings.tills_session import TillsSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, line, read
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import row
from omsdesk.ui.widgets.row_table import Column, RowTable

_COLUMNS = (
    Column("code", "Code on receipts", line, 2),
    Column("name", "Name", line, 4),
    Column("is_training", "Training", partial(QCheckBox, "Sales are for practice"), 3),
)
_HINT = (
    "The code begins every receipt number of a till, so no two tills have the same: 1, 2, K1. "
    "A till is never deleted, because its receipts are not."
)
_SHARED = (
    "Two computers at one till share its drawer, its shift and its figures; "
    "each writes receipts in a series of its own. If the other one is gone for good, retire it under Sync, Stations."
)
_BACK_OFFICE = "No till: back office"


class TillsView(Part):
    """A row per till, and which of them this computer is."""

    help_page = "settings_tills"

    def __init__(self, session: TillsSession) -> None:
        """Lay the table out."""
        self._session_tills = session
        card = FieldCard("Tills of the shop")
        hint = Label(_HINT, 14, 400, Tone.NEUTRAL)
        hint.setWordWrap(True)
        self.table = RowTable(_COLUMNS)
        self.add = KeyButton("Add a till", "plus", height=40)
        card.column.addWidget(hint)
        card.column.addWidget(self.table)
        card.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.here = combo()
        where = FieldCard("This computer", [[Field("here", "This computer is", self.here)]])
        self.warning = Label("", 16)
        self.warning.setWordWrap(True)
        self.anyway = KeyButton("Be this till anyway", "store", face=Face.DANGER)
        self.anyway.clicked.connect(session.move_here_anyway)
        self.stay = KeyButton("Stay as it is", "undo-2")
        self.stay.clicked.connect(session.stay)
        where.column.addWidget(self.warning)
        where.column.addLayout(row(self.anyway, self.stay, 1))
        super().__init__("Tills", session, [[card], [where]])
        self.table.edited.connect(session.set)
        self.add.clicked.connect(self._add)
        self.here.activated.connect(self._moved)

    def show_values(self) -> None:
        """Fill the rows."""
        session = self._session_tills
        rows = [{column.name: getattr(draft, column.name) for column in _COLUMNS} for draft in session.draft]
        self.table.show_rows(rows, may_edit=session.may_edit)
        for number in range(self.table.count()):
            code = self.table.editor(number, "code")
            if isinstance(code, QLineEdit):
                code.setMaxLength(6)
        self.table.show_errors(session.errors)
        self.add.setVisible(session.may_edit)
        tills = [("", _BACK_OFFICE), *((till.id, f"{till.name} ({till.code})") for till in session.known)]
        choices(self.here, tills, session.wanted or session.here)
        self.here.setEnabled(session.may_edit)
        self.warning.setText(f"{session.holder} is this till already. {_SHARED}")
        for part in (self.warning, self.anyway, self.stay):
            part.setVisible(bool(session.holder))

    def _add(self) -> None:
        self._session_tills.add()
        self.table.editor(self.table.count() - 1, "name").setFocus()

    def _moved(self, _index: int) -> None:
        assert isinstance(self.here, QComboBox)
        self._session_tills.move_here(str(read(self.here)))
