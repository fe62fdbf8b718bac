"""A PostgreSQL for the whole run, started when the first test asks for it; a new database for every test; a shop."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.server.embedded import run_now
from omsdesk.server.replicas import Inside, Replicas
from tests.postgres import Postgres, running
from tests.server.storages import Kept, OnFile, OnPostgres
from tests.sync.stations import Cloud, Member, a_shop

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


# ---- a shop and the tables that the service keeps of it


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    """A service that has taken its own seat in a business."""
    made = Cloud(tmp_path / "cloud.db")
    run_now(made.registrar.seat(made.tenant))
    yield made
    made.close()


@pytest.fixture
def tills(tmp_path: Path, cloud: Cloud) -> Iterator[list[Member]]:
    """The tills of a shop, which agree with the service."""
    made = a_shop(tmp_path, cloud)
    for member in made * 2:
        cloud.turn(member)
    yield made
    for member in made:
        member.close()


@pytest.fixture
def replicas(tmp_path: Path, cloud: Cloud) -> Iterator[Replicas]:
    """The tables that the service keeps."""
    made = Replicas(tmp_path / "tables", lambda tenant: Inside(cloud.ledger, tenant, run_now))
    yield made
    made.close()
