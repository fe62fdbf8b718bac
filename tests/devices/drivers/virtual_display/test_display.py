"""A display on the screen."""

from __future__ import annotations

import time

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.attendant import Attendant, Power
from omsdesk.devices.drivers.virtual_display.display import OFF, SimulatedDisplay
from omsdesk.devices.ports import DeviceError
from tests.patience import until


def test_it_shows_what_it_is_told_and_nothing_while_it_is_off() -> None:
    display = registry.attach("virtual_display", Address(Bus.VIRTUAL), {})
    assert isinstance(display, SimulatedDisplay)
    display.show("Twenty letters and more", "Total 12.90")
    assert display.lines == ("Twenty letters and m", "Total 12.90")
    display.switch(is_on=False)
    assert display.lines == ("", "")
    assert not display.is_on
    display.switch(is_on=True)
    assert display.lines == ("Twenty letters and m", "Total 12.90")


def test_one_that_is_off_is_not_there() -> None:
    display = SimulatedDisplay()
    display.switch(is_on=False)
    with pytest.raises(DeviceError, match="switched off") as fault:
        display.open(time.monotonic() + 1)
    assert fault.value.sentence == OFF


def test_it_comes_back_when_it_is_switched_on() -> None:
    display = SimulatedDisplay()
    attendant = Attendant(display)
    attendant.start()
    until(lambda: attendant.link.power is Power.ONLINE)
    display.switch(is_on=False)
    until(lambda: attendant.link.power is Power.OFFLINE)
    display.switch(is_on=True)
    until(lambda: attendant.link.power is Power.ONLINE)
    attendant.stop()
