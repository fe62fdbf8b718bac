"""The wire to an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import Address, Bus

if TYPE_CHECKING:
    from omsdesk.devices.driver import Options
    from omsdesk.devices.ports import Port


def port_to(address: Address, options: Options) -> Port:
    """Make the port to an address; it is not open yet, and finds the device anew each time it is opened.

    On a serial port the options ``line`` (``9600 8N1``) and ``handshake`` (``none``, ``rts/cts``, ``xon/xoff``,
    ``dtr/dsr``) count.

    Raises:
        ValueError: no bytes go there, or the line is no line; the sentence says which.

    """
    match address.bus:
        case Bus.NETWORK:
            from omsdesk.devices.wires.tcp import TcpPort

            return TcpPort(address.host, address.port)
        case Bus.USB:
            from omsdesk.devices.wires.usb import UsbPort

            return UsbPort(address.place)
        case Bus.SERIAL:
            from omsdesk.devices.wires.serial_line import Line, SerialPort

            line = Line.parse(str(options.get("line", Line().text)), str(options.get("handshake", "none")))
            return SerialPort(address.place, line)
        case _:
            raise ValueError(f"No bytes go to {address}. Choose a device on USB, a serial port or the network.")
