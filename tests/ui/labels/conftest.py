"""The labels page on a stage, with a manager before it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.ui.labels.screen import LabelsScreen
from omsdesk.ui.office import Office, Post
from tests.ui.back_office import BackOffice, Stage, put_on_stage


@pytest.fixture
def shop(tmp_path: Path, qapp: object) -> Iterator[BackOffice]:
    """A shop with its goods."""
    made = BackOffice(tmp_path)
    made.set_up()
    made.stock()
    yield made
    made.close()


@pytest.fixture
def office(shop: BackOffice) -> Office:
    """What the page works with."""
    return Office(
        shop.reader, shop.work, shop.feed, shop.clock, Post(lambda: shop.database.station.till), lambda: shop.person
    )


@pytest.fixture
def stage(office: Office, qtbot: QtBot) -> Stage:
    """The page in a window."""
    return put_on_stage(qtbot, LabelsScreen(office))


@pytest.fixture
def page(stage: Stage) -> LabelsScreen:
    """The page itself."""
    assert isinstance(stage.shown, LabelsScreen)
    return stage.shown
