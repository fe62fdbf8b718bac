"""What a person can see of the exchange with the service."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from omsdesk.domain.records import record

if TYPE_CHECKING:
    from omsdesk.sync.messages import Claimant


class Phase(StrEnum):
    """What goes on between this station and the service."""

    OFF = "off"
    """The station works by itself."""
    IDLE = "idle"
    """Both know the same."""
    TALKING = "talking"
    WAITING = "waiting"
    """There is something to do, and it is tried again soon: the service or the disk has no room for it now."""
    OFFLINE = "offline"
    """The service cannot be reached. Work goes on."""
    REFUSED = "refused"
    """The service says no, and a person has to do something."""


@record
class SyncState:
    """How the exchange stands; moments in milliseconds UTC by this machine's clock, 0 where there was none."""

    is_enrolled: bool = False
    phase: Phase = Phase.OFF
    sentence: str = "This station works by itself."
    last_contact_ms: int = 0
    """When the service answered last."""
    next_try_ms: int = 0
    """Where the last try failed, when the next one begins; 0 while one is under way."""
    waiting: int = 0
    """Entries that the service is not known to have; they stay here for ever, and so does what it has."""
    waiting_since_ms: int = 0
    lag: int = 0
    """Entries of others that are known to be there and were not heard yet."""
    forks: int = 0
    """How often the history of this station was found to go on elsewhere, or was left behind by a restore."""
    conflicts: int = 0
    """Fields that two stations gave different values, for a person to settle."""
    neighbours: tuple[Claimant, ...] = ()
    """Other stations that say they are the till that this one is."""
    set_aside: int = 0
    """Entries that were heard and could not be put into the tables."""
