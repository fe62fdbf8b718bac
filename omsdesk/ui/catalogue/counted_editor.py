"""A list of things with how many of each, and fields that take the next one from the scanner or the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, fill, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label

_Name = tuple[str, str, str]
"""A field's name, its label, and what stands in it while it is empty."""


class CountedEditor(FieldCard):
    """Enter adds what was typed; ``add`` tells whether it could be."""

    typed = Signal(str, str)
    """What stands in the two fields, while somebody types."""

    def __init__(self, title: str, empty: str, code: _Name, count: _Name, add: Callable[[str, str], bool]) -> None:
        """Say what there is to add; ``empty`` is what stands there while there is nothing."""
        super().__init__(title)
        self._add_row = add
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._empty = Label(empty, 14, 400, Tone.NEUTRAL)
        self._empty.setWordWrap(True)
        self._rows.addWidget(self._empty)
        self.column.addLayout(self._rows)
        self.code, self.quantity = line(code[2]), line(count[2], is_number=True)
        self.quantity.setText("1")
        self.add_fields(Field(*code[:2], self.code, share=3), Field(*count[:2], self.quantity, share=1))
        for editor in (self.code, self.quantity):
            editor.textChanged.connect(lambda _: self.typed.emit(self.code.text(), self.quantity.text()))
        self.code.returnPressed.connect(self._add)
        self.quantity.returnPressed.connect(self._add)

    def show_rows(self, rows: Iterable[QWidget], *, may_edit: bool) -> None:
        """Show these in place of those that stand there."""
        while self._rows.count() > 1:
            item = self._rows.takeAt(1)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows:
            self._rows.addWidget(row)
        self._empty.setVisible(self._rows.count() == 1)
        for editor in (self.code, self.quantity):
            editor.setEnabled(may_edit)

    def show_typed(self, code: str, count: str) -> None:
        """Show what is typed and not added yet."""
        fill(self.code, code)
        fill(self.quantity, count)

    def _add(self) -> None:
        if self._add_row(self.code.text(), self.quantity.text()):
            self.code.clear()
            self.quantity.setText("1")
        self.code.setFocus()


def row_with_bin(words: Iterable[QWidget], label: str, take_off: Callable[[], object], *, may_edit: bool) -> QWidget:
    """Make a row of words that can be taken off; ``label`` says of what."""
    row = QWidget()
    cells = QHBoxLayout(row)
    cells.setContentsMargins(0, 0, 0, 0)
    cells.setSpacing(8)
    for place, cell in enumerate(words):
        cells.addWidget(cell, 0 if place else 1)
    remove = KeyButton(label, "trash-2", height=36)
    remove.show_icon_only()
    remove.setEnabled(may_edit)
    remove.clicked.connect(lambda _: take_off())
    cells.addWidget(remove)
    return row
