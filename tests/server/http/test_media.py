"""Formats and compressions: what was asked for, else what was sent, and never what nobody reads."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Callable, Mapping

import pytest
from starlette.responses import Response

from omsdesk.server.http.errors import Refused
from omsdesk.server.http.media import answer, check, encoding_of, format_of, format_wanted
from omsdesk.sync.messages import Places
from omsdesk.sync.wire import JSON, MSGPACK, decode

UNPACKED: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.decompress, "deflate": zlib.decompress, "": bytes}
LONG = Places({f"store-{number:04}": number for number in range(9_000)})


def written(fields: Mapping[str, str], message: Places = LONG) -> Response:
    return asyncio.run(answer(message, fields))


@pytest.mark.parametrize(
    ("fields", "media"),
    [
        ({}, JSON),
        ({"accept": "*/*"}, JSON),
        ({"accept": "*/*", "content-type": MSGPACK}, MSGPACK),
        ({"accept": "application/json", "content-type": MSGPACK}, JSON),
        ({"accept": "text/html, Application/MsgPack;q=0.5"}, MSGPACK),
        ({"accept": "application/msgpack;q=0, application/json"}, JSON),
        ({"accept": "text/html"}, JSON),
        ({"content-type": "application/msgpack; charset=x"}, MSGPACK),
    ],
)
def test_the_format_of_an_answer(fields: dict[str, str], media: str) -> None:
    assert format_wanted(fields) == media
    response = written(fields, Places({"": 1}))
    assert response.headers["content-type"] == media
    assert decode(Places, bytes(response.body), media) == Places({"": 1})


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("GZIP;q=1.0, deflate", "gzip"),
        ("deflate", "deflate"),
        ("gzip;q=0, deflate", "deflate"),
        ("br", ""),
        ("gzip;q=0.000", ""),
    ],
)
def test_the_compression_of_an_answer(accept: str, encoding: str) -> None:
    response = written({"accept-encoding": accept})
    assert response.headers.get("content-encoding", "") == encoding
    unpack = UNPACKED[encoding]
    assert decode(Places, unpack(bytes(response.body)), JSON) == LONG
    assert response.headers["vary"] == "accept, accept-encoding"


def test_what_is_short_is_not_packed() -> None:
    assert "content-encoding" not in written({"accept-encoding": "gzip"}, Places({"": 1})).headers


def test_nobody_keeps_an_answer() -> None:
    assert written({}).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("media", ["application/JSON", "application/json; charset=utf-8", MSGPACK])
def test_formats_that_are_read(media: str) -> None:
    assert format_of({"content-type": media}) in {JSON, MSGPACK}
    check({"content-type": media, "content-encoding": "Identity"})


@pytest.mark.parametrize(
    "fields", [{}, {"content-type": "text/plain"}, {"content-type": JSON, "content-encoding": "br"}]
)
def test_what_is_not_read_is_refused_before_it_is(fields: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        check(fields)
    assert refused.value.status == 415


def test_the_compression_of_a_body() -> None:
    assert [encoding_of({"content-encoding": name}) for name in ("", "identity", "GZip", "deflate")] == [
        "",
        "",
        "gzip",
        "deflate",
    ]
