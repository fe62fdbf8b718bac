"""The first start ends with a till that can sell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from omsdesk.actions.people import knows_pin
from omsdesk.actions.set_up import countries
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.people import Role
from omsdesk.domain.values import Money
from omsdesk.settings import Service, Settings, save
from omsdesk.store.engine import StoreFailure
from omsdesk.store.queries.products import last_no
from omsdesk.store.queries.till import people, shop_of, till_of
from omsdesk.ui.settings.office import Station
from omsdesk.ui.settings.set_up_screen import SetUpScreen
from tests.ui.back_office import BackOffice, Stage, click, press, put_on_stage, take_pictures, type_into
from tests.ui.settings.conftest import Computer


@pytest.fixture
def first(empty: BackOffice) -> SetUpScreen:
    """Make the page of the first start."""
    return SetUpScreen(Computer(empty).office())


@pytest.fixture
def stage(qtbot: QtBot, first: SetUpScreen) -> Stage:
    """Show it."""
    return put_on_stage(qtbot, first)


def choose_country(first: SetUpScreen, code: str) -> None:
    """Choose a country."""
    country = first.shop.editor("country")
    assert isinstance(country, QComboBox)
    country.setCurrentIndex(country.findData(code))


def fill_in(first: SetUpScreen, stage: Stage) -> None:
    """Type what is asked."""
    choose_country(first, "CH")
    type_into(first.shop.editor("shop_name"), "Cafe Zentral", stage)
    type_into(first.person.editor("name"), "Vreni Amsler", stage)
    for name in ("pin", "pin_again"):
        type_into(first.person.editor(name), "4711", stage)


def test_a_shop_is_opened_and_can_sell(qtbot: QtBot, empty: BackOffice, first: SetUpScreen, stage: Stage) -> None:
    take_pictures(stage, "set-up")
    fill_in(first, stage)
    assert first.customs.text().startswith("CHF. Prices contain the tax")
    take_pictures(stage, "set-up-typed")
    with qtbot.waitSignal(first.finished, timeout=10_000):
        press("Ctrl+Return")
    till = empty.database.station.till
    shop = shop_of(empty.reader, till)
    assert shop is not None
    assert (shop.name, shop.currency, shop.country) == ("Cafe Zentral", "CHF", "CH")
    owner = people(empty.reader)[0]
    assert owner.role is Role.OWNER
    assert knows_pin(owner, "4711")
    empty.do(OpenShift("first", Money(20000, "CHF")), actor=owner.id)


def test_what_is_missing_is_said_at_its_field(
    qtbot: QtBot, empty: BackOffice, first: SetUpScreen, stage: Stage
) -> None:
    choose_country(first, "GB")
    type_into(first.person.editor("pin"), "12345", stage)
    click(first.go)
    assert first.session.errors == {
        "shop_name": "Type what your shop is called: it stands on receipts.",
        "name": "Type your name.",
        "pin_again": "The two entries differ. Type the PIN again.",
    }
    assert any("differ" in label.text() for label in first.person.findChildren(QLabel))
    take_pictures(stage, "set-up-mistakes")
    assert people(empty.reader) == []


def test_every_country_says_its_customs(first: SetUpScreen, stage: Stage) -> None:
    for code in countries():
        choose_country(first, code)
        assert first.customs.text().split(".")[0] == first.session.preset.currency


def test_whoever_was_let_in_before_there_was_a_shop_is_told_so(qtbot: QtBot, empty: BackOffice) -> None:
    save(Settings(empty.folder, service=Service("http://127.0.0.1:1", "s1")))
    page = SetUpScreen(Computer(empty).office())
    put_on_stage(qtbot, page)
    assert any(label.text().startswith("This computer was let in") for label in page.findChildren(QLabel))
    assert not page.join.isVisible()
    assert not page.demo.isVisible()


def test_the_demonstration_shop_is_one_press(qtbot: QtBot, empty: BackOffice, first: SetUpScreen, stage: Stage) -> None:
    with qtbot.waitSignal(first.finished, timeout=60_000):
        click(first.demo)
    assert till_of(empty.reader, empty.database.station.till) is not None
    assert last_no(empty.reader) > 100


def test_a_full_disk_is_said_and_nothing_is_lost(qtbot: QtBot, empty: BackOffice) -> None:
    def full() -> None:
        raise StoreFailure("The disk is full. Free some space and try again.")

    office = Computer(empty).office()
    station = Station(office.station.settings, office.station.keep, office.station.become_till, full)
    broken = replace(office, station=station)
    first = SetUpScreen(broken)
    stage = put_on_stage(qtbot, first)
    click(first.demo)
    qtbot.waitUntil(first.banner.isVisible)
    assert first.banner.text() == "The disk is full. Free some space and try again."
    fill_in(first, stage)
    assert first.session.draft.shop_name == "Cafe Zentral"
    assert first.demo.isEnabled()


def test_another_till_of_a_shop_that_exists_is_one_key(qtbot: QtBot, first: SetUpScreen, stage: Stage) -> None:
    with qtbot.waitSignal(first.join_wanted):
        press("Ctrl+J")
    with qtbot.waitSignal(first.join_wanted):
        click(first.join)


def test_a_station_that_was_let_in_first_makes_the_shop_that_the_service_expects(
    qtbot: QtBot, empty: BackOffice
) -> None:
    computer = Computer(empty)
    computer.keep(Settings(empty.folder, service=Service("https://desk.example", "the-corner", "tenant")))
    first = SetUpScreen(computer.office())
    stage = put_on_stage(qtbot, first)
    assert not first.join.isEnabled()
    assert not first.demo.isEnabled(), "a demonstration is nothing to tell a service"
    fill_in(first, stage)
    with qtbot.waitSignal(first.finished, timeout=10_000):
        click(first.go)
    shop = shop_of(empty.reader, empty.database.station.till)
    assert shop is not None
    assert shop.id == "the-corner"
