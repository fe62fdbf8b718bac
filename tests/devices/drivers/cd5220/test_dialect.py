"""The bytes that the maker's manual asks for."""

from __future__ import annotations

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.attendant import Attendant
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.cd5220.dialect import Cd5220
from omsdesk.devices.line_display import PoleDisplay
from tests.devices.wires.terminals import Cable

UPPER, LOWER = b"Croissant           ", b"               2.40 "


def test_two_lines_are_shown() -> None:
    assert Cd5220().lines(UPPER, LOWER) == b"\x1bQA" + UPPER + b"\r" + b"\x1bQB" + LOWER + b"\r"


def test_a_display_on_a_cable_is_told() -> None:
    cable = Cable()
    display = registry.attach("cd5220", Address(Bus.SERIAL, cable.name), {})
    assert isinstance(display, PoleDisplay)
    display.show("Croissant", "               2.40")
    attendant = Attendant(display)
    attendant.start()
    wanted = Cd5220().setup() + Cd5220().lines(UPPER, LOWER)
    assert cable.said(len(wanted)) == wanted
    attendant.stop()
    cable.pull_out()


def test_any_serial_port_may_have_one() -> None:
    driver = registry.driver(registry.card_of("cd5220"))
    assert driver.probe(Found(Address(Bus.SERIAL, "x"), "USB Serial")) == 3
    assert driver.probe(Found(Address(Bus.NETWORK, "x"), "Router")) == 0
