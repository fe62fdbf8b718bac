"""A PostgreSQL for the whole run, started when the first test asks for it; a new database for every test."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Postgres, running
from tests.server.storages import Kept, OnFile, OnPostgres

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server."""
    if sys.platform == "win32":
        pytest.skip("PostgreSQL is reached by a Unix socket here; the service runs on Linux")
    with running() as server:
        yield server


@pytest.fixture
def database(postgres: Postgres) -> Iterator[str]:
    """The name of an empty database in today's shape."""
    name = f"test_{next(_numbers)}"
    postgres.new_database(name)
    yield name
    postgres.sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def on_postgres(postgres: Postgres, database: str) -> Iterator[OnPostgres]:
    """The service's database on PostgreSQL."""
    opened = OnPostgres(postgres.url(database))
    yield opened
    opened.close()


@pytest.fixture(params=["file", "postgres"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    """The service's database, on each kind that there is."""
    if request.param == "file":
        opened = OnFile(tmp_path / "cloud.db")
        yield opened
        opened.close()
    else:
        yield request.getfixturevalue("on_postgres")
