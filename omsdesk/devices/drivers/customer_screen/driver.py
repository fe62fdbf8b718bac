"""A screen that the system knows; a finder of the interface names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import Bus
from omsdesk.devices.customer_screen import CustomerScreen

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options


class CustomerScreenDriver:
    """Any screen will do that is not the cashier's."""

    def probe(self, found: Found) -> int:
        """A screen is a screen."""
        return 100 if found.address.bus is Bus.SCREEN else 0

    def attach(self, address: Address, options: Options) -> CustomerScreen:
        """Say what is to be shown where."""
        return CustomerScreen(
            address.place,
            address.bus is Bus.VIRTUAL,
            str(options["theme"]),
            str(options["slides"]).strip(),
            int(options["seconds"]),
            bool(options["names_customer"]),
        )


DRIVER = CustomerScreenDriver()
