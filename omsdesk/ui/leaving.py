"""Closing the program over forms that are not saved: it asks first, and closes when nothing is left to lose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from omsdesk.ui.navigation import Unsaved

_LOOK_AGAIN = 30
"""Milliseconds between two looks at a form that is being saved."""


class Leaving:
    """The question, from the wish to close until the window closes or somebody stays."""

    def __init__(
        self, unsaved: Callable[[], Sequence[Unsaved]], close: Callable[[], object], area: QWidget, *, may_save: bool
    ) -> None:
        """Ask over ``area``. Where nobody is signed in (``may_save``), what was typed can only be kept or given up."""
        self._unsaved, self._close = unsaved, close
        self.is_decided = False
        """Whether what is not saved may be lost."""
        self.is_asking = True
        self.save_button = PrimaryButton("Save and close", "check", "Ctrl S")
        self.save_button.clicked.connect(self.save)
        self.discard_button = KeyButton("Discard and close", "trash-2", face=Face.DANGER, height=68)
        self.discard_button.clicked.connect(self.discard)
        self.stay_button = KeyButton("Stay", "arrow-left", "Esc", height=68)
        self.stay_button.clicked.connect(self.stay)
        self.words = Label(_sentence(unsaved(), may_save=may_save), 18)
        self.words.setWordWrap(True)
        body = QWidget()
        body.setLayout(column(self.words, 1))
        self.buttons = (self.stay_button, self.discard_button, *([self.save_button] if may_save else ()))
        self.sheet = Sheet("Close the program?", body, area, self.buttons)
        self.sheet.closed.connect(self._answered)
        self.sheet.open_sheet()
        (self.save_button if may_save else self.stay_button).setFocus()

    def _answered(self) -> None:
        self.is_asking = False
        self.sheet.deleteLater()

    def meant(self, key: str) -> bool:
        """Take a key; nothing below the question hears one."""
        if key == "Ctrl+S" and self.save_button in self.buttons:
            self.save()
        elif key == "Esc":
            self.stay()
        return key not in {"Return", "Space", "Tab", "Shift+Tab"}

    def stay(self) -> None:
        """Go back to work."""
        self.sheet.close_sheet()

    def discard(self) -> None:
        """Close; what was typed is lost."""
        self.is_decided = True
        self.sheet.close_sheet()
        self._close()

    def save(self) -> None:
        """Save one form after the other, then close; a form that is not right stays open and says why."""
        self.sheet.close_sheet()
        self._save_next(len(self._unsaved()) + 1)

    def _save_next(self, before: int) -> None:
        unsaved = self._unsaved()
        if not unsaved:
            self._close()
        elif len(unsaved) < before:
            unsaved[0].show()
            unsaved[0].save()
            self._wait(unsaved[0], len(unsaved))

    def _wait(self, form: Unsaved, before: int) -> None:
        if form.is_saving():
            QTimer.singleShot(_LOOK_AGAIN, lambda: self._wait(form, before))
        else:
            self._save_next(before)


def _sentence(unsaved: Sequence[Unsaved], *, may_save: bool) -> str:
    names = ", ".join(row.name for row in unsaved)
    what = f"What was typed is not saved yet: {names}."
    return what if may_save else f"{what} Sign in to save it."
