"""Makes what the window's ear needs to know of a scanner that types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.scanner import Reader, ScannerOptions

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options


class WedgeDriver:
    """There is no wire: the system reads the keyboard, and so the driver gives a reader and nothing to open."""

    def probe(self, found: Found) -> int:
        """Nothing tells such a scanner from any other keyboard."""
        return 0

    def attach(self, address: Address, options: Options) -> Reader:
        """Make the reader of what is typed.

        Raises:
            ValueError: the letters are no pairs.

        """
        wanted = ScannerOptions.from_dict(options)
        if len(wanted.layout) % 2:
            raise ValueError("layout has letters in pairs: what comes, and what was meant. One letter is left over.")
        return Reader(wanted, address.place)


DRIVER = WedgeDriver()
