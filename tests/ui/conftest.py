"""What holds for every story of the interface."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from omsdesk.ui.office import Office, Post
from tests.ui.back_office import BackOffice


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    """Delete what a story closed: without an event loop nobody does, and each new theme is told to all of it."""
    yield
    if QApplication.instance() is not None:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def shop(tmp_path: Path, qapp: QApplication) -> Iterator[BackOffice]:
    """A shop with a dozen products, and a manager before it."""
    made = BackOffice(tmp_path)
    made.set_up()
    made.stock()
    yield made
    made.close()


@pytest.fixture
def office(shop: BackOffice) -> Office:
    """What a page of the back office works with."""
    return Office(
        shop.reader, shop.work, shop.feed, shop.clock, Post(lambda: shop.database.station.till), lambda: shop.person
    )
