"""Which ports have a scanner on them, and what its settings make of it."""

from __future__ import annotations

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.serial_scanner.scanner import SerialScanner
from omsdesk.devices.ports import DeviceError


def _found(address: str, name: str, **details: str) -> Found:
    return Found(Address.parse(address), name, details)


@pytest.mark.parametrize(
    ("found", "is_likely"),
    [
        (_found("serial:/dev/ttyACM0", "Symbol Bar Code Scanner", vendor="05e0"), True),
        (_found("serial:COM4", "USB Serial Device (COM4)", vendor="0C2E"), True),
        (_found("serial:/dev/ttyACM0", "Datalogic Gryphon"), True),
        (_found("serial:/dev/ttyUSB0", "FT232R USB UART", vendor="0403"), False),
    ],
)
def test_a_scanner_is_known_by_its_maker_or_its_name(found: Found, is_likely: bool) -> None:
    assert (registry.driver(registry.card_of("serial_scanner")).probe(found) > 50) is is_likely
    assert "serial_scanner" in [card.name for _, card in registry.ranked(found)]


def test_what_is_on_no_serial_port_is_none() -> None:
    assert registry.driver(registry.card_of("serial_scanner")).probe(_found("usb:05e0:1200", "Symbol Scanner")) == 0


def test_a_scanner_is_made_from_its_settings() -> None:
    scanner = registry.attach(
        "serial_scanner", Address.parse("serial:/dev/ttyACM0"), {"prefix": "~", "line": "9600 7E1"}
    )
    assert isinstance(scanner, SerialScanner)
    assert scanner._reader.options.prefix == "~"


def test_settings_that_cannot_be_are_said() -> None:
    with pytest.raises(DeviceError, match="is no setting of a serial line"):
        registry.attach("serial_scanner", Address.parse("serial:/dev/ttyACM0"), {"line": "fast"})
