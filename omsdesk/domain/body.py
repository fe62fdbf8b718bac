"""Facts as JSON bodies and back again, by the type annotations of their classes.

A field that holds its default is left out, so a field with a default can be added without a new version.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import is_dataclass
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from omsdesk.domain.messages import Event, Json, current_shape
from omsdesk.domain.records import stated
from omsdesk.domain.values import Money, Quantity, Stamp

_Value = TypeVar("_Value")
_Encode = Callable[[Any], Json] | None
_Decode = Callable[[Any], Any] | None


class _Shape(NamedTuple):
    """How a class is written and read; None stands for a converter that changes nothing."""

    values: Callable[[object], tuple[Any, ...]]
    encoders: tuple[tuple[str, _Encode, object], ...]
    decoders: dict[str, _Decode]


class _Shapes(dict[type, _Shape]):
    """The shapes of all classes that were met so far."""

    def __missing__(self, cls: type) -> _Shape:
        hints = get_type_hints(cls)
        said = stated(cls)
        rows = [(row.name, *_converters(hints[row.name]), row.default) for row in said]
        names = [row.name for row in said]
        # attrgetter gives a tuple for two names or more.
        values = attrgetter(*names) if len(names) > 1 else lambda fact: tuple(getattr(fact, name) for name in names)
        encoders = tuple((name, encode, default) for name, encode, _, default in rows)
        shape = self[cls] = _Shape(values, encoders, {name: decode for name, _, decode, _ in rows})
        return shape


_shapes = _Shapes()


def to_json(event: Event) -> bytes:
    """Write an event's body as the bytes that are stored and hashed."""
    return json.dumps(to_body(event), ensure_ascii=False, separators=(",", ":")).encode()


def from_json(kind: str, version: int, data: bytes) -> Event:
    """Read an event back, whatever version of its shape was written.

    Raises:
        UnknownEvent: a newer program wrote the entry.

    """
    cls, body = current_shape(kind, version, json.loads(data))
    return from_body(cls, body)


def to_body(fact: object) -> dict[str, Json]:
    """Turn a frozen dataclass into a JSON object."""
    shape = _shapes[type(fact)]
    return {
        name: encode(value) if encode else value
        for (name, encode, default), value in zip(shape.encoders, shape.values(fact), strict=True)
        if value is not default and value != default
    }


def from_body(cls: type[_Value], body: dict[str, Json]) -> _Value:
    """Make a frozen dataclass from a JSON object; unknown members are passed over."""
    decoders = _shapes[cls].decoders
    return cls(
        **{
            name: decode(value) if (decode := decoders[name]) else value
            for name, value in body.items()
            if name in decoders
        }
    )


@cache
def _converters(hint: object) -> tuple[_Encode, _Decode]:
    if hint in (int, str, bool):
        return None, None
    if hint is Money:
        return (lambda money: [money.minor, money.currency]), (lambda pair: Money(*pair))
    if hint is Quantity:
        return (lambda quantity: quantity.micro), Quantity
    if hint is Stamp:
        return (lambda stamp: [stamp.utc_ms, stamp.offset_minutes]), (lambda pair: Stamp(*pair))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return str, hint
    if isinstance(hint, type) and is_dataclass(hint):
        return to_body, (lambda body: from_body(hint, body))
    if get_origin(hint) is tuple:
        return _all(*_converters(get_args(hint)[0]))
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        encode, decode = _converters(inner)
        return _unless_none(encode), _unless_none(decode)
    message = f"An event cannot hold a {hint}."
    raise TypeError(message)


def _all(encode: _Encode, decode: _Decode) -> tuple[_Encode, _Decode]:
    if encode is None or decode is None:
        return list, tuple
    return (lambda items: [encode(item) for item in items]), (lambda items: tuple(decode(item) for item in items))


def _unless_none(convert: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    return None if convert is None else lambda value: None if value is None else convert(value)
