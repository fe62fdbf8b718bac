"""Makes what the window's ear needs to know of a scanner that types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.driver import ByHand
from omsdesk.devices.scanner import Reader, ScannerOptions

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Options


def reader(address: Address, options: Options) -> Reader:
    """Make the reader of what is typed: the system reads the keyboard, so there is nothing to open.

    Raises:
        ValueError: the letters are no pairs.

    """
    wanted = ScannerOptions.from_dict(options)
    if len(wanted.layout) % 2:
        raise ValueError("layout has letters in pairs: what comes, and what was meant. One letter is left over.")
    return Reader(wanted, address.place)


DRIVER = ByHand(reader)
