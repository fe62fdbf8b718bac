"""Somebody comes to the computer of the head office."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.ui.sign_in.screen import BackOfficeScreen
from omsdesk.ui.sign_in.session import BackOfficeSession
from tests.ui.back_office import Stage, click, press, put_on_stage, take_pictures
from tests.ui.sign_in.conftest import PIN


@pytest.fixture
def screen(session: BackOfficeSession) -> BackOfficeScreen:
    return BackOfficeScreen(session, ("Stores", "store"), "Choose a till")


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
    with qtbot.waitSignals([screen.user_changed, screen.office_wanted], timeout=5000):
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
    with qtbot.waitSignal(screen.office_wanted, timeout=5000):
        type_pin(PIN)


def test_the_finger_does_the_same(qtbot: QtBot, screen: BackOfficeScreen, stage: Stage) -> None:
    click(screen.cards["ben"])
    assert screen.hint.text() == "Ben Ito: type your PIN and press Enter."
    with qtbot.waitSignal(screen.till_wanted):
        click(screen.till)
