"""What the library sees on this machine."""

from __future__ import annotations

from omsdesk.devices.address import Bus
from omsdesk.devices.finders import hid_scanners


def test_looking_asks_nobody_for_a_right_and_lists_scanners_alone() -> None:
    assert all(found.address.bus is Bus.HID for found in hid_scanners.look())
