"""One signal for every change, whoever made it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.execute import Changes, Executor
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.people import SYSTEM, Person, Role, SavePerson
from omsdesk.store.database import Database, open_database
from omsdesk.ui.changes import ChangeFeed


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_database(tmp_path / "shop.db", SystemClock().new_id)
    yield made
    made.close()


@pytest.fixture
def heard(database: Database, qtbot: QtBot) -> Iterator[list[Changes]]:
    found: list[Changes] = []
    feed = ChangeFeed(database.reader())
    feed.changed.connect(found.append)
    feed.start()
    yield found
    feed.deleteLater()


def anna() -> SavePerson:
    return SavePerson(Person("anna", "Anna", Role.CASHIER))


def test_what_another_program_wrote_is_heard(database: Database, heard: list[Changes], qtbot: QtBot) -> None:
    other = open_database(database.path, SystemClock().new_id)
    Executor(other, SystemClock()).execute(SYSTEM, anna())
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].subjects == {("people", "anna")}
    other.close()


def test_a_feed_that_was_stopped_asks_no_more(database: Database, qtbot: QtBot) -> None:
    reader = database.reader()
    feed = ChangeFeed(reader)
    feed.start()
    feed.stop()
    reader.close()
    qtbot.wait(450)
    assert not feed._timer.isActive()


def test_all_of_an_action_is_one_signal(database: Database, heard: list[Changes], qtbot: QtBot) -> None:
    product = SaveProducts("batch", (ProductEdit("p1", name="Oat milk"),))
    Executor(database, SystemClock()).execute(SYSTEM, anna(), product)
    qtbot.waitUntil(lambda: bool(heard))
    assert len(heard) == 1
    assert heard[0].touch("people")
    assert heard[0].touch("catalogue", "stock")
    assert not heard[0].touch("sale")


def test_what_was_there_before_is_no_news(database: Database, qtbot: QtBot) -> None:
    Executor(database, SystemClock()).execute(SYSTEM, anna())
    found: list[Changes] = []
    feed = ChangeFeed(database.reader())
    feed.changed.connect(found.append)
    feed.look()
    assert found == []


def test_news_is_told_once(database: Database, qtbot: QtBot) -> None:
    found: list[Changes] = []
    feed = ChangeFeed(database.reader())
    feed.changed.connect(found.append)
    Executor(database, SystemClock()).execute(SYSTEM, anna())
    feed.look()
    feed.look()
    assert len(found) == 1
