"""A desk with a spooler, and a printer that is not ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.spooling_desk import Desk, SqliteQueue


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(SqliteQueue(tmp_path / "queue.db"))
    yield desk
    for spooler in desk.spoolers:
        spooler.stop()


@pytest.fixture
def emulator() -> Iterator[ForeignPrinter]:
    printer = ForeignPrinter().listen()
    yield printer
    printer.switch_off()
