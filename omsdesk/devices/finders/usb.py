"""Devices on USB, with their makers' and models' names.

Linux tells all of it in its file system, without a right to open any device; elsewhere libusb is asked.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

SYSTEM = Path("/sys/bus/usb/devices")
_HUB = "09"


def look(folder: Path = SYSTEM) -> list[Found]:
    """List what is plugged in, hubs apart."""
    return sorted(_listed(folder) if sys.platform == "linux" else _asked(), key=lambda found: str(found.address))


def _listed(folder: Path) -> Iterator[Found]:
    for device in folder.glob("*"):
        vendor, product = _text(device / "idVendor"), _text(device / "idProduct")
        if not vendor or not product or _text(device / "bDeviceClass") == _HUB:
            continue
        classes = sorted({_class(_text(file)) for file in device.glob("*:*/bInterfaceClass")})
        yield _found(vendor, product, _text(device / "serial"), _text(device / "manufacturer"),
                     _text(device / "product"), classes)  # fmt: skip


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        # It was pulled out while we read, or it says nothing of the kind.
        return ""


def _class(text: str) -> str:
    return str(int(text, 16)) if text else ""


def _asked() -> Iterator[Found]:
    import usb.core

    from omsdesk.devices.wires.usb import serial_of

    try:
        devices = list(usb.core.find(find_all=True) or ())
    except usb.core.NoBackendError:
        return
    for device in devices:
        classes = sorted({str(interface.bInterfaceClass) for configuration in device for interface in configuration})
        if device.bDeviceClass != int(_HUB, 16):
            yield _found(f"{device.idVendor:04x}", f"{device.idProduct:04x}", serial_of(device),
                         _name(device, "manufacturer"), _name(device, "product"), classes)  # fmt: skip


def _name(device: Any, which: str) -> str:
    import usb.core

    try:
        return str(getattr(device, which) or "")
    except (usb.core.USBError, ValueError, NotImplementedError):
        return ""


def _found(vendor: str, product: str, serial: str, maker: str, model: str, classes: list[str]) -> Found:
    name = model if maker.lower() in model.lower() else f"{maker} {model}".strip()
    place = f"{vendor}:{product}:{serial}" if serial else f"{vendor}:{product}"
    details = {"vendor": vendor, "product": product, "serial": serial, "class": " ".join(classes)}
    return Found(Address(Bus.USB, place), name or f"USB device {vendor}:{product}", details)
