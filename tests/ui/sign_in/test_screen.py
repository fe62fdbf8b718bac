"""Somebody comes to the computer of the head office."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.actions.people import hash_pin
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.ui.sign_in.screen import BackOfficeScreen
from omsdesk.ui.sign_in.session import BackOfficeSession
from tests.ui.back_office import BEN, BackOffice, Stage, click, press, put_on_stage, take_pictures
from tests.ui.sign_in.conftest import PIN, pin_hash


@pytest.fixture
def screen(shop: BackOffice, session: BackOfficeSession) -> BackOfficeScreen:
    return BackOfficeScreen(session, shop.feed, ("Stores", "store"), "Choose a till")


@pytest.fixture
def stage(qtbot: QtBot, screen: BackOfficeScreen) -> Stage:
    return put_on_stage(qtbot, screen)


def type_pin(pin: str) -> None:
    for digit in pin:
        press(digit)
    press("Return")


def test_a_pin_opens_the_office_from_the_keyboard(qtbot: QtBot, screen: BackOfficeScreen, stage: Stage) -> None:
    assert screen.title.text() == "Head office"
    take_pictures(stage, "head-office")
    press("Right")
    assert screen.chosen is not None
    assert screen.chosen.name == "Olga Berg"
    with qtbot.waitSignals([screen.user_changed, screen.office_wanted]):
        type_pin(PIN)
    assert screen.hint.text() == "Olga Berg is signed in."
    assert not screen.pad.isVisible()
    take_pictures(stage, "head-office-signed-in")
    with qtbot.waitSignal(screen.left):
        press("Ctrl+L")
    assert screen.pad.isVisible()


def test_a_wrong_pin_is_said_and_asked_again(qtbot: QtBot, screen: BackOfficeScreen, stage: Stage) -> None:
    with qtbot.assertNotEmitted(screen.office_wanted):
        type_pin("9999")
        qtbot.waitUntil(lambda: screen.session.is_wrong)
    assert screen.pad.isVisible()
    with qtbot.waitSignal(screen.office_wanted):
        type_pin(PIN)


def test_the_finger_does_the_same(qtbot: QtBot, screen: BackOfficeScreen, stage: Stage) -> None:
    click(screen.cards["ben"])
    assert screen.hint.text() == "Ben Ito: type your PIN and press Enter."
    with qtbot.waitSignal(screen.till_wanted):
        click(screen.till)


def told(shop: BackOffice, *people: Person) -> None:
    """Hear of people from another station."""
    shop.do(*map(SavePerson, people))
    shop.feed.look()


NEW = Person("nora", "Nora New", Role.CASHIER, pin_hash())


def test_somebody_new_appears_on_the_page_that_waits_and_takes_no_digit_away(
    qtbot: QtBot, shop: BackOffice, screen: BackOfficeScreen, stage: Stage
) -> None:
    press("1")
    press("2")
    qtbot.waitUntil(lambda: screen.pad._pin == "12")
    told(shop, NEW)
    assert "nora" in screen.cards
    assert screen.pad._pin == "12"
    told(shop, replace(NEW, name="Nora Newman"))
    assert screen.cards["nora"].label == "Nora Newman"
    told(shop, replace(NEW, is_active=False))
    assert "nora" not in screen.cards
    assert screen.pad._pin == "12"


def test_a_pin_that_was_changed_elsewhere_counts_at_once(
    qtbot: QtBot, shop: BackOffice, screen: BackOfficeScreen, stage: Stage
) -> None:
    click(screen.cards["ben"])
    press("1")
    qtbot.waitUntil(lambda: screen.pad._pin == "1")
    told(shop, replace(BEN, pin_hash=hash_pin("8642"), name="Ben I."))
    assert screen.pad._pin == "", "what was begun belongs to the old one"
    assert screen.hint.text() == "Ben I.: type your PIN and press Enter."
    with qtbot.waitSignal(screen.office_wanted, timeout=20_000):
        type_pin("8642")


def test_who_is_locked_out_while_here_is_led_out(
    qtbot: QtBot, shop: BackOffice, screen: BackOfficeScreen, stage: Stage
) -> None:
    click(screen.cards["ben"])
    with qtbot.waitSignal(screen.office_wanted, timeout=20_000):
        type_pin(PIN)
    with qtbot.assertNotEmitted(screen.left):
        told(shop, replace(BEN, pin_hash=pin_hash(), name="Ben I."))
    assert screen.hint.text() == "Ben I. is signed in."
    with qtbot.waitSignals([screen.left, screen.user_changed]):
        told(shop, replace(BEN, is_active=False))
    assert screen.pad.isVisible()
    assert "ben" not in screen.cards
