"""TSC's printers are known by their maker, those of others by their model."""

from __future__ import annotations

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.tspl.driver import DRIVER
from omsdesk.devices.label_printer import LabelPrinter


@pytest.mark.parametrize(
    ("found", "is_known"),
    [
        (Found(Address(Bus.USB, "1203:0272"), "Printer", {"vendor": "1203", "class": "7"}), True),
        (Found(Address(Bus.USB, "2d37:1234"), "XP-420B", {"vendor": "2d37", "class": "7"}), True),
        (Found(Address(Bus.NETWORK, "10.0.0.5:9100"), "TSC TE210"), True),
        (Found(Address(Bus.SERIAL, "/dev/ttyUSB0"), "TSC TDP-225"), True),
        (Found(Address(Bus.USB, "04b8:0202"), "TM-T20", {"vendor": "04b8"}), False),
        (Found(Address(Bus.CAMERA), "TSC"), False),
    ],
)
def test_they_are_known(found: Found, *, is_known: bool) -> None:
    assert (DRIVER.probe(found) > 0) is is_known


def test_it_makes_a_label_printer() -> None:
    assert isinstance(registry.attach("tspl", Address(Bus.NETWORK, "127.0.0.1:9100"), {}), LabelPrinter)
