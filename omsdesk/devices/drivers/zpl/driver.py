"""Recognises label printers that speak ZPL II."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import RAW_PORT, Bus
from omsdesk.devices.drivers.zpl.status import ZplDialect
from omsdesk.devices.label_printer import LabelPrinter
from omsdesk.devices.wires.choice import port_to

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_ZEBRA = "0a5f"
"""The maker's number on USB."""
_MODELS = ("zebra", "ztc", "zd4", "zd6", "zd2", "gk4", "gx4", "zt2", "zt4", "zpl", "zq")


class ZplDriver:
    """Printers on USB, on the network and on serial ports."""

    def probe(self, found: Found) -> int:
        """Judge by maker and model; a printer that can do both languages says EPL where it is set to that one."""
        is_model = found.is_called(_MODELS) and not found.is_called(["epl"])
        match found.address.bus:
            case Bus.USB:
                return 95 if found.details.get("vendor") == _ZEBRA and not found.is_called(["epl"]) else 0
            case Bus.NETWORK:
                return 85 if is_model else 10 if found.address.port == RAW_PORT else 0
            case Bus.SERIAL:
                return 65 if is_model else 2
            case _:
                return 0

    def attach(self, address: Address, options: Options) -> LabelPrinter:
        """Make the printer at an address."""
        return LabelPrinter(
            port_to(address, options), ZplDialect(int(options["dpi"])), answers=bool(options["answers"])
        )


DRIVER = ZplDriver()
