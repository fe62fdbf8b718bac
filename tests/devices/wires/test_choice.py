"""Each kind of address has its wire."""

from __future__ import annotations

import pytest

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.wires.choice import port_to
from omsdesk.devices.wires.serial_line import SerialPort
from omsdesk.devices.wires.tcp import TcpPort
from omsdesk.devices.wires.usb import UsbPort


@pytest.mark.parametrize(
    ("text", "wire"),
    [("tcp:127.0.0.1:9100", TcpPort), ("usb:04b8:0202", UsbPort), ("serial:/dev/ttyS0", SerialPort)],
)
def test_each_kind_of_address_has_its_wire(text: str, wire: type) -> None:
    assert isinstance(port_to(Address.parse(text), {}), wire)


@pytest.mark.parametrize("bus", [bus for bus in Bus if bus not in {Bus.USB, Bus.SERIAL, Bus.NETWORK}])
def test_where_no_bytes_go_is_said(bus: Bus) -> None:
    with pytest.raises(ValueError, match=f"No bytes go to {bus}:x"):
        port_to(Address(bus, "x"), {})


def test_a_line_that_cannot_be_is_said() -> None:
    with pytest.raises(ValueError, match="Write it as 9600 8N1"):
        port_to(Address(Bus.SERIAL, "/dev/ttyS0"), {"line": "9600"})
    with pytest.raises(ValueError, match="The handshake is one of"):
        port_to(Address(Bus.SERIAL, "/dev/ttyS0"), {"handshake": "firm"})
