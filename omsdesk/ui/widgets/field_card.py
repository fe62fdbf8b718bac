"""A card of labelled fields, some of them side by side, and one way to fill and to hear every kind of editor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.form import Form
from omsdesk.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

Value = str | bool


@dataclass(frozen=True, slots=True)
class Field:
    """An editor with its name in the program and its label for people; ``share`` is its part of the row's width."""

    name: str
    label: str
    editor: QWidget
    hint: str = ""
    share: int = 1


class FieldCard(Card):
    """Rows of fields under a title; anything else can be put below them."""

    def __init__(self, title: str, rows: Sequence[Sequence[Field]] = ()) -> None:
        """Show the rows from top to bottom."""
        super().__init__()
        self._forms: dict[str, Form] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 20)
        self.column.setSpacing(12)
        if title:
            self.column.addWidget(Label(title, 18, 600))
        for row in rows:
            self.add_fields(*row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def add_fields(self, *fields: Field) -> None:
        """Add a row of fields."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in fields:
            form = Form()
            form.add(field.name, field.label, field.editor, field.hint)
            self._forms[field.name] = form
            row.addWidget(form, field.share, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    @property
    def names(self) -> list[str]:
        """The names of the fields."""
        return list(self._forms)

    def editor(self, name: str) -> QWidget:
        """Find the editor of a field."""
        return self._forms[name].editor(name)

    def show_field(self, name: str, *, is_shown: bool) -> None:
        """Show a field with its label, or leave it out."""
        self._forms[name].setVisible(is_shown)

    def show_errors(self, errors: Mapping[str, str]) -> QWidget | None:
        """Mark these fields and no others; gives the editor of the first."""
        first: QWidget | None = None
        for name, form in self._forms.items():
            form.set_error(name, errors.get(name, ""))
            if first is None and errors.get(name):
                first = form.editor(name)
        return first


def fill(editor: QWidget, value: Value) -> None:
    """Show a value without saying that anybody typed it; a field that shows it already keeps its cursor."""
    if read(editor) == value and not isinstance(editor, QComboBox):
        return
    blocker = QSignalBlocker(editor)
    match editor:
        case QLineEdit():
            editor.setText(str(value))
            editor.setCursorPosition(0)
        case QPlainTextEdit():
            editor.setPlainText(str(value))
        case QCheckBox():
            editor.setChecked(bool(value))
        case QComboBox() if editor.isEditable():
            editor.setEditText(str(value))
        case QComboBox():
            editor.setCurrentIndex(editor.findData(value))
    blocker.unblock()


def read(editor: QWidget) -> Value:
    """Read what an editor shows: a text, the key of a choice, or whether it is ticked."""
    match editor:
        case QLineEdit():
            return editor.text()
        case QPlainTextEdit():
            return editor.toPlainText()
        case QCheckBox():
            return editor.isChecked()
        case QComboBox() if editor.isEditable():
            return editor.currentText()
        case QComboBox():
            return str(editor.currentData() or "")
    message = f"{type(editor).__name__} is no editor."
    raise TypeError(message)


def hear(editor: QWidget, then: Callable[[Value], None]) -> None:
    """Call ``then`` with the value whenever a person changes it."""
    match editor:
        case QLineEdit():
            # Not textEdited: the window takes back what a stuttering scanner typed, and nobody should keep it.
            editor.textChanged.connect(then)
        case QPlainTextEdit():
            editor.textChanged.connect(lambda: then(editor.toPlainText()))
        case QCheckBox():
            editor.toggled.connect(then)
        case QComboBox() if editor.isEditable():
            editor.editTextChanged.connect(then)
        case QComboBox():
            editor.currentIndexChanged.connect(lambda _: then(read(editor)))


def choices(editor: QComboBox, rows: Sequence[tuple[str, str]], value: str) -> None:
    """Offer choices given as key and label, and show one of them."""
    blocker = QSignalBlocker(editor)
    editor.clear()
    for key, label in rows:
        editor.addItem(label, key)
    if editor.isEditable():
        editor.setEditText(value)
    else:
        editor.setCurrentIndex(editor.findData(value))
    blocker.unblock()


class _Combo(QComboBox):
    """A choice that the wheel does not change: whoever scrolls the page over it wants to scroll the page."""

    def __init__(self) -> None:
        super().__init__()
        # The usual delegate of a choice knows nothing of the style sheet's rows, which a finger can hit.
        self.setItemDelegate(QStyledItemDelegate(self))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def combo(*, is_editable: bool = False, placeholder: str = "") -> QComboBox:
    """Make a choice that is as wide as its row, not as its longest word; an editable one also takes new words."""
    editor = _Combo()
    editor.setEditable(is_editable)
    editor.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    editor.setMinimumContentsLength(6)
    line = editor.lineEdit()
    if line is not None:
        line.setPlaceholderText(placeholder)
    return editor


def line(placeholder: str = "", *, is_number: bool = False) -> QLineEdit:
    """Make a field of one line; numbers stand at the right."""
    editor = QLineEdit()
    editor.setPlaceholderText(placeholder)
    if is_number:
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
    return editor
