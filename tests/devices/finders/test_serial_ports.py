"""Serial ports keep their names, on whichever socket the adapter is."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import serial.tools.list_ports

from omsdesk.devices.finders.serial_ports import look


def port(device: str, description: str = "n/a", **more: object) -> SimpleNamespace:
    found = {"vid": None, "pid": None, "serial_number": None, "hwid": "USB"} | more
    return SimpleNamespace(device=device, description=description, **found)


def test_a_port_is_named_after_what_is_plugged_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ttyUSB7").touch()
    by_id = tmp_path / "by-id"
    by_id.mkdir()
    link = by_id / "usb-FTDI_FT232R_A10K-if00-port0"
    link.symlink_to(tmp_path / "ttyUSB7")
    ports = [
        port(str(tmp_path / "ttyUSB7"), "FT232R", vid=0x0403, pid=0x6001, serial_number="A10K"),
        port("/dev/ttyS9", hwid="n/a"),
        port("COM3"),
    ]
    monkeypatch.setattr(serial.tools.list_ports, "comports", lambda: ports)
    adapter, other = look(by_id)
    assert str(adapter.address) == f"serial:{link}"
    assert adapter.name == "FT232R"
    assert adapter.details == {
        "vendor": "0403", "product": "6001", "serial": "A10K", "port": str(tmp_path / "ttyUSB7"),
    }  # fmt: skip
    assert (str(other.address), other.name) == ("serial:COM3", "COM3")


def test_this_computer_can_be_asked() -> None:
    assert all(found.address.place for found in look(Path("/not there")))
