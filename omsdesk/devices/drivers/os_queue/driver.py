"""Recognises queues of the system; whether a receipt printer stands behind one only its name tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import Bus
from omsdesk.devices.queue_printer import QueuePrinter

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_WORDS = ("tm-", "receipt", "pos", "thermal", "bon")


class QueueDriver:
    """Receipts go past the system's driver, as they are."""

    def probe(self, found: Found) -> int:
        """A queue can always be tried; one that is named like a receipt printer is likelier."""
        if found.address.bus is not Bus.QUEUE:
            return 0
        return 50 if any(word in found.name.lower() for word in _WORDS) else 10

    def attach(self, address: Address, options: Options) -> QueuePrinter:
        """Make the printer behind a queue."""
        return QueuePrinter(address.place)


DRIVER = QueueDriver()
