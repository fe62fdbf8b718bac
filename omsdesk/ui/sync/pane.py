"""A part of the screen about the service: its head, what is refused, and its content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.page_head import MARGIN, PageHead
from omsdesk.ui.widgets.passing_banner import PassingBanner

FORM, LISTS = 1040, 1240
"""How wide the content may grow: cards below one another, or a list beside them."""


class Session(Protocol):
    """What every part's session has."""

    listeners: list[Callable[[], None]]
    refusal: str
    """Why something was not done."""
    done: str
    """What was just done."""

    def refresh(self) -> None:
        """Read it again."""


class Pane(QWidget):
    """Shows a session under a title; a subclass shows its values in ``show_values``."""

    help_page = ""
    """The page of the help that explains it: a file in ``resources/help``, without its suffix."""

    def __init__(
        self, title: str, session: Session, body: QWidget, buttons: Sequence[QWidget] = (), *, widest: int = FORM
    ) -> None:
        """Lay head, banner and body out."""
        super().__init__()
        self.part_title, self._session = title, session
        self.head = PageHead(title, buttons)
        self.head.setMaximumWidth(widest + 2 * MARGIN)
        self.banner = PassingBanner()
        self.banner.gone.connect(self._was_read)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addWidget(body, 1)
        session.listeners.append(self.follow)

    def arrived(self) -> None:
        """Show what is there now, and take the focus."""
        self._session.done = ""
        self._session.refresh()

    def _was_read(self) -> None:
        self._session.refusal = self._session.done = ""

    def follow(self) -> None:
        """Show what the session has now."""
        if self._session.refusal:
            self.banner.say(self._session.refusal, Tone.BAD, "circle-alert")
        elif self._session.done:
            self.banner.say(self._session.done, Tone.OK, "circle-check")
        else:
            self.banner.hide()
        self.show_values()

    def show_values(self) -> None:
        """Fill the content; a part without values has none to fill."""
