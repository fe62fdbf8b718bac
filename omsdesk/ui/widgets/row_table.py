"""Rows of editors under the names of their columns; what is wrong with a row is said below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Value, choices, fill, hear
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name of its value, its heading, how its editor is made, its part of the width."""

    name: str
    label: str
    make: Callable[[], QWidget]
    share: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    editors: dict[str, QWidget]
    error: Label
    remove: KeyButton


class RowTable(QWidget):
    """Emits ``edited(row, name, value)`` and ``removed(row)``; it changes nothing by itself."""

    edited = Signal(int, str, object)
    removed = Signal(int)

    def __init__(self, columns: Sequence[Column], remove: str = "") -> None:
        """Make an empty table; ``remove`` says what its bin does, nothing leaves the bin out."""
        super().__init__()
        self._columns, self._remove = columns, remove
        self._rows: list[_Row] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for at, column in enumerate(columns):
            self._grid.addWidget(Label(column.label, 14, 600), 0, at)
            self._grid.setColumnStretch(at, column.share)

    def editor(self, row: int, name: str) -> QWidget:
        """Find the editor of a value."""
        return self._rows[row].editors[name]

    def bin(self, row: int) -> KeyButton:
        """Find the bin of a row."""
        return self._rows[row].remove

    def error(self, row: int) -> str:
        """What is said below a row."""
        return self._rows[row].error.text()

    def count(self) -> int:
        """Count the rows."""
        return len(self._rows)

    def show_rows(
        self,
        rows: Sequence[Mapping[str, Value]],
        offers: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        *,
        may_edit: bool = True,
    ) -> None:
        """Show these values; ``offers`` are the choices of a column as key and label."""
        while len(self._rows) > len(rows):
            self._drop(self._rows.pop())
        while len(self._rows) < len(rows):
            self._rows.append(self._made(len(self._rows)))
        for row, values in zip(self._rows, rows, strict=True):
            for name, editor in row.editors.items():
                if isinstance(editor, QComboBox) and offers and name in offers:
                    choices(editor, offers[name], str(values[name]))
                fill(editor, values[name])
                editor.setEnabled(may_edit)
            row.remove.setVisible(may_edit and bool(self._remove))
        self.setVisible(bool(rows))

    def show_errors(self, errors: Mapping[int, str]) -> QWidget | None:
        """Mark these rows and no others; gives the first editor of the first."""
        for number, row in enumerate(self._rows):
            row.error.setText(errors.get(number, ""))
            row.error.setVisible(bool(errors.get(number)))
        first = next((self._rows[number] for number in sorted(errors) if number < len(self._rows)), None)
        return next(iter(first.editors.values())) if first else None

    def _made(self, number: int) -> _Row:
        at = 1 + 2 * number
        editors: dict[str, QWidget] = {}
        for place, column in enumerate(self._columns):
            editor = editors[column.name] = column.make()
            if not editor.accessibleName():
                editor.setAccessibleName(column.label)
            hear(editor, partial(self._typed, number, column.name))
            self._grid.addWidget(editor, at, place)
        remove = KeyButton(self._remove, "trash-2", height=36)
        remove.show_icon_only()
        remove.clicked.connect(lambda: self.removed.emit(number))
        self._grid.addWidget(remove, at, len(editors))
        error = Label("", 14, 500, Tone.BAD)
        error.hide()
        self._grid.addWidget(error, at + 1, 0, 1, len(editors))
        return _Row(editors, error, remove)

    def _typed(self, number: int, name: str, value: Value) -> None:
        self.edited.emit(number, name, value)

    def _drop(self, row: _Row) -> None:
        for widget in (*row.editors.values(), row.error, row.remove):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
