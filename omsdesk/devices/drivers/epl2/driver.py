"""Recognises label printers that speak EPL2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import Bus
from omsdesk.devices.label_printer import Answer, LabelPrinter
from omsdesk.devices.wires.choice import port_to

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_MODELS = ("epl", "eltron", "lp2844", "lp 2844", "tlp2844", "tlp 2844", "lp2824", "lp 2824")


class Epl2Dialect:
    """Its answers differ from model to model and say nothing of labels, so none is asked for."""

    question = cancel = b""

    def read(self, heard: bytes, sent: bytes) -> Answer | None:
        """Nothing is asked."""
        return None

    def labels_in(self, sent: bytes) -> int:
        """It says nothing of labels, so none are counted."""
        return 0


class Epl2Driver:
    """Printers on USB, on the network and on serial ports."""

    def probe(self, found: Found) -> int:
        """Judge by the model's name: on the wire they look like any printer."""
        is_model = found.is_called(_MODELS)
        return 96 if is_model and found.address.bus in {Bus.USB, Bus.NETWORK, Bus.SERIAL} else 0

    def attach(self, address: Address, options: Options) -> LabelPrinter:
        """Make the printer at an address."""
        return LabelPrinter(port_to(address, options), Epl2Dialect(), answers=False)


DRIVER = Epl2Driver()
