"""The server stops without breaking anything off, and lets nobody hold a connection for nothing."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
import urllib3

from omsdesk.server.embedded import EmbeddedStorage, run_now
from omsdesk.server.enrolment import Registrar
from omsdesk.server.http.limits import Limits
from omsdesk.sync.messages import Places
from tests.patience import until
from tests.server.http.conftest import Serve
from tests.server.http.served import HOST, Reply, sales
from tests.server.http.test_hints import Waiting, settle
from tests.server.http.test_limits import slow_service


def test_at_the_end_those_who_wait_are_answered_at_once(serve: Serve) -> None:
    served = serve(Limits())
    station = served.station(served.found())
    waiting = Waiting(station, {"": 0})
    settle(served, 1)
    begun = time.monotonic()
    served.stop()
    assert waiting.news() == {}
    assert time.monotonic() - begun < Limits().hint_time / 2
    station.hang_up()


def test_a_run_that_is_being_taken_at_the_end_is_taken_and_answered(tmp_path: Path) -> None:
    served, database = slow_service(tmp_path / "service.db", Limits())
    tenant = served.found()
    station = served.station(tenant)
    database.pause = 0.7
    replies: list[Reply] = []
    pushing = threading.Thread(target=lambda: replies.append(station.push(sales(station.device, 5))))
    pushing.start()
    time.sleep(0.2)
    served.stop()
    pushing.join()
    assert [reply.status for reply in replies] == [200]
    kept = EmbeddedStorage(tmp_path / "service.db")
    (known,) = run_now(Registrar(kept, lambda: 0).devices(tenant))
    assert known.entries == 5
    run_now(kept.close())
    station.hang_up()


def test_after_the_end_nobody_is_let_in(serve: Serve) -> None:
    served = serve(Limits())
    station = served.station(served.found())
    assert station.ask("POST", "/v1/feeds", Places({})).status == 422
    served.stop()
    with pytest.raises(urllib3.exceptions.HTTPError):
        station.push(sales(station.device, 1))
    station.hang_up()


@pytest.mark.parametrize(
    "said", [b"", b"P", b"POST /v1/runs HTTP/1.1\r\nhost: x\r\n", b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n"]
)
def test_a_connection_without_a_question_is_closed(serve: Serve, said: bytes) -> None:
    served = serve(Limits(head_time=0.5))
    with closing(socket.create_connection((HOST, served.port), timeout=20)) as line:
        line.sendall(said)
        heard = b""
        while piece := line.recv(4096):
            heard += piece
    assert heard.startswith(b"HTTP/1.1 200") == said.endswith(b"\r\n\r\n")


def test_a_head_that_comes_letter_by_letter_is_not_waited_for(serve: Serve) -> None:
    served = serve(Limits(head_time=0.5))
    end = time.monotonic() + 20
    with closing(socket.create_connection((HOST, served.port), timeout=20)) as line, suppress(OSError):
        while time.monotonic() < end:
            line.sendall(b"x")
            time.sleep(0.05)
    assert time.monotonic() < end, "the line was cut"


def test_who_does_not_read_what_they_are_answered_is_cut_off(serve: Serve) -> None:
    served = serve(Limits(head_time=0.5))
    with closing(socket.socket()) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
        line.connect((HOST, served.port))
        line.sendall(b"GET /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n" * 200)
        until(lambda: served.server.server_state.connections)
        until(lambda: not served.server.server_state.connections)


def test_who_asks_from_time_to_time_keeps_the_line(serve: Serve) -> None:
    served = serve(Limits(head_time=3))
    pool = urllib3.HTTPConnectionPool(HOST, served.port, retries=False)
    for _ in range(8):
        assert pool.request("GET", "/health").status == 200
        time.sleep(0.5)
    assert pool.num_connections == 1
    pool.close()


def test_a_question_that_takes_long_is_not_cut_off(serve: Serve) -> None:
    served = serve(Limits(head_time=0.5, hint_time=2.5))
    station = served.station(served.found())
    assert station.ask("POST", "/v1/hints", Places({"": 0})).status == 200
    station.hang_up()


def test_a_head_that_is_too_long_or_none_is_refused(serve: Serve) -> None:
    served = serve(Limits())
    for said in (
        b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\n",
        b"\x16\x03\x01\x00hello\r\n\r\n",
    ):
        with closing(socket.create_connection((HOST, served.port), timeout=20)) as line:
            line.sendall(said)
            assert line.recv(4096).startswith(b"HTTP/1.1 400")
    station = served.station(served.found())
    assert station.push(sales(station.device, 1)).status == 200
    station.hang_up()
