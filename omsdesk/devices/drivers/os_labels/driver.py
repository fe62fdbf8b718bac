"""Recognises queues of the system that print labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import Bus
from omsdesk.devices.queue_printer import QueuePrinter

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_WORDS = ("label", "dymo", "ql-", "zebra", "zdesigner", "tsc", "rollo", "godex")


class OsLabelsDriver:
    """Labels go through the system's driver, which knows the printer."""

    def probe(self, found: Found) -> int:
        """Any queue can print a page; one that is named like a label printer is likelier."""
        if found.address.bus is not Bus.QUEUE:
            return 0
        return 60 if any(word in found.name.lower() for word in _WORDS) else 5

    def attach(self, address: Address, options: Options) -> QueuePrinter:
        """Make the printer behind a queue."""
        return QueuePrinter(address.place, is_raw=False)


DRIVER = OsLabelsDriver()
