"""Bytes over TCP, and a deadline on every wait."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from omsdesk.devices.drivers.network.port import TcpPort
from omsdesk.devices.ports import DeviceError, ErrorCode
from tests.devices.lonely_servers import free_port, hang, reset, server


def test_a_closed_port_says_so() -> None:
    port = TcpPort("127.0.0.1", 9)
    with pytest.raises(DeviceError) as fault:
        port.write(b"a", time.monotonic() + 1)
    assert fault.value.code is ErrorCode.CLOSED


def test_a_port_can_be_opened_again() -> None:
    with server(lambda client: client.sendall(b"hello")) as number:
        port = TcpPort("127.0.0.1", number)
        for _ in range(2):
            port.open(time.monotonic() + 1)
            assert port.read(time.monotonic() + 1) == b"hello"
            port.close()
            port.close()


def test_a_read_gives_nothing_at_its_deadline() -> None:
    with server(hang) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 1)
        start = time.monotonic()
        assert port.read(start + 0.1) == b""
        assert 0.05 < time.monotonic() - start < 0.5
        port.close()


def test_a_write_says_how_much_the_other_side_took() -> None:
    def reads_nothing(client: socket.socket) -> None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        hang(client)

    with server(reads_nothing) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 1)
        taken = port.write(bytes(50_000_000), time.monotonic() + 0.2)
        assert 0 < taken < 50_000_000
        port.close()


def reset_when_spoken_to(client: socket.socket) -> None:
    client.recv(1)
    reset(client)


def test_a_connection_that_was_reset_is_lost_and_says_so() -> None:
    with server(reset_when_spoken_to) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 1)
        port.write(b"a", time.monotonic() + 1)
        with pytest.raises(DeviceError, match="lost") as fault:
            port.read(time.monotonic() + 1)
        assert fault.value.code is ErrorCode.FAILURE
        port.close()


def test_a_write_to_a_lost_connection_is_lost_too() -> None:
    with server(reset_when_spoken_to) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 1)
        port.write(b"a", time.monotonic() + 1)
        time.sleep(0.1)
        with pytest.raises(DeviceError, match="lost"):
            port.write(bytes(10_000), time.monotonic() + 1)
        port.close()


def test_a_refused_connection_names_the_address_and_what_to_check() -> None:
    number = free_port()
    with pytest.raises(DeviceError, match=f"127.0.0.1, port {number}, does not answer. Check") as fault:
        TcpPort("127.0.0.1", number).open(time.monotonic() + 1)
    assert fault.value.code is ErrorCode.OFFLINE


def test_an_interrupted_port_waits_for_nothing_any_more() -> None:
    with server(hang) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 1)
        threading.Timer(0.05, port.interrupt).start()
        start = time.monotonic()
        assert port.read(start + 10) == b""
        assert port.write(b"a", start + 10) == 0
        assert time.monotonic() - start < 0.5
        port.close()
