"""The tables follow what there is news of; all businesses are looked at once, and now and then after that."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

import pytest

from omsdesk.server.embedded import in_thread
from omsdesk.server.enrolment import Registrar
from omsdesk.server.following import Follower, Order
from omsdesk.server.ledger import Caller, Ledger
from omsdesk.server.storage import Storage, Transaction
from omsdesk.sync.messages import CodeWish, Enrolment
from tests.patience import until
from tests.server.http.served import sales
from tests.server.test_follower import entries
from tests.sync.stations import the_moment

_Result = TypeVar("_Result")


class Counted:
    """A database that counts how often it is asked about each business."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.asked = Counter[str]()
        self.is_down = False

    async def write(self, tenant: str, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        self.asked[tenant] += 1
        return await self._storage.write(tenant, work)

    async def read(self, tenant: str, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        self.asked[tenant] += 1
        return await self._storage.read(tenant, work)

    async def close(self) -> None:
        await self._storage.close()


class Rig:
    """A service's database with a few businesses, and what follows it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loop = asyncio.new_event_loop()
        self._loop_thread = threading.Thread(target=self._loop.run_forever)
        self._loop_thread.start()
        self.storage = Counted(in_thread(folder / "cloud.db"))
        self.ledger, self.registrar = Ledger(self.storage, the_moment), Registrar(self.storage, the_moment)
        self.orders: SimpleQueue[Order] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def do(self, work: Awaitable[_Result]) -> _Result:
        async def doing() -> _Result:
            return await work

        return asyncio.run_coroutine_threadsafe(doing(), self._loop).result(20)

    def business(self) -> Caller:
        """Found a business with one station."""
        tenant = self.do(self.registrar.found("A shop"))
        caller = Caller(tenant, f"till-of-{tenant}")
        code = self.do(self.registrar.make_code(tenant, CodeWish("s1")))
        self.do(self.registrar.enrol(Enrolment(code, caller.device, b"k" * 32)))
        return caller

    def sell(self, caller: Caller) -> None:
        self.do(self.ledger.receive(caller, sales(caller.device, 3)))

    def entries(self, caller: Caller) -> int:
        return entries(self.folder, caller.tenant)

    def follow(self) -> None:
        """Start."""
        follower = Follower(self.storage, self.folder / "service-tables", self._loop)
        self._thread = threading.Thread(target=follower.run, args=(self.orders,))
        self._thread.start()

    def stop(self) -> None:
        self.orders.put(("end",))
        if self._thread is not None:
            self._thread.join(20)
        self.do(self.storage.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._loop_thread.join()
        self._loop.close()


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path)
    yield made
    made.stop()


def test_news_of_one_business_asks_about_no_other(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("omsdesk.server.following._LOOK_SECONDS", 3_600)
    first, second = rig.business(), rig.business()
    rig.sell(first)
    rig.follow()
    until(lambda: rig.entries(first) == 3)
    before = rig.storage.asked.copy()
    rig.sell(second)
    rig.orders.put(("news", second.tenant))
    until(lambda: rig.entries(second) == 3)
    asked = rig.storage.asked - before
    assert asked.keys() == {second.tenant}


def test_what_nobody_told_is_found_all_the_same(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("omsdesk.server.following._LOOK_SECONDS", 0.2)
    first = rig.business()
    rig.follow()
    until(lambda: rig.storage.asked[""] > 2)
    rig.sell(first)
    until(lambda: rig.entries(first) == 3)


def test_orders_that_come_without_pause_do_not_keep_it_from_looking(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("omsdesk.server.following._LOOK_SECONDS", 0.2)
    first, second = rig.business(), rig.business()
    rig.follow()
    rig.sell(second)
    end = time.monotonic() + 20
    while rig.entries(second) != 3:
        rig.orders.put(("news", first.tenant))
        time.sleep(0.01)
        assert time.monotonic() < end
