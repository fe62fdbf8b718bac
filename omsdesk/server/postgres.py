"""The service's database on PostgreSQL: many tenants, and as many services beside each other as there is work for.

A transaction begins with one message that says all that holds in it: the role, the tenant, the time it may take.
Nothing of that outlives it, so connections may come from PgBouncer, which gives every transaction another one.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import asyncpg
from sqlalchemy.dialects import postgresql

from omsdesk.server.migrate import bring_postgres_up_to_date
from omsdesk.server.sql import Statement
from omsdesk.server.storage import Busy, Row, Transaction, Unfit
from omsdesk.server.tables import ROLE, metadata
from omsdesk.store.engine import StoreFailure

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

_Result = TypeVar("_Result")

_WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL synchronous_commit = on"
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_TENANT = re.compile(r"[a-z0-9-]*")
_OURS = {"pool_size", "patience_seconds", "statement_cache_size"}
_ATTEMPTS = 8
_FIRST_PAUSE_SECONDS = 0.005
_GRACE_SECONDS = 2.0
"""How much longer than the database itself we wait for a statement: then the database is not there any more."""

_IN_ITS_OWN_WAY = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.UniqueViolationError,  # somebody else began the same chain at the same moment
    asyncpg.InvalidCachedStatementError,  # a newer service migrated while this one ran
)
_NOT_NOW = (
    ConnectionError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # it stops, starts, or ended a statement that took too long
    asyncpg.InsufficientResourcesError,  # its disk is full, or it has too many connections
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.LockNotAvailableError,
    asyncpg.ReadOnlySQLTransactionError,  # a standby took over from this one
    asyncpg.InterfaceError,  # the connection or the pool is closed
    asyncpg.InternalClientError,  # it was closed while nothing was asked
)


class _OnPostgres:
    """A transaction on a connection."""

    def __init__(self, connection: PoolConnectionProxy, tenant: str) -> None:
        self._connection, self._tenant = connection, tenant

    async def row(self, statement: Statement, **values: object) -> Row | None:
        found: Row | None = await self._connection.fetchrow(statement.postgres, *self._in_order(statement, values))
        return found

    async def rows(self, statement: Statement, **values: object) -> Sequence[Row]:
        found: Sequence[Row] = await self._connection.fetch(statement.postgres, *self._in_order(statement, values))
        return found

    async def run(self, statement: Statement, **values: object) -> int:
        said = await self._connection.execute(statement.postgres, *self._in_order(statement, values))
        return int(said.rpartition(" ")[2])

    async def insert(self, table: str, columns: Mapping[str, Sequence[object]]) -> None:
        if columns["tenant_id"]:
            text, values = _insertion(table, columns)
            await self._connection.execute(text, *values)

    def _in_order(self, statement: Statement, values: dict[str, object]) -> list[object]:
        values["tenant"] = self._tenant
        return [values[name] for name in statement.names]


def _insertion(table: str, columns: Mapping[str, Sequence[object]]) -> tuple[str, list[object]]:
    """Make the statement for rows, and its values: one for a column that is the same in all rows, otherwise an array.

    COPY does not keep row-level security and is refused where there is any. Arrays come near it where there are few.
    """
    arrays = [name for name, column in columns.items() if column.count(column[0]) < len(column)] or ["tenant_id"]
    values = [column if name in arrays else column[0] for name, column in columns.items()]
    return _insert(table, tuple(columns), tuple(arrays)), values


@cache
def _insert(table: str, columns: tuple[str, ...], arrays: tuple[str, ...]) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    kinds = {name: metadata.tables[table].c[name].type.compile(dialect) for name in columns}
    places = {name: f"${place}::{kinds[name]}" for place, name in enumerate(columns, 1)}
    unnested = ", ".join(f"{places[name]}[]" for name in arrays)
    taken = ", ".join(name if name in arrays else places[name] for name in columns)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - our own names
        f"SELECT {taken} FROM unnest({unnested}) AS given ({', '.join(arrays)})"
    )


class PostgresStorage:
    """A pool of connections as the service's database."""

    def __init__(self, pool: asyncpg.Pool, patience_seconds: float) -> None:
        """Take a pool over; wait this long for a connection, and for a statement."""
        self._pool, self._patience = pool, patience_seconds
        milliseconds = int(patience_seconds * 1000)
        self._limits = (
            f"SET LOCAL ROLE {ROLE}; SET LOCAL statement_timeout = {milliseconds}; "
            f"SET LOCAL idle_in_transaction_session_timeout = {milliseconds}"
        )

    async def write(self, tenant: str, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        """Do something durably or not at all. It is run again where two transactions were in each other's way.

        Raises:
            Busy: the database cannot be asked now, or does not answer in time.
            Unfit: a value is not one that the database keeps.

        """
        return await self._transact(_WRITE, tenant, work)

    async def read(self, tenant: str, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        """Ask several things as of one moment.

        Raises:
            Busy: the database cannot be asked now, or does not answer in time.

        """
        return await self._transact(_READ, tenant, work)

    async def close(self) -> None:
        """Close all connections once the transactions in them have ended."""
        try:
            await asyncio.wait_for(self._pool.close(), self._patience)
        except TimeoutError:
            self._pool.terminate()

    async def _transact(self, begin: str, tenant: str, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        if not _TENANT.fullmatch(tenant):
            raise ValueError(f"{tenant!r} is not the id of a tenant.")
        start = f"{begin}; {self._limits}; SET LOCAL omsdesk.tenant = '{tenant}'"
        for attempt in range(_ATTEMPTS):
            try:
                return await self._once(start, tenant, work)
            except _IN_ITS_OWN_WAY:
                await asyncio.sleep(random.uniform(0, _FIRST_PAUSE_SECONDS * 2**attempt))  # noqa: S311 - a pause
            except asyncpg.DataError as error:
                raise Unfit(str(error)) from error
            except _NOT_NOW as error:
                raise Busy(f"The database cannot be asked right now ({error or 'it does not answer'}).") from error
        raise Busy(f"Others were in the way {_ATTEMPTS} times.")

    async def _once(self, start: str, tenant: str, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        async with self._connection() as connection:
            try:
                await connection.execute(start)
                result = await work(_OnPostgres(connection, tenant))
                await connection.execute("COMMIT")
            except BaseException:
                await _abandon(connection)
                raise
            return result

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[PoolConnectionProxy]:
        try:
            connection = await self._pool.acquire(timeout=self._patience)
        except OSError as error:
            # Of many kinds, from a name that is not found to a socket that is not there.
            raise Busy(f"There is no way to the database ({error or 'it does not answer'}).") from error
        try:
            yield connection
        finally:
            await self._pool.release(connection)


async def _abandon(connection: PoolConnectionProxy) -> None:
    """Give a transaction up; a connection in which that does not work is closed, so that nobody else gets it."""
    try:
        if not connection.is_closed() and connection.is_in_transaction():
            await connection.execute("ROLLBACK")
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError):
        connection.terminate()


async def open_postgres(url: str) -> PostgresStorage:
    """Open a database, and bring it up to date.

    Beside PostgreSQL's own parameters the URL takes ``pool_size`` (10), ``patience_seconds`` (10) and
    ``statement_cache_size`` (0 behind PgBouncer before 1.21, which does not keep prepared statements).

    Raises:
        StoreFailure: it cannot be reached, a newer program made it, or its rows could not be kept apart by tenant.

    """
    try:
        plain, ours = _split(url)
        patience = ours.get("patience_seconds", 10.0)
        options: dict[str, Any] = {
            "statement_cache_size": int(ours.get("statement_cache_size", 100)),
            "timeout": patience,
            "server_settings": {"application_name": "omsdesk"},
        }
        connection = await asyncpg.connect(plain, **options)
        try:
            await bring_postgres_up_to_date(connection)
        finally:
            await connection.close()
        options |= {"command_timeout": patience + _GRACE_SECONDS, "max_size": int(ours.get("pool_size", 10))}
        pool = await asyncpg.create_pool(plain, min_size=0, reset=_leave, **options)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError) as error:
        raise StoreFailure(f"The database of the service cannot be opened: {error}") from error
    return PostgresStorage(pool, patience)


async def _leave(connection: PoolConnectionProxy) -> None:
    """Leave a connection as it is: nothing that was set in a transaction is left, and asking costs a round trip."""


def _split(url: str) -> tuple[str, dict[str, float]]:
    parts = urlsplit(url)
    asked = parse_qsl(parts.query)
    theirs = urlencode([(name, value) for name, value in asked if name not in _OURS])
    return parts._replace(query=theirs).geturl(), {name: float(value) for name, value in asked if name in _OURS}
