"""Facts as JSON bodies and back again, by the type annotations of their classes.

A field that holds its default is left out, so a field with a default can be added without a new version.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from omsdesk.domain.messages import Event, Json, current_shape
from omsdesk.domain.values import Money, Quantity, Stamp

_Value = TypeVar("_Value")
_Encode = Callable[[Any], Json]
_Decode = Callable[[Any], Any]
_Shape = tuple[tuple[str, _Encode, _Decode, object], ...]
_shapes: dict[type, _Shape] = {}


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
    return {
        name: encode(value)
        for name, encode, _, default in _fields_of(type(fact))
        if (value := getattr(fact, name)) != default
    }


def from_body(cls: type[_Value], body: dict[str, Json]) -> _Value:
    """Make a frozen dataclass from a JSON object; unknown members are passed over."""
    return cls(**{name: decode(body[name]) for name, _, decode, _ in _fields_of(cls) if name in body})


def _fields_of(cls: type) -> _Shape:
    shape = _shapes.get(cls)
    if shape is None:
        hints = get_type_hints(cls)
        shape = _shapes[cls] = tuple(
            (row.name, *_converters(hints[row.name]), MISSING if row.default is MISSING else row.default)
            for row in fields(cls)
        )
    return shape


def _same(value: Any) -> Any:
    return value


@cache
def _converters(hint: object) -> tuple[_Encode, _Decode]:
    if hint in (int, str, bool):
        return _same, _same
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
        encode, decode = _converters(get_args(hint)[0])
        return (lambda items: [encode(i) for i in items]), (lambda items: tuple(decode(i) for i in items))
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        encode, decode = _converters(inner)
        return (lambda v: None if v is None else encode(v)), (lambda v: None if v is None else decode(v))
    message = f"An event cannot hold a {hint}."
    raise TypeError(message)
