"""Messages survive the way there; everything else is told apart from a message, and costs little."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from typing import get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.store.journal import FactId, Head, Sealed
from omsdesk.sync import messages
from omsdesk.sync.messages import (
    Answer,
    Enrolled,
    Enrolment,
    Failure,
    Garbled,
    Heard,
    Item,
    KnownDevices,
    Places,
    Run,
    Wanted,
)
from omsdesk.sync.wire import JSON, MSGPACK, TooLarge, decode, encode, pack, unpack

HASH = bytes(range(32))
SALE = Sealed(7, 6, 1_790_000_000_000, -300, "ann", "sale-1", "sale.held", 1, '{"name":"Zoë"}'.encode(), HASH)
MOVED = SALE._replace(number=8, first=FactId(1, 3, HASH))
MESSAGES = [
    Run(2, 6, HASH, (SALE, MOVED)),
    Run(1, 0, HASH),
    Answer(2, Head(8, HASH), ((1, HASH), (2, HASH)), is_parted=True, probes=(Head(8, HASH), Head(7, HASH))),
    Wanted("s1", 40, HASH, ((1, 12), (2, 0))),
    Heard((Item("till-2", 1, 7, HASH, HASH, SALE), Item("till-1", 1, 7, HASH)), HASH, 900),
    Heard(is_rewound=True),
    Enrolment("7KQ39F2MXA4T", "till-1", HASH, "Till 1", "0.1.0", is_fresh=True),
    Enrolled("corner", "s1", "t1", 2, "till-1"),
    Places({"": 5, "s1": 900}),
    Failure("busy", "Try again in a minute."),
    KnownDevices((messages.KnownDevice("till-1", "s1"),)),
]


@pytest.mark.parametrize("media", [JSON, MSGPACK])
@pytest.mark.parametrize("message", MESSAGES)
def test_what_is_sent_is_what_arrives(message: object, media: str) -> None:
    assert decode(type(message), encode(message, media), media) == message


def test_every_message_can_be_told() -> None:
    kinds = [kind for kind in vars(messages).values() if hasattr(kind, "__dataclass_fields__")]
    assert len(kinds) >= 12
    for kind in kinds:
        msgspec.msgpack.Decoder(kind)
        assert get_type_hints(kind)


def test_a_field_of_a_later_version_is_passed_over() -> None:
    body = msgspec.json.encode({"error": "busy", "sentence": "Later.", "retry": 5})
    assert decode(Failure, body, JSON) == Failure("busy", "Later.")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        b"<html>Sign in to the wireless network</html>",
        msgspec.msgpack.encode({"epoch": 1}),
        msgspec.msgpack.encode({"epoch": "1", "after": 0, "previous": b""}),
        msgspec.msgpack.encode({"epoch": 1, "after": 0, "previous": b"", "entries": [[1, 2]]}),
        msgspec.msgpack.encode({"epoch": True, "after": 0, "previous": b""}),
        encode(MESSAGES[0]) + b"\x00",
        encode(MESSAGES[0])[:-1],
        b"\x91" * 100_000,
    ],
)
def test_what_is_no_run_is_garbled(body: bytes) -> None:
    with pytest.raises(Garbled, match="not a message"):
        decode(Run, body)


@given(st.binary(), st.sampled_from([JSON, MSGPACK]))
def test_no_bytes_whatever_do_anything_else(body: bytes, media: str) -> None:
    for kind in (Run, Heard, Enrolment, Places):
        try:
            decode(kind, body, media)
        except Garbled:
            continue


@given(st.data())
def test_a_run_that_was_damaged_on_its_way_is_garbled_or_another_run(data: st.DataObject) -> None:
    body = bytearray(encode(MESSAGES[0]))
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(decode(Run, bytes(body)), Run)
    except Garbled:
        return


@pytest.mark.parametrize("encoding", ["gzip", "deflate", ""])
@given(body=st.binary(max_size=4000))
def test_what_is_packed_is_unpacked(encoding: str, body: bytes) -> None:
    assert unpack(pack(body, encoding), encoding) == body


def test_others_pack_alike() -> None:
    assert unpack(gzip.compress(b"sale"), "gzip") == b"sale"
    assert unpack(zlib.compress(b"sale"), "deflate") == b"sale"
    assert gzip.decompress(pack(b"sale", "gzip")) == b"sale"
    assert unpack(b"sale", "identity") == b"sale"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_stopped_before_it_fills_the_memory(encoding: str) -> None:
    bomb = pack(bytes(200_000_000), encoding)
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    with pytest.raises(TooLarge):
        unpack(bomb, encoding, most=1_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_too_much_is_too_much_however_it_comes() -> None:
    assert unpack(pack(bytes(100), "gzip"), "gzip", most=100) == bytes(100)
    with pytest.raises(TooLarge):
        unpack(bytes(101), "", most=100)
    with pytest.raises(TooLarge):
        unpack(pack(bytes(101), "gzip"), "gzip", most=100)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"not packed at all", "gzip"),
        (b"not packed at all", "deflate"),
        (gzip.compress(b"sale", mtime=0)[:-4], "gzip"),
        (zlib.compress(b"sale")[:-2], "deflate"),
        (gzip.compress(b"sale", mtime=0) + gzip.compress(b"another", mtime=0), "gzip"),
        (zlib.compress(b"sale") + b"more", "deflate"),
        (b"", "gzip"),
        (b"sale", "br"),
        (b"sale", "gzip, gzip"),
    ],
)
def test_what_was_not_packed_so_is_garbled(body: bytes, encoding: str) -> None:
    with pytest.raises(Garbled):
        unpack(body, encoding)
