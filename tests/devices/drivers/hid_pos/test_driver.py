"""The driver with the real library: there is no such scanner on a test machine, and that is what it says."""

from __future__ import annotations

import sys
import time

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.hid_pos.scanner import HidPosScanner
from omsdesk.devices.finders import hid_scanners
from omsdesk.devices.ports import DeviceError, ErrorCode

PLACE = Address.parse("hid:ffff:ffff:none")


def test_the_library_is_asked_and_knows_of_none() -> None:
    scanner = registry.attach("hid_pos", PLACE, {"prefix": "~"})
    assert isinstance(scanner, HidPosScanner)
    with pytest.raises(DeviceError) as missing:
        scanner.open(time.monotonic() + 1)
    assert missing.value.code is ErrorCode.NO_HARDWARE


def test_without_the_library_it_is_not_available_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(DeviceError, match="The library “hid” is not installed") as missing:
        registry.attach("hid_pos", PLACE, {})
    assert missing.value.code is ErrorCode.NO_SERVICE
    monkeypatch.setitem(sys.modules, "hid", None)
    assert hid_scanners.look() == []


def test_whatever_is_on_its_bus_is_one() -> None:
    driver = registry.driver(registry.card_of("hid_pos"))
    assert driver.probe(Found(PLACE, "Scanner")) == 100
    assert driver.probe(Found(Address.parse("usb:05e0:1300"), "Scanner")) == 0
