"""A screen that the system knows; a finder of the interface names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import Bus
from omsdesk.devices.customer_screen import CustomerScreen

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_LEAST, _MOST = 2, 3600


class CustomerScreenDriver:
    """Any screen will do that is not the cashier's."""

    def probe(self, found: Found) -> int:
        """A screen is a screen."""
        return 100 if found.address.bus is Bus.SCREEN else 0

    def attach(self, address: Address, options: Options) -> CustomerScreen:
        """Say what is to be shown where.

        Raises:
            ValueError: pictures that change faster than they can be looked at, or never.

        """
        seconds = int(options["seconds"])
        if not _LEAST <= seconds <= _MOST:
            raise ValueError(f"Show each picture for {_LEAST} to {_MOST} seconds, not for {seconds}.")
        return CustomerScreen(
            address.place,
            address.bus is Bus.VIRTUAL,
            str(options["theme"]),
            str(options["slides"]).strip(),
            seconds,
            bool(options["names_customer"]),
        )


DRIVER = CustomerScreenDriver()
