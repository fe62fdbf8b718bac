"""Zebras are known by their maker and their model."""

from __future__ import annotations

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.zpl.driver import DRIVER
from omsdesk.devices.label_printer import LabelPrinter

ZD421 = Found(Address(Bus.USB, "0a5f:0185:D2J1"), "Zebra ZD421", {"vendor": "0a5f", "class": "7"})


@pytest.mark.parametrize(
    ("found", "is_known"),
    [
        (ZD421, True),
        (Found(Address(Bus.NETWORK, "10.0.0.5:9100"), "ZTC ZT411-203dpi ZPL"), True),
        (Found(Address(Bus.NETWORK, "10.0.0.5:80"), "Camera"), False),
        (Found(Address(Bus.USB, "04b8:0202"), "TM-T20", {"vendor": "04b8", "class": "7"}), False),
        (Found(Address(Bus.USB, "0a5f:0009"), "LP2844 EPL", {"vendor": "0a5f", "class": "7"}), False),
        (Found(Address(Bus.KEYBOARD), "Zebra DS2208"), False),
    ],
)
def test_a_zebra_is_known(found: Found, *, is_known: bool) -> None:
    assert (DRIVER.probe(found) > 0) is is_known


def test_it_comes_first_for_a_zebra() -> None:
    assert registry.ranked(ZD421)[0][1].name == "zpl"


def test_it_makes_a_label_printer() -> None:
    assert isinstance(registry.attach("zpl", Address(Bus.NETWORK, "127.0.0.1:9100"), {"dpi": 300}), LabelPrinter)
