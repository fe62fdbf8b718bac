"""What can be said about one line: a note, another quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator

from omsdesk.domain.values import Quantity
from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import TextField
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LONGEST = 120


class _OneField(Body):
    """One field about the chosen line."""

    width_limit = FORM_WIDTH

    def __init__(self, state: TillState, button: str) -> None:
        super().__init__()
        self.state = state
        line = state.session.selected_line
        name = Label(line.article.name if line else "", 18, 600, Tone.NEUTRAL)
        self.field = TextField()
        self.field.setAccessibleName(self.title)
        self.field.returnPressed.connect(self.confirm)
        self.save = PrimaryButton(button, "check", "Enter")
        self.save.clicked.connect(self.confirm)
        self.setLayout(column(name, self.field, self.save, 1, spacing=16))

    def typing_place(self) -> QWidget:
        """Type into the field."""
        return self.field

    def begin(self) -> None:
        """Wait for typing."""
        self.field.setFocus()
        self.field.selectAll()


class NoteSheet(_OneField):
    """A note is printed below the line."""

    title = "Note"
    help_page = "lines"

    def __init__(self, state: TillState) -> None:
        """Show the note there is."""
        super().__init__(state, "Save the note")
        self.field.setMaxLength(_LONGEST)
        self.field.setPlaceholderText("Printed on the receipt, such as a name to engrave")
        line = state.session.selected_line
        self.field.setText(line.note if line else "")

    def confirm(self) -> None:
        """Write the note."""
        self.state.session.note_selected(self.field.text())
        self.done.emit()


class QuantitySheet(_OneField):
    """How many, typed."""

    title = "Quantity"
    help_page = "lines"

    def __init__(self, state: TillState) -> None:
        """Show the quantity there is."""
        super().__init__(state, "Set the quantity")
        pattern = QRegularExpression("\\d{1,6}([.,]\\d{0,3})?")
        self.field.setValidator(QRegularExpressionValidator(pattern, self.field))
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setFont(theme.current().font(24, 600))
        line = state.session.selected_line
        self.field.setText(str(line.quantity) if line else "")

    def confirm(self) -> None:
        """Set the quantity; none takes the line off."""
        line, text = self.state.session.selected_line, self.field.text().strip(".,").replace(",", ".")
        if line is not None and text:
            self.state.session.set_quantity(line.line, Quantity.of(text))
            self.done.emit()
