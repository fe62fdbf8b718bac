"""The products page on a stage, with a small shop behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.ui.catalogue.office import Office
from omsdesk.ui.catalogue.screen import ProductsScreen
from tests.ui.back_office import BackOffice, Stage, put_on_stage


@pytest.fixture
def shop(tmp_path: Path, qapp: object) -> Iterator[BackOffice]:
    """Open a shop with a dozen products."""
    made = BackOffice(tmp_path)
    made.set_up()
    made.stock()
    yield made
    made.close()


def office_of(shop: BackOffice) -> Office:
    """Give the catalogue's screens what they work with."""
    return Office(shop.reader, shop.work, shop.writer, shop.feed, shop.clock, "t1", lambda: shop.person)


@pytest.fixture
def products(shop: BackOffice) -> ProductsScreen:
    """Make the screen."""
    return ProductsScreen(office_of(shop))


@pytest.fixture
def stage(qtbot: QtBot, products: ProductsScreen) -> Stage:
    """Show it, with its rows read."""
    stage = put_on_stage(qtbot, products)
    qtbot.waitUntil(lambda: products.list.list.count() > 0 and products.list.session.rows.row(0) is not None)
    return stage
