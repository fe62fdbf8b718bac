"""Another computer becomes a till, step by step, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from omsdesk.domain.shop import SaveTill, Till
from omsdesk.sync.codes import invitation
from omsdesk.ui.sync.join_screen import JoinScreen
from omsdesk.ui.sync.join_session import Stage
from tests.ui.back_office import Stage as OnStage
from tests.ui.back_office import press, put_on_stage, take_pictures, type_into, until
from tests.ui.sync.desks import Desk, House, Opens


@pytest.fixture
def newcomer(opens: Opens) -> Desk:
    """A computer on which there is nothing yet."""
    return opens("new", is_set_up=False)


@pytest.fixture
def screen(newcomer: Desk) -> JoinScreen:
    return JoinScreen(newcomer.office)


@pytest.fixture
def stage(qtbot: QtBot, screen: JoinScreen) -> OnStage:
    made = put_on_stage(qtbot, screen)
    until(made.isActiveWindow)
    return made


def test_a_typed_code_makes_it_the_till_it_names(
    desk: Desk, house: House, newcomer: Desk, screen: JoinScreen, stage: OnStage
) -> None:
    desk.shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    until(desk.is_synced)
    assert screen.form.first.hasFocus()
    take_pictures(stage, "join-code")
    type_into(screen.form.editor("address"), house.address, stage)
    type_into(screen.form.editor("code"), house.code("s1", till="t2").lower(), stage)
    press("Ctrl+Return")
    until(lambda: newcomer.shop.database.station.till == "t2")
    assert newcomer.office.shop == desk.office.shop


def test_a_scanned_code_without_a_till_lets_one_be_chosen(
    desk: Desk, house: House, newcomer: Desk, screen: JoinScreen, stage: OnStage
) -> None:
    desk.shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    until(desk.is_synced)
    assert screen.scanned(invitation(house.address, house.code("s1")))
    press("Ctrl+Return")
    until(screen.tills.isVisible)
    buttons = [button for button in screen.tills.findChildren(QPushButton) if button.isVisible()]
    assert [(button.accessibleName(), button.isEnabled()) for button in buttons] == [
        ("Till 1 (1): front is this till", False),
        ("Till 2 (2)", True),
        ("No till: back office", True),
    ]
    assert buttons[1].hasFocus()
    take_pictures(stage, "join-till")
    press("Return")
    assert newcomer.shop.database.station.till == "t2"


def test_a_head_office_begins_at_the_choice_that_is_no_till(
    desk: Desk, house: House, newcomer: Desk, screen: JoinScreen, stage: OnStage
) -> None:
    assert screen.scanned(invitation(house.address, house.code("*")))
    press("Ctrl+Return")
    until(screen.tills.isVisible)
    first = next(button for button in screen.tills.findChildren(QPushButton) if button.isVisible())
    assert first.accessibleName() == "No till: head office"
    assert first.hasFocus()
    take_pictures(stage, "join-head-office")


def test_a_business_without_a_shop_is_set_up_here(
    qtbot: QtBot, house: House, screen: JoinScreen, stage: OnStage
) -> None:
    assert screen.scanned(invitation(house.address, house.code()))
    with qtbot.waitSignal(screen.set_up_wanted, timeout=20_000):
        press("Ctrl+Return")


def test_a_wrong_code_is_said_and_one_can_go_back(
    qtbot: QtBot, house: House, screen: JoinScreen, stage: OnStage
) -> None:
    assert screen.scanned(invitation(house.address, "0000-0000-0000"))
    press("Ctrl+Return")
    until(lambda: screen.session.enrolment.errors)
    take_pictures(stage, "join-wrong")
    assert screen.session.stage is Stage.CODE
    with qtbot.waitSignal(screen.set_up_wanted):
        press("Esc")


def test_who_corrects_the_address_after_a_wrong_code_is_not_called_back(
    qtbot: QtBot, house: House, screen: JoinScreen, stage: OnStage
) -> None:
    assert screen.scanned(invitation(house.address, "0000-0000-0000"))
    press("Ctrl+Return")
    until(lambda: screen.session.enrolment.errors)
    address = screen.form.editor("address")
    address.setFocus()
    for letter in "abc":
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    assert address.hasFocus()
    assert screen.session.enrolment.draft.address.startswith("abc")


def test_enter_in_the_code_is_enough(house: House, screen: JoinScreen, stage: OnStage) -> None:
    assert screen.scanned(invitation(house.address, house.code()))
    screen.form.editor("code").setFocus()
    press("Return")
    until(lambda: screen.session.stage is not Stage.CODE)


def test_a_service_that_goes_once_everything_is_here_is_no_wall(
    desk: Desk, house: House, newcomer: Desk, stage: OnStage, qtbot: QtBot
) -> None:
    newcomer.connect(house, house.code("s1"))
    house.go_down()
    screen = JoinScreen(newcomer.office)
    screen.session.go_on()
    second = put_on_stage(qtbot, screen)
    until(screen.alone.isVisible)
    assert "Products, prices and people are here." in screen.progress.text()
    assert "are coming" not in screen.progress.text()
    take_pictures(second, "join-alone")
    screen.alone.click()
    assert screen.session.stage is Stage.DONE
    assert newcomer.shop.database.station.till == ""


def test_a_line_that_breaks_while_the_shop_comes_is_said(
    desk: Desk, house: House, newcomer: Desk, screen: JoinScreen, stage: OnStage
) -> None:
    assert screen.scanned(invitation(house.address, house.code("s1")))
    screen.session.enrolment.enrol()
    until(lambda: not screen.session.enrolment.is_working)
    house.go_down()
    newcomer.exchange.sync_now()
    if newcomer.office.shop is None:
        until(screen.again.isVisible)
        take_pictures(stage, "join-offline")
    house.come_back()
    press("Ctrl+R")
    screen.session.try_again()
    until(screen.tills.isVisible)
