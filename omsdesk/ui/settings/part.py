"""A part of the settings: its head with Save and undo, what is refused, and its cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from omsdesk.ui.navigation import Unsaved
from omsdesk.ui.settings.office import NO_RIGHT
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.page_head import MARGIN, PageHead
from omsdesk.ui.widgets.passing_banner import PassingBanner
from omsdesk.ui.widgets.primary_button import PrimaryButton

WIDEST = 1040


class Session(Protocol):
    """What every part's session has."""

    listeners: list[Callable[[], None]]
    refusal: str
    notice: str
    """What happened elsewhere to what is being typed over."""
    saved: str
    is_saving: bool

    @property
    def can_undo(self) -> bool:
        """Whether what was saved last can be taken back."""

    @property
    def may_edit(self) -> bool:
        """Whether whoever is here may change it."""

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to save."""

    def refresh(self) -> None:
        """Read it again."""

    def save(self) -> None:
        """Save it."""

    def discard(self) -> None:
        """Forget what was typed and not saved."""

    def take_back(self) -> None:
        """Undo what was saved last."""


class Part(QWidget):
    """Shows a session under a title; a subclass fills its cards in ``show_values``."""

    help_page = ""
    """The page of the help that explains it: a file in ``resources/help``, without its suffix."""

    def __init__(
        self,
        title: str,
        session: Session,
        rows: Sequence[Sequence[QWidget | Sequence[QWidget]]],
        buttons: Sequence[QWidget] = (),
    ) -> None:
        """Lay the cards out."""
        super().__init__()
        self.part_title, self.session = title, session
        self._said = ""
        self.save = PrimaryButton("Save", "check", "Ctrl S")
        self.save.HEIGHT = 48
        self.save.clicked.connect(self.press_save)
        self.discard = KeyButton("Discard", "undo-2")
        self.discard.clicked.connect(session.discard)
        self.head = PageHead(title, [*buttons, self.discard, self.save])
        self.head.setMaximumWidth(WIDEST + 2 * MARGIN)
        self.head.undo.clicked.connect(session.take_back)
        self.banner = PassingBanner()
        self.banner.gone.connect(self._was_read)
        self.cards = CardColumn(rows, WIDEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addWidget(self.cards, 1)
        session.listeners.append(self.follow)

    def arrived(self) -> None:
        """Show what is there now."""
        self.session.refresh()

    def press_save(self) -> None:
        """Save, as the button does; go to the first field that is not right."""
        self.session.save()
        wrong = (w for w in self.cards.findChildren(QWidget) if w.property("is_wrong") and w.isVisible())
        first = next(wrong, None)
        if first is not None:
            first.setFocus()
            self.cards.ensureWidgetVisible(first)

    def take_back(self) -> None:
        """Undo, as the chip does."""
        self.head.undo.dismiss()
        self.session.take_back()

    def unsaved(self) -> Sequence[Unsaved]:
        """Tell what was typed here and is not saved."""
        session = self.session
        if not session.has_changes:
            return ()
        return (Unsaved(self.part_title, lambda: None, self.press_save, lambda: session.is_saving),)

    @property
    def can_undo(self) -> bool:
        """Whether something was saved just now."""
        return self.head.undo.isVisible()

    def follow(self) -> None:
        """Show what the session has now."""
        session = self.session
        self.save.setVisible(session.may_edit)
        self.save.setEnabled(session.has_changes)
        self.discard.setVisible(session.may_edit and session.has_changes)
        if session.saved != self._said:
            self._said = session.saved
            if session.saved and session.can_undo:
                self.head.undo.offer(session.saved)
            else:
                self.head.undo.dismiss()
        self._say()
        self.show_values()

    def _was_read(self) -> None:
        self.session.refusal = self.session.notice = self.session.saved = ""

    def _say(self) -> None:
        session, stop = self.session, self.session.refusal or self.wrong_elsewhere()
        if stop:
            self.banner.say(stop, Tone.BAD, "circle-alert")
        elif not session.may_edit:
            self.banner.say(NO_RIGHT, Tone.NEUTRAL, "lock")
        elif session.notice:
            self.banner.say(session.notice, Tone.WARN, "triangle-alert")
        elif session.saved and not session.can_undo:
            self.banner.say(f"{session.saved}.", Tone.OK, "circle-check")
        else:
            self.banner.hide()

    def wrong_elsewhere(self) -> str:
        """What is wrong in a part that is saved together with this one, and keeps this one from being saved."""
        return ""

    def show_values(self) -> None:
        """Fill the cards; a part without values has none to fill."""
