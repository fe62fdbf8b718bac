"""The page of a further store, by keyboard."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.settings import Service, Settings, save
from omsdesk.store.queries.till import shop_by_id
from omsdesk.ui.settings.new_store_screen import NewStoreScreen
from tests.ui.back_office import BackOffice, Stage, press, put_on_stage, take_pictures, type_into
from tests.ui.settings.conftest import Computer


@pytest.fixture
def page(shop: BackOffice) -> NewStoreScreen:
    shop.database.become_till("")
    save(Settings(shop.folder, service=Service("http://127.0.0.1:1", "s2")))
    return NewStoreScreen(Computer(shop).office())


@pytest.fixture
def stage(qtbot: QtBot, page: NewStoreScreen) -> Stage:
    return put_on_stage(qtbot, page)


def test_a_store_is_opened_by_keyboard(qtbot: QtBot, shop: BackOffice, page: NewStoreScreen, stage: Stage) -> None:
    name = page.store.editor("name")
    qtbot.waitUntil(name.hasFocus, timeout=20_000)
    page.store.editor("phone").setFocus()
    press("Ctrl+Return")
    assert name.hasFocus(), "it needs a name"
    take_pictures(stage, "new-store-empty")
    type_into(name, "Harbour Espresso", stage)
    type_into(page.store.editor("phone"), "0123", stage)
    assert page.till_words.text() == "This computer is Till 2."
    take_pictures(stage, "new-store")
    with qtbot.waitSignal(page.finished, timeout=20_000):
        press("Ctrl+Return")
    made = shop_by_id(shop.reader, "s2")
    assert made is not None
    assert (made.name, made.phone) == ("Harbour Espresso", "0123")
