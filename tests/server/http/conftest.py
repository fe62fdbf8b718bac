"""A running service for the tests of a module, and a business in it for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from omsdesk.server.http.limits import Limits
from tests.server.http.served import Served, Station


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service with the limits that it has everywhere."""
    running = Served(tmp_path_factory.mktemp("service") / "service.db")
    yield running
    running.stop()


@pytest.fixture
def tenant(served: Served) -> str:
    """A business of its own for a test."""
    return served.found()


@pytest.fixture
def station(served: Served, tenant: str) -> Iterator[Station]:
    """A station of the business."""
    made = served.station(tenant)
    yield made
    made.hang_up()


Serve = Callable[[Limits], Served]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts a service with other limits."""
    running: list[Served] = []

    def start(limits: Limits) -> Served:
        running.append(Served(tmp_path / f"service-{len(running)}.db", limits))
        return running[-1]

    yield start
    for one in running:
        one.stop()
