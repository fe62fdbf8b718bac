"""What the settings page says of itself when the program is to close."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from omsdesk.ui.settings.people_view import PeopleView
from omsdesk.ui.settings.screen import SettingsScreen
from tests.ui.back_office import BackOffice, Stage
from tests.ui.settings.test_screen import the_person, the_shop


def test_nothing_typed_is_nothing_to_lose(settings: SettingsScreen, stage: Stage) -> None:
    for key in settings.parts:
        settings.show_part(key)
    assert settings.unsaved() == []


def test_the_shop_with_its_taxes_and_ways_to_pay_is_one_form(
    qtbot: QtBot, shop: BackOffice, settings: SettingsScreen, stage: Stage
) -> None:
    settings.parts["shop"].session.set("name", "Corner Tea")  # type: ignore[attr-defined]
    (form,) = settings.unsaved()
    assert form.name == settings.parts["shop"].part_title
    settings.show_part("people")
    form.show()
    assert settings.part is settings.parts["shop"]
    form.save()
    qtbot.waitUntil(lambda: not form.is_saving())
    assert the_shop(shop).name == "Corner Tea"
    assert settings.unsaved() == []


def test_of_people_each_is_told_who_was_typed_over(
    qtbot: QtBot, shop: BackOffice, settings: SettingsScreen, stage: Stage
) -> None:
    people = settings.parts["people"]
    assert isinstance(people, PeopleView)
    session = people.session_people
    session.choose("ben")
    session.set("name", "Ben Sato")
    session.set("pin", "2580")
    session.set("pin_again", "2580")
    session.begin()
    assert [form.name for form in settings.unsaved()] == ["Ben Sato"], "an empty form is nothing to lose"
    session.set("name", "Carla")
    assert [form.name for form in settings.unsaved()] == ["Carla", "Ben Sato"]
    ben = settings.unsaved()[1]
    ben.show()
    ben.save()
    qtbot.waitUntil(lambda: not ben.is_saving())
    assert the_person(shop, "Ben Sato").id == "ben"
    assert [form.name for form in settings.unsaved()] == ["Carla"]
