"""A service in this process, for whoever talks to it by a real line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.cloud_server import CloudServer, serving
from tests.sync.stations import Cloud


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    """Its rows and its rules."""
    made = Cloud(tmp_path / "cloud.db")
    yield made
    made.close()


@pytest.fixture
def server(cloud: Cloud) -> Iterator[CloudServer]:
    """Its address on loopback."""
    with serving(cloud) as made:
        yield made
