"""A USB bus without a kernel: a backend of pyusb whose devices a test plugs in and pulls out.

pyusb, and everything above it, is the real one; only what libusb would ask the kernel is answered here.
"""

from __future__ import annotations

import errno
import threading
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

OUT, IN = 0x01, 0x82
_BULK = 2


@dataclass(eq=False)
class Gadget:
    """A device: what it says of itself, what it takes, and what it answers."""

    vendor: int = 0x04B8
    product: int = 0x0202
    serial: str = "X1"
    interface_class: int = 7
    has_way_back: bool = True
    takes: Callable[[bytes], int] | None = None
    """How many bytes of a transfer it takes; all where nothing is said."""
    got: bytearray = field(default_factory=bytearray)
    answers: bytearray = field(default_factory=bytearray)
    is_kernels: bool = True
    """Whether the system's own driver has it at first."""
    open_fault: int = 0
    is_windows: bool = False
    """Whether the system's own driver is the only one that may have it, as on Windows."""
    is_plugged_in: bool = True
    is_claimed: bool = False


class UsbSocket(usb.backend.IBackend):  # type: ignore[misc] # pyusb has no types
    """The bus. ``gadgets`` are plugged in."""

    def __init__(self, *gadgets: Gadget) -> None:
        self.gadgets = list(gadgets)
        self.lock = threading.Lock()

    def enumerate_devices(self) -> Any:
        return iter([gadget for gadget in self.gadgets if gadget.is_plugged_in])

    def get_device_descriptor(self, dev: Gadget) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=dev.vendor, idProduct=dev.product, bcdDevice=0x100, iManufacturer=1,
            iProduct=2, iSerialNumber=3 if dev.serial else 0, bNumConfigurations=1, address=5, bus=1, port_number=1,
            port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: Gadget, config: int) -> Any:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=50, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: Gadget, intf: int, alt: int, config: int) -> Any:
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0,
            bNumEndpoints=1 + dev.has_way_back, bInterfaceClass=dev.interface_class, bInterfaceSubClass=1,
            bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: Gadget, ep: int, intf: int, alt: int, config: int) -> Any:
        address = (OUT, IN)[ep] if ep <= dev.has_way_back else None
        if address is None:
            raise IndexError
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=address, bmAttributes=_BULK, wMaxPacketSize=64, bInterval=0,
            bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: Gadget) -> Gadget:
        if dev.is_windows:
            raise NotImplementedError("Operation not supported or unimplemented on this platform")
        if dev.open_fault:
            raise usb.core.USBError("open", -3, dev.open_fault)
        self._present(dev)
        return dev

    def close_device(self, dev_handle: Gadget) -> None:
        dev_handle.is_claimed = False

    def set_configuration(self, dev_handle: Gadget, config_value: int) -> None:
        self._present(dev_handle)

    def get_configuration(self, dev_handle: Gadget) -> int:
        return 1

    def claim_interface(self, dev_handle: Gadget, intf: int) -> None:
        if dev_handle.is_kernels:
            raise usb.core.USBError("busy", -6, errno.EBUSY)
        dev_handle.is_claimed = True

    def release_interface(self, dev_handle: Gadget, intf: int) -> None:
        dev_handle.is_claimed = False

    def is_kernel_driver_active(self, dev_handle: Gadget, intf: int) -> bool:
        return dev_handle.is_kernels

    def detach_kernel_driver(self, dev_handle: Gadget, intf: int) -> None:
        dev_handle.is_kernels = False

    def bulk_write(self, dev_handle: Gadget, ep: int, intf: int, data: Any, timeout: int) -> int:
        self._present(dev_handle)
        assert (ep, dev_handle.is_claimed) == (OUT, True)
        sent = bytes(data)
        taken = len(sent) if dev_handle.takes is None else dev_handle.takes(sent)
        self._present(dev_handle)
        if not taken and sent:
            threading.Event().wait(timeout / 1000)
            raise usb.core.USBTimeoutError("timed out", -7, errno.ETIMEDOUT)
        dev_handle.got += sent[:taken]
        return taken

    def bulk_read(self, dev_handle: Gadget, ep: int, intf: int, buff: Any, timeout: int) -> int:
        self._present(dev_handle)
        assert ep == IN
        with self.lock:
            data = bytes(dev_handle.answers[: len(buff)])
            del dev_handle.answers[: len(data)]
        if not data:
            threading.Event().wait(timeout / 1000)
            self._present(dev_handle)
            raise usb.core.USBTimeoutError("timed out", -7, errno.ETIMEDOUT)
        buff[: len(data)] = array("B", data)
        return len(data)

    def ctrl_transfer(
        self, dev_handle: Gadget, kind: int, request: int, value: int, index: int, data: Any, timeout: int
    ) -> int:
        """Answer questions for a text: the languages, and the maker's, the model's and the device's own name."""
        self._present(dev_handle)
        number = value & 0xFF
        text = b"\x09\x04" if not number else ("Maker", "Model", dev_handle.serial)[number - 1].encode("utf-16-le")
        answer = bytes([len(text) + 2, 3]) + text
        data[: len(answer)] = array("B", answer)
        return len(answer)

    def _present(self, dev: Gadget) -> None:
        if not dev.is_plugged_in:
            raise usb.core.USBError("gone", -4, errno.ENODEV)
