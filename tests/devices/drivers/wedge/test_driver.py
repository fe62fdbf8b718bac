"""What the window's ear is told of a scanner that types."""

from __future__ import annotations

from dataclasses import fields

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address
from omsdesk.devices.driver import Category, Found
from omsdesk.devices.drivers.camera.scanner import REPEAT_MS
from omsdesk.devices.ports import DeviceError
from omsdesk.devices.scanner import Reader, ScannerOptions

TYPED_ALONE = {"layout", "start_key", "end_key"}


@pytest.mark.parametrize("name", [card.name for card in registry.cards().values() if card.category is Category.SCANNER])
def test_every_scanner_has_the_options_of_all_scanners_with_their_defaults(name: str) -> None:
    known: dict[str, object] = {
        row.name: row.default for row in fields(ScannerOptions) if name == "wedge" or row.name not in TYPED_ALONE
    }
    if name == "camera":
        # It sees a code in every picture.
        known["repeat_ms"] = REPEAT_MS
    shown = {option.name: option.default for option in registry.card_of(name).options}
    assert {row: shown.get(row) for row in known} == known


def test_a_scanner_that_types_is_a_reader() -> None:
    reader = registry.attach("wedge", Address.parse("keyboard:"), {"start_key": "F9", "layout": "&1é2"})
    assert isinstance(reader, Reader)
    assert reader.options == ScannerOptions(start_key="F9", layout="&1é2")


def test_a_letter_too_many_is_said() -> None:
    with pytest.raises(DeviceError, match="One letter is left over"):
        registry.attach("wedge", Address.parse("keyboard:"), {"layout": "&1é"})


def test_no_device_is_known_for_one() -> None:
    assert registry.driver(registry.card_of("wedge")).probe(Found(Address.parse("usb:05e0:1200"), "Scanner")) == 0
