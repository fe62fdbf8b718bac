"""Serial ports, with what is plugged into them where the system knows."""

from __future__ import annotations

from pathlib import Path

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found

BY_ID = Path("/dev/serial/by-id")
"""Where Linux names a port after what is plugged in: the same name on whichever socket."""


def look(by_id: Path = BY_ID) -> list[Found]:
    """List the ports."""
    from serial.tools.list_ports import comports

    names = _stable_names(by_id)
    found = []
    for port in comports():
        if port.hwid == "n/a" and port.device.startswith("/dev/ttyS"):
            # Linux lists 32 ports of a chip whether they are there or not.
            continue
        details = {
            "vendor": f"{port.vid:04x}" if port.vid else "",
            "product": f"{port.pid:04x}" if port.pid else "",
            "serial": port.serial_number or "",
            "port": port.device,
        }
        name = port.description if port.description and port.description != "n/a" else port.device
        found.append(Found(Address(Bus.SERIAL, names.get(port.device, port.device)), name, details))
    return found


def _stable_names(by_id: Path) -> dict[str, str]:
    try:
        return {str(link.resolve()): str(link) for link in by_id.iterdir()}
    except OSError:
        return {}
