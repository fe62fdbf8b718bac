"""Frozen, slotted dataclasses that cost nothing before they are used.

``dataclass`` writes and compiles six functions for every class, a third of a millisecond, and a shop has hundreds of
classes of which a till needs a few. ``record`` makes the class at once and leaves the functions to its first use.
"""

from __future__ import annotations

from dataclasses import Field, FrozenInstanceError, dataclass, field, fields, replace
from typing import Any, NoReturn, TypeVar, dataclass_transform

_Class = TypeVar("_Class", bound=type)

_drafts: dict[type, dict[str, Any]] = {}
"""What the classes that nobody has used yet were written as."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: _Class) -> _Class:
    """Make what ``dataclass(frozen=True, slots=True)`` makes; what it writes is written at the first use."""
    slots = tuple(name for name, hint in cls.__annotations__.items() if not hint.startswith("ClassVar"))
    draft = {name: value for name, value in vars(cls).items() if name not in {"__dict__", "__weakref__"}}
    body = {name: value for name, value in draft.items() if name not in slots}
    made = type(cls)(cls.__name__, cls.__bases__, {**body, **_FROZEN, **_LATER, "__slots__": slots})
    _drafts[made] = draft
    return made


def stated(fact: Any) -> tuple[Field[Any], ...]:
    """List what a record says: its fields, but for those that do not count when two of them are compared."""
    return tuple(row for row in fields(fact) if row.compare)


class _Later:
    """Stands in an unfinished class for what ``dataclass`` adds to it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: object, owner: type) -> Any:
        for cls in owner.__mro__:
            _finish(cls)
        return getattr(owner if instance is None else instance, self.name)


def _finish(cls: type) -> None:
    """Give a class what it waits for. Two threads may do it at once: they do the same."""
    draft = _drafts.get(cls)
    if draft is None:
        return
    whole = vars(dataclass(frozen=True)(type(cls)(cls.__name__, cls.__bases__, dict(draft))))
    for name in _LATER:
        setattr(cls, name, whole[name])
    _drafts.pop(cls, None)


_WRITTEN = ("__init__", "__repr__", "__eq__", "__hash__")
_DESCRIBED = ("__match_args__", "__dataclass_fields__", "__dataclass_params__")
_LATER = {name: _Later(name) for name in (*_WRITTEN, *_DESCRIBED)}


def _set(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _reduce(self: Any) -> tuple[type, tuple[object, ...]]:
    """Copy and pickle through the constructor: nothing else sets a field."""
    return type(self), tuple(getattr(self, row.name) for row in fields(self))


_FROZEN = {"__setattr__": _set, "__delattr__": _delete, "__reduce__": _reduce, "__replace__": replace}
