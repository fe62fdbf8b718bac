"""Bytes over USB, to the two bulk endpoints of a printer or of anything built like one."""

from __future__ import annotations

import errno
import threading
import time
from typing import Any

from omsdesk.devices.ports import DeviceError, ErrorCode

_SLICE_MS = 100
"""Between two looks at whether somebody wants the wait to end."""
_WRITE_BYTES = 4096
_PRINTER_CLASS = 7
_VENDOR_CLASS = 0xFF
_SYSTEMS_OWN = (
    "The system's own driver has this USB device. "
    "Choose it as “Printer of this computer”, or give it the driver WinUSB."
)
_GONE = {errno.ENODEV, errno.EIO, errno.EPIPE, errno.ENXIO, errno.ESHUTDOWN, errno.EPROTO}


class UsbPort:
    """The device of a vendor, product and serial number (``04b8:0202:X5RG012345``), wherever it is plugged in.

    Without a serial number, the first device of its kind.
    """

    def __init__(self, place: str, backend: Any = None) -> None:
        """Name a device. ``backend`` is another way to the bus than libusb.

        Raises:
            ValueError: the place names no vendor and product.

        """
        vendor, _, rest = place.partition(":")
        product, _, self._serial = rest.partition(":")
        try:
            self._vendor, self._product = int(vendor, 16), int(product, 16)
        except ValueError:
            raise ValueError(f"“{place}” names no USB device. Write vendor and product, such as 04b8:0202.") from None
        self._backend = backend
        self._device: Any = None
        self._interface = 0
        self._out: Any = None
        self._in: Any = None
        self._interrupted = threading.Event()

    def open(self, deadline: float) -> None:
        """Find the device and claim it.

        Raises:
            DeviceError: NO_HARDWARE, it is not plugged in; CLAIMED, another program has it, or this user may not;
                NO_SERVICE, libusb is missing.

        """
        import usb.core

        self.close()
        self._device = self._find()
        try:
            self._claim()
        except usb.core.USBError as fault:
            self.close()
            raise _not_opened(fault) from None
        except NotImplementedError:
            # Windows lets nobody past the driver that it gave to a device.
            self.close()
            raise DeviceError(ErrorCode.CLAIMED, _SYSTEMS_OWN) from None

    def _claim(self) -> None:
        import usb.util

        interface = self._endpoints()
        self._interface = interface.bInterfaceNumber
        self._take_from_kernel()
        self._configure()
        usb.util.claim_interface(self._device, self._interface)
        if interface.bAlternateSetting:
            self._device.set_interface_altsetting(self._interface, interface.bAlternateSetting)

    def write(self, data: bytes, deadline: float) -> int:
        """Hand bytes over and give their count; less than all when the deadline came first.

        Raises:
            DeviceError: FAILURE, the device is gone.

        """
        import usb.core

        sent = 0
        while sent < len(data) and not self._interrupted.is_set():
            chunk = data[sent : sent + _WRITE_BYTES]
            try:
                sent += int(self._opened(self._out).write(chunk, _SLICE_MS))
            except usb.core.USBTimeoutError:
                # It takes nothing for now: out of paper, or printing.
                pass
            except usb.core.USBError as fault:
                # The bus does not say how much of a transfer that failed had arrived.
                raise self._lost(fault, sent + len(chunk)) from None
            if time.monotonic() >= deadline:
                break
        return sent

    def read(self, deadline: float) -> bytes:
        """Give what came in; nothing when the deadline came first, and ever where the device has no way back.

        Raises:
            DeviceError: FAILURE, the device is gone.

        """
        import usb.core

        self._opened(self._out)
        while not self._interrupted.is_set():
            left = deadline - time.monotonic()
            if self._in is None:
                self._interrupted.wait(max(0.0, left))
                return b""
            try:
                data = bytes(self._in.read(self._in.wMaxPacketSize, max(1, min(_SLICE_MS, int(left * 1000)))))
                if data:
                    return data
                # Printers answer with empty packets while they have nothing to say.
                self._interrupted.wait(min(0.01, max(0.0, left)))
            except usb.core.USBTimeoutError:
                pass
            except usb.core.USBError as fault:
                raise self._lost(fault, 0) from None
            if time.monotonic() >= deadline:
                break
        return b""

    def still_to_go(self, deadline: float) -> int:
        """Nothing: a transfer that was counted has arrived."""
        return 0

    def close(self) -> None:
        """Let go of the device, and give it back to the system."""
        device, self._device, self._out, self._in = self._device, None, None, None
        if device is not None:
            import usb.util

            usb.util.dispose_resources(device)

    def interrupt(self) -> None:
        """End every wait, now and later."""
        self._interrupted.set()

    def _find(self) -> Any:
        import usb.core

        try:
            devices = list(
                usb.core.find(find_all=True, idVendor=self._vendor, idProduct=self._product, backend=self._backend)
                or ()
            )
        except usb.core.NoBackendError:
            sentence = (
                "The library libusb is not installed on this computer, so no USB device can be reached. "
                "Install it, or choose the device as “Printer of this computer”."
            )
            raise DeviceError(ErrorCode.NO_SERVICE, sentence) from None
        device = next((device for device in devices if not self._serial or serial_of(device) == self._serial), None)
        if device is None:
            sentence = "The device is not plugged in, or not switched on. Check its cable and its switch."
            raise DeviceError(ErrorCode.NO_HARDWARE, sentence)
        return device

    def _endpoints(self) -> Any:
        """Find the interface of a printer, else one of the maker's own, that bytes can be sent to."""
        import usb.util

        best: tuple[int, Any, Any, Any] | None = None
        for configuration in self._device:
            for interface in configuration:
                ways = {usb.util.endpoint_direction(way.bEndpointAddress): way for way in interface if _is_bulk(way)}
                out = ways.get(usb.util.ENDPOINT_OUT)
                if out is None:
                    continue
                rank = {_PRINTER_CLASS: 0, _VENDOR_CLASS: 1}.get(interface.bInterfaceClass, 2)
                if best is None or rank < best[0]:
                    best = rank, interface, out, ways.get(usb.util.ENDPOINT_IN)
        if best is None:
            raise DeviceError(ErrorCode.ILLEGAL, "This USB device takes no data. Choose another one.")
        _, interface, self._out, self._in = best
        return interface

    def _take_from_kernel(self) -> None:
        """Linux binds its own driver (usblp) to a printer; other systems have no such call."""
        import usb.core

        try:
            if self._device.is_kernel_driver_active(self._interface):
                self._device.detach_kernel_driver(self._interface)
        except (NotImplementedError, usb.core.USBError):
            return

    def _configure(self) -> None:
        """Choose the first configuration where the system has chosen none."""
        import usb.core

        try:
            self._device.get_active_configuration()
        except usb.core.USBError:
            self._device.set_configuration()

    def _opened(self, way: Any) -> Any:
        if self._device is None:
            raise DeviceError(ErrorCode.CLOSED, "The USB device is closed.")
        return way

    def _lost(self, fault: Any, sent: int) -> DeviceError:
        what = (
            "The device was unplugged or switched off." if fault.errno in _GONE else f"The USB cable failed ({fault})."
        )
        return DeviceError(ErrorCode.FAILURE, f"{what} Plug it in and switch it on; it goes on by itself.", sent)


def serial_of(device: Any) -> str:
    """Read a device's serial number; empty where it has none, or none that this user may read."""
    import usb.core

    try:
        return str(device.serial_number or "").strip()
    except (usb.core.USBError, ValueError, NotImplementedError):
        return ""


def _is_bulk(way: Any) -> bool:
    import usb.util

    return bool(usb.util.endpoint_type(way.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK)


def _not_opened(fault: Any) -> DeviceError:
    if fault.errno in {errno.EACCES, errno.EPERM}:
        sentence = "This user may not use the USB device. Install the rules of packaging/linux and plug it in again."
        return DeviceError(ErrorCode.CLAIMED, sentence)
    if fault.errno == errno.EBUSY:
        return DeviceError(ErrorCode.CLAIMED, "Another program has the USB device. Close that program.")
    return DeviceError(ErrorCode.NO_HARDWARE, "The USB device cannot be opened. Unplug it and plug it in again.")
