"""Recognises receipt printers that speak ESC/POS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import RAW_PORT, Bus
from omsdesk.devices.drivers.escpos.printer import EscPosPrinter
from omsdesk.devices.wires.choice import port_to
from omsdesk.documents.escpos_commands import drawer_at_once
from omsdesk.documents.printer_profile import profile_from

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_MAKERS = {
    "04b8",
    "1504",
    "0519",
    "1d90",
    "2730",
    "20d1",
    "154f",
    "0dd4",
    "1fc9",
    "0fe6",
    "0416",
    "0483",
    "28e9",
    "6868",
}
"""Vendors of receipt printers: Epson, Bixolon, Star, Citizen (twice), Rongta, SNBC, Custom, and makers of clones."""
_MODELS = ("tm-", "receipt", "pos", "thermal", "srp-", "ct-s", "tsp")
_PRINTER_CLASS = "7"
_LEVELS = {"none": None, "open is high": True, "open is low": False}


class EscPosDriver:
    """Printers on USB, on the network and on serial ports."""

    def probe(self, found: Found) -> int:
        """Judge by maker and model, for on a raw port of the network any printer may listen."""
        is_model = found.is_called(_MODELS)
        match found.address.bus:
            case Bus.USB:
                is_printer = _PRINTER_CLASS in found.details.get("class", "").split()
                is_maker = found.details.get("vendor") in _MAKERS
                return 90 if is_printer and (is_maker or is_model) else 40 if is_printer else 0
            case Bus.NETWORK:
                return 80 if is_model else 40 if found.address.port == RAW_PORT else 0
            case Bus.SERIAL:
                return 60 if is_model else 5
            case _:
                return 0

    def attach(self, address: Address, options: Options) -> EscPosPrinter:
        """Make the printer at an address."""
        profile = profile_from(options)
        return EscPosPrinter(
            port_to(address, options),
            answers=bool(options["answers"]),
            open_level=_LEVELS[str(options["sensor"])],
            kick=drawer_at_once(profile.kick_pin, profile.pulse_ms),
        )


DRIVER = EscPosDriver()
