"""The settings' pages hang together: what stops one is said on the other, and the first mistake is gone to."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.shop import SaveShop, Shop
from omsdesk.store.queries.till import shop_of, tills
from omsdesk.ui.settings.people_view import PeopleView
from omsdesk.ui.settings.screen import SettingsScreen
from omsdesk.ui.settings.shop_view import ShopView
from omsdesk.ui.settings.station_view import StationView
from omsdesk.ui.settings.taxes_view import TaxesView
from omsdesk.ui.settings.tills_view import TillsView
from tests.ui.back_office import BackOffice, Stage, click, press, put_on_stage, take_pictures, type_into
from tests.ui.settings.conftest import Computer


def kept(shop: BackOffice) -> Shop:
    """Read the shop as it is kept."""
    found = shop_of(shop.reader, "t1")
    assert found is not None
    return found


@pytest.fixture
def shop_view(settings: SettingsScreen, stage: Stage) -> ShopView:
    """Show the shop's page."""
    assert isinstance(settings.part, ShopView)
    return settings.part


def test_a_mistake_on_the_page_before_is_said_on_this_one(
    qtbot: QtBot, shop: BackOffice, settings: SettingsScreen, shop_view: ShopView, stage: Stage
) -> None:
    type_into(shop_view.letterhead.editor("name"), " ", stage)
    settings.show_part("taxes")
    taxes = settings.part
    assert isinstance(taxes, TaxesView)
    type_into(taxes.table.editor(1, "percent"), "21", stage)
    press("Ctrl+S")
    assert taxes.banner.text() == "Under “Shop”: Type the name of the shop."
    take_pictures(stage, "settings-wrong-elsewhere")
    settings.show_part("shop")
    assert not shop_view.banner.isVisible(), "here it is said at its field"
    type_into(shop_view.letterhead.editor("name"), "Corner Tea", stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: kept(shop).name == "Corner Tea")
    assert kept(shop).tax_rates[1].tax.rate_ppm == 210_000, "the rate came along"


@pytest.mark.parametrize(
    ("part", "rows", "place"), [("taxes", "rates", "Taxes"), ("tenders", "methods", "Ways to pay")]
)
def test_the_page_with_the_mistake_is_named(
    settings: SettingsScreen, shop_view: ShopView, part: str, rows: str, place: str
) -> None:
    settings.show_part(part)
    session = shop_view.session
    session.add_row(rows)
    press("Ctrl+S")
    assert not settings.part.banner.isVisible()
    settings.show_part("shop")
    assert shop_view.banner.text().startswith(f"Under “{place}”: Type")


def test_save_goes_to_the_first_mistake(settings: SettingsScreen, stage: Stage) -> None:
    settings.show_part("people")
    people = settings.part
    assert isinstance(people, PeopleView)
    people.begin()
    for name, text in (("name", "Dora"), ("pin", "12"), ("pin_again", "12")):
        type_into(people.form.editor(name), text, stage)
    press("Ctrl+S")
    assert QApplication.focusWidget() is people.form.editor("pin")
    type_into(people.form.editor("name"), "", stage)
    click(people.save)
    assert QApplication.focusWidget() is people.form.editor("name")


def test_discard_is_there_while_there_is_something_to_discard(
    settings: SettingsScreen, shop_view: ShopView, stage: Stage
) -> None:
    assert not shop_view.discard.isVisible()
    type_into(shop_view.letterhead.editor("phone"), "1", stage)
    assert shop_view.discard.isVisible()
    take_pictures(stage, "settings-discard")
    click(shop_view.discard)
    phone = shop_view.letterhead.editor("phone")
    assert isinstance(phone, QLineEdit)
    assert phone.text() == ""
    assert not shop_view.save.isEnabled()


def test_what_was_changed_on_another_computer_is_said_while_one_types(
    shop: BackOffice, shop_view: ShopView, stage: Stage
) -> None:
    type_into(shop_view.letterhead.editor("phone"), "1", stage)
    shop.do(SaveShop(Shop("s1", "Corner Tea", "GBP", locale="en-GB")))
    shop.feed.look()
    assert shop_view.banner.text().startswith("The shop was changed on another computer")
    name, phone = (shop_view.letterhead.editor(field) for field in ("name", "phone"))
    assert isinstance(name, QLineEdit)
    assert isinstance(phone, QLineEdit)
    assert (name.text(), phone.text()) == ("Corner Tea", "1")


def test_before_there_is_a_shop_the_pages_are_closed(qtbot: QtBot, empty: BackOffice) -> None:
    empty.person = None
    settings = SettingsScreen(Computer(empty).office())
    put_on_stage(qtbot, settings)
    for key in settings.parts:
        settings.show_part(key)
        assert not settings.part.save.isVisible(), key
        assert settings.part.banner.isVisible(), key
        assert not any(editor.isEnabled() for editor in settings.part.findChildren(QLineEdit)), key


def test_a_new_till_is_said_to_be_saved_and_offers_no_undo(
    qtbot: QtBot, shop: BackOffice, settings: SettingsScreen, stage: Stage
) -> None:
    settings.show_part("tills")
    part = settings.part
    assert isinstance(part, TillsView)
    click(part.add)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is part.table.editor(1, "name"))
    press("Ctrl+S")
    qtbot.waitUntil(lambda: len(tills(shop.reader)) == 2)
    qtbot.waitUntil(part.banner.isVisible)
    assert part.banner.text() == "Tills saved."
    assert not part.can_undo
    take_pictures(stage, "settings-till-saved")


def test_who_was_left_unsaved_is_marked_in_the_list(shop: BackOffice, settings: SettingsScreen, stage: Stage) -> None:
    shop.do(SavePerson(Person("carla", "Carla Moss", Role.CASHIER, "hash")))
    settings.show_part("people")
    people = settings.part
    assert isinstance(people, PeopleView)
    click(people.list.viewport(), people.list.shown_rect(2).center())
    type_into(people.form.editor("name"), "Carla Lind", stage)
    click(people.list.viewport(), people.list.shown_rect(0).center())
    assert people.list.name_of(2) == "Carla Moss, Cashier, not saved yet"
    press("Ctrl+N")
    type_into(people.form.editor("pin"), "1", stage)
    click(people.list.viewport(), people.list.shown_rect(2).center())
    assert people.list.name_of(4) == "New person, Cashier, not saved yet"
    name = people.form.editor("name")
    assert isinstance(name, QLineEdit)
    assert name.text() == "Carla Lind", "what was typed is still there"
    take_pictures(stage, "settings-people-unsaved")


def test_a_folder_is_chosen_and_its_whole_path_is_said(
    shop: BackOffice, settings: SettingsScreen, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.show_part("station")
    station = settings.part
    assert isinstance(station, StationView)
    assert station.where.text() == f"They go to {shop.folder / 'documents'}."
    begun: list[str] = []

    def choose(_parent: object, _title: str, folder: str) -> str:
        begun.append(folder)
        return "/srv/receipts" if len(begun) == 1 else ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    click(station.choose)
    click(station.choose)
    assert begun == [str(shop.folder / "documents"), "/srv/receipts"]
    assert station.where.text() == "They go to /srv/receipts."
    assert station.save.isEnabled()


def test_the_pages_are_reached_by_keyboard_and_by_name(settings: SettingsScreen, stage: Stage) -> None:
    assert QApplication.focusWidget() is settings.pills
    press("Right")
    press("Space")
    names = {intent.name: intent for intent in settings.intents()}
    names["settings.people"].act()
    assert isinstance(settings.part, PeopleView)
    assert names["settings.person"].is_possible()
    names["settings.tills"].act()
    assert not names["settings.person"].is_possible()
    assert not names["settings.undo"].is_possible()
    assert names["settings.save"].keys == "Ctrl+S"
