"""Tills and their service are killed at any instant of work and sync: what a cashier was shown is everywhere, once.

Tills and service run as processes of their own and are killed with SIGKILL and started again at once. What a till had
written to its pipe is what was shown.
"""

from __future__ import annotations

import json
import logging
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from omsdesk.domain.shop import SaveTill, Till
from omsdesk.store import exchange
from omsdesk.store.database import Database, open_database
from omsdesk.store.engine import Connection
from omsdesk.store.journal import GENESIS
from omsdesk.store.verify import verify
from omsdesk.sync.push import waiting
from omsdesk.sync.turn import Turn
from tests.postgres import running
from tests.stories.service_process import ENVIRONMENT, ROOT, ServiceProcess, serving
from tests.stories.shop_floor import CLOCK, SHOP, must, open_station

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX"),
    pytest.mark.alone,  # a service and two tills, each killed within seconds
]

_log = logging.getLogger(__name__)

TILLS = ("t1", "t2")
TABLES = {
    "sale": "SELECT * FROM sale ORDER BY id",
    "sale_line": "SELECT * FROM sale_line ORDER BY sale, position",
    "sale_tender": "SELECT * FROM sale_tender ORDER BY sale, position",
    "cash_movement": "SELECT * FROM cash_movement ORDER BY id",
    "shift": "SELECT * FROM shift ORDER BY id",
    "shift_sum": "SELECT * FROM shift_sum ORDER BY 1, 2, 3",
    "stock_level": "SELECT * FROM stock_level ORDER BY product, place",
}


@dataclass
class Shown:
    """What the cashiers of a till were shown."""

    facts: list[tuple[str, str, str]] = field(default_factory=list)
    receipts: list[tuple[str, str, int]] = field(default_factory=list)
    kills: int = 0

    def read(self, output: bytes) -> None:
        # A line that was cut off was not shown.
        for line in output[: output.rfind(b"\n") + 1].splitlines():
            screen = json.loads(line)
            self.facts += [tuple(fact) for fact in screen["facts"]]
            self.receipts += [tuple(receipt) for receipt in screen["receipts"]]


@pytest.fixture(params=["file", "postgres"])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServiceProcess]:
    """The service in a process, on each database that there is; what it promised outlives its own death, not a cut."""
    if request.param == "file":
        with serving(tmp_path / "service", str(tmp_path / "service" / "service.db"), SHOP.id) as made:
            yield made
    else:
        with running() as postgres, serving(tmp_path / "service", postgres.new_database("killed"), SHOP.id) as made:
            yield made


def open_till(folder: Path, till: str) -> Database:
    path = folder / till / "shop.db"
    path.parent.mkdir(exist_ok=True)
    return open_database(path, CLOCK.new_id)


def set_up(folder: Path, service: ServiceProcess) -> None:
    """Set a shop with two tills up at the first one, and let the second hear of it."""
    (folder / "t1").mkdir()
    executor = open_station(folder / "t1" / "shop.db")
    must(executor, SaveTill(Till("t2", SHOP.id, "2", "Kasse 2")))
    second = open_till(folder, "t2")
    for database in (executor.database, second):
        service.let_in(database)
        service.turn(database)
    second.become_till("t2")
    for database in (executor.database, second):
        database.close()


def till_process(folder: Path, till: str, address: str, seed: int) -> subprocess.Popen[bytes]:
    """Start a till that works and syncs for ever."""
    command = [sys.executable, "-m", "tests.stories.synced_till_process", str(folder / till / "shop.db"), address]
    return subprocess.Popen([*command, str(seed)], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE)


def work_until_a_receipt(folder: Path, till: str, address: str) -> Shown:
    """Let a till work until it has shown a receipt, and kill it."""
    shown = Shown()
    with till_process(folder, till, address, 0) as process:
        assert process.stdout is not None
        while not shown.receipts:
            shown.read(process.stdout.readline())
            assert process.poll() is None, "it ended by itself"
        process.kill()
        shown.read(process.stdout.read())
    return shown


def work(
    folder: Path, till: str, address: str, kills: int, seed: int, is_enough: Callable[[], bool] = lambda: True
) -> Shown:
    """Let a till work and sync; kill it at any instant, its start included, and start it again at once.

    On a slow machine it is killed more often and later, until a sale went through between two kills.
    """
    chance, shown = random.Random(seed), Shown()
    while shown.kills < kills or (shown.kills < 10 * kills and not (shown.receipts and is_enough())):
        with till_process(folder, till, address, seed * 1000 + shown.kills) as process:
            blow = threading.Timer(chance.uniform(0.0, 2.5) * max(1, shown.kills / kills), process.kill)
            blow.start()
            said, _ = process.communicate()
            blow.join()
            assert process.returncode == -9, "it ended by itself"
        shown.read(said)
        shown.kills += 1
    return shown


def kill_again_and_again(service: ServiceProcess, kills: int, is_over: threading.Event) -> int:
    """Kill the service at any instant, and start it again at once."""
    chance, done = random.Random(kills), 0
    while done < kills and not is_over.is_set():
        is_over.wait(chance.uniform(0.1, 2.0))
        service.kill()
        service.start()
        done += 1
    return done


def cut_all_the_power(folder: Path, service: ServiceProcess, till_kills: int, service_kills: int) -> dict[str, Shown]:
    """Work at both tills while everything is killed; gives what each till has shown."""
    set_up(folder, service)
    before, is_over, begun = len(service.told()), threading.Event(), time.monotonic()

    def is_synced() -> bool:
        return len(service.told()) > before

    with ThreadPoolExecutor() as threads:
        killer = threads.submit(kill_again_and_again, service, service_kills, is_over)
        tills = {
            till: threads.submit(work, folder, till, service.address, till_kills // len(TILLS), seed, is_synced)
            for seed, till in enumerate(TILLS, 1)
        }
        shown = {till: promise.result() for till, promise in tills.items()}
        # The tills are dead; the service dies as often as was promised all the same.
        died = killer.result()
    assert died == service_kills
    told = len(service.told()) - before
    kills = sum(one.kills for one in shown.values())
    receipts = sum(len(one.receipts) for one in shown.values())
    seconds = time.monotonic() - begun
    text = "%d kills of tills, %d of the service in %d s: %d receipts shown, %d entries synced meanwhile"
    _log.info(text, kills, died, seconds, receipts, told)
    assert told, "nothing was synced while everything was killed"
    return shown


# ---- what has to hold


def check(folder: Path, service: ServiceProcess, shown: dict[str, Shown]) -> None:
    databases = {till: open_till(folder, till) for till in TILLS}
    for database in [*databases.values()] * 2:
        service.turn(database)
    for till, database in databases.items():
        assert service.turn(database) == Turn(), f"{till} has news where there are none"
        check_station(database.writer, shown)
    first, second = (database.writer for database in databases.values())
    for table, question in TABLES.items():
        assert first.rows(question) == second.rows(question), table
    check_service(service, shown)
    for database in databases.values():
        database.close()
        assert verify(database.path).sentences == ()


def check_station(reader: Connection, shown: dict[str, Shown]) -> None:
    """Every receipt that any till has shown is here once, whole, and the numbers of each series have no gap."""
    assert exchange.set_aside(reader) == []
    assert exchange.forks(reader) == []
    assert waiting(reader).entries == 0
    completed = Counter(reader.rows("SELECT subject FROM journal WHERE kind = 'sale.completed'"))
    assert set(completed.values()) <= {1}
    sales = set(reader.rows("SELECT id, number, total FROM sale WHERE number IS NOT NULL"))
    assert {sale for sale, *_ in sales} == {sale for (sale,) in completed}
    facts = Counter(reader.rows("SELECT lower(hex(substr(hash, 1, 8))), kind, subject FROM journal"))
    for one in shown.values():
        assert set(one.receipts) <= sales
        assert len(one.receipts) == len(set(one.receipts))
        # A print job stays with the till that prints it.
        assert all(facts[fact] == 1 for fact in one.facts if not fact[1].startswith("print."))
    series = defaultdict[str, list[int]](list)
    for _, number, _ in sales:
        name, _, count = number.rpartition("-")
        series[name].append(int(count))
    assert len(series) == len(TILLS)
    for counts in series.values():
        assert sorted(counts) == list(range(1, len(counts) + 1))


def check_service(service: ServiceProcess, shown: dict[str, Shown]) -> None:
    """Every chain follows from its beginning, every feed is dense, and every receipt is told once."""
    told = service.told()
    before: tuple[str, int, int, bytes] = ("", 0, 0, GENESIS)
    for entry in told:
        device, epoch, number, end = before
        if (entry.device, entry.epoch) != (device, epoch):
            number, end = 0, GENESIS
        assert (entry.number, entry.previous) == (number + 1, end), entry
        before = (entry.device, entry.epoch, entry.number, entry.hash)
    assert len({entry.device for entry in told}) == len(TILLS)
    for scope in ("", SHOP.id):
        places = sorted(entry.place or 0 for entry in told if entry.scope == scope)
        assert places[0] == 1
        assert all(after == place + 1 for place, after in pairwise(places))
    receipts = Counter(entry.subject for entry in told if entry.kind == "sale.completed")
    assert all(receipts[sale] == 1 for one in shown.values() for sale, *_ in one.receipts)
    assert set(receipts.values()) == {1}


# ---- the story


def test_a_few_kills_of_tills_and_service_lose_nothing(tmp_path: Path, service: ServiceProcess) -> None:
    check(tmp_path, service, cut_all_the_power(tmp_path, service, 6, 3))


@pytest.mark.long
@pytest.mark.timeout(900)
def test_150_kills_of_tills_and_50_of_the_service_lose_nothing(tmp_path: Path, service: ServiceProcess) -> None:
    shown = cut_all_the_power(tmp_path, service, 150, 50)
    assert sum(one.kills for one in shown.values()) >= 150
    assert all(len(one.receipts) > 100 for one in shown.values())
    check(tmp_path, service, shown)


@pytest.mark.parametrize("service", ["file"], indirect=True)
def test_the_check_itself_would_notice_what_is_lost_or_twice(tmp_path: Path, service: ServiceProcess) -> None:
    set_up(tmp_path, service)
    shown = {till: work_until_a_receipt(tmp_path, till, service.address) for till in TILLS}
    check(tmp_path, service, shown)
    shown["t1"].receipts.append(("a sale", "1-000999", 100))
    with pytest.raises(AssertionError):
        check(tmp_path, service, shown)
    shown["t1"].receipts[-1] = shown["t1"].receipts[0]
    with pytest.raises(AssertionError):
        check(tmp_path, service, shown)
