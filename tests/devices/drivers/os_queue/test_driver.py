"""Receipts through queues of the system; the printer itself has its tests in tests/devices/test_queue_printer.py."""

from __future__ import annotations

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.os_queue.driver import DRIVER


def test_only_queues_are_taken() -> None:
    assert DRIVER.probe(Found(Address(Bus.QUEUE, "Bon"), "Bon")) == 50
    assert DRIVER.probe(Found(Address(Bus.USB, "04b8:0202"), "Bon")) == 0
