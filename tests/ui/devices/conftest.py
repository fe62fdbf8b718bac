"""The Devices page on a stage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.ui.devices.screen import DevicesScreen
from tests.ui.back_office import BackOffice, Stage, put_on_stage
from tests.ui.devices.desk import DeviceDesk


@pytest.fixture
def desk(shop: BackOffice) -> Iterator[DeviceDesk]:
    """Sit down at a till."""
    made = DeviceDesk(shop)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def screen(desk: DeviceDesk) -> DevicesScreen:
    """Make the page."""
    return DevicesScreen(desk.office())


@pytest.fixture
def stage(qtbot: QtBot, screen: DevicesScreen) -> Stage:
    """Show it."""
    return put_on_stage(qtbot, screen)
