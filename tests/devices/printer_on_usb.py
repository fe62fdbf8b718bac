"""The printer that is not ours, on a USB bus without a kernel."""

from __future__ import annotations

from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.wires.usb_socket import Gadget


class PrinterOnUsb:
    """Hands what pyusb sends to the foreign printer, and back what that answers."""

    def __init__(self, printer: ForeignPrinter, serial: str = "X1", *, has_way_back: bool = True) -> None:
        self.printer = printer
        self.gadget = Gadget(serial=serial, has_way_back=has_way_back, takes=self._take)
        self.unplug_after: int | None = None
        """Pull the cable once so many more bytes went over."""
        self._name = f"usb {id(self)}"
        self._is_in = False
        self.plug_in()

    def plug_in(self) -> None:
        """Put the cable in; nothing that was on its way is there any more."""
        self.gadget.answers.clear()
        self.gadget.is_kernels = True
        self.printer.plug_in(self._name, self.gadget.answers.extend)
        self._is_in = self.gadget.is_plugged_in = True

    def unplug(self) -> None:
        """Pull the cable."""
        self.gadget.is_plugged_in = False
        if self._is_in:
            self._is_in = False
            self.printer.unplug(self._name)

    def _take(self, data: bytes) -> int:
        whole = len(data)
        if self.unplug_after is not None:
            data = data[: self.unplug_after]
            self.unplug_after -= len(data)
        self.printer.hear(self._name, data)
        if self.unplug_after == 0 and len(data) < whole:
            self.unplug_after = None
            self.unplug()
        return len(data)
