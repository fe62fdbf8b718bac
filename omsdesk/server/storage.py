"""What the service wants of its database: transactions of one tenant each, and statements in them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from omsdesk.server.sql import Statement

Row = Sequence[Any]
_Result = TypeVar("_Result")


class Transaction(Protocol):
    """One transaction. It sees and writes the rows of its tenant and no others."""

    async def row(self, statement: Statement, **values: object) -> Row | None:
        """Ask for the first row."""

    async def rows(self, statement: Statement, **values: object) -> Sequence[Row]:
        """Ask for all rows."""

    async def run(self, statement: Statement, **values: object) -> int:
        """Run a statement; gives the number of rows it touched."""

    async def insert(self, table: str, columns: Mapping[str, Sequence[object]]) -> None:
        """Write many rows at once, given as the values of each column; ``tenant_id`` comes first."""


class Storage(Protocol):
    """A database of the service."""

    async def write(self, tenant: str, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        """Do something durably or not at all. It may be run again where the database was in its own way.

        Raises:
            Busy: there is no free connection, or the database does not answer in time.
            Unfit: a value is not one that the database keeps.

        """

    async def read(self, tenant: str, work: Callable[[Transaction], Awaitable[_Result]]) -> _Result:
        """Ask several things as of one moment.

        Raises:
            Busy: there is no free connection, or the database does not answer in time.

        """

    async def close(self) -> None:
        """Let go of the database."""


class Busy(Exception):
    """The database cannot be asked right now. Ask the same again: it was not done, or only its answer was lost."""


class Unfit(ValueError):
    """A value is not one that the database keeps: a number beyond its range, text with a null in it."""
