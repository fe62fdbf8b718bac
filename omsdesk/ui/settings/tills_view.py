"""Tills in the settings."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from omsdesk.ui.settings.part import Part
from omsdesk.ui.settings.tills_session import TillsSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, line, read
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
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
_BACK_OFFICE = "No till: back office"


class TillsView(Part):
    """A row per till, and which of them this computer is."""

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
        super().__init__("Tills", session, [[card], [where]])
        self.table.edited.connect(session.set)
        self.add.clicked.connect(self._add)
        self.here.activated.connect(self._moved)

    def show_values(self) -> None:
        """Fill the rows."""
        session = self._session_tills
        rows = [{column.name: getattr(row, column.name) for column in _COLUMNS} for row in session.rows]
        self.table.show_rows(rows, may_edit=session.may_edit)
        for number in range(self.table.count()):
            code = self.table.editor(number, "code")
            if isinstance(code, QLineEdit):
                code.setMaxLength(6)
        self.table.show_errors(session.errors)
        self.add.setVisible(session.may_edit)
        tills = [("", _BACK_OFFICE), *((till.id, f"{till.name} ({till.code})") for till in session.known)]
        choices(self.here, tills, session.here)
        self.here.setEnabled(session.may_edit)

    def _add(self) -> None:
        self._session_tills.add()
        self.table.editor(self.table.count() - 1, "name").setFocus()

    def _moved(self, _index: int) -> None:
        assert isinstance(self.here, QComboBox)
        self._session_tills.move_here(str(read(self.here)))
