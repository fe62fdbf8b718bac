"""What a message may be: everything that a station writes, and nothing that the database could not hold."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.server.http import shapes
from omsdesk.store import journal
from omsdesk.store.journal import FactId, Sealed
from omsdesk.sync import messages
from omsdesk.sync.messages import CodeWish, Enrolment, Garbled, Places, Run, StationFacts, TillClaim, Wanted
from omsdesk.sync.wire import JSON, MSGPACK, encode

PAIRS: list[tuple[type[Any], type[Any]]] = [
    (shapes.Run, Run),
    (shapes.Wanted, Wanted),
    (shapes.Places, Places),
    (shapes.Enrolment, Enrolment),
    (shapes.CodeWish, CodeWish),
    (shapes.StationFacts, StationFacts),
    (shapes.TillClaim, TillClaim),
    (shapes.Sealed, journal.Sealed),
    (shapes.FactId, journal.FactId),
]


def names_of(kind: type[Any]) -> list[str]:
    return [one.name for one in fields(kind)] if is_dataclass(kind) else list(kind._fields)


def defaults_of(kind: type[Any]) -> list[object]:
    return [one.default for one in fields(kind)] if is_dataclass(kind) else list(kind._field_defaults.items())


def plain(hint: Any) -> Any:
    """A type without its bounds, and without saying from which module a record is."""
    if typing.get_origin(hint) is typing.Annotated:
        return plain(typing.get_args(hint)[0])
    arguments = typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        return (typing.Union, *map(plain, arguments))
    return (typing.get_origin(hint), *map(plain, arguments)) if arguments else getattr(hint, "__name__", hint)


@pytest.mark.parametrize(("shape", "message"), PAIRS, ids=lambda kind: kind.__name__)
def test_a_shape_has_the_fields_of_its_message(shape: type[Any], message: type[Any]) -> None:
    assert names_of(shape) == names_of(message)
    assert defaults_of(shape) == defaults_of(message)
    told, expected = (typing.get_type_hints(kind, include_extras=True) for kind in (shape, message))
    assert {name: plain(hint) for name, hint in told.items()} == {name: plain(hint) for name, hint in expected.items()}


# ---- what stations write is read

HASHES = st.binary(min_size=32, max_size=32)
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60)
FACTS = st.builds(FactId, st.integers(1, 9), st.integers(1, 2**40), HASHES)
ENTRIES = st.builds(
    Sealed, st.integers(1, 2**40), st.integers(0, 2**40), st.integers(-(2**45), 2**45), st.integers(-840, 840),
    WORDS, WORDS, WORDS, st.integers(1, 99), st.binary(max_size=99), HASHES, st.none() | FACTS,
)  # fmt: skip
RUNS = st.builds(
    Run, st.integers(1, 2**31 - 1), st.integers(0, 2**40), HASHES, st.lists(ENTRIES, max_size=5).map(tuple)
)


@given(RUNS, st.sampled_from([JSON, MSGPACK]))
def test_a_run_comes_through_as_it_is(run: Run, media: str) -> None:
    read = shapes.read(shapes.Run, Run, encode(run, media), media)
    assert read == run
    assert all(type(entry) is Sealed for entry in read.entries)
    assert all(type(entry.first) in {FactId, type(None)} for entry in read.entries)


def test_a_message_of_a_newer_program_is_read() -> None:
    told = b'{"scope":"s1","after":3,"colour":"red","owned":[[1,7]]}'
    assert shapes.read(shapes.Wanted, Wanted, told, JSON) == Wanted("s1", 3, owned=((1, 7),))


# ---- what no program of ours writes is not

GOOD = Sealed(1, 1, 1_000, 0, "ann", "sale-1", "sale.started", 1, b"{}", bytes(32))


@pytest.mark.parametrize(
    "change",
    [
        {"number": 0},
        {"number": 2**53},
        {"number": "1"},
        {"number": True},
        {"action": -1},
        {"utc_ms": 2**63},
        {"offset_minutes": 1441},
        {"actor": "a\0b"},
        {"actor": "x" * 251},
        {"actor": 7},
        {"subject": "x" * 251},
        {"kind": "\0"},
        {"version": 0},
        {"version": 2**15},
        {"body": b"x" * (8 * 1024 * 1024 + 1)},
        {"hash": bytes(31)},
        {"hash": bytes(33)},
        {"first": FactId(0, 1, bytes(32))},
        {"first": FactId(1, 1, b"")},
        {"first": ()},
    ],
    ids=str,
)
@pytest.mark.parametrize("media", [JSON, MSGPACK])
def test_an_entry_out_of_shape_is_garbled(change: dict[str, Any], media: str) -> None:
    assert shapes.read(shapes.Run, Run, encode(Run(1, 0, bytes(32), (GOOD,)), media), media).entries == (GOOD,)
    with pytest.raises(Garbled):
        shapes.read(shapes.Run, Run, encode(Run(1, 0, bytes(32), (GOOD._replace(**change),)), media), media)


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        (shapes.Run, Run(0, 0, bytes(32))),
        (shapes.Run, Run(2**31, 0, bytes(32))),
        (shapes.Run, Run(1, -1, bytes(32))),
        (shapes.Run, Run(1, 0, b"")),
        (shapes.Run, Run(1, 0, bytes(32), (GOOD,) * 1001)),
        (shapes.Wanted, Wanted("s1", 0, most=0)),
        (shapes.Wanted, Wanted("s1", 0, most=1001)),
        (shapes.Wanted, Wanted("s1", 0, most=2**64 - 1)),
        (shapes.Wanted, Wanted("s" * 65, 0)),
        (shapes.Wanted, Wanted("s1", 0, b"short")),
        (shapes.Wanted, Wanted("s1", 0, owned=((0, 1),))),
        (shapes.Wanted, Wanted("s1", 0, owned=((1, 1),) * 10_001)),
        (shapes.Places, Places({})),
        (shapes.Places, Places({str(number): 1 for number in range(1001)})),
        (shapes.Places, Places({"s1": -1})),
        (shapes.Places, Places({"s\0": 1})),
        (shapes.CodeWish, CodeWish("")),
        (shapes.CodeWish, CodeWish("s" * 65)),
        (shapes.CodeWish, CodeWish("s1", device='a"b')),
        (shapes.Enrolment, Enrolment("c", "", bytes(32))),
        (shapes.Enrolment, Enrolment("c", 'a"b', bytes(32))),
        (shapes.Enrolment, Enrolment("c", "d" * 65, bytes(32))),
        (shapes.Enrolment, Enrolment("c", "d", bytes(31))),
        (shapes.Enrolment, Enrolment("c" * 65, "d", bytes(32))),
        (shapes.Enrolment, Enrolment("c", "d", bytes(32), name="n" * 251)),
    ],
)
@pytest.mark.parametrize("media", [JSON, MSGPACK])
def test_a_message_out_of_shape_is_garbled(shape: type[Any], told: object, media: str) -> None:
    with pytest.raises(Garbled):
        shapes.read(shape, type(told), encode(told, media), media)


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"epoch":1}',
        b'{"epoch":1.5,"after":0,"previous":""}',
        b"{" * 100_000,
        b"\xff\xfe",
        b'{"a":"\\ud800"}',
    ],
)
def test_what_is_no_message_at_all_is_garbled(told: bytes) -> None:
    for media in (JSON, MSGPACK):
        with pytest.raises(Garbled):
            shapes.read(shapes.Run, messages.Run, told, media)


def test_the_store_that_all_share_cannot_be_given_to_a_station() -> None:
    """A station of the store without a name would tell its sales to everybody."""
    with pytest.raises(Garbled):
        shapes.read(shapes.CodeWish, CodeWish, b'{"store":""}', JSON)
