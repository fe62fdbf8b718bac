"""Where one can go and what one can do there: pages that are built when first shown, intents that have keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from omsdesk.domain.records import record

if TYPE_CHECKING:
    from omsdesk.devices.scanner import Scan


@record
class Intent:
    """Something a person can want here: found in the command palette, in the help, and by its key."""

    name: str
    label: str
    icon: str
    act: Callable[[], object]
    keys: str = ""
    """The key as Qt writes it, such as ``Ctrl+K``; empty where there is none."""
    is_possible: Callable[[], bool] = lambda: True
    """Whether it can be done right now; a key that cannot do anything belongs to whatever has the focus."""

    @property
    def cap(self) -> str:
        """The key as a cap shows it."""
        return self.keys.replace("+", " ").replace("Return", "Enter")


@record
class Unsaved:
    """A form that was typed into and not saved."""

    name: str
    show: Callable[[], object]
    """Bring it in sight."""
    save: Callable[[], object]
    """Begin to save it; what is wrong with it is said in the form."""
    is_saving: Callable[[], bool] = lambda: False


class Screen(QWidget):
    """A page of the window. What a subclass does not override it does not have."""

    locked = Signal(bool)
    """Emitted when the screen wants the whole window for itself until somebody signs in, and when that is over."""

    help_page = ""
    """The page of the help that explains the screen: a file in ``resources/help``, without its suffix."""

    def intents(self) -> Sequence[Intent]:
        """What can be done on this screen, in the order in which the help lists it."""
        return ()

    def page_in_front(self) -> str:
        """Name the page of the help that explains what is in front now: a part of the screen, a sheet over it."""
        return self.help_page

    def arrived(self) -> None:
        """Take the focus: the screen was just shown."""

    def scanned(self, code: str) -> bool:
        """Take a scan; False leaves its characters to whatever has the focus."""
        return False

    def take_scan(self, scan: Scan) -> bool:
        """Take a scan with all that is known of it; most screens want no more than its code."""
        return self.scanned(scan.code)

    def take_products(self, products: Sequence[str]) -> None:
        """Take products that another page sends here; most screens have no use for them."""

    def user_pressed(self) -> None:
        """Somebody pressed the person at the bottom of the rail."""

    def unsaved(self) -> Sequence[Unsaved]:
        """Tell what was typed here and is not saved."""
        return ()

    def typing_place(self) -> QWidget | None:
        """Where typing lands when nothing that takes text has the focus."""
        return None


@record
class Page:
    """An entry of the rail. ``build`` is called when the page is first shown, never before."""

    key: str
    label: str
    icon: str
    build: Callable[[], Screen]


def by_key(intents: Sequence[Intent]) -> dict[str, Intent]:
    """Find intents by the key that means them; those that cannot be done now have none."""
    return {QKeySequence(intent.keys).toString(): intent for intent in intents if intent.keys and intent.is_possible()}
