"""A process of its own that keeps the service's tables, so that answering stations never waits for it.

It is told what to do line by line, and tells what it did line by line, as JSON; when nobody talks to it any more, it
ends. It can end at any moment: tables are made from journals. What has news it is told as well; it looks at everything
only when it starts, and now and then after that, because what it was told is only a hint.
"""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
import threading
import time
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from omsdesk.server.enrolment import Registrar
from omsdesk.server.ledger import Ledger
from omsdesk.server.replicas import Inside, Replicas
from omsdesk.server.storage import Busy, Storage
from omsdesk.store.engine import StoreFailure
from omsdesk.sync.messages import Garbled

_log = logging.getLogger("omsdesk.server.tables")
_LOOK_SECONDS = 30.0
"""How often all businesses are looked at: what nobody told this process is found then at the latest."""

Order = tuple[str, ...]
_EVERYTHING: Order = ()
_END: Order = ("end",)


class Follower:
    """Keeps the tables of all businesses up to date."""

    def __init__(self, storage: Storage, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        """Follow a database; ``loop`` runs what is asked of it, on another thread."""
        from omsdesk.server.http.service import milliseconds

        self._ledger, self._registrar = Ledger(storage, milliseconds), Registrar(storage, milliseconds)
        self._loop = loop
        self._replicas = Replicas(folder, self._inside, lambda tenant: _tell({"damaged": tenant}))
        self._ends: dict[str, dict[str, int]] = {}
        self._lags: dict[str, int] = {}

    def run(self, orders: SimpleQueue[Order]) -> None:
        """Do what is ordered, and look at everything now and then, until the end is ordered."""
        look = 0.0
        try:
            while True:
                if time.monotonic() >= look:
                    self._do(_EVERYTHING)
                    look = time.monotonic() + _LOOK_SECONDS
                with suppress(Empty):
                    order = orders.get(timeout=max(0.0, look - time.monotonic()))
                    if order == _END:
                        return
                    self._do(order)
        finally:
            self._replicas.close()

    def _do(self, order: Order) -> None:
        try:
            match order:
                case ("copy", tenant, store):
                    self._copy(tenant, store)
                case ("news", *tenants):
                    self._follow(tenants)
                case _:
                    self._follow(self._wait(self._ledger.tenants()))
        except (Busy, StoreFailure, Garbled, OSError) as error:
            _log.warning("The tables could not follow.", extra={"fields": {"error": type(error).__name__}})

    def _copy(self, tenant: str, store: str) -> None:
        try:
            self._wait(self._registrar.seat(tenant))
            self._replicas.snapshot(tenant, store)
        finally:
            # Whether it was made or not: it can be ordered again.
            _tell({"copied": [tenant, store]})

    def _follow(self, tenants: Iterable[str]) -> None:
        """Bring the tables of these businesses up to date, where there is news of them."""
        behind = dict[str, dict[str, int]]()
        for tenant in tenants:
            ends = self._wait(self._ledger.ends(tenant))
            if ends != self._ends.get(tenant):
                behind[tenant] = ends
        for tenant in behind:
            with _alone(tenant):
                self._lags[tenant] = self._replicas.lag(tenant)
        for tenant, ends in behind.items():
            _tell({"lag": sum(self._lags.values())})
            with _alone(tenant):
                self._wait(self._registrar.seat(tenant))
                self._replicas.catch_up(tenant)
                self._lags[tenant], self._ends[tenant] = 0, ends
        if behind:
            _tell({"lag": sum(self._lags.values())})

    def _inside(self, tenant: str) -> Inside:
        return Inside(self._ledger, tenant, self._wait)

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


@contextmanager
def _alone(tenant: str) -> Iterator[None]:
    """Go on with others where it does not work for one: it is tried again at its next news, or with all of them."""
    try:
        yield
    except (Busy, StoreFailure, Garbled, LookupError, OSError) as error:
        fields = {"tenant": tenant, "error": type(error).__name__}
        _log.warning("The tables of a business cannot follow.", extra={"fields": fields})


def _tell(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201 - this is how the process talks


def follow(database: str, folder: Path) -> None:
    """Be the process."""
    from omsdesk.server.http.logs import write_logs

    write_logs()
    # Whoever stops the service at a terminal stops both, and this one ends when the service does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asyncio.run(_run(database, folder))


async def _run(database: str, folder: Path) -> None:
    from omsdesk.server.serve import open_storage

    orders: SimpleQueue[Order] = SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    storage = await open_storage(database)
    try:
        follower = Follower(storage, folder, asyncio.get_running_loop())
        await asyncio.to_thread(follower.run, orders)
    finally:
        await storage.close()


def _listen(orders: SimpleQueue[Order]) -> None:
    for line in sys.stdin:
        orders.put(tuple(json.loads(line)))
    orders.put(_END)
