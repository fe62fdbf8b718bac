"""Labelled fields in a column; what is wrong with one is said below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from omsdesk.ui import icons, theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

_ICON = 16


class Form(QWidget):
    """Any editor under a label. ``set_error`` marks a field in place and ends when the field is edited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(parent)
        self._fields: dict[str, _Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addStretch(1)

    def add(self, name: str, label: str, editor: QWidget, hint: str = "") -> None:
        """Add a field at the end; ``hint`` stands below it until something is wrong."""
        field = _Field(label, editor, hint)
        self._fields[name] = field
        self._column.insertLayout(self._column.count() - 1, field.column)
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(lambda: self.set_error(name, ""))

    def add_heading(self, text: str) -> None:
        """Begin a group of fields."""
        heading = Label(text, 18, 600)
        if self._fields:
            heading.setContentsMargins(0, 12, 0, 0)
        self._column.insertWidget(self._column.count() - 1, heading)

    def add_row(self, *widgets: QWidget) -> None:
        """Add widgets that are no fields, side by side."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self._column.insertLayout(self._column.count() - 1, row)

    def has(self, name: str) -> bool:
        """Tell whether this is one of its fields."""
        return name in self._fields

    def editor(self, name: str) -> QWidget:
        """Find the editor of a field."""
        return self._fields[name].editor

    def set_shown(self, name: str, *, is_shown: bool) -> None:
        """Show a field that is wanted now, or hide one that is not."""
        self._fields[name].set_shown(is_shown=is_shown)

    def set_error(self, name: str, text: str) -> None:
        """Say what is wrong with a field and what to do; an empty text says that nothing is."""
        self._fields[name].set_error(text)

    def show_errors(self, errors: Mapping[str, str]) -> bool:
        """Mark these fields and no others, go to the first; say whether there was any."""
        first: QWidget | None = None
        for name, field in self._fields.items():
            field.set_error(errors.get(name, ""))
            if first is None and errors.get(name):
                first = field.editor
        if first is not None:
            first.setFocus()
        return first is not None


@dataclass(eq=False, slots=True)
class _Parts:
    """The line below an editor."""

    icon: QLabel
    text: Label


class _Field:
    """Label, editor and the line below."""

    def __init__(self, label: str, editor: QWidget, hint: str) -> None:
        self.editor = editor
        self._hint = hint
        self._title = title = Label(label, 14, 600)
        title.setBuddy(editor)
        editor.setAccessibleName(label)
        self._below = _Parts(QLabel(), Label("", 14, 400, Tone.NEUTRAL))
        self._below.text.setWordWrap(True)
        self.column = QVBoxLayout()
        self.column.setSpacing(4)
        self.column.addWidget(title)
        self.column.addWidget(editor)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._below.icon)
        row.addWidget(self._below.text, 1)
        self.column.addLayout(row)
        self._is_wrong, self._is_shown = False, True
        self._show()

    def set_shown(self, *, is_shown: bool) -> None:
        self._is_shown = is_shown
        for part in (self._title, self.editor):
            _set_shown(part, is_shown)
        self._show()

    def set_error(self, text: str) -> None:
        if not text and not self._is_wrong:
            return
        self._is_wrong = bool(text)
        self._show(text)
        self.editor.setProperty("is_wrong", self._is_wrong)
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    def _show(self, error: str = "") -> None:
        icon, text = self._below.icon, self._below.text
        text.setText(error or self._hint)
        text.set_tone(Tone.BAD if error else Tone.NEUTRAL)
        _set_shown(text, self._is_shown and bool(error or self._hint))
        _set_shown(icon, self._is_shown and bool(error))
        if error:
            size = theme.current().px(_ICON)
            icon.setPixmap(icons.pixmap("circle-alert", theme.current().colour.bad, size, icon.devicePixelRatioF()))
        self.editor.setAccessibleDescription(error or self._hint)


def _set_shown(part: QWidget, is_shown: bool) -> None:
    # Shown before it has a parent, a widget would be a window of its own for a moment, and take the focus.
    if not is_shown or part.parentWidget() is not None:
        part.setVisible(is_shown)
