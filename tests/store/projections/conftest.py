"""The till of the folder above, and how to look at its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.store.station import Station

Rows = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def rows(till: Station) -> Rows:
    """Ask the till's database a question in SQL."""
    return till.database.writer.rows
