"""A till for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.station import Station


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Station]:
    """A till whose shop is set up and whose shift is open."""
    station = Station(tmp_path / "shop.db")
    station.open_shift()
    yield station
    station.close()
