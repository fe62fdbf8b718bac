"""Tills of a chain of shops, several in one process: they sell, sync over a bad line, and tell what they promised.

Run as ``python -m tests.stories.soak_process JOB``, a file with a ``Job`` as JSON. Written at the end, as JSON: a
``Promise`` for each till.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from omsdesk.actions.execute import Done
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.domain.stock import GoodsMoved
from omsdesk.domain.values import Money, Quantity, Stamp
from omsdesk.settings import Service
from omsdesk.store.database import Database
from omsdesk.sync.failures import Busy
from omsdesk.sync.keys import KeyRing
from omsdesk.sync.remote import Patience, Remote
from omsdesk.sync.turn import Turn, Unreachable, take_turn
from tests.domain.corner_shop import CARD, CASH
from tests.sync.stations import Member

PRODUCTS = ("coffee", "tea", "apples", "repair")
_A_DAY_MS = 86_400_000
_PATIENCE = Patience(connect=2.0, read=2.0, whole=30.0)
_THREADS = 5
_MOST_TRIES = 500


@dataclass(frozen=True)
class Post:
    """A till and where it stands."""

    till: str
    store: str
    folder: str
    seed: int


@dataclass(frozen=True)
class Job:
    """What a process does: its tills, how many sales each rings up, and how many between two turns."""

    address: str
    posts: list[Post]
    sales: int
    between: int

    @classmethod
    def read(cls, path: Path) -> Job:
        told = json.loads(path.read_text())
        return cls(told["address"], [Post(**post) for post in told["posts"]], told["sales"], told["between"])


@dataclass
class Promise:
    """What a till told its cashier, summed up: of each day, of each way to pay, of each product that left the shop."""

    till: str
    store: str
    days: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    paid: Counter[str] = field(default_factory=Counter)
    stock: Counter[str] = field(default_factory=Counter)
    turns: int = 0
    failed: int = 0
    busy: int = 0
    heard: int = 0

    def take(self, done: Done) -> None:
        """Add what an action did."""
        for fact in done.facts:
            match fact:
                case SaleCompleted():
                    self.days[fact.at.day] += fact.total.minor
                    self.counts[fact.at.day] += 1
                    for tender in fact.tenders:
                        self.paid[tender.method] += tender.amount.minor
                case GoodsMoved():
                    for move in fact.moves:
                        self.stock[move.product] -= move.quantity.micro


class SoakTill:
    """A till with a disk of its own and a line to the service."""

    def __init__(self, post: Post, address: str) -> None:
        self.post, self.promise = post, Promise(post.till, post.store)
        folder = Path(post.folder)
        self.member = Member(folder / "shop.db", post.seed)
        # Everybody has another day, so that none is everybody's.
        self.member.clock.moment = Stamp(self.member.clock.moment.utc_ms + post.seed % 3 * _A_DAY_MS, 0)
        self.line = line_to(Service(address, post.store), self.member.database, folder)
        self.chance = random.Random(post.seed)

    def sell(self, days: int, sales: int) -> None:
        """Ring up one sale; the given number of them takes so many days."""
        member, clock = self.member, self.member.clock
        clock.moment = Stamp(clock.moment.utc_ms + days * _A_DAY_MS // sales, 0)
        sale = clock.new_id()
        lines = [self.chance.choice(PRODUCTS) for _ in range(self.chance.choice((1, 1, 2, 3)))]
        quantity = Quantity(self.chance.choice((1_000_000, 2_000_000, 735_000)))
        whole = Quantity(-(-quantity.micro // 1_000_000) * 1_000_000)
        member.do(*(member.add(sale, row, quantity if row == "apples" else whole) for row in lines))
        if self.chance.random() < 0.2:
            member.do(member.pay(sale, Money(1, "GBP"), CARD))
        method = self.chance.choice((CASH, CARD))
        self.promise.take(member.do(member.pay(sale, method=method), CompleteSale(sale)))

    def try_turn(self) -> Turn | None:
        """Exchange with the service if the line lets it."""
        self.promise.turns += 1
        try:
            turn = take_turn(self.member.database, self.line, self.post.store)
        except Busy:
            self.promise.busy += 1
        except Unreachable:
            self.promise.failed += 1
        else:
            self.promise.heard += turn.heard
            return turn
        return None

    def get_through(self) -> Turn:
        """Try until it went through."""
        for _ in range(_MOST_TRIES):
            turn = self.try_turn()
            if turn is not None:
                return turn
        raise AssertionError(f"{self.post.till} got through in none of {_MOST_TRIES} turns.")

    def close(self) -> None:
        self.line.close()
        self.member.close()


def line_to(service: Service, database: Database, folder: Path) -> Remote:
    """Make the line of a till that gives up soon."""
    key = KeyRing(folder).find(database.station.device)
    assert key is not None
    return Remote(service.address, database.station.device, key, patience=_PATIENCE)


def work(job: Job) -> list[Promise]:
    """Let all tills sell and sync, several at once."""
    tills = [SoakTill(post, job.address) for post in job.posts]
    with ThreadPoolExecutor(_THREADS) as threads:
        for begun in range(0, job.sales, job.between):
            count = min(job.between, job.sales - begun)
            list(threads.map(lambda till: _a_while(till, count, job.sales), tills))  # noqa: B023 - done before the next
        list(threads.map(SoakTill.get_through, tills))
    for till in tills:
        till.close()
    return [till.promise for till in tills]


def _a_while(till: SoakTill, count: int, sales: int) -> None:
    for _ in range(count):
        till.sell(5, sales)
    till.try_turn()


def main(path: Path) -> None:
    """Do a job."""
    sys.stdout.write(json.dumps([vars(promise) for promise in work(Job.read(path))]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
