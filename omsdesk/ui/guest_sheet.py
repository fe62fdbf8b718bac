"""A sheet over every screen that belongs to none of them: it has the keys and the scans until it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from omsdesk.devices.scanner import Scan


class GuestSheet(Sheet):
    """Shown by ``Window.invite``; Esc closes it."""

    help_page = ""
    """The page of the help that explains it."""

    def page_in_front(self) -> str:
        """Name the page of the help that explains it."""
        return self.help_page

    def take_scan(self, scan: Scan) -> bool:
        """Take a scan; False lets it go to the screen below."""
        return False

    def typing_place(self) -> QWidget | None:
        """Where typing lands; None where there is nothing to type."""
        return None
