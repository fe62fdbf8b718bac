"""Telling the service which till this station is.

That is chosen at the station, with a line or without one, and may change by itself: the epoch rises when a backup is
put back. So it is not sent when it changes, but whenever it is not what the service acknowledged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Protocol

from omsdesk.store.database import Database
from omsdesk.store.engine import Connection
from omsdesk.store.queries.till import station
from omsdesk.sync.failures import Refused
from omsdesk.sync.messages import Claimant, TillClaim, TillClaimed
from omsdesk.sync.turn import Write

_log = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 50.0
"""Another station may become this till at any time, and the people at both shall know."""


class Claims(Protocol):
    """Takes what a station says, such as ``Remote``."""

    def claim_till(self, claim: TillClaim) -> TillClaimed:
        """Say which till this station is."""


class Claiming:
    """What the service acknowledged, as long as the program runs; a new run says it once more."""

    def __init__(self, database: Database, monotonic: Callable[[], float]) -> None:
        """Speak for a station; nothing is said yet."""
        self._database, self._monotonic = database, monotonic
        self._known: TillClaim | None = None
        self._said = 0.0
        self.others: tuple[Claimant, ...] = ()
        """The other stations that say they are this till, as the service knew last."""

    def tell(self, line: Claims, reader: Connection, write: Write) -> None:
        """Say which till this station is if the service does not know it, or when it is time to ask who else is.

        Raises:
            Unreachable: the service did not answer.
            StoreFailure: the disk did not take the new epoch.

        """
        where = station(reader)
        claim = TillClaim(where.till, where.epoch)
        if claim == self._known and self._monotonic() - self._said < LOOK_AGAIN_SECONDS:
            return
        try:
            told = line.claim_till(claim)
        except Refused as refused:
            # Whoever is let in no more hears that at every question; an older service may not know this one.
            _log.info("The service does not know which till this station is: %s", refused)
            return
        if told.epoch > claim.epoch:
            write(partial(_go_on_in, self._database, claim, told.epoch))
        self._known, self._said = TillClaim(claim.till, told.epoch), self._monotonic()
        self.others = told.others


def _go_on_in(database: Database, claim: TillClaim, epoch: int) -> None:
    # Somebody may have chosen another till meanwhile: that one is told next.
    if database.station.till == claim.till:
        database.become_device(database.station.device, epoch)
