"""The bad line of the stories does what it says: each of its faults, to real connections, seen from both sides."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest

from tests.patience import eventually
from tests.sync.proxy import HOST, Fault, FaultyProxy, Weather

REQUEST, ANSWER = b"q" * 2000, b"a" * 2000
CALM = Weather(mean_bytes=1 << 40, drops=0.0)


class Counting:
    """A service that answers each request of a known length, and counts the bytes that it heard."""

    def __init__(self) -> None:
        self.listener = socket.create_server((HOST, 0))
        self.port: int = self.listener.getsockname()[1]
        self.heard: list[int] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def whole(self) -> int:
        """How many requests came whole."""
        return sum(size // len(REQUEST) for size in self.heard)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        place, size = len(self.heard), 0
        self.heard.append(0)
        with client, suppress(OSError):
            while data := client.recv(65536):
                size += len(data)
                self.heard[place] = size
                if size % len(REQUEST) == 0:
                    client.sendall(ANSWER)


@contextmanager
def line(weather: Weather) -> Iterator[tuple[Counting, FaultyProxy]]:
    service = Counting()
    with closing(service.listener), closing(FaultyProxy(service.port, weather)) as proxy:
        yield service, proxy


def ask(proxy: FaultyProxy, times: int = 1, patience: float = 5.0) -> list[int]:
    """Ask again and again on one connection; gives how much of each answer came."""
    got = list[int]()
    with socket.create_connection((HOST, proxy.port), timeout=patience) as client:
        for _ in range(times):
            client.sendall(REQUEST)
            size = 0
            while size < len(ANSWER):
                data = client.recv(65536)
                if not data:
                    return [*got, size]
                size += len(data)
            got.append(size)
    return got


def striking(fault: Fault, stall_seconds: float = 0.3) -> Weather:
    """Make a weather in which this happens soon."""
    return Weather(mean_bytes=1, drops=0.0, faults=(fault,), longest_delay=0.05, stall_seconds=stall_seconds)


def test_on_a_good_day_everything_comes_through_once() -> None:
    with line(CALM) as (service, proxy):
        assert ask(proxy, 5) == [len(ANSWER)] * 5
        assert service.heard == [5 * len(REQUEST)]
        assert not proxy.injected


@pytest.mark.parametrize("fault", [Fault.RESET_IN_REQUEST, Fault.CUT_REQUEST])
def test_a_request_that_breaks_off_does_not_come_whole_and_is_not_answered(fault: Fault) -> None:
    with line(striking(fault)) as (service, proxy):
        with suppress(ConnectionResetError):
            assert ask(proxy) == [0]
        assert proxy.injected[fault] == 1
        assert service.whole == 0


@pytest.mark.parametrize("fault", [Fault.RESET_IN_ANSWER, Fault.CUT_ANSWER])
def test_an_answer_that_breaks_off_was_given(fault: Fault) -> None:
    with line(striking(fault)) as (service, proxy):
        with suppress(ConnectionResetError):
            assert ask(proxy)[0] < len(ANSWER)
        assert proxy.injected[fault] == 1
        assert service.whole == 1


def test_a_dropped_connection_says_nothing() -> None:
    with line(CALM._replace(drops=1.0)) as (service, proxy):
        with suppress(ConnectionError):
            assert ask(proxy) == [0]
        assert proxy.injected[Fault.DROP] == 1
        assert service.heard == []


def test_a_delay_changes_nothing_but_the_time() -> None:
    with line(striking(Fault.DELAY)) as (service, proxy):
        assert ask(proxy, 5) == [len(ANSWER)] * 5
        assert proxy.injected[Fault.DELAY] >= 5
        assert service.whole == 5


def test_a_stall_outlasts_whoever_waits() -> None:
    with line(striking(Fault.STALL, stall_seconds=30.0)) as (service, proxy):
        with pytest.raises(TimeoutError):
            ask(proxy, patience=0.2)
        assert service.whole == 1


def test_a_repeated_request_is_heard_twice_and_answered_once() -> None:
    with line(striking(Fault.REPLAY)) as (service, proxy):
        assert ask(proxy) == [len(ANSWER)]
        assert eventually(lambda: service.whole == 2)
        assert len(service.heard) == 2, "on another connection"


def test_a_late_request_arrives_when_nobody_waits_any_more() -> None:
    with line(striking(Fault.LATE)) as (service, proxy):
        with suppress(ConnectionResetError):
            assert ask(proxy) == [0]
        assert eventually(lambda: service.whole == 1)


def test_in_a_partition_everybody_waits_and_then_it_goes_on() -> None:
    with line(CALM._replace(partition_every=0.02, partition_seconds=0.1)) as (service, proxy):
        begun = time.monotonic()
        while not proxy.injected[Fault.PARTITION] or time.monotonic() - begun < 0.5:
            assert ask(proxy) == [len(ANSWER)]
        assert proxy.injected[Fault.PARTITION] > 0
        assert set(service.heard) == {len(REQUEST)}
