"""Devices on USB are named as their makers name them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.finders.usb import look
from tests.devices.wires.usb_socket import Gadget, UsbSocket

UMOCKDEV = shutil.which("umockdev-wrapper")
MOCKED = """P: /devices/pci0000:00/0000:00:14.0/usb1/1-1
E: SUBSYSTEM=usb
E: DEVTYPE=usb_device
A: idVendor=04b8
A: idProduct=0202
A: bDeviceClass=00
A: manufacturer=EPSON
A: product=TM-T88V
A: serial=J5RG012345

P: /devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1:1.0
E: SUBSYSTEM=usb
E: DEVTYPE=usb_interface
A: bInterfaceClass=07
"""


def plug(folder: Path, port: str, **attributes: str) -> Path:
    device = folder / port
    device.mkdir(parents=True)
    for name, value in attributes.items():
        if name == "interface":
            (device / f"{port}:1.0").mkdir()
            (device / f"{port}:1.0" / "bInterfaceClass").write_text(f"{value}\n")
        else:
            (device / name).write_text(f"{value}\n")
    return device


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells it in its file system")
def test_linux_tells_all_in_its_file_system(tmp_path: Path) -> None:
    plug(tmp_path, "1-1", idVendor="04b8", idProduct="0202", manufacturer="EPSON", product="TM-T88V",
         serial="X5", interface="07")  # fmt: skip
    plug(tmp_path, "1-2", idVendor="05e0", idProduct="1200", interface="03")
    plug(tmp_path, "usb1", idVendor="1d6b", idProduct="0002", bDeviceClass="09")
    (tmp_path / "1-1:1.0").mkdir()
    printer, scanner = look(tmp_path)
    assert (str(printer.address), printer.name) == ("usb:04b8:0202:X5", "EPSON TM-T88V")
    assert printer.details["class"] == "7"
    assert (str(scanner.address), scanner.name) == ("usb:05e0:1200", "USB device 05e0:1200")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells it in its file system")
def test_a_computer_without_usb_has_no_devices(tmp_path: Path) -> None:
    assert look(tmp_path / "not there") == []


@pytest.mark.skipif(UMOCKDEV is None, reason="umockdev is not installed: apt-get install umockdev")
def test_the_kernels_own_names_are_read(tmp_path: Path) -> None:
    """A device that umockdev shows to a whole process, as the kernel would."""
    description = tmp_path / "printer.umockdev"
    description.write_text(MOCKED)
    ask = (
        "from omsdesk.devices.finders.usb import look; "
        "print([(str(f.address), f.name, f.details['class']) for f in look()])"
    )
    said = subprocess.run(
        ["umockdev-run", "-d", str(description), "--", sys.executable, "-c", ask],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert said.stdout.strip() == "[('usb:04b8:0202:J5RG012345', 'EPSON TM-T88V', '7')]", said.stderr


def test_elsewhere_libusb_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    import usb.core

    bus = UsbSocket(Gadget(serial="A"), Gadget(serial=""))
    real = usb.core.find
    monkeypatch.setattr(usb.core, "find", lambda **how: real(backend=bus, **how))
    monkeypatch.setattr("sys.platform", "somewhere")
    assert [(found.address, found.name) for found in look()] == [
        (Address(Bus.USB, "04b8:0202"), "Maker Model"),
        (Address(Bus.USB, "04b8:0202:A"), "Maker Model"),
    ]
