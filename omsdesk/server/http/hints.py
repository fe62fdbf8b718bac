"""Telling stations at once that there is news: they wait here, and ask for what it is when they are woken.

A hint may be late or missing: nothing depends on it but the time until a change is seen.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from omsdesk.server.http.errors import busy
from omsdesk.server.ledger import Caller

_log = logging.getLogger("omsdesk.server.hints")

Ends = dict[str, int]
_POLL_SECONDS = 1.0


@dataclass(slots=True)
class _Waiter:
    heard: Ends
    news: asyncio.Future[Ends]

    def wake(self, news: Ends) -> None:
        if not self.news.done():
            self.news.set_result(news)


@dataclass(slots=True)
class _Watch:
    """One tenant's waiting stations, by device, and the task that looks for news for all of them."""

    waiters: dict[str, _Waiter] = field(default_factory=dict)
    poked: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


class Hints:
    """Everybody who waits for news."""

    def __init__(self, ends: Callable[[str], Awaitable[Ends]], most: int, seconds: float) -> None:
        """Let so many wait for so long; ``ends`` says how far the feeds of a tenant go."""
        self._ends, self._most, self._seconds = ends, most, seconds
        self._watches: dict[str, _Watch] = {}
        self._is_stopped = False
        self.waiting = 0

    async def wait(self, caller: Caller, heard: Ends, gone: Callable[[], Awaitable[Any]]) -> Ends:
        """Wait until a feed goes further than it was heard; gives those that do, nothing after a while.

        A station waits once: where it waits already, that one is answered with nothing. ``gone`` returns when the
        connection ends.

        Raises:
            Refused: too many wait.

        """
        if self._is_stopped:
            return {}
        if self.waiting >= self._most:
            raise busy("Too many stations wait for news. Ask for what is new from time to time instead.")
        waiter = _Waiter(heard, asyncio.get_running_loop().create_future())
        watch = self._join(caller, waiter)
        leaving = asyncio.ensure_future(gone())
        self.waiting += 1
        try:
            both: set[asyncio.Future[Any]] = {waiter.news, leaving}
            await asyncio.wait(both, timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
            return waiter.news.result() if waiter.news.done() else {}
        finally:
            self.waiting -= 1
            leaving.cancel()
            if watch.waiters.get(caller.device) is waiter:
                del watch.waiters[caller.device]

    def _join(self, caller: Caller, waiter: _Waiter) -> _Watch:
        watch = self._watches.get(caller.tenant)
        if watch is None:
            watch = self._watches[caller.tenant] = _Watch()
            watch.task = asyncio.create_task(self._look(caller.tenant, watch))
        before = watch.waiters.get(caller.device)
        if before is not None:
            before.wake({})
        watch.waiters[caller.device] = waiter
        watch.poked.set()
        return watch

    def poke(self, tenant: str) -> None:
        """Say that there may be news for a tenant."""
        watch = self._watches.get(tenant)
        if watch is not None:
            watch.poked.set()

    def send_away(self, tenant: str, device: str) -> None:
        """Let a device wait no longer."""
        watch = self._watches.get(tenant)
        if watch is not None and device in watch.waiters:
            watch.waiters[device].wake({})

    def stop(self) -> None:
        """Answer everybody who waits, and let nobody wait any more."""
        self._is_stopped = True
        for watch in self._watches.values():
            for waiter in watch.waiters.values():
                waiter.wake({})
            watch.poked.set()

    async def _look(self, tenant: str, watch: _Watch) -> None:
        while watch.waiters and not self._is_stopped:
            watch.poked.clear()
            try:
                ends = await self._ends(tenant)
            except Exception as error:  # noqa: BLE001 - whatever it was, those who wait go on waiting, and it is told
                _log.warning("The ends of feeds cannot be read.", extra={"fields": {"error": type(error).__name__}})
                ends = {}
            for waiter in list(watch.waiters.values()):
                news = {scope: ends[scope] for scope, place in waiter.heard.items() if ends.get(scope, 0) > place}
                if news:
                    waiter.wake(news)
            try:
                async with asyncio.timeout(_POLL_SECONDS):
                    await watch.poked.wait()
            except TimeoutError:
                continue
        # Between the last look at the waiters and this nobody else runs, so nobody is left behind.
        del self._watches[tenant]
