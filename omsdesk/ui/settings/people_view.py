"""People in the settings: a list, and the form of whoever is chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from omsdesk.domain.people import Person, Role
from omsdesk.ui.navigation import Unsaved
from omsdesk.ui.settings.part import Part
from omsdesk.ui.settings.people_session import ROLES, PeopleSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.result_list import Result, ResultList

_LIST_HEIGHT = 480


def pin_line() -> QLineEdit:
    """Make a field for a PIN: dots, digits only."""
    editor = line("4 to 8 digits")
    editor.setEchoMode(QLineEdit.EchoMode.Password)
    editor.setMaxLength(8)
    editor.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
    return editor


def badge_line() -> QLineEdit:
    """Make a field for the code of a badge: dots, whatever a scanner reads."""
    editor = line("Nobody reads it here")
    editor.setEchoMode(QLineEdit.EchoMode.Password)
    editor.setMaxLength(64)
    return editor


class PeopleView(Part):
    """Who works here. Nobody is deleted, because their name stands on receipts."""

    help_page = "settings_people"

    def __init__(self, session: PeopleSession) -> None:
        """Lay list and form out."""
        self.session_people = session
        self.list = ResultList("People")
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.add = KeyButton("Add a person", "user-plus", "Ctrl N")
        self.form = FieldCard(
            "",
            [
                [Field("name", "Name", line())],
                [Field("role", "Role", combo())],
                [Field("pin", "New PIN", pin_line()), Field("pin_again", "The same again", pin_line())],
                [Field("badge", "New badge", badge_line(), "Scan it here: it stands for their PIN when they agree.")],
                [Field("has_badge", "Badge", QCheckBox("Has a badge"))],
                [Field("is_active", "Access", QCheckBox("Works here and can sign in"))],
            ],
        )
        self.pin_state = Label("", 14, 400, Tone.NEUTRAL)
        self.pin_state.setWordWrap(True)
        self.form.column.addWidget(self.pin_state)
        super().__init__("People", session, [[self.list, self.form]], [self.add])
        self.list.chosen.connect(lambda person: session.choose(str(person)))
        self.add.clicked.connect(self.begin)
        for name in self.form.names:
            hear(self.form.editor(name), partial(session.set, name))

    def unsaved(self) -> Sequence[Unsaved]:
        """Tell who was typed over and is not saved: who is shown, and who was left before."""
        session = self.session_people
        return [
            Unsaved(name or "Somebody new", partial(session.choose, person), self.press_save, lambda: session.is_saving)
            for person, name in session.typed_over
        ]

    def scanned(self, code: str) -> bool:
        """Take the badge of whoever is shown."""
        if self.session_people.may_edit and self.session_people.chosen is not None:
            self.session_people.set("badge", code)
        return True

    def begin(self) -> None:
        """Show an empty form for somebody new."""
        if self.session_people.may_edit:
            self.session_people.begin()
            self.form.editor("name").setFocus()

    def show_values(self) -> None:
        """Fill list and form."""
        session = self.session_people
        results = [
            Result(who.id, "user" if who.is_active else "lock", who.name or "New person", _detail(who, session.unsaved))
            for who in session.listed
        ]
        if [self.list.name_of(row) for row in range(self.list.count())] != [
            f"{row.title}, {row.detail}" for row in results
        ]:
            self.list.show_results(results)
        chosen = session.chosen.id if session.chosen and not session.is_new else ""
        row = next((row for row, who in enumerate(session.listed) if who.id == chosen), -1)
        self.list.setCurrentIndex(self.list.rows.index(row))
        self.list.viewport().update()
        role = self.form.editor("role")
        assert isinstance(role, QComboBox)
        if not role.count():
            choices(role, [(str(role), role.capitalize()) for role in ROLES], "")
        for name in self.form.names:
            fill(self.form.editor(name), getattr(session.draft, name))
            self.form.editor(name).setEnabled(session.may_edit)
        has_badge = session.chosen is not None and bool(session.chosen.badge_hash)
        self.form.show_field("has_badge", is_shown=has_badge)
        self.form.show_errors(session.errors)
        self.add.setVisible(session.may_edit)
        self.save.set_busy(session.is_saving)
        self._show_pin()

    def _show_pin(self) -> None:
        session = self.session_people
        if session.is_new or session.chosen is None:
            text = "They sign in with this PIN. Only they should know it."
        elif session.chosen.pin_hash:
            text = "A PIN is set. Type a new one to change it; leave both fields empty to keep it."
        else:
            text = "No PIN is set yet: they cannot sign in."
        role = Role(session.draft.role)
        self.pin_state.setText(f"{role.capitalize()}: {ROLES[role]}.\n{text}")


def _detail(who: Person, unsaved: Collection[str]) -> str:
    words = [who.role.capitalize()]
    if not who.is_active:
        words.append("not here any more")
    if who.id in unsaved:
        words.append("not saved yet")
    return ", ".join(words)
