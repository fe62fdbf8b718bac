"""Bytes over a serial port, with both ends of the cable in the test."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.wires.serial_line import HANDSHAKES, Line, SerialPort
from tests.devices.wires.terminals import Cable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a thing of Unix")


@pytest.fixture
def cable() -> Iterator[Cable]:
    made = Cable()
    yield made
    made.pull_out()


@pytest.fixture
def port(cable: Cable) -> Iterator[SerialPort]:
    made = SerialPort(cable.name)
    made.open(soon())
    yield made
    made.close()


def soon(seconds: float = 20) -> float:
    return time.monotonic() + seconds


@given(
    baud=st.integers(300, 921_600),
    bits=st.sampled_from([5, 6, 7, 8]),
    parity=st.sampled_from("NEOMS"),
    stops=st.sampled_from(["1", "1.5", "2"]),
    handshake=st.sampled_from(HANDSHAKES),
)
def test_a_line_is_read_as_it_was_written(baud: int, bits: int, parity: str, stops: str, handshake: str) -> None:
    line = Line(baud, bits, parity, stops, handshake)
    assert Line.parse(line.text, handshake) == line
    assert Line.parse(f" {line.text.lower()} ", handshake) == line


@pytest.mark.parametrize("text", ["", "9600", "8N1", "9600 9N1", "9600 8X1", "9600 8N3", "-9600 8N1"])
def test_what_is_no_line_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="is no setting of a serial line"):
        Line.parse(text)


def test_bytes_go_both_ways(cable: Cable, port: SerialPort) -> None:
    every = bytes(range(256))
    assert port.write(every, soon()) == 256
    assert cable.said(256) == every
    cable.say(every)
    heard = b""
    while len(heard) < 256:
        heard += port.read(soon())
    assert heard == every


def test_a_read_gives_nothing_at_its_deadline(port: SerialPort) -> None:
    assert port.read(soon(0.1)) == b""


def test_a_device_that_takes_nothing_takes_only_what_fits(cable: Cable, port: SerialPort) -> None:
    taken = port.write(bytes(1_000_000), soon(0.3))
    assert 0 < taken < 1_000_000
    assert len(cable.said(taken)) == taken


def test_a_device_that_was_pulled_out_is_told(cable: Cable, port: SerialPort) -> None:
    cable.pull_out()
    with pytest.raises(DeviceError) as fault:
        port.read(soon())
    assert fault.value.code is ErrorCode.FAILURE
    assert "Plug it in again" in fault.value.sentence


def test_writing_to_what_was_pulled_out_is_told(cable: Cable, port: SerialPort) -> None:
    cable.pull_out()
    with pytest.raises(DeviceError) as fault:
        port.write(b"hello", soon())
    assert fault.value.code is ErrorCode.FAILURE
    # Nobody says how much of the piece in hand went out, so it counts as a whole: it is never sent blindly again.
    assert fault.value.sent_bytes == len(b"hello")


def test_an_interruption_ends_a_wait(port: SerialPort) -> None:
    threading.Timer(0.1, port.interrupt).start()
    before = time.monotonic()
    assert port.read(soon()) == b""
    assert time.monotonic() - before < 10
    assert port.write(b"late", soon()) == 0


def test_a_port_that_is_not_there_is_said() -> None:
    with pytest.raises(DeviceError) as fault:
        SerialPort("/dev/ttyNothing9").open(soon())
    assert fault.value.code is ErrorCode.NO_HARDWARE
    assert "plugged in" in fault.value.sentence


def test_a_port_that_another_program_has_is_said(cable: Cable, port: SerialPort) -> None:
    with pytest.raises(DeviceError) as fault:
        SerialPort(cable.name).open(soon())
    assert fault.value.code is ErrorCode.CLAIMED


def test_a_port_that_cannot_be_set_so_is_said(cable: Cable, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a pseudo-terminal that is asked for seven bits and parity, on some kernels and the second time."""
    import termios

    def refuse(*_: object) -> None:
        raise termios.error(22, "Invalid argument")

    at_once, later = SerialPort(cable.name, Line(bits=7, parity="E")), SerialPort(cable.name)
    later.open(soon())
    port = later._wire
    assert port is not None
    monkeypatch.setattr(port, "_parity", "E")
    monkeypatch.setattr(termios, "tcsetattr", refuse)
    with pytest.raises(DeviceError) as fault:
        later.read(soon())
    assert fault.value.code is ErrorCode.ILLEGAL
    later.close()
    with pytest.raises(DeviceError) as fault:
        at_once.open(soon())
    assert fault.value.code is ErrorCode.ILLEGAL
    assert "cannot be set to 9600 7E1. Choose what" in fault.value.sentence


def test_a_closed_port_says_so(cable: Cable) -> None:
    port = SerialPort(cable.name)
    for use in (lambda: port.read(soon()), lambda: port.write(b"a", soon())):
        with pytest.raises(DeviceError) as fault:
            use()
        assert fault.value.code is ErrorCode.CLOSED
    port.close()


def test_a_port_can_be_opened_again(cable: Cable) -> None:
    port = SerialPort(cable.name)
    for _ in range(2):
        port.open(soon())
        cable.say(b"x")
        assert port.read(soon()) == b"x"
        port.close()


def test_what_the_line_has_carried_is_told(cable: Cable, port: SerialPort) -> None:
    port.write(b"abc", time.monotonic() + 20)
    assert port.still_to_go(time.monotonic() + 20) == 0
    assert cable.said(3) == b"abc"


def test_what_waits_in_a_port_that_is_gone_is_lost(cable: Cable, port: SerialPort) -> None:
    cable.pull_out()
    with pytest.raises(DeviceError, match="gone"):
        port.still_to_go(time.monotonic() + 20)
