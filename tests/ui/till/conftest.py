"""The till of a small shop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from tests.ui.till.bench import Bench
from tests.ui.till.shop import Station, set_up


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """Every story begins and ends in the light theme."""
    theme.apply(theme.load("light"), qapp)
    yield
    theme.apply(theme.load("light"), qapp)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """The state of a till with an open shift, and Anna at it."""
    made = Bench(set_up(tmp_path))
    yield made
    made.close()


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Bench]:
    """The same, on a disk that answers when the story says so."""
    made = Bench(set_up(tmp_path), is_slow=True)
    yield made
    made.close()


@pytest.fixture
def station(tmp_path: Path, qtbot: QtBot) -> Iterator[Station]:
    """A station that was set up and not started yet."""
    made = Station(set_up(tmp_path), qtbot)
    yield made
    if hasattr(made, "window"):
        made.stop()


@pytest.fixture
def till(station: Station) -> Station:
    """A till with an open shift, and Anna at it."""
    return station.start()
