"""Recognises label printers that speak TSPL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import Bus
from omsdesk.devices.drivers.tspl.status import TsplDialect
from omsdesk.devices.label_printer import LabelPrinter
from omsdesk.devices.wires.choice import port_to

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_TSC = "1203"
"""The maker's number on USB."""
_MODELS = ("tsc", "tspl", "te2", "te3", "tdp-", "ttp-", "da2", "da3", "xp-4", "xprinter xp-3", "godex", "hprt")


class TsplDriver:
    """Printers on USB, on the network and on serial ports."""

    def probe(self, found: Found) -> int:
        """Judge by maker and model."""
        is_model = found.is_called(_MODELS)
        match found.address.bus:
            case Bus.USB:
                return 95 if found.details.get("vendor") == _TSC else 70 if is_model else 0
            case Bus.NETWORK:
                return 85 if is_model else 0
            case Bus.SERIAL:
                return 65 if is_model else 0
            case _:
                return 0

    def attach(self, address: Address, options: Options) -> LabelPrinter:
        """Make the printer at an address."""
        return LabelPrinter(port_to(address, options), TsplDialect(), answers=bool(options["answers"]))


DRIVER = TsplDriver()
