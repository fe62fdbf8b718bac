"""A database is made once, however many services start; who may not make it is told what to do."""

from __future__ import annotations

import asyncio
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from omsdesk.server import migrations
from omsdesk.server.embedded import EmbeddedStorage, run_now
from omsdesk.server.enrolment import Registrar
from omsdesk.server.migrate import NEWEST, script_from
from omsdesk.server.postgres import open_postgres
from omsdesk.server.tables import ROLE, metadata
from omsdesk.store.engine import StoreFailure
from tests.postgres import Postgres, running
from tests.sync.stations import the_moment

COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
WHERE table_schema = 'public' AND table_name <> 'alembic_version' ORDER BY table_name, ordinal_position
"""


async def works(url: str) -> str:
    """Open a database, use it, close it; gives the tenant that was made in it."""
    storage = await open_postgres(url)
    try:
        return await Registrar(storage, the_moment).found("The corner shop")
    finally:
        await storage.close()


def as_user(url: str, user: str) -> str:
    return url.replace("owner@", f"{user}@")


@pytest.fixture
def empty_server() -> Iterator[Postgres]:
    """A server in which nobody did anything: not even the role is there."""
    with running() as server:
        yield server


def test_the_newest_shape_is_the_last_step() -> None:
    assert NEWEST in script_from("", "postgresql")
    assert script_from(NEWEST, "postgresql") == ""
    with pytest.raises(StoreFailure, match=r"newer version of omsdesk .* \(shape 9999\)"):
        script_from("9999", "postgresql")


def test_many_services_start_at_once_on_an_empty_server(empty_server: Postgres) -> None:
    async def start() -> list[str]:
        urls = [empty_server.url(name) for name in ("one", "two") for _ in range(4)]
        return await asyncio.gather(*map(works, urls))

    for name in ("one", "two"):
        empty_server.sql(f"CREATE DATABASE {name}")
    assert len(set(asyncio.run(start()))) == 8
    for name in ("one", "two"):
        assert empty_server.sql("SELECT version_num FROM alembic_version", name) == [[NEWEST]]
        assert empty_server.sql("SELECT count(*) FROM tenant", name) == [["4"]]


def test_who_owns_the_database_and_may_make_roles_sets_it_up_for_who_may_not(empty_server: Postgres) -> None:
    empty_server.sql("CREATE ROLE boss LOGIN CREATEROLE")
    empty_server.sql("CREATE ROLE clerk LOGIN")
    empty_server.sql("CREATE DATABASE shops OWNER boss")
    url = empty_server.url("shops")
    with pytest.raises(StoreFailure, match=f"CREATE ROLE {ROLE} NOLOGIN"):
        asyncio.run(works(as_user(url, "clerk")))
    asyncio.run(works(as_user(url, "boss")))
    with pytest.raises(StoreFailure, match=f"GRANT {ROLE} TO"):
        asyncio.run(works(as_user(url, "clerk")))
    empty_server.sql(f"GRANT {ROLE} TO clerk")
    asyncio.run(works(as_user(url, "clerk")))
    assert empty_server.sql("SELECT count(*) FROM tenant", "shops") == [["2"]]


def test_a_second_start_changes_nothing(postgres: Postgres, database: str) -> None:
    first = asyncio.run(works(postgres.url(database)))
    second = asyncio.run(works(postgres.url(database)))
    found = postgres.sql("SELECT tenant_id FROM tenant", database)
    assert {tenant for (tenant,) in found} == {first, second}


def test_what_a_newer_program_made_is_left_alone(postgres: Postgres, database: str) -> None:
    postgres.sql("UPDATE alembic_version SET version_num = '9999'", database)
    with pytest.raises(StoreFailure, match="newer version"):
        asyncio.run(works(postgres.url(database)))


def test_the_steps_lead_to_the_tables_that_the_program_knows(postgres: Postgres, database: str) -> None:
    types = {"TEXT": "text", "BIGINT": "bigint", "INTEGER": "integer", "BLOB": "bytea"}
    known = [
        [table.name, column.name, types[str(column.type)], "YES" if column.nullable else "NO"]
        for table in sorted(metadata.tables.values(), key=lambda table: table.name)
        for column in table.columns
    ]
    assert postgres.sql(COLUMNS, database) == known


def first_shape(dialect: str) -> str:
    """The statements of the first program that ran."""
    config, written = Config(), io.StringIO()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes.update(dialect=dialect, shape="", script=written)
    command.upgrade(config, "0001", sql=True)
    return written.getvalue()


HELD = "INSERT INTO held VALUES ('shop-1', 'till-1', 1, 7, 'Nobody knows who.', '')"
AT_A_TILL = """
INSERT INTO device (tenant_id, device, store, till, public_key, epoch) VALUES ('shop-1', 'till-1', 's1', 't1', '', 3)
"""
CLAIMED = "SELECT tenant_id, device, till, epoch, said_ms FROM till_claim"
DECIDED = "SELECT reason, released_by, turned_away_by, decided_ms FROM held"


def test_a_file_of_the_first_shape_keeps_what_it_holds(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "cloud.db")) as old:
        old.executescript(first_shape("sqlite"))
        old.execute(HELD)
        old.execute(AT_A_TILL)
        old.commit()
    storage = EmbeddedStorage(tmp_path / "cloud.db")
    assert storage.connection.rows(DECIDED) == [("Nobody knows who.", "", "", 0)]
    assert storage.connection.rows(CLAIMED) == [("shop-1", "till-1", "t1", 3, 0)]
    run_now(storage.close())


def test_a_database_of_the_first_shape_keeps_what_it_holds(postgres: Postgres) -> None:
    postgres.sql("CREATE DATABASE first_shape")
    for statement in (*first_shape("postgresql").split(";\n"), HELD, AT_A_TILL):
        if statement.strip():
            postgres.sql(statement, "first_shape")
    asyncio.run(works(postgres.url("first_shape")))
    assert postgres.sql(DECIDED, "first_shape") == [["Nobody knows who.", "", "", "0"]]
    assert postgres.sql(CLAIMED, "first_shape") == [["shop-1", "till-1", "t1", "3", "0"]]


def test_a_file_is_made_by_the_same_steps(tmp_path: Path) -> None:
    for _ in range(2):
        storage = EmbeddedStorage(tmp_path / "cloud.db")
        tables = {name for (name,) in storage.connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        run_now(storage.close())
        assert tables == {*metadata.tables, "alembic_version"}
