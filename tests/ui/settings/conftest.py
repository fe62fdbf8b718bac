"""The settings pages on a stage, with a shop or before there is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.actions.demo_shop import make_demo_shop
from omsdesk.settings import Settings, load, save
from omsdesk.sync.messages import KnownDevice
from omsdesk.ui.office import Post
from omsdesk.ui.settings.office import Office, Station
from omsdesk.ui.settings.screen import SettingsScreen
from tests.ui.back_office import BackOffice, Stage, put_on_stage


@dataclass
class Computer:
    """The station as an application keeps it: settings in a file, the till in the database."""

    shop: BackOffice
    kept: list[Settings] = field(default_factory=list)
    holders: dict[str, KnownDevice] = field(default_factory=dict)
    """Which other computer is a till, by its id."""

    def keep(self, settings: Settings) -> None:
        """Write the file."""
        save(settings)
        self.kept.append(settings)

    def office(self) -> Office:
        """Give the settings' screens what they work with."""
        shop = self.shop
        station = Station(
            lambda: load(shop.folder),
            self.keep,
            shop.database.become_till,
            lambda: make_demo_shop(shop.executor),
            lambda till, then: then(self.holders.get(till)),
        )
        return Office(
            shop.reader,
            shop.work,
            shop.feed,
            shop.clock,
            Post(lambda: shop.database.station.till, lambda: load(shop.folder).service.store),
            lambda: shop.person,
            station,
        )


@pytest.fixture
def empty(tmp_path: Path, qapp: object) -> Iterator[BackOffice]:
    """Open a database in which nothing is set up."""
    made = BackOffice(tmp_path)
    yield made
    made.close()


@pytest.fixture
def shop(empty: BackOffice) -> BackOffice:
    """Set a shop up."""
    empty.set_up()
    return empty


@pytest.fixture
def computer(shop: BackOffice) -> Computer:
    """Sit down at the computer of a shop."""
    return Computer(shop)


@pytest.fixture
def settings(computer: Computer) -> SettingsScreen:
    """Make the screen."""
    return SettingsScreen(computer.office())


@pytest.fixture
def stage(qtbot: QtBot, settings: SettingsScreen) -> Stage:
    """Show it."""
    return put_on_stage(qtbot, settings)
