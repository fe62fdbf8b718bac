"""A chain of shops on a line as bad as it gets: at the end every till has every cent, and nobody has one twice.

Tills work in a few processes, with real files and real HTTP; the service runs in another one on PostgreSQL; between
them is a proxy that drops, cuts, delays, repeats and parts. How much of it: ``--log-cli-level=info``.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import NamedTuple

import pytest

from omsdesk.domain.body import from_json
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.shop import SaveShop, SaveTill
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import Quantity
from omsdesk.settings import Service
from omsdesk.store import exchange, journal
from omsdesk.store.engine import Connection, open_reader
from omsdesk.sync.push import waiting
from omsdesk.sync.turn import Turn, take_turn
from tests.domain.corner_shop import SHOP, TILL
from tests.postgres import running
from tests.stories.service_process import ENVIRONMENT, ROOT, ServiceProcess, serving
from tests.stories.soak_process import Job, Post, Promise, line_to
from tests.sync.proxy import Fault, FaultyProxy, Weather
from tests.sync.stations import Member

pytestmark = pytest.mark.alone  # a chain, its service and its database use all that there is

_log = logging.getLogger(__name__)
_PROCESSES = 2


class Size(NamedTuple):
    """How large a chain is, and how much it sells."""

    stores: int
    tills: int
    """In each store."""
    sales: int
    """At each till."""
    between: int
    """Between two turns of a till."""
    weather: Weather


SMALL = Size(1, 5, 60, 10, Weather(mean_bytes=30_000, drops=0.1, stall_seconds=0.5, partition_every=1.0))
CHAIN = Size(5, 10, 1000, 20, Weather(mean_bytes=100_000, partition_every=5.0))
CROWD = Size(1, 50, 100, 10, Weather(mean_bytes=100_000, partition_every=5.0))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ServiceProcess]:
    with running() as postgres, serving(tmp_path / "service", postgres.new_database("soaked"), "s1") as made:
        yield made


def set_up(folder: Path, service: ServiceProcess, size: Size) -> list[Post]:
    """Set up all stores at the first till, and let every till hear of them on a good line."""
    posts = [
        Post(f"t{number}", f"s{1 + (number - 1) // size.tills}", str(folder / f"t{number}"), number)
        for number in range(1, size.stores * size.tills + 1)
    ]
    for post in posts:
        Path(post.folder).mkdir()
        member = Member(Path(post.folder) / "shop.db", post.seed)
        service.let_in(member.database, store=post.store)
        if post is posts[0]:
            member.set_up()
            stores = [
                SaveShop(replace(SHOP, id=f"s{store}", name=f"Shop {store}")) for store in range(2, size.stores + 1)
            ]
            tills = [
                SaveTill(replace(TILL, id=other.till, shop=other.store, code=str(other.seed), name=other.till))
                for other in posts[2:]
            ]
            member.do(*stores, *tills, SaveTill(replace(TILL, id="t2", shop=posts[1].store, code="2", name="t2")))
        service.turn(member.database, store=post.store)
        member.stand_at(post.till)
        if post.seed % size.tills == 1:
            moves = tuple(Move(name, Quantity.of(5000), SUPPLIER, f"shop:{post.store}") for name in ("coffee", "tea"))
            member.do(MoveGoods(f"delivery-{post.store}", "delivery", moves))
        member.close()
    return posts


def soak(folder: Path, service: ServiceProcess, posts: list[Post], size: Size) -> list[Promise]:
    """Let everybody work in bad weather, and then get through; gives what the tills promised."""
    proxy, begun = FaultyProxy(service.port, size.weather), time.monotonic()
    with closing(proxy):
        address = f"http://127.0.0.1:{proxy.port}"
        promises = _run(folder, Job(address, posts, size.sales, size.between))
        selling = time.monotonic() - begun
        # What the last ones told, the first ones did not hear yet.
        promises += _run(folder, Job(address, posts, 0, 1))
    seconds, sales = time.monotonic() - begun, len(posts) * size.sales
    counts = {str(fault): proxy.injected[fault] for fault in Fault}
    turns, failed, busy = (sum(getattr(one, name) for one in promises) for name in ("turns", "failed", "busy"))
    _log.info(
        "%d tills, %d sales in %d s (%d of them selling), %d sales/s",
        len(posts),
        sales,
        seconds,
        selling,
        sales / seconds,
    )
    _log.info("%d entries heard, %d/s", heard := sum(one.heard for one in promises), heard / seconds)
    _log.info("%d faults in %d connections: %s", sum(counts.values()), proxy.connections, counts)
    _log.info("%d turns, of which %d broke off and %d came too early", turns, failed, busy)
    assert all(proxy.injected[fault] for fault in Fault if size is not SMALL)
    assert sum(counts.values()) > 10
    return promises[: len(posts)]


def _run(folder: Path, job: Job) -> list[Promise]:
    """Do a job in a few processes; gives the promises by till."""
    processes = []
    for number in range(_PROCESSES):
        path = folder / f"job-{number}"
        path.write_text(json.dumps(asdict(replace(job, posts=job.posts[number::_PROCESSES]))))
        command = [sys.executable, "-m", "tests.stories.soak_process", str(path)]
        processes.append(subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE))
    said = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * _PROCESSES
    return [Promise(**promise) for text in said for promise in json.loads(text)]


# ---- what has to hold


class Totals(NamedTuple):
    """What a till believes of its store, or what its tills promised."""

    days: dict[tuple[str, str], tuple[int, int]]
    """Number and sum of the sales of each till on each day."""
    paid: dict[tuple[str, str], int]
    stock: dict[str, int]


def promised(promises: Iterable[Promise]) -> Totals:
    """Sum up what the tills of a store promised."""
    days, paid, stock = dict[tuple[str, str], tuple[int, int]](), dict[tuple[str, str], int](), Counter[str]()
    for one in promises:
        days |= {(one.till, day): (one.counts[day], amount) for day, amount in one.days.items()}
        paid |= {(one.till, method): amount for method, amount in one.paid.items()}
        for product, micro in one.stock.items():
            stock[product] += micro
    for product in ("coffee", "tea"):
        stock[product] += 5_000_000_000
    return Totals(days, paid, dict(stock))


def believed(reader: Connection, store: str) -> Totals:
    """Sum up what the tables of a till say."""
    days = reader.rows(
        "SELECT till, day, COUNT(*), SUM(total) FROM sale WHERE completed_ms IS NOT NULL AND till IN"
        " (SELECT id FROM till WHERE shop = :store) GROUP BY till, day",
        store=store,
    )
    paid = reader.rows(
        "SELECT sale.till, sale_tender.method, SUM(sale_tender.amount) FROM sale_tender JOIN sale ON sale.id = sale"
        " GROUP BY 1, 2"
    )
    stock = reader.rows("SELECT product, quantity FROM stock_level WHERE place = :place", place=f"shop:{store}")
    return Totals({row[:2]: row[2:] for row in days}, {row[:2]: row[2] for row in paid}, dict(stock))


def check(service: ServiceProcess, posts: list[Post], promises: list[Promise], size: Size) -> None:
    for store in sorted({post.store for post in posts}):
        expected = promised(promise for promise in promises if promise.store == store)
        assert sum(count for count, _ in expected.days.values()) == size.tills * size.sales
        for post in (post for post in posts if post.store == store):
            path = Path(post.folder) / "shop.db"
            with closing(open_reader(path)) as reader:
                assert believed(reader, store) == expected, post.till
                check_station(reader, size)
    check_service(service, promises)


def check_station(reader: Connection, size: Size) -> None:
    assert exchange.set_aside(reader) == []
    assert exchange.forks(reader) == []
    assert waiting(reader).entries == 0
    assert list(journal.broken_links(reader)) == []
    numbers = [number for (number,) in reader.rows("SELECT number FROM sale WHERE number IS NOT NULL")]
    series = Counter(number.rpartition("-")[0] for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert set(series.values()) == {size.sales}
    assert max(int(number.rpartition("-")[2]) for number in numbers) == size.sales


def check_service(service: ServiceProcess, promises: list[Promise]) -> None:
    """The service has the sales of all stores, each once, and they come to the same."""
    facts = [from_json(entry.kind, entry.version, entry.body) for entry in service.bodies("sale.completed")]
    sales = [fact for fact in facts if isinstance(fact, SaleCompleted)]
    assert len({fact.sale for fact in sales}) == len(sales)
    days = Counter[tuple[str, str]]()
    for fact in sales:
        days[fact.till, fact.at.day] += fact.total.minor
    assert days == {(one.till, day): amount for one in promises for day, amount in one.days.items()}


def check_quiet(service: ServiceProcess, posts: list[Post]) -> None:
    """Nobody has any news."""
    for post in posts:
        member = Member(Path(post.folder) / "shop.db", post.seed)
        with closing(line_to(Service(service.address, post.store), member.database, Path(post.folder))) as line:
            assert take_turn(member.database, line, post.store) == Turn(), post.till
        member.close()


# ---- the story


def run(folder: Path, service: ServiceProcess, size: Size) -> None:
    posts = set_up(folder, service, size)
    promises = soak(folder, service, posts, size)
    check(service, posts, promises, size)
    check_quiet(service, posts)


def test_five_tills_on_a_bad_line_agree_to_the_cent(tmp_path: Path, service: ServiceProcess) -> None:
    run(tmp_path, service, SMALL)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("size", [CHAIN, CROWD], ids=["five stores with ten tills", "fifty tills in one store"])
def test_fifty_tills_on_a_bad_line_agree_to_the_cent(tmp_path: Path, service: ServiceProcess, size: Size) -> None:
    run(tmp_path, service, size)
