"""The service's database as a file, for one shop or a few: no server to run, nothing to set up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from omsdesk.server.migrate import bring_file_up_to_date
from omsdesk.server.sql import Statement
from omsdesk.server.storage import Row, Storage, Transaction, Unfit
from omsdesk.store.engine import Connection, StoreFailure, open_writer, plainly

_Result = TypeVar("_Result")


class _Embedded:
    """A transaction on the file."""

    def __init__(self, connection: Connection, tenant: str) -> None:
        self._connection, self._tenant = connection, tenant

    async def row(self, statement: Statement, **values: object) -> Row | None:
        return self._connection.row(statement.embedded, **values, tenant=self._tenant)

    async def rows(self, statement: Statement, **values: object) -> Sequence[Row]:
        return self._connection.rows(statement.embedded, **values, tenant=self._tenant)

    async def run(self, statement: Statement, **values: object) -> int:
        return self._connection.run(statement.embedded, **values, tenant=self._tenant)

    async def insert(self, table: str, columns: Mapping[str, Sequence[object]]) -> None:
        places = ", ".join("?" * len(columns))
        # The names are those of our own tables.
        text = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
        self._connection.raw.executemany(text, zip(*columns.values(), strict=True))


class EmbeddedStorage:
    """A file as the service's database. Nothing in here ever waits, so ``run_now`` can run it without a loop."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            StoreFailure: the file cannot be written, or a newer program made it.

        """
        self.connection = open_writer(path)
        with plainly():
            bring_file_up_to_date(self.connection)

    async def write(self, tenant: str, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        """Do something durably or not at all.

        Raises:
            StoreFailure: the disk did not take it.
            Unfit: a number is larger than the file keeps.

        """
        try:
            with self.connection.transaction():
                return await work(_Embedded(self.connection, tenant))
        except StoreFailure as error:
            if isinstance(error.__cause__, OverflowError):
                raise Unfit(str(error)) from error
            raise

    async def read(self, tenant: str, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        """Ask several things as of one moment.

        Raises:
            StoreFailure: the disk did not give it.

        """
        with plainly(), self.connection.snapshot():
            return await work(_Embedded(self.connection, tenant))

    async def close(self) -> None:
        """Close the file."""
        self.connection.close()


def run_now(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Run something that never waits for anything else, to its end."""
    try:
        work.send(None)
    except StopIteration as end:
        result: _Result = end.value
        return result
    work.close()
    raise RuntimeError("It waits for something, and there is no loop here to wait in.")


class InThread:
    """A storage that blocks, on a thread of its own: the loop goes on answering meanwhile."""

    def __init__(self, storage: EmbeddedStorage) -> None:
        """Take a storage over; nobody else may use it from now on."""
        self._storage = storage
        self._thread = ThreadPoolExecutor(1, "storage")

    async def write(self, tenant: str, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        """Do something durably or not at all.

        Raises:
            StoreFailure: the disk did not take it.

        """
        return await self._do(lambda: self._storage.write(tenant, work))

    async def read(self, tenant: str, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        """Ask several things as of one moment."""
        return await self._do(lambda: self._storage.read(tenant, work))

    async def close(self) -> None:
        """Close the file, and end the thread."""
        await self._do(self._storage.close)
        self._thread.shutdown()

    async def _do(self, work: Callable[[], Coroutine[Any, Any, _Result]]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: run_now(work()))


def in_thread(path: Path) -> Storage:
    """Open a file as the database of a running service."""
    return InThread(EmbeddedStorage(path))
