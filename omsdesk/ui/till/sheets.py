"""What a sheet over the till is made of: a title, a body that may want typing and scans, and a way to be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from omsdesk.ui.widgets.sheet import Sheet

FORM_WIDTH = 560

_Answer = TypeVar("_Answer")


def while_alive(widget: QWidget, act: Callable[[_Answer], None]) -> Callable[[_Answer], None]:
    """Drop an answer that comes when its widget is gone."""

    def arrived(answer: _Answer) -> None:
        if isValid(widget):
            act(answer)

    return arrived


class Body(QWidget):
    """The inside of a sheet. ``done`` closes it; Esc, Back and whatever else closes it call ``left``."""

    done = Signal()
    title = ""
    width_limit = 0
    """Pixels a form may grow to; 0 is as wide as there is."""
    help_page = ""
    """The page of the help that explains the sheet: a file in ``resources/help``, without its suffix."""

    needs_width = 0
    """Pixels at normal text size without which it covers the cart, too."""

    def buttons(self) -> Sequence[QWidget]:
        """What stands in the foot of the sheet."""
        return ()

    def typing_place(self) -> QWidget | None:
        """Where typing lands; None closes the sheet and types into the till's own field."""
        return None

    def scanned(self, code: str) -> bool:
        """Take a scan; False leaves it to the ticket."""
        return False

    def begin(self) -> None:
        """Take the focus: the sheet was just opened."""

    def marked_receipt(self) -> str:
        """Name the sale whose receipt is marked; empty where the sheet lists none."""
        return ""

    def confirm(self) -> None:
        """Do what F12 means here."""

    def once_more(self) -> None:
        """The key that opened the sheet was pressed once more."""

    def refresh(self) -> None:
        """Show what changed while the sheet is open."""

    def left(self) -> None:
        """The sheet was closed."""


class TillSheet(Sheet):
    """A sheet that knows what is in it."""

    def __init__(self, body: Body, area: QWidget) -> None:
        """Cover the area with a body."""
        super().__init__(body.title, body, area, body.buttons(), body.width_limit)
        self.content = body
        body.done.connect(self.close_sheet)
