"""What the settings' screens work with beyond the back office: what holds for this computer alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from omsdesk.settings import MailAccount, Settings
from omsdesk.ui import office

if TYPE_CHECKING:
    from omsdesk.channels.mail.server import Trial
    from omsdesk.sync.messages import KnownDevice

NO_RIGHT = "You can look at the settings. To change them, ask a manager to sign in."


def _nobody(_till: str, then: Callable[[KnownDevice | None], None]) -> None:
    then(None)


class MailCare(Protocol):
    """Keeps the password of e-mail, and tries settings out."""

    def keep_password(self, password: str) -> str:
        """Keep the password, an empty one is forgotten; gives why it could not be kept."""

    def try_out(self, account: MailAccount, password: str, recipient: str) -> Trial:
        """Send a test mail; slow, called in another thread. Where no password is typed, it is the kept one."""


@dataclass(frozen=True, slots=True)
class Station:
    """This computer: what holds for it alone, and the ways to change that."""

    settings: Callable[[], Settings]
    keep: Callable[[Settings], None]
    """Writes the settings and makes them hold: theme, text size, sounds, printer. Raises OSError."""
    become_till: Callable[[str], None]
    """Makes this computer a till, or (empty) a back office."""
    make_demo_shop: Callable[[], None]
    """Fills an empty database with the demonstration shop; slow, called in another thread. Raises StoreFailure."""
    who_is: Callable[[str, Callable[[KnownDevice | None], None]], None] = _nobody
    """Asks which other computer is a till; None where none is known to be."""
    mail: MailCare | None = None
    """What e-mail is set up with; None where there is none."""


@dataclass(frozen=True, slots=True)
class Office(office.Office):
    """``station`` is this computer."""

    station: Station
