"""Bytes over TCP, and a deadline on every wait."""

from __future__ import annotations

import socket
import sys
import threading
import time
from typing import Any

import pytest

from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.wires.tcp import TcpPort
from tests.devices.lonely_servers import free_port, hang, reset, server


def test_a_closed_port_says_so() -> None:
    port = TcpPort("127.0.0.1", 9)
    with pytest.raises(DeviceError) as fault:
        port.write(b"a", time.monotonic() + 20)
    assert fault.value.code is ErrorCode.CLOSED


def test_a_port_can_be_opened_again() -> None:
    with server(lambda client: client.sendall(b"hello")) as number:
        port = TcpPort("127.0.0.1", number)
        for _ in range(2):
            port.open(time.monotonic() + 20)
            assert port.read(time.monotonic() + 20) == b"hello"
            port.close()
            port.close()


def test_a_read_gives_nothing_at_its_deadline() -> None:
    with server(hang) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 20)
        start = time.monotonic()
        assert port.read(start + 0.1) == b""
        assert 0.05 < time.monotonic() - start < 10
        port.close()


def test_a_write_says_how_much_the_other_side_took() -> None:
    def reads_nothing(client: socket.socket) -> None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        hang(client)

    with server(reads_nothing) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 20)
        taken = port.write(bytes(50_000_000), time.monotonic() + 0.2)
        assert 0 < taken < 50_000_000
        port.close()


def reset_when_spoken_to(client: socket.socket) -> None:
    client.recv(1)
    reset(client)


def test_a_connection_that_was_reset_is_lost_and_says_so() -> None:
    with server(reset_when_spoken_to) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 20)
        port.write(b"a", time.monotonic() + 20)
        with pytest.raises(DeviceError, match="lost") as fault:
            port.read(time.monotonic() + 20)
        assert fault.value.code is ErrorCode.FAILURE
        port.close()


def test_a_write_to_a_lost_connection_is_lost_too() -> None:
    with server(reset_when_spoken_to) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 20)
        port.write(b"a", time.monotonic() + 20)
        time.sleep(0.1)
        with pytest.raises(DeviceError, match="lost"):
            port.write(bytes(10_000), time.monotonic() + 20)
        port.close()


def test_a_refused_connection_names_the_address_and_what_to_check() -> None:
    number = free_port()
    with pytest.raises(DeviceError, match=f"127.0.0.1, port {number}, does not answer. Check") as fault:
        TcpPort("127.0.0.1", number).open(time.monotonic() + 20)
    assert fault.value.code is ErrorCode.OFFLINE


def test_an_address_that_is_none_says_so() -> None:
    with pytest.raises(DeviceError, match=r"answers to 300\.1\.2\.3, port 9100\. Check how") as fault:
        TcpPort("300.1.2.3", 9100).open(time.monotonic() + 20)
    assert fault.value.code is ErrorCode.OFFLINE


def test_an_interrupted_port_waits_for_nothing_any_more() -> None:
    with server(hang) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 20)
        threading.Timer(0.05, port.interrupt).start()
        start = time.monotonic()
        assert port.read(start + 30) == b""
        assert port.write(b"a", start + 30) == 0
        assert time.monotonic() - start < 10
        port.close()


@pytest.mark.parametrize(
    "host", ["", "no such printer", "a" * 64 + ".local", "..", "1.2.3.4.5", "printer\n", "\0", "ü" * 70]
)
@pytest.mark.parametrize("number", [-1, 0, 9100, 65_536, 10**12])
def test_an_address_that_was_mistyped_is_said_and_is_no_fault_of_the_program(host: str, number: int) -> None:
    port = TcpPort(host if number == 9100 else "127.0.0.1", number)
    with pytest.raises(DeviceError, match=r"Check (how the address is written|that it is switched on)") as fault:
        port.open(time.monotonic() + 0.2)
    assert fault.value.code in {ErrorCode.OFFLINE, ErrorCode.TIMEOUT}
    port.close()


def test_every_address_of_a_name_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of a printer may lead to an address of the new kind first, where nobody answers."""
    genuine = socket.getaddrinfo

    def two(host: str, port: int, **named: int) -> list[tuple[object, ...]]:
        return [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", port, 0, 0)), *genuine("127.0.0.1", port, **named)]

    with server(lambda client: client.sendall(b"hello")) as number:
        monkeypatch.setattr(socket, "getaddrinfo", two)
        port = TcpPort("printer.shop", number)
        port.open(time.monotonic() + 20)
        assert port.read(time.monotonic() + 20) == b"hello"
        port.close()


def test_a_write_ends_at_its_deadline_however_willing_the_other_side_is() -> None:
    def drinks(client: socket.socket) -> None:
        while client.recv(1 << 20):
            pass

    with server(drinks) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 20)
        start, data = time.monotonic(), memoryview(bytes(1 << 20))
        sent = 0
        while time.monotonic() < start + 0.2:
            sent += port.write(data, start + 0.2)  # type: ignore[arg-type]
        assert sent > len(data)
        assert time.monotonic() - start < 10
        assert port.write(b"a", start) <= 1
        port.close()


def test_a_silent_address_is_given_up_at_the_deadline() -> None:
    """A listener whose queue is full lets nobody in and refuses nobody."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = [TcpPort(*address) for _ in range(6)]
        codes = []
        for port in waiting:
            start = time.monotonic()
            try:
                port.open(start + 0.15)
            except DeviceError as fault:
                codes.append(fault.code)
            assert time.monotonic() - start < 10
        for port in waiting:
            port.close()
    assert set(codes) == {ErrorCode.TIMEOUT}


def test_a_name_that_nobody_answers_for_keeps_no_one_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, answer, ask = threading.Event(), threading.Event(), socket.getaddrinfo

    def slow(host: str, *rest: Any, **more: Any) -> Any:
        if more.get("flags"):
            return ask(host, *rest, **more)
        asked.set()
        answer.wait(60)
        return ask("127.0.0.1", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    port = TcpPort("printer.invalid", 9100)
    began = time.monotonic()
    with pytest.raises(DeviceError) as fault:
        port.open(time.monotonic() + 0.2)
    assert fault.value.code is ErrorCode.TIMEOUT
    threading.Timer(0.2, port.interrupt).start()
    with pytest.raises(DeviceError):
        port.open(time.monotonic() + 60)
    assert time.monotonic() - began < 30
    assert asked.is_set()
    answer.set()


def test_an_address_in_numbers_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = socket.getaddrinfo

    def numbers_alone(*what: Any, **more: Any) -> Any:
        assert more.get("flags") == socket.AI_NUMERICHOST
        return ask(*what, **more)

    monkeypatch.setattr(socket, "getaddrinfo", numbers_alone)
    with server(hang) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 20)
        port.close()


def test_a_write_that_is_cut_off_says_how_much_may_have_arrived() -> None:
    heard: list[int] = []

    def takes_some(client: socket.socket) -> None:
        while sum(heard) < 100_000:
            heard.append(len(client.recv(4096)))
        reset(client)

    with server(takes_some) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 20)
        with pytest.raises(DeviceError, match="lost") as fault:
            port.write(bytes(50_000_000), time.monotonic() + 20)
        assert fault.value.sent_bytes >= sum(heard)
        port.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell what is on its way")
def test_what_is_on_its_way_is_counted_until_the_other_side_has_it() -> None:
    is_awake = threading.Event()

    def wakes_up(client: socket.socket) -> None:
        is_awake.wait(20)
        while client.recv(4096):
            pass

    with server(wakes_up) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 20)
        sent = port.write(bytes(5_000_000), time.monotonic() + 0.2)
        assert 0 < port.still_to_go(time.monotonic() + 0.1) <= sent
        is_awake.set()
        assert port.still_to_go(time.monotonic() + 20) == 0
        port.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell what is on its way")
def test_what_is_on_its_way_when_the_connection_is_lost_is_lost() -> None:
    def wakes_up_and_dies(client: socket.socket) -> None:
        time.sleep(0.3)
        reset(client)

    with server(wakes_up_and_dies) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 20)
        port.write(bytes(5_000_000), time.monotonic() + 0.1)
        with pytest.raises(DeviceError, match="lost"):
            port.still_to_go(time.monotonic() + 20)
        port.close()


def test_an_interruption_ends_the_wait_for_what_is_on_its_way() -> None:
    with server(hang) as number:
        port = TcpPort("127.0.0.1", number)
        port.open(time.monotonic() + 20)
        port.write(bytes(50_000_000), time.monotonic() + 0.1)
        port.interrupt()
        start = time.monotonic()
        port.still_to_go(start + 20)
        assert time.monotonic() - start < 10
        port.close()
