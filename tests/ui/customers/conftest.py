"""The customers page on a stage, with a shop that has some."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.domain.customer import Customer, SaveCustomer
from omsdesk.ui.customers.office import Office
from omsdesk.ui.customers.screen import CustomersScreen
from omsdesk.ui.office import Post
from tests.ui.back_office import BackOffice, Stage, put_on_stage

MIA = Customer(
    "mia", "Mia Schneider", "Schneider Ltd", "020 7946 0123", "mia@example.org", ("1 High Street", "York"), "GB",
    card="2900001", note="Keep oat milk aside",
)  # fmt: skip
OTTO = Customer("otto", "Otto Maier", phone="01904 555 012")


@pytest.fixture
def shop(tmp_path: Path, qapp: object) -> Iterator[BackOffice]:
    """Set a shop up, with goods and two customers."""
    made = BackOffice(tmp_path)
    made.set_up()
    made.stock()
    made.do(SaveCustomer(OTTO), SaveCustomer(MIA))
    yield made
    made.close()


@pytest.fixture
def office(shop: BackOffice) -> Office:
    """Give the screens what they work with."""
    post = Post(lambda: shop.database.station.till)
    folder = shop.folder / "documents"
    return Office(
        shop.reader, shop.work, shop.feed, shop.clock, post, lambda: shop.person, lambda: folder, shop.writer,
        lambda: shop.folder.joinpath("mail").exists(),
    )  # fmt: skip


@pytest.fixture
def screen(office: Office) -> CustomersScreen:
    """Make the screen."""
    return CustomersScreen(office)


@pytest.fixture
def stage(qtbot: QtBot, screen: CustomersScreen) -> Stage:
    """Show it."""
    made = put_on_stage(qtbot, screen)
    qtbot.waitUntil(lambda: len(screen.people.session.rows) == 2)
    return made
