"""The rules that let a person use the devices of a Linux computer, read as udev reads them."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from omsdesk.devices.scanner import MAKERS

RULES = Path(__file__).parents[2] / "packaging" / "linux" / "70-omsdesk.rules"
_PART = re.compile(r'([A-Z]+(?:\{\w+\})?)\s*(==|\+=|=)\s*"([^"]*)"\s*(?:,\s*|\Z)')


def rules() -> list[list[tuple[str, str, str]]]:
    """Read the lines into keys, signs and values; a line that is not written so is a fault."""
    found = []
    for line in RULES.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            parts = [match.groups() for match in _PART.finditer(line)]
            assert "".join(match[0] for match in _PART.finditer(line)) == line, f"udev does not read: {line}"
            found.append([(key, sign, value) for key, sign, value in parts])
    return found


def may_be_used(**device: str) -> bool:
    """Tell whether whoever sits there may use a device."""
    named = {key.replace("__", "{") + ("}" if "__" in key else ""): value for key, value in device.items()}
    return any(
        ("TAG", "+=", "uaccess") in rule
        and all(fnmatchcase(named.get(key, ""), value) for key, sign, value in rule if sign == "==")
        for rule in rules()
    )


@pytest.mark.parametrize(
    ("interfaces", "is_printer"),
    [(":070102:", True), (":ff0000:070103:", True), (":030101:", False), (":080650:", False)],
)
def test_printers_of_any_maker_may_be_used(interfaces: str, is_printer: bool) -> None:
    device = {"SUBSYSTEM": "usb", "ENV__DEVTYPE": "usb_device", "ENV__ID_USB_INTERFACES": interfaces}
    assert may_be_used(**device) is is_printer


@pytest.mark.parametrize("maker", sorted(MAKERS))
def test_scanners_of_each_maker_that_is_known_may_be_used(maker: str) -> None:
    assert may_be_used(SUBSYSTEM="hidraw", ATTRS__idVendor=maker)


def test_serial_ports_on_usb_may_be_used_and_those_of_the_board_not() -> None:
    assert may_be_used(SUBSYSTEM="tty", ENV__ID_BUS="usb")
    assert not may_be_used(SUBSYSTEM="tty", ENV__ID_BUS="")


def test_a_keyboard_is_nobodys_to_read() -> None:
    assert not may_be_used(SUBSYSTEM="hidraw", ATTRS__idVendor="046d")
    assert not may_be_used(SUBSYSTEM="input", ATTRS__idVendor="05e0")


def test_the_file_is_read_before_rights_are_given() -> None:
    assert int(RULES.name[:2]) < 73
