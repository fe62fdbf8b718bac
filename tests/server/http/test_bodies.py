"""Bodies that are too large, packed too small, too slow or broken off: refused in time, and nobody else notices."""

from __future__ import annotations

import socket
import time
import zlib
from collections.abc import Iterator

import pytest

from omsdesk.server.http.limits import Limits
from omsdesk.sync.messages import Run
from omsdesk.sync.wire import JSON, MOST_BYTES, MSGPACK, encode
from tests.patience import until
from tests.server.http.conftest import Serve
from tests.server.http.served import HOST, Reply, Served, Station, chain, sales

SMALL = Limits(sent=100_000, sent_by_strangers=2_000, body_time=1.0, body_pause=0.4)
QUESTION = encode(Run(1, 0, bytes(32)))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that takes little, and not for long."""
    running = Served(tmp_path_factory.mktemp("small") / "service.db", SMALL)
    yield running
    running.stop()


@pytest.fixture
def teller(small: Served) -> Iterator[Station]:
    made = small.station(small.found())
    yield made
    made.hang_up()


def push(station: Station, body: bytes, *, packed: str = "", sent: object = None) -> Reply:
    named = {"content_type": MSGPACK, "accept": JSON, "content_encoding": packed}
    return station.send("POST", "/v1/runs", sent or body, station.fields("POST", "/v1/runs", body, named))


def in_pieces(body: bytes, size: int = 10_000) -> Iterator[bytes]:
    """Without a length, which makes urllib3 send it in chunks."""
    for at in range(0, len(body), size):
        yield body[at : at + size]


def written(head: dict[str, str]) -> bytes:
    """The head of a request as it travels."""
    lines = ["POST /v1/runs HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    return "\r\n".join(lines).encode()


def test_a_body_may_be_as_large_as_the_limit(teller: Station) -> None:
    run = chain(teller.device, *["sale.started"] * 8, body=b"{" + b" " * 12_000 + b"}")
    assert 96_000 < len(encode(run)) <= SMALL.sent
    assert push(teller, encode(run)).status == 200


@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_that_is_too_large_is_refused(teller: Station, is_chunked: bool) -> None:
    body = bytes(SMALL.sent + 1)
    refused = push(teller, body, sent=in_pieces(body) if is_chunked else None)
    assert refused.refusal == (413, "too_large")
    assert "100,000 bytes" in refused.failure.sentence


def test_a_body_that_comes_in_pieces_is_taken(teller: Station) -> None:
    body = encode(chain(teller.device, *["sale.started"] * 8, body=b"{" + b" " * 11_000 + b"}"))
    assert push(teller, body, sent=in_pieces(body)).status == 200


def test_whoever_asks_before_sending_sends_nothing_of_what_is_too_large(small: Served, teller: Station) -> None:
    fields = teller.fields("POST", "/v1/runs", b"", {"content_type": MSGPACK})
    with socket.create_connection((HOST, small.port), timeout=20) as line:
        head = fields | {"host": HOST, "content-length": "99999999", "expect": "100-continue"}
        line.sendall(written(head))
        # Were it to wait for the body, it would say 408.
        assert line.recv(4096).startswith(b"HTTP/1.1 413 ")


def test_strangers_may_send_less(small: Served) -> None:
    stranger = Station(small.port, "stranger")
    body = b'{"code":"' + b"0" * 2_000 + b'"}'
    fields = stranger.fields("POST", "/v1/enrolments", body, {"content_type": JSON})
    assert stranger.send("POST", "/v1/enrolments", body, fields).refusal == (413, "too_large")
    stranger.hang_up()


def test_what_strangers_send_is_not_unpacked_to_more_than_they_may_send(small: Served) -> None:
    stranger = Station(small.port, "stranger")
    body = zlib.compress(b'{"code":"' + b"0" * 100_000 + b'"}')
    fields = stranger.fields("POST", "/v1/enrolments", body, {"content_type": JSON, "content_encoding": "deflate"})
    assert stranger.send("POST", "/v1/enrolments", body, fields).refusal == (413, "too_large")
    stranger.hang_up()


def test_what_was_unpacked_needs_room_too(serve: Serve) -> None:
    served = serve(Limits(held=50_000))
    station = served.station(served.found())
    run = chain(station.device, "sale.started", body=b"{" + b" " * 60_000 + b"}")
    assert station.ask("POST", "/v1/runs", run, packed="gzip").refusal == (503, "busy")
    assert served.service.room.held == 0
    station.hang_up()


@pytest.mark.parametrize("packed", ["gzip", "deflate"])
def test_a_small_body_that_unpacks_to_a_huge_one_is_refused_without_unpacking_it(teller: Station, packed: str) -> None:
    packer = zlib.compressobj(9, wbits=31 if packed == "gzip" else 15)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(MOST_BYTES // 1_000_000 * 4)) + packer.flush()
    assert len(bomb) < SMALL.sent
    begun = time.process_time()
    assert push(teller, bomb, packed=packed).refusal == (413, "too_large")
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("body", "packed", "status"),
    [
        (b"not packed at all", "gzip", 422),
        (zlib.compress(QUESTION)[:-3], "deflate", 422),
        (zlib.compress(QUESTION) + b"more", "deflate", 422),
        (QUESTION, "br", 415),
        (QUESTION, "gzip, gzip", 415),
        (b"", "", 422),
        (b"\xc1", "", 422),
        (QUESTION[:-1], "", 422),
        (QUESTION + b"\x00", "", 422),
    ],
)
def test_what_cannot_be_read_is_garbled(teller: Station, body: bytes, packed: str, status: int) -> None:
    assert push(teller, body, packed=packed).refusal == (status, "garbled")


@pytest.mark.parametrize("media", ["", "text/plain", "application/x-www-form-urlencoded", "application/json5"])
def test_a_format_that_nobody_reads_is_said_so(teller: Station, media: str) -> None:
    fields = teller.fields("POST", "/v1/runs", QUESTION, {"content_type": media})
    refused = teller.send("POST", "/v1/runs", QUESTION, fields)
    assert refused.refusal == (415, "garbled")
    assert "application/msgpack" in refused.failure.sentence


# ---- slow


def drip(served: Served, station: Station, *, pause: float, pieces: int) -> bytes:
    """Send a body byte by byte, and give what is answered."""
    head = station.fields("POST", "/v1/runs", QUESTION, {"content_type": MSGPACK})
    head |= {"host": HOST, "content-length": str(len(QUESTION))}
    with socket.create_connection((HOST, served.port), timeout=20) as line:
        line.sendall(written(head))
        try:
            for at in range(pieces):
                line.sendall(QUESTION[at : at + 1])
                time.sleep(pause)
        except OSError:
            pass
        answer = b""
        while piece := line.recv(4096):
            answer += piece
        return answer


def test_a_body_that_stops_coming_is_not_waited_for(small: Served, teller: Station) -> None:
    begun = time.monotonic()
    answer = drip(small, teller, pause=0, pieces=1)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"too_slow" in answer
    assert time.monotonic() - begun > SMALL.body_pause - 0.1


def test_a_body_that_comes_letter_by_letter_is_not_waited_for(small: Served, teller: Station) -> None:
    assert drip(small, teller, pause=0.1, pieces=20).startswith(b"HTTP/1.1 408 ")


def test_slow_ones_keep_nobody_from_being_served(served: Served, station: Station) -> None:
    lines = []
    for _ in range(60):
        line = socket.create_connection((HOST, served.port), timeout=20)
        head = station.fields("POST", "/v1/runs", QUESTION, {"content_type": MSGPACK})
        head |= {"host": HOST, "content-length": str(len(QUESTION))}
        line.sendall(written(head))
        lines.append(line)
    begun = time.monotonic()
    assert station.push(sales(station.device, 3)).status == 200
    assert time.monotonic() - begun < Limits().body_pause
    for line in lines:
        line.close()


def test_who_hangs_up_in_the_middle_leaves_nothing_behind(small: Served, teller: Station) -> None:
    with socket.create_connection((HOST, small.port), timeout=20) as line:
        head = teller.fields("POST", "/v1/runs", QUESTION, {"content_type": MSGPACK})
        head |= {"host": HOST, "content-length": "5000"}
        line.sendall(written(head))
        line.sendall(bytes(3000))
        until(lambda: small.service.room.held == 3000)
    until(lambda: small.service.room.held == 0)
    assert teller.push(sales(teller.device, 1)).status == 200


def test_when_there_is_no_room_for_bodies_the_service_says_so(serve: Serve) -> None:
    served = serve(Limits(held=2_000))
    station = served.station(served.found())
    assert push(station, bytes(3_000)).refusal == (503, "busy")
    assert push(station, QUESTION).status == 200
    station.hang_up()
