"""A third kind of printer brings how it is asked and what proves its paper; all else it has from ``WirePrinter``."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

import pytest

from omsdesk.devices.ports import Condition, Delivery, DeviceError, ErrorCode, PrinterStatus
from omsdesk.devices.wire_printer import Patience, WirePrinter
from omsdesk.devices.wires.tcp import TcpPort
from omsdesk.domain.printing import PrintState
from tests.devices.lonely_servers import free_port, hang, reset, server

HURRY = Patience(connect=20, answer=0.2, look=0.1, stall=0.5)
QUESTION, END = b"@PJL INFO STATUS\r\n", b"@PJL ECHO end\r\n"
WELL, EMPTY, CAME_OUT = b"10001\f", b"41000\f", b"end\f"
PAGE = b"%!PS a page\n" * 2000


class PagePrinter(WirePrinter):
    """A printer of A4 pages, asked in PJL: code 10001 is ready, and it says ``end`` after the last page."""

    silent = "Look in the tray."

    def __init__(self, port: int, *, answers: bool = True) -> None:
        super().__init__(TcpPort("127.0.0.1", port), HURRY, answers=answers)

    def _ask(self) -> PrinterStatus:
        self._port.write(QUESTION, time.monotonic() + self._patience.answer)
        return PrinterStatus.of(Condition.READY if self._heard() == WELL else Condition.PAPER_OUT)

    def _begun(self, payload: bytes) -> bytes:
        return payload + END

    def _taking(self) -> Delivery:
        return self._wait("It takes the pages in." if self._is_moving else "It takes no pages.")

    def _confirm(self) -> Delivery:
        if (said := self._heard()) == EMPTY:
            return self._held(PrinterStatus.of(Condition.PAPER_OUT))
        return self._end(PrintState.PRINTED) if said == CAME_OUT else self._wait("It prints.")

    def _heard(self) -> bytes:
        if said := self._port.read(time.monotonic() + self._patience.answer):
            return said
        raise DeviceError(ErrorCode.TIMEOUT, "It says nothing.")


class Tray:
    """What plays the printer: it is asked once, takes the pages, and says these things one after the other."""

    def __init__(self, *said: bytes, before: bytes = WELL) -> None:
        self.taken, self._said, self._before = b"", said, before

    def __call__(self, client: socket.socket) -> None:
        assert client.recv(len(QUESTION)) == QUESTION
        client.sendall(self._before)
        while not self.taken.endswith(END) and (more := client.recv(65536)):
            self.taken += more
        for said in self._said:
            client.sendall(said)
            time.sleep(0.05)
        hang(client)


def settled(printer: PagePrinter) -> list[tuple[PrintState, Condition]]:
    """Print and stay to the end; give what was said on the way, each once."""
    delivery = printer.print(PAGE, "job")
    said = [(delivery.state, delivery.condition)]
    while delivery.state is PrintState.HELD:
        delivery = printer.resume()
        if (now := (delivery.state, delivery.condition)) != said[-1]:
            said.append(now)
    return said


def test_it_is_printed_once_the_printer_says_so() -> None:
    tray = Tray(CAME_OUT)
    with server(tray) as port:
        assert settled(PagePrinter(port)) == [(PrintState.PRINTED, Condition.READY)]
        assert tray.taken == PAGE + END


def test_it_is_held_for_a_cause_and_goes_on_by_itself() -> None:
    with server(Tray(EMPTY, CAME_OUT)) as port:
        assert settled(PagePrinter(port)) == [
            (PrintState.HELD, Condition.PAPER_OUT),
            (PrintState.PRINTED, Condition.PAPER_OUT),
        ]


def test_silence_is_waited_for_and_then_a_person_is_asked() -> None:
    with server(Tray()) as port:
        assert settled(PagePrinter(port)) == [
            (PrintState.HELD, Condition.OFFLINE),
            (PrintState.UNKNOWN, Condition.OFFLINE),
        ]


def test_one_that_answers_nothing_is_sent_to_all_the_same() -> None:
    with server(hang) as port:
        assert settled(PagePrinter(port, answers=False)) == [(PrintState.SENT, Condition.READY)]
        assert PagePrinter(port, answers=False).status().can_print


def _no_paper(client: socket.socket) -> None:
    Tray(before=EMPTY)(client)


@pytest.mark.parametrize("behaviour", [hang, reset, _no_paper])
def test_nothing_is_sent_to_one_that_is_not_ready(behaviour: Callable[[socket.socket], None]) -> None:
    with server(behaviour) as port:
        delivery = PagePrinter(port).print(PAGE, "job")
    assert (delivery.state, bool(delivery.sentence)) == (PrintState.FAILED, True)


def test_nothing_is_sent_where_nobody_listens() -> None:
    assert PagePrinter(free_port()).print(PAGE, "job").state is PrintState.FAILED
    assert PagePrinter(free_port()).status().condition is Condition.OFFLINE


def test_a_wire_that_is_lost_after_the_first_byte_leaves_it_unknown() -> None:
    def lost(client: socket.socket) -> None:
        client.recv(len(QUESTION))
        client.sendall(WELL)
        client.recv(100)
        reset(client)

    with server(lost) as port:
        assert settled(PagePrinter(port))[-1] == (PrintState.UNKNOWN, Condition.OFFLINE)
