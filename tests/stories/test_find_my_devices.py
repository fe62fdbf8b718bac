"""The first minute of a new till: its devices are found, used and tried by the keys of a keyboard.

The printer and the scale are not ours: emupos prints on a socket that is announced on loopback, and weighs at the other
end of a serial cable.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot
from zeroconf import ServiceInfo, Zeroconf

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.devices.finders import network
from omsdesk.devices.scale import ScaleStatus
from omsdesk.ui.devices.screen import DevicesScreen
from omsdesk.ui.devices.wizard_session import Phase
from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.foreign_scale import ForeignScale
from tests.ui.back_office import BEN, BackOffice, Stage, press, put_on_stage, take_pictures, until
from tests.ui.devices.desk import DeviceDesk

KIND = "_pdl-datastream._tcp.local."
MINUTE = 60.0


@pytest.fixture
def shop(tmp_path: Path, qapp: object) -> Iterator[BackOffice]:
    made = BackOffice(tmp_path)
    made.set_up()
    yield made
    made.close()


@pytest.fixture
def printer() -> Iterator[ForeignPrinter]:
    made = ForeignPrinter().listen()
    here = [socket.inet_aton("127.0.0.1")]
    words = {"ty": "EPSON TM-T20III"}
    # Other tests may announce theirs at the same time: no two have one name.
    name = f"counter-{uuid4().hex}"
    info = ServiceInfo(KIND, f"{name}.{KIND}", made.port, 0, 0, words, f"{name}.local.", addresses=here)
    with closing(Zeroconf(interfaces=["127.0.0.1"])) as announcing:
        announcing.register_service(info)
        yield made
    made.switch_off()


@pytest.fixture(params=["toledo8217-15kg", "sma-15kg"])
def scale(request: pytest.FixtureRequest) -> Iterator[ForeignScale]:
    made = ForeignScale(request.param)
    yield made
    made.gadget.pull_out()


@pytest.fixture
def desk(shop: BackOffice, printer: ForeignPrinter, scale: ForeignScale) -> Iterator[DeviceDesk]:
    def announced() -> list[Found]:
        rows = network.look(2.0, interfaces=["127.0.0.1"])
        # Other programs of this machine may announce something, too.
        return [row for row in rows if row.address.port == printer.port]

    port = Found(Address(Bus.SERIAL, scale.gadget.name), "USB Serial Port")
    made = DeviceDesk(shop, looks={"serial ports": lambda: [port], "the network": announced})
    made.start()
    yield made
    made.stop()


@pytest.fixture
def stage(qtbot: QtBot, desk: DeviceDesk) -> Stage:
    return put_on_stage(qtbot, DevicesScreen(desk.office()))


def phase(stage: Stage) -> Phase:
    assert isinstance(stage.shown, DevicesScreen)
    return stage.shown.wizard.phase


def begin(stage: Stage) -> None:
    until(stage.isActiveWindow)
    press("Ctrl+F")


def test_a_till_has_its_devices_in_under_a_minute_by_four_keys(
    desk: DeviceDesk, stage: Stage, printer: ForeignPrinter, scale: ForeignScale
) -> None:
    assert isinstance(stage.shown, DevicesScreen)
    began = time.monotonic()
    wizard = stage.shown.wizard
    begin(stage)
    assert phase(stage) is Phase.LOOKING
    until(lambda: phase(stage) is Phase.PROPOSED)
    assert [(row.role.key, row.card.category) for row in wizard.proposals] == [
        ("receipt", "POSPrinter"),
        ("scale", "Scale"),
    ]
    assert wizard.proposals[0].found.name == "EPSON TM-T20III"
    take_pictures(stage, "wizard-proposed")
    press("Return")
    until(lambda: phase(stage) is Phase.ASKING)
    assert "Corner Coffee" in printer.sheets[-1].text
    take_pictures(stage, "wizard-asking")
    press("Return")
    assert phase(stage) is Phase.DONE
    take_pictures(stage, "wizard-done")
    press("Return")
    took = time.monotonic() - began
    logging.getLogger(__name__).info("Found, used and tried in %.1f s.", took)
    assert took < MINUTE
    assert phase(stage) is Phase.CLOSED
    assert set(desk.settings().device) == {"receipt", "scale"}
    scale.put(1250)
    weighs = desk.devices.devices["scale"]
    until(lambda: weighs.live_weight().grams == 1250 and weighs.live_weight().status is ScaleStatus.STABLE)  # type: ignore[attr-defined]
    press("Ctrl+Z")
    assert desk.settings().device == {}


def test_what_is_not_wanted_is_left_out_by_its_digit(desk: DeviceDesk, stage: Stage, printer: ForeignPrinter) -> None:
    assert isinstance(stage.shown, DevicesScreen)
    wizard = stage.shown.wizard
    begin(stage)
    until(lambda: phase(stage) is Phase.PROPOSED)
    press("1")
    until(lambda: [row.is_wanted for row in wizard.proposals] == [False, True])
    take_pictures(stage, "wizard-left-out")
    press("Return")
    assert phase(stage) is Phase.DONE
    assert set(desk.settings().device) == {"scale"}
    assert printer.sheets == []


def test_a_page_that_came_out_wrong_leads_to_what_can_be_set(
    desk: DeviceDesk, stage: Stage, printer: ForeignPrinter
) -> None:
    assert isinstance(stage.shown, DevicesScreen)
    begin(stage)
    until(lambda: phase(stage) is Phase.PROPOSED)
    press("Return")
    until(lambda: phase(stage) is Phase.ASKING)
    press("N")
    until(lambda: phase(stage) is Phase.DONE)
    assert "choose another model" in stage.shown.wizard.sentence
    press("Esc")
    assert phase(stage) is Phase.CLOSED
    assert stage.shown.session.current == "receipt"


def test_a_printer_without_paper_says_so(desk: DeviceDesk, stage: Stage, printer: ForeignPrinter) -> None:
    assert isinstance(stage.shown, DevicesScreen)
    printer.set_fault("paper-out", is_active=True)
    begin(stage)
    until(lambda: phase(stage) is Phase.PROPOSED)
    press("Return")
    until(lambda: phase(stage) is Phase.DONE)
    assert "paper" in stage.shown.wizard.sentence
    assert "receipt" in desk.settings().device, "it is used as soon as it has paper"


def test_nothing_found_says_what_to_do(shop: BackOffice, qtbot: QtBot) -> None:
    looked: list[str] = []

    def look() -> list[Found]:
        looked.append("USB")
        return []

    desk = DeviceDesk(shop, looks={"USB": look})
    desk.start()
    stage = put_on_stage(qtbot, DevicesScreen(desk.office()))
    begin(stage)
    until(lambda: phase(stage) is Phase.PROPOSED)
    assert isinstance(stage.shown, DevicesScreen)
    assert "Nothing was found" in stage.shown.wizard.sentence
    take_pictures(stage, "wizard-nothing")
    press("R")
    until(lambda: len(looked) == 2 and phase(stage) is Phase.PROPOSED)
    press("Return")
    assert phase(stage) is Phase.CLOSED
    desk.stop()


def test_who_may_not_change_devices_finds_none(shop: BackOffice, qtbot: QtBot) -> None:
    desk = DeviceDesk(shop)
    shop.person = BEN
    stage = put_on_stage(qtbot, DevicesScreen(desk.office()))
    begin(stage)
    assert phase(stage) is Phase.CLOSED
    desk.stop()


def test_a_second_screen_is_proposed_for_the_customer(shop: BackOffice, qtbot: QtBot) -> None:
    desk = DeviceDesk(shop, looks={"USB": list}, screens=[Found(Address(Bus.SCREEN, "HDMI-2"), "ELO 1002L")])
    desk.start()
    stage = put_on_stage(qtbot, DevicesScreen(desk.office()))
    begin(stage)
    until(lambda: phase(stage) is Phase.PROPOSED)
    assert isinstance(stage.shown, DevicesScreen)
    assert [(row.role.key, row.found.name) for row in stage.shown.wizard.proposals] == [
        ("customer-screen", "ELO 1002L")
    ]
    press("Return")
    assert desk.settings().device["customer-screen"].address == "screen:HDMI-2"
    desk.stop()
