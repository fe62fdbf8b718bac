"""The service's database on PostgreSQL: what holds in a transaction, and what a station is told when it cannot be."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from omsdesk.server import statements as sql
from omsdesk.server.enrolment import Registrar
from omsdesk.server.ledger import Caller, Ledger
from omsdesk.server.postgres import PostgresStorage, open_postgres
from omsdesk.server.sql import statement
from omsdesk.server.storage import Busy, Row, Transaction, Unfit
from omsdesk.store.engine import StoreFailure
from omsdesk.sync.messages import Answer, CodeWish, Enrolment, Run, Wanted
from tests.postgres import Postgres, bouncing, running
from tests.server.storages import OnPostgres
from tests.server.test_ledger import STATION, chain
from tests.sync.stations import the_moment

NAP = statement("SELECT pg_sleep(:seconds) WHERE :tenant <> ''")


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[PostgresStorage]:
    storage = await open_postgres(url)
    try:
        yield storage
    finally:
        await storage.close()


async def found(transaction: Transaction) -> None:
    await transaction.run(sql.FOUND, name="The corner shop", now=1)


async def name(transaction: Transaction) -> Row | None:
    return await transaction.row(statement("SELECT name FROM tenant WHERE tenant_id = :tenant"))


def setting(what: str) -> str:
    return f"SELECT current_setting('{what}') WHERE :tenant <> ''"


async def settings(transaction: Transaction) -> list[str]:
    asked = ("transaction_isolation", "transaction_read_only", "synchronous_commit", "role", "omsdesk.tenant")
    rows = [await transaction.row(statement(setting(what))) for what in asked]
    return [row[0] for row in rows if row]


# ---- what holds in a transaction


def test_a_writing_transaction_is_durable_and_its_tenants_own(on_postgres: OnPostgres) -> None:
    said = on_postgres.run(on_postgres.storage.write("shop-1", settings))
    assert said == ["read committed", "off", "on", "omsdesk_service", "shop-1"]


def test_a_reading_transaction_sees_one_moment_and_changes_nothing(on_postgres: OnPostgres) -> None:
    said = on_postgres.run(on_postgres.storage.read("shop-1", settings))
    assert said[:2] == ["repeatable read", "on"]
    with pytest.raises(Busy, match="read-only"):
        on_postgres.run(on_postgres.storage.read("shop-1", found))


def test_what_fails_leaves_nothing(on_postgres: OnPostgres) -> None:
    async def half(transaction: Transaction) -> None:
        await found(transaction)
        raise LookupError("a fault in the middle")

    with pytest.raises(LookupError, match="in the middle"):
        on_postgres.run(on_postgres.storage.write("shop-1", half))
    assert on_postgres.run(on_postgres.storage.read("shop-1", name)) is None


@pytest.mark.parametrize("tenant", ["Shop", "a'; DROP TABLE entry; --", "a b", "ä", "a\n"])
def test_only_an_id_of_ours_names_a_tenant(on_postgres: OnPostgres, tenant: str) -> None:
    with pytest.raises(ValueError, match="not the id of a tenant"):
        on_postgres.run(on_postgres.storage.read(tenant, name))


def test_nothing_of_a_transaction_is_left_in_its_connection(postgres: Postgres, database: str) -> None:
    async def look() -> tuple[str, str]:
        async with opened(postgres.url(database, pool_size=1)) as storage:
            await storage.write("shop-1", found)
            async with storage._pool.acquire() as connection:
                tenant, role = await connection.fetchrow("SELECT current_setting('omsdesk.tenant'), current_user")
                return tenant, role

    assert asyncio.run(look()) == ("", "owner")


def test_values_that_no_column_takes_are_unfit(on_postgres: OnPostgres) -> None:
    async def name_with_null(transaction: Transaction) -> None:
        await transaction.run(sql.FOUND, name="a\0b", now=1)

    async def far_future(transaction: Transaction) -> None:
        await transaction.run(sql.FOUND, name="a", now=2**63)

    for work in (name_with_null, far_future):
        with pytest.raises(Unfit):
            on_postgres.run(on_postgres.storage.write("shop-1", work))


def test_no_rows_are_written_without_asking(on_postgres: OnPostgres) -> None:
    async def nothing(transaction: Transaction) -> None:
        await transaction.insert("entry", {"tenant_id": []})

    on_postgres.run(on_postgres.storage.write("shop-1", nothing))


# ---- run again


def test_two_that_wait_for_each_other_are_both_done(on_postgres: OnPostgres) -> None:
    touch = statement("UPDATE feed SET high = high + 1 WHERE tenant_id = :tenant AND scope = :scope")
    both_began, tries = asyncio.Barrier(2), []

    async def in_order(first: str, second: str) -> None:
        async def work(transaction: Transaction) -> None:
            tries.append(first)
            await transaction.run(touch, scope=first)
            if len(tries) <= 2:
                await both_began.wait()
            await transaction.run(touch, scope=second)

        await on_postgres.storage.write("shop-1", work)

    async def begin(transaction: Transaction) -> None:
        for scope in ("a", "b"):
            await transaction.run(sql.BEGIN_FEED, scope=scope, digest=b"")

    async def ends(transaction: Transaction) -> list[tuple[str, int]]:
        return sorted((scope, high) for scope, high in await transaction.rows(sql.FEED_ENDS))

    async def story() -> list[tuple[str, int]]:
        await on_postgres.storage.write("shop-1", begin)
        await asyncio.gather(in_order("a", "b"), in_order("b", "a"))
        return await on_postgres.storage.read("shop-1", ends)

    assert on_postgres.run(story()) == [("a", 2), ("b", 2)]
    assert len(tries) == 3, "one of them was run again"


def test_what_is_always_in_the_way_is_given_up(on_postgres: OnPostgres) -> None:
    tries = []

    async def fail(transaction: Transaction) -> None:
        tries.append(1)
        await transaction.run(statement("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"))

    with pytest.raises(Busy, match="Others were in the way"):
        on_postgres.run(on_postgres.storage.write("shop-1", fail))
    assert len(tries) == 8


def test_a_service_goes_on_where_a_newer_one_changed_a_column(postgres: Postgres, on_postgres: OnPostgres) -> None:
    async def ends(transaction: Transaction) -> list[Row]:
        return [tuple(row) for row in await transaction.rows(sql.FEED_ENDS)]

    async def begin(transaction: Transaction) -> None:
        await transaction.run(sql.BEGIN_FEED, scope="s1", digest=b"")

    on_postgres.run(on_postgres.storage.write("shop-1", begin))
    assert on_postgres.run(on_postgres.storage.read("shop-1", ends)) == [("s1", 0)]
    database = on_postgres.url.partition("@/")[2].partition("?")[0]
    postgres.sql("ALTER TABLE feed ALTER high TYPE numeric", database)
    assert on_postgres.run(on_postgres.storage.read("shop-1", ends)) == [("s1", 0)]


# ---- the database cannot be asked


def test_a_statement_that_takes_too_long_is_ended(postgres: Postgres, database: str) -> None:
    async def story() -> float:
        async with opened(postgres.url(database, patience_seconds=0.2)) as storage:
            await storage.write("shop-1", found)
            began = time.monotonic()
            blocker = await asyncpg.connect(postgres.url(database))
            async with blocker.transaction():
                await blocker.execute("LOCK TABLE tenant")
                with pytest.raises(Busy, match="statement timeout"):
                    await storage.read("shop-1", name)
            await blocker.close()
            took = time.monotonic() - began
            assert await storage.read("shop-1", name), "and then it is there again"
            return took

    assert asyncio.run(story()) < 2


def test_who_waits_for_a_connection_waits_no_longer_than_that(postgres: Postgres, database: str) -> None:
    async def story() -> None:
        async with opened(postgres.url(database, pool_size=1, patience_seconds=0.2)) as storage:
            entered, leave = asyncio.Event(), asyncio.Event()

            async def hold(transaction: Transaction) -> None:
                entered.set()
                while not leave.is_set():
                    await transaction.rows(NAP, seconds=0.05)

            holder = asyncio.create_task(storage.write("shop-1", hold))
            await entered.wait()
            with pytest.raises(Busy, match="no way to the database"):
                await storage.read("shop-1", name)
            leave.set()
            await holder

    asyncio.run(story())


def test_who_goes_away_in_the_middle_leaves_nothing_and_holds_nothing(postgres: Postgres, database: str) -> None:
    async def story() -> None:
        async with opened(postgres.url(database, pool_size=1)) as storage:

            async def slow(transaction: Transaction) -> None:
                await found(transaction)
                await transaction.rows(NAP, seconds=60.0)

            with pytest.raises(TimeoutError):
                await asyncio.wait_for(storage.write("shop-1", slow), 0.1)
            assert await storage.read("shop-1", name) is None

    asyncio.run(story())


def test_who_sleeps_in_the_middle_holds_nothing_for_ever(postgres: Postgres, database: str) -> None:
    async def story() -> None:
        async with opened(postgres.url(database, pool_size=1, patience_seconds=0.2)) as storage:

            async def forget(transaction: Transaction) -> None:
                await found(transaction)
                await asyncio.sleep(0.5)

            with pytest.raises(Busy):
                await storage.write("shop-1", forget)
            assert await storage.read("shop-1", name) is None

    asyncio.run(story())


def test_nobody_is_asked_after_the_end(postgres: Postgres, database: str) -> None:
    async def story() -> None:
        async with opened(postgres.url(database)) as storage:
            await storage.close()
            with pytest.raises(Busy):
                await storage.read("shop-1", name)

    asyncio.run(story())


def test_closing_waits_for_no_transaction_for_ever(postgres: Postgres, database: str) -> None:
    async def story() -> None:
        async with opened(postgres.url(database, patience_seconds=0.2)) as storage:
            entered = asyncio.Event()

            async def hold(transaction: Transaction) -> None:
                entered.set()
                await asyncio.sleep(60)

            holder = asyncio.create_task(storage.write("shop-1", hold))
            await entered.wait()
            await storage.close()
            holder.cancel()
            with pytest.raises((asyncio.CancelledError, Busy)):
                await holder

    asyncio.run(story())


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://owner@/no_such?host={folder}&port=5432",
        "postgresql://owner@/x?host={folder}&port=1",
        "postgresql://owner@/x?host={folder}&port=many",
        "postgresql://owner@/x?host={folder}&port=5432&pool_size=many",
        "postgresql://owner@/x?host={folder}&port=5432&pool=10",
    ],
)
def test_a_database_that_is_not_there_is_said_to_be_so(postgres: Postgres, url: str) -> None:
    with pytest.raises(StoreFailure, match="cannot be opened"):
        asyncio.run(open_postgres(url.format(folder=postgres.folder)))


# ---- a server that dies


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A server to kill."""
    with running(is_durable=True) as server:
        server.new_database("story")
        yield server


async def enrolled(storage: PostgresStorage) -> str:
    registrar = Registrar(storage, the_moment)
    tenant = await registrar.found("The corner shop")
    await registrar.enrol(Enrolment(await registrar.make_code(tenant, CodeWish("s1")), STATION, b"k" * 32))
    return tenant


async def insist(ledger: Ledger, tenant: str, run: Run) -> Answer:
    """Send a run until it is answered, as a station does."""
    while True:
        try:
            return await ledger.receive(Caller(tenant, STATION), run)
        except Busy:
            await asyncio.sleep(0.05)


async def waiting(postgres: Postgres) -> int:
    """Wait until a process of the server waits for a lock; gives its number."""
    while True:
        rows = await asyncio.to_thread(
            postgres.sql, "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = 'story'"
        )
        if rows:
            return int(rows[0][0])


async def places(ledger: Ledger, tenant: str) -> list[int]:
    heard = await ledger.tell(Caller(tenant, STATION), Wanted("s1", 0))
    return [item.number for item in heard.items]


def test_a_push_whose_process_is_killed_is_pushed_again(own_postgres: Postgres) -> None:
    first, rest = chain("sale.started"), chain("sale.started", "sale.held", "sale.completed")

    async def story() -> list[int]:
        async with opened(own_postgres.url("story")) as storage:
            ledger, tenant = Ledger(storage, the_moment), await enrolled(storage)
            await ledger.receive(Caller(tenant, STATION), first)
            # It has the station's lock by then, and waits for the end of its chain.
            blocker = await asyncpg.connect(own_postgres.url("story"))
            await blocker.execute("BEGIN")
            await blocker.execute("SELECT * FROM chain FOR UPDATE")
            push = asyncio.create_task(ledger.receive(Caller(tenant, STATION), rest))
            own_postgres.kill(await waiting(own_postgres))
            with pytest.raises(Busy):
                await push
            blocker.terminate()
            answers = [await insist(ledger, tenant, rest) for _ in range(2)]
            assert [answer.head.number for answer in answers] == [3, 3]
            return await places(ledger, tenant)

    assert asyncio.run(story()) == [1, 2, 3]


def test_a_server_that_stands_still_is_not_waited_for(own_postgres: Postgres) -> None:
    async def story() -> float:
        async with opened(own_postgres.url("story", patience_seconds=0.2)) as storage:
            await storage.write("shop-1", found)
            [[process]] = own_postgres.sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'omsdesk'")
            os.kill(int(process), signal.SIGSTOP)
            began = time.monotonic()
            try:
                with pytest.raises(Busy):
                    await storage.read("shop-1", name)
                took = time.monotonic() - began
                assert await storage.read("shop-1", name), "another connection answers"
            finally:
                os.kill(int(process), signal.SIGCONT)
            return took

    assert asyncio.run(story()) < 8


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_server_that_is_started_again_goes_on_where_it_was(own_postgres: Postgres, how: str) -> None:
    run = chain("sale.started", "sale.completed")

    async def story() -> list[int]:
        async with opened(own_postgres.url("story")) as storage:
            ledger, tenant = Ledger(storage, the_moment), await enrolled(storage)
            await ledger.receive(Caller(tenant, STATION), run)
            own_postgres.stop(how)
            with pytest.raises(Busy):
                await ledger.receive(Caller(tenant, STATION), run)
            with pytest.raises(Busy):
                await ledger.ends(tenant)
            own_postgres.start()
            assert (await insist(ledger, tenant, run)).head.number == 2
            return await places(ledger, tenant)

    assert asyncio.run(story()) == [1, 2]


# ---- PgBouncer


def test_behind_pgbouncer_tenants_share_connections_and_nothing_else(postgres: Postgres, database: str) -> None:
    async def shop(storage: PostgresStorage, number: int) -> None:
        registrar, device = Registrar(storage, the_moment), f"station-{number}"
        tenant = await registrar.found(f"Shop {number}")
        await registrar.enrol(Enrolment(await registrar.make_code(tenant, CodeWish("s1")), device, b"k" * 32))
        caller = Caller(tenant, device)
        ledger = Ledger(storage, the_moment)
        for count in range(1, 6):
            await ledger.receive(caller, chain(*["sale.started"] * count, device=device))
            assert await ledger.ends(tenant) == {"s1": count}
        assert [known.device for known in await registrar.devices(tenant)] == [device]

    async def story() -> None:
        with bouncing(postgres, database, connections=2) as url:
            async with opened(url) as storage:
                await asyncio.gather(*(shop(storage, number) for number in range(8)))

    asyncio.run(story())
    assert postgres.sql("SELECT count(*), count(DISTINCT tenant_id) FROM entry", database) == [["40", "8"]]
