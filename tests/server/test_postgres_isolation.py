"""What a tenant can do to the rows of another one: nothing, in any table, with any statement."""

# ruff: noqa: S608 - the names of the tables are our own

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any

import asyncpg
import pytest
from sqlalchemy import BigInteger, Integer, LargeBinary, Table

from omsdesk.server.postgres import open_postgres
from omsdesk.server.tables import OF_A_TENANT, ROLE, metadata
from omsdesk.store.engine import StoreFailure
from tests.postgres import Postgres

OURS, THEIRS = "ours", "theirs"
EVERY_TABLE = pytest.mark.parametrize("table", OF_A_TENANT, ids=lambda table: table.name)


class Raw:
    """A connection that works as the service does, without the service's own care."""

    def __init__(self, url: str) -> None:
        self._runner = asyncio.Runner()
        self._connection = self._do(asyncpg.connect(url))
        for table in OF_A_TENANT:
            for tenant in (OURS, THEIRS):
                self.run(insertion(table), *row(table, tenant))
        self.run(f"SET ROLE {ROLE}")

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(work)

    def run(self, text: str, *values: object) -> str:
        return str(self._do(self._connection.execute(text, *values)))

    def rows(self, text: str) -> list[Any]:
        return list(self._do(self._connection.fetch(text)))

    def become(self, tenant: str) -> None:
        self.run(f"SET omsdesk.tenant = '{tenant}'")

    def close(self) -> None:
        self._do(self._connection.close())
        self._runner.close()


@pytest.fixture
def raw(postgres: Postgres, database: str) -> Iterator[Raw]:
    made = Raw(postgres.url(database))
    yield made
    made.close()


def row(table: Table, tenant: str) -> list[object]:
    """A row with something in every column."""
    values: list[object] = []
    for column in table.columns:
        kind = column.type
        is_number = isinstance(kind, (BigInteger, Integer))
        values.append(1 if is_number else b"x" if isinstance(kind, LargeBinary) else "x")
    return [
        tenant if column.name == "tenant_id" else value for column, value in zip(table.columns, values, strict=True)
    ]


def insertion(table: Table) -> str:
    places = ", ".join(f"${place}" for place in range(1, len(table.columns) + 1))
    return f"INSERT INTO {table.name} VALUES ({places})"


@EVERY_TABLE
def test_where_no_tenant_is_named_nothing_is_shown_or_taken(raw: Raw, table: Table) -> None:
    for statement in (f"SELECT * FROM {table.name}", f"UPDATE {table.name} SET tenant_id = tenant_id"):
        with pytest.raises(asyncpg.UndefinedObjectError, match=r"omsdesk\.tenant"):
            raw.run(statement)
    with pytest.raises(asyncpg.UndefinedObjectError):
        raw.run(insertion(table), *row(table, OURS))


@EVERY_TABLE
def test_a_tenant_sees_its_own_rows(raw: Raw, table: Table) -> None:
    raw.become(OURS)
    assert [found["tenant_id"] for found in raw.rows(f"SELECT * FROM {table.name}")] == [OURS]
    assert raw.rows(f"SELECT * FROM {table.name} WHERE tenant_id = '{THEIRS}'") == []
    assert raw.rows(f"SELECT count(*) FROM {table.name} ours JOIN {table.name} all_of_them ON true") == [(1,)]


@EVERY_TABLE
def test_a_tenant_writes_no_row_of_another(raw: Raw, table: Table) -> None:
    raw.become(OURS)
    replacing = f"{insertion(table)} ON CONFLICT DO NOTHING"
    # A row that is there already, and one that would be new.
    for tenant in (THEIRS, "a third"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security policy"):
            raw.run(insertion(table), *row(table, tenant))
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security policy"):
        raw.run(replacing, *row(table, THEIRS))


@EVERY_TABLE
def test_a_tenant_changes_no_row_of_another_and_gives_none_away(raw: Raw, table: Table) -> None:
    raw.become(OURS)
    assert raw.run(f"UPDATE {table.name} SET tenant_id = '{OURS}' WHERE tenant_id = '{THEIRS}'") == "UPDATE 0"
    assert raw.run(f"UPDATE {table.name} SET tenant_id = tenant_id") == "UPDATE 1"
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security policy"):
        raw.run(f"UPDATE {table.name} SET tenant_id = '{THEIRS}x'")


@EVERY_TABLE
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}", "ALTER TABLE {} ADD x text"])
def test_the_service_itself_removes_nothing(raw: Raw, table: Table, statement: str) -> None:
    raw.become(OURS)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        raw.run(statement.format(table.name))


@EVERY_TABLE
def test_a_tenant_that_was_named_before_is_not_remembered(raw: Raw, table: Table) -> None:
    raw.run("BEGIN")
    raw.run(f"SET LOCAL omsdesk.tenant = '{OURS}'")
    raw.run("COMMIT")
    assert raw.rows(f"SELECT * FROM {table.name}") == []
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security policy"):
        raw.run(insertion(table), *row(table, ""))


def test_the_directory_tells_whose_a_key_is_and_forgets_none(raw: Raw) -> None:
    raw.run("INSERT INTO directory VALUES ('device', 'ours')")
    for statement in ("UPDATE directory SET tenant_id = 'theirs'", "DELETE FROM directory", "TRUNCATE directory"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            raw.run(statement)


def test_every_table_of_the_database_is_known_here(postgres: Postgres, database: str) -> None:
    found = postgres.sql("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 2200", database)
    assert {name for (name,) in found} == {*metadata.tables, "alembic_version"}


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE entry NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE entry DISABLE ROW LEVEL SECURITY",
        f"GRANT CREATE ON SCHEMA public TO {ROLE}; ALTER TABLE entry OWNER TO {ROLE}",
    ],
)
def test_a_database_that_would_mix_tenants_is_not_served(postgres: Postgres, database: str, change: str) -> None:
    postgres.sql(change, database)
    with pytest.raises(StoreFailure, match="each other's rows by way of entry"):
        asyncio.run(open_postgres(postgres.url(database)))


@pytest.mark.parametrize("power", ["BYPASSRLS", "SUPERUSER"])
def test_a_role_that_sees_everything_is_not_used(postgres: Postgres, database: str, power: str) -> None:
    postgres.sql(f"ALTER ROLE {ROLE} {power}")
    try:
        with pytest.raises(StoreFailure, match=f"by way of {ROLE}"):
            asyncio.run(open_postgres(postgres.url(database)))
    finally:
        postgres.sql(f"ALTER ROLE {ROLE} NO{power}")
