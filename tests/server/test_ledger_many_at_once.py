"""Sixteen stations of two businesses push at once, through two services, while others listen: nothing is lost."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncpg
import pytest

from omsdesk.domain.body import to_json
from omsdesk.domain.people import Person, PersonSaved, Role
from omsdesk.server.enrolment import Registrar
from omsdesk.server.ledger import Caller, Ledger
from omsdesk.server.postgres import open_postgres
from omsdesk.store.journal import GENESIS, Head, Sealed, seal
from omsdesk.sync.messages import CodeWish, Enrolment, HeldEntries, Item, Run, Wanted
from omsdesk.sync.pull import digest_after
from tests.postgres import Postgres
from tests.sync.stations import the_moment

STATIONS = 8
"""Of each business: half of them in each of two stores."""
RUNS = 12
KINDS = ("sale.started", "sale.completed", "catalogue.products_saved", "print.asked")


@dataclass
class Journal:
    """What a station wrote and tells."""

    caller: Caller
    store: str
    entries: list[Sealed] = field(default_factory=list)

    def write(self, chance: random.Random, count: int) -> None:
        for number in range(len(self.entries) + 1, len(self.entries) + count + 1):
            kind = chance.choice(KINDS)
            bare = Sealed(number, number, 1_000, 0, "ann", f"{kind}-{number}", kind, 1, b'{"a":1}' * 20, b"")
            self.entries.append(bare._replace(hash=seal(self.caller.device, 1, self.head.hash, bare)))

    @property
    def head(self) -> Head:
        return Head(len(self.entries), self.entries[-1].hash if self.entries else GENESIS)

    def run_after(self, number: int) -> Run:
        previous = self.entries[number - 1].hash if number else GENESIS
        return Run(1, number, previous, tuple(self.entries[number:]))


@dataclass
class Feed:
    """What was heard of a feed."""

    scope: str
    items: list[Item] = field(default_factory=list)
    digest: bytes = GENESIS

    async def listen(self, ledger: Ledger, caller: Caller) -> int:
        """Hear what follows; gives how much that was."""
        wanted = Wanted(self.scope, len(self.items), self.digest, most=50)
        heard = await ledger.tell(caller, wanted)
        assert not heard.is_rewound
        for item in heard.items:
            self.digest = digest_after(self.digest, item)
        assert self.digest == heard.digest, (
            "what was heard is what the service numbered, and nothing between is missing"
        )
        self.items += heard.items
        return len(heard.items)


@asynccontextmanager
async def services(url: str) -> AsyncIterator[list[Ledger]]:
    """Two services over one database."""
    storages = [await open_postgres(f"{url}&pool_size=12") for _ in range(2)]
    try:
        yield [Ledger(storage, the_moment) for storage in storages]
    finally:
        for storage in storages:
            await storage.close()


async def enrolled(url: str, shop: int, count: int = STATIONS) -> list[Journal]:
    """Found a business and let its stations in."""
    storage = await open_postgres(url)
    registrar = Registrar(storage, the_moment)
    tenant, journals = await registrar.found(f"Shop {shop}"), []
    for number in range(count):
        # Two businesses may have stores of one name.
        store, device = f"s{number % 2}", f"station-{shop}-{number}"
        await registrar.enrol(Enrolment(await registrar.make_code(tenant, CodeWish(store)), device, b"k" * 32))
        journals.append(Journal(Caller(tenant, device), store))
    await storage.close()
    return journals


async def push_all(ledgers: list[Ledger], journal: Journal, chance: random.Random) -> None:
    """Push run after run, some of them twice, some of them at the same moment by two ways."""
    acknowledged = 0
    for _ in range(RUNS):
        journal.write(chance, chance.randint(1, 8))
        run = journal.run_after(acknowledged)
        ways = chance.sample(ledgers, chance.choice((1, 1, 2)))
        answers = await asyncio.gather(*(ledger.receive(journal.caller, run) for ledger in ways))
        assert {answer.head for answer in answers} == {journal.head}
        # Sometimes the answer is lost, and what was told is told again with what came since.
        acknowledged = chance.choice((journal.head.number, acknowledged))


async def listen_until(done: asyncio.Event, ledger: Ledger, caller: Caller, feed: Feed) -> None:
    """Poll a feed until all is told and heard."""
    while True:
        is_last = done.is_set()
        while await feed.listen(ledger, caller):
            pass
        if is_last:
            return
        await asyncio.sleep(0.002)


async def a_busy_hour(url: str, seed: int) -> tuple[list[Journal], dict[tuple[str, str], Feed]]:
    """Let everybody push and listen; gives what was written, and what was heard by tenant and feed."""
    journals = [journal for shop in (1, 2) for journal in await enrolled(url, shop)]
    feeds = {(journal.caller.tenant, scope): Feed(scope) for journal in journals for scope in ("", journal.store)}
    listeners = {
        (journal.caller.tenant, scope): journal.caller for journal in journals for scope in ("", journal.store)
    }
    chance, done = random.Random(seed), asyncio.Event()
    async with services(url) as ledgers:
        listening = [
            asyncio.create_task(listen_until(done, chance.choice(ledgers), listeners[key], feed))
            for key, feed in feeds.items()
        ]
        await asyncio.gather(*(push_all(ledgers, journal, random.Random(chance.random())) for journal in journals))
        done.set()
        await asyncio.gather(*listening)
    return journals, feeds


@pytest.mark.parametrize("seed", [1, 2])
def test_every_feed_holds_each_fact_once_in_the_order_of_its_station(
    postgres: Postgres, database: str, seed: int
) -> None:
    journals, feeds = asyncio.run(a_busy_hour(postgres.url(database), seed))
    for (tenant, scope), feed in feeds.items():
        told: dict[str, list[int]] = {}
        for item in feed.items:
            told.setdefault(item.origin, []).append(item.number)
        expected = {
            journal.caller.device: [
                entry.number for entry in journal.entries if entry.kind.startswith("sale" if scope else "catalogue")
            ]
            for journal in journals
            if journal.caller.tenant == tenant and scope in {"", journal.store}
        }
        assert told == {device: numbers for device, numbers in expected.items() if numbers}
    written = sum(len(journal.entries) for journal in journals)
    assert postgres.sql("SELECT count(*) FROM entry", database) == [[str(written)]]


def test_the_places_of_a_feed_have_no_gap_and_nobody_waited_in_a_circle(postgres: Postgres, database: str) -> None:
    asyncio.run(a_busy_hour(postgres.url(database), 3))
    gaps = """
SELECT feed.tenant_id, feed.scope FROM feed JOIN entry ON entry.tenant_id = feed.tenant_id AND entry.scope = feed.scope
GROUP BY feed.tenant_id, feed.scope, feed.high
HAVING count(*) <> feed.high OR min(place) <> 1 OR max(place) <> feed.high
"""
    assert postgres.sql(gaps, database) == []
    asked = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    assert postgres.sql(asked, database) == [["0"]]


def test_one_station_by_many_ways_at_once(postgres: Postgres, database: str) -> None:
    """A disk image was copied, or a proxy sends things twice: the same entries come by all ways at the same moment."""
    chance = random.Random(4)

    async def story() -> tuple[Journal, Feed]:
        [journal] = await enrolled(postgres.url(database), 1, 1)
        async with services(postgres.url(database)) as ledgers:
            for _ in range(10):
                before = journal.head.number
                journal.write(chance, 20)
                parts = [
                    Run(1, start, journal.run_after(start).previous, tuple(journal.entries[start:end]))
                    for start, end in (
                        (before, before + 5),
                        (before, before + 20),
                        (before + 5, before + 12),
                        (0, before),
                    )
                ]
                ways = [ledger.receive(journal.caller, run) for ledger in ledgers for run in parts]
                chance.shuffle(ways)
                answers = await asyncio.gather(*ways)
                assert max(answer.head.number for answer in answers) == before + 20
            feed = Feed("s0")
            while await feed.listen(ledgers[0], journal.caller):
                pass
            return journal, feed

    journal, feed = asyncio.run(story())
    assert [item.number for item in feed.items] == [
        entry.number for entry in journal.entries if entry.kind.startswith("sale")
    ]


async def waiting(connection: asyncpg.Connection, count: int) -> None:
    """Wait until so many transactions wait for a lock."""
    question = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    async with asyncio.timeout(20):
        while await connection.fetchval(question) < count:
            await connection.execute("SELECT pg_sleep(0.01)")


def test_what_one_manager_lets_pass_another_does_not_turn_away_at_the_same_moment(
    postgres: Postgres, database: str
) -> None:
    owner = to_json(PersonSaved("olga", Person("olga", "Olga", Role.OWNER)))
    kinds = (("people.saved", "olga", owner), ("catalogue.products_saved", "eve", b"{}"))

    async def story() -> tuple[list[bool], HeldEntries]:
        [journal] = await enrolled(postgres.url(database), 1, 1)
        for number, (kind, actor, body) in enumerate(kinds, 1):
            bare = Sealed(number, number, 1_000, 0, actor, "x", kind, 1, body, b"")
            journal.entries.append(bare._replace(hash=seal(journal.caller.device, 1, journal.head.hash, bare)))
        before, beside = [await asyncpg.connect(postgres.url(database)) for _ in range(2)]
        async with services(postgres.url(database)) as (one, other):
            await one.receive(journal.caller, journal.run_after(0))
            decision = (journal.caller, 1, 2, "olga")
            # Whoever lets it pass stands still in the middle, behind somebody who adds to the same feed.
            async with before.transaction():
                await before.fetch("SELECT 1 FROM feed FOR UPDATE")
                passed = asyncio.create_task(one.release(*decision))
                await waiting(beside, 1)
                refused = asyncio.create_task(other.turn_away(*decision))
                await waiting(beside, 2)
            decided = [await passed, await refused]
            for connection in (before, beside):
                await connection.close()
            return decided, await one.held(journal.caller.tenant)

    decided, held = asyncio.run(story())
    assert decided == [True, False]
    assert held == HeldEntries(())
