"""The SQL that every PostgreSQL-like database understands, and that keeps tenants apart on each of them."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint

from omsdesk.server import statements
from omsdesk.server.embedded import EmbeddedStorage, run_now
from omsdesk.server.migrate import script_from
from omsdesk.server.sql import Statement, statement
from omsdesk.server.tables import OF_A_TENANT, ROLE
from tests.postgres import Postgres

STATEMENTS = {name: value for name, value in vars(statements).items() if isinstance(value, Statement)}
EVERY_STATEMENT = pytest.mark.parametrize("name", STATEMENTS)
EVERY_TABLE = pytest.mark.parametrize("table", OF_A_TENANT, ids=lambda table: table.name)

# What one of PostgreSQL, Citus, CockroachDB and YugabyteDB lacks or does otherwise.
LACKING = re.compile(
    r"\b(serial|bigserial|identity|sequence|nextval|pg_advisory\w*|listen|notify|deferrable|exclude|inherits"
    r"|lock table|xmin|xmax|ctid|txid\w*|xid8?|pg_snapshot\w*|trigger|function|procedure)\b"
    r"|^\s*with\b",
    re.IGNORECASE,
)
NAMED = re.compile(r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)")


def tables_in(sql: str) -> list[str]:
    return [name for name in NAMED.findall(sql) if name != "SET"]


def names_its_tenant(sql: str) -> bool:
    """Whether each table that a statement names is held to one tenant by it."""
    if sql.lstrip().startswith("INSERT"):
        return bool(re.search(r"\((tenant_id, [\w, ]+)\)\s*VALUES \(:tenant,|INTO \w+ VALUES \(:tenant,", sql))
    held = len(re.findall(r"\btenant_id = (?::tenant|\w+\.tenant_id)", sql))
    return held >= len(tables_in(sql)) and "tenant_id = :tenant" in sql


@EVERY_STATEMENT
def test_every_statement_names_its_tenant(name: str) -> None:
    sql = STATEMENTS[name].embedded
    if tables_in(sql) != ["directory"]:
        assert names_its_tenant(sql), sql


@EVERY_STATEMENT
def test_no_statement_uses_what_another_database_lacks(name: str) -> None:
    assert not LACKING.search(STATEMENTS[name].postgres)


@EVERY_STATEMENT
def test_a_statement_changes_one_table_at_most(name: str) -> None:
    assert len(re.findall(r"\b(INSERT INTO|DELETE FROM|^\s*UPDATE)\b", STATEMENTS[name].embedded)) <= 1


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT hash FROM entry WHERE device = :device",
        "SELECT hash FROM entry, chain WHERE tenant_id = tenant_id",
        "SELECT 1 FROM device JOIN chain ON chain.device = device.device WHERE device.tenant_id = :tenant",
        "UPDATE feed SET high = :high WHERE scope = :scope",
        "INSERT INTO feed VALUES (:scope, :tenant)",
        "INSERT INTO feed (scope, tenant_id) VALUES (:scope, :tenant)",
    ],
)
def test_a_statement_that_does_not_is_found(sql: str) -> None:
    assert not names_its_tenant(sql)


@pytest.mark.parametrize("sql", ["SELECT nextval('x')", "SELECT pg_advisory_xact_lock(1)", "WITH a AS (DELETE) x"])
def test_what_is_lacking_is_found(sql: str) -> None:
    assert LACKING.search(sql)


@EVERY_STATEMENT
def test_both_databases_understand_every_statement(
    name: str, prepared: dict[str, str], embedded: EmbeddedStorage
) -> None:
    assert prepared[name] == ""
    values = dict.fromkeys(STATEMENTS[name].names)
    assert embedded.connection.rows(f"EXPLAIN {STATEMENTS[name].embedded}", **values)


@pytest.fixture(scope="module")
def prepared(postgres: Postgres) -> dict[str, str]:
    """What PostgreSQL says of each statement, asked by who the service works as."""
    postgres.new_database("prepared")

    async def prepare() -> dict[str, str]:
        said = dict.fromkeys(STATEMENTS, "")
        connection = await asyncpg.connect(postgres.url("prepared"))
        await connection.execute(f"SET ROLE {ROLE}; SET omsdesk.tenant = 'shop-1'")
        for name, one in STATEMENTS.items():
            try:
                found = await connection.prepare(one.postgres)
                if len(found.get_parameters()) != len(one.names):
                    said[name] = "it takes another number of values"
                await connection.fetch(f"EXPLAIN {one.postgres}", *[None] * len(one.names))
            except asyncpg.PostgresError as error:
                said[name] = str(error)
        await connection.close()
        return said

    return asyncio.run(prepare())


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedStorage:
    storage = EmbeddedStorage(tmp_path / "cloud.db")
    run_now(storage.close())
    return EmbeddedStorage(tmp_path / "cloud.db")


# ---- the tables


@EVERY_TABLE
def test_the_tenant_comes_first_in_every_key(table: Table) -> None:
    keys = [table.primary_key.columns.keys(), *(index.columns.keys() for index in table.indexes)]
    keys += [
        constraint.columns.keys()
        for constraint in table.constraints
        if isinstance(constraint, (UniqueConstraint, ForeignKeyConstraint))
    ]
    assert [key[0] for key in keys] == ["tenant_id"] * len(keys)


@EVERY_TABLE
def test_no_number_is_given_by_the_database(table: Table) -> None:
    assert table.autoincrement_column is None
    assert [column.name for column in table.columns if column.identity or column.computed] == []


def test_the_migration_uses_nothing_that_another_database_lacks() -> None:
    assert not LACKING.search(script_from("", "postgresql"))


def test_the_database_holds_tables_and_nothing_that_runs_by_itself(postgres: Postgres, database: str) -> None:
    asked = """
SELECT (SELECT count(*) FROM pg_sequences), (SELECT count(*) FROM pg_trigger),
    (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
"""
    assert postgres.sql(asked, database) == [["0", "0", "0"]]


# ---- statements for both databases


def test_values_are_numbered_as_they_come_each_once() -> None:
    made = statement("SELECT :b::text, :a, :b", locks="entry")
    assert made == Statement("SELECT :b::text, :a, :b", "SELECT $1::text, $2, $1 FOR UPDATE OF entry", ("b", "a"))
