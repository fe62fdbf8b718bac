"""Everything that the answers of one running service share."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from omsdesk.server.enrolment import Registrar
from omsdesk.server.http.caller import Keys, Memory
from omsdesk.server.http.hints import Hints
from omsdesk.server.http.limits import Buckets, Gate, Limits, Room
from omsdesk.server.http.metrics import Metrics
from omsdesk.server.ledger import Caller, Ledger
from omsdesk.server.questions import Questions
from omsdesk.server.snapshots import Snapshots
from omsdesk.server.storage import Busy, Storage
from omsdesk.store.engine import StoreFailure
from omsdesk.sync.signing import TOLERANCE_SECONDS

if TYPE_CHECKING:
    from omsdesk.sync.messages import Code

_log = logging.getLogger("omsdesk.server")
_SEEN_EVERY_SECONDS = 60
_READY_SECONDS = 1.0


def milliseconds() -> int:
    """Look at the clock: milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def _nobody(_tenant: str) -> None:
    """Nobody keeps tables here."""


class Service:
    """The ledger and the registrar over one database, and what keeps them from being asked too much."""

    def __init__(
        self,
        storage: Storage,
        limits: Limits | None = None,
        now: Callable[[], int] = milliseconds,
        tables: Path | None = None,
    ) -> None:
        """Serve a database; ``now`` gives the milliseconds since 1970. To be called where a loop runs.

        ``tables`` is the folder of the tables that are made from the journals, where somebody keeps them.
        """
        self.limits, self.now = limits or Limits(), now
        limits, clock = self.limits, time.monotonic
        self.storage, self.ledger, self.registrar = storage, Ledger(storage, now), Registrar(storage, now)
        self.keys = Keys(self.registrar, clock)
        self.gate, self.room = Gate(limits), Room(limits.held)
        self.devices, self.addresses = Buckets(limits.per_device, clock), Buckets(limits.per_address, clock)
        self.wrong_codes = Buckets(limits.wrong_codes_per_address, clock)
        self.hints = Hints(self.ledger.ends, limits.waiting, limits.hint_time)
        self.metrics = Metrics(lambda: self.hints.waiting, lambda: self.room.held)
        # A signature is good for some minutes before and after the moment it names.
        self.made_codes: Memory[Code] = Memory(2 * TOLERANCE_SECONDS, clock)
        self.snapshots, self.questions = Snapshots(tables), Questions(tables, self.ledger.ends)
        self.receipts_asked = Buckets(limits.receipts_per_device, clock)
        self.on_news: Callable[[str], None] = _nobody
        """Called with the tenant whose entries were taken: by who keeps the tables."""
        self._ready: Memory[bool] = Memory(_READY_SECONDS, clock)
        self._looking = asyncio.Lock()
        self._seen: Memory[bool] = Memory(_SEEN_EVERY_SECONDS, clock, 100_000)

    async def note(self, caller: Caller) -> None:
        """Note, once a minute, that a device was here; a failure is no reason not to serve it."""
        if self._seen.get(caller.device):
            return
        self._seen.keep(caller.device, value=True)
        try:
            await self.registrar.saw(*caller)
        except (Busy, StoreFailure) as error:
            _log.warning("It was not noted that a device was here.", extra={"fields": {"error": type(error).__name__}})

    def note_news(self, tenant: str) -> None:
        """Wake whoever waits for what was taken just now."""
        self.hints.poke(tenant)
        self.on_news(tenant)

    async def look_again(self) -> None:
        """Tell what an older version of the service did not understand; what fails is looked at at the next start."""
        try:
            for tenant in await self.ledger.tenants():
                if await self.ledger.look_again(tenant):
                    self.note_news(tenant)
        except (Busy, StoreFailure, OSError) as error:
            _log.warning("What was held was not looked at.", extra={"fields": {"error": type(error).__name__}})

    async def is_ready(self) -> bool:
        """Tell whether the database answers. Anybody may ask, so it is looked up once a second and by one of them."""
        async with self._looking:
            known = self._ready.get("")
            return self._ready.keep("", await self._answers()) if known is None else known

    async def _answers(self) -> bool:
        try:
            await self.ledger.ends("")
        except (Busy, StoreFailure, OSError):
            return False
        return True
