"""Bytes over USB: pyusb is the real one, and the bus is in the test."""

from __future__ import annotations

import errno
import threading
import time

import pytest

from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.wires.usb import UsbPort
from tests.devices.wires.usb_socket import Gadget, UsbSocket


def soon(seconds: float = 20) -> float:
    return time.monotonic() + seconds


def opened(gadget: Gadget, place: str = "04b8:0202") -> UsbPort:
    port = UsbPort(place, UsbSocket(gadget))
    port.open(soon())
    return port


def fault_of(port: UsbPort) -> DeviceError:
    with pytest.raises(DeviceError) as fault:
        port.open(soon())
    return fault.value


def test_bytes_go_both_ways() -> None:
    gadget = Gadget(answers=bytearray(b"\x12\x00"))
    port = opened(gadget)
    assert port.write(bytes(10_000), soon()) == 10_000
    assert gadget.got == bytes(10_000)
    assert port.still_to_go(soon()) == 0
    assert port.read(soon()) == b"\x12\x00"
    port.close()
    assert not gadget.is_claimed


def test_the_systems_own_driver_steps_aside() -> None:
    gadget = Gadget(is_kernels=True)
    port = opened(gadget)
    assert gadget.is_claimed
    assert not gadget.is_kernels
    port.close()


def test_of_two_of_a_kind_the_serial_number_decides() -> None:
    one, other = Gadget(serial="A"), Gadget(serial="B")
    port = UsbPort("04b8:0202:B", UsbSocket(one, other))
    port.open(soon())
    port.write(b"hello", soon())
    assert [bytes(gadget.got) for gadget in (one, other)] == [b"", b"hello"]


def test_it_is_found_again_wherever_it_is_plugged_in() -> None:
    gadget = Gadget(serial="B")
    socket = UsbSocket(Gadget(serial="A"), gadget)
    port = UsbPort("04b8:0202:B", socket)
    port.open(soon())
    gadget.is_plugged_in = False
    with pytest.raises(DeviceError) as fault:
        port.write(b"x", soon())
    assert (fault.value.code, fault.value.sent_bytes) == (ErrorCode.FAILURE, 1)
    assert fault_of(port).code is ErrorCode.NO_HARDWARE
    again = Gadget(serial="B")
    socket.gadgets.append(again)
    port.open(soon())
    port.write(b"back", soon())
    assert again.got == b"back"


def test_a_printer_that_takes_nothing_takes_nothing() -> None:
    port = opened(Gadget(takes=lambda _: 0))
    before = time.monotonic()
    assert port.write(b"hello", soon(0.2)) == 0
    assert time.monotonic() - before < 10


def test_what_may_have_gone_out_before_the_cable_did_is_counted() -> None:
    gadget = Gadget()

    def takes(data: bytes) -> int:
        if len(gadget.got) >= 4096:
            gadget.is_plugged_in = False
        return len(data)

    gadget.takes = takes
    port = opened(gadget)
    with pytest.raises(DeviceError) as fault:
        port.write(bytes(10_000), soon())
    assert fault.value.sent_bytes == 8192, "4096 that arrived, and a transfer of 4096 that may have"
    assert "unplugged" in fault.value.sentence


def test_a_device_without_a_way_back_says_nothing() -> None:
    port = opened(Gadget(has_way_back=False))
    assert port.read(soon(0.1)) == b""


def test_a_device_that_was_unplugged_while_we_listened_is_told() -> None:
    gadget = Gadget()
    port = opened(gadget)
    gadget.is_plugged_in = False
    with pytest.raises(DeviceError) as fault:
        port.read(soon())
    assert fault.value.code is ErrorCode.FAILURE


def test_an_interruption_ends_a_wait() -> None:
    port = opened(Gadget(takes=lambda _: 0))
    threading.Timer(0.1, port.interrupt).start()
    before = time.monotonic()
    assert port.write(b"hello", soon()) == 0
    assert port.read(soon()) == b""
    assert time.monotonic() - before < 10


@pytest.mark.parametrize(
    ("gadget", "place", "code", "words"),
    [
        (Gadget(), "04b8:0999", ErrorCode.NO_HARDWARE, "not plugged in"),
        (Gadget(), "04b8:0202:OTHER", ErrorCode.NO_HARDWARE, "not plugged in"),
        (Gadget(open_fault=errno.EACCES), "04b8:0202", ErrorCode.CLAIMED, "may not use"),
        (Gadget(open_fault=errno.EBUSY), "04b8:0202", ErrorCode.CLAIMED, "Another program"),
        (Gadget(open_fault=errno.EIO), "04b8:0202", ErrorCode.NO_HARDWARE, "cannot be opened"),
        (Gadget(is_windows=True), "04b8:0202", ErrorCode.CLAIMED, "Printer of this computer"),
    ],
)
def test_why_it_cannot_be_opened_is_said(gadget: Gadget, place: str, code: ErrorCode, words: str) -> None:
    fault = fault_of(UsbPort(place, UsbSocket(gadget)))
    assert fault.code is code
    assert words in fault.sentence


def test_a_closed_device_says_so() -> None:
    port = UsbPort("04b8:0202", UsbSocket(Gadget()))
    for use in (lambda: port.read(soon()), lambda: port.write(b"a", soon())):
        with pytest.raises(DeviceError) as fault:
            use()
        assert fault.value.code is ErrorCode.CLOSED
    port.close()


@pytest.mark.parametrize("place", ["", "epson", "04b8", "04b8:printer"])
def test_a_place_that_names_no_device_is_said(place: str) -> None:
    with pytest.raises(ValueError, match="names no USB device"):
        UsbPort(place)
