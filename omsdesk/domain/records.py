"""Frozen, slotted dataclasses that cost nothing before they are used, and little when they are.

``dataclass`` writes and compiles six functions for every class, a third of a millisecond, and a shop has hundreds of
classes of which a till needs a few, and of these hardly more than how they are made. ``record`` makes the class at
once and leaves each function to its first use. What a record holds is put straight into its slots, in half the time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields, replace
from typing import Any, NoReturn, TypeVar, dataclass_transform

_Class = TypeVar("_Class", bound=type)

_drafts: dict[type, dict[str, Any]] = {}
"""The fields, as they were written, of the classes that nobody has used yet."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: _Class) -> _Class:
    """Make what ``dataclass(frozen=True, slots=True)`` makes; what it writes is written at the first use.

    Its fields are plain ones: each is an argument, and what it is by default can be shared.
    """
    hints = cls.__annotations__
    slots = tuple(name for name, hint in hints.items() if not hint.startswith("ClassVar"))
    written = {name: value for name, value in vars(cls).items() if name not in {"__dict__", "__weakref__"}}
    # Whoever writes ``__eq__`` has no hash by that; a dataclass has one all the same.
    own = {name for name in _LATER if written.get(name) is not None}
    later = {name: value for name, value in _LATER.items() if name not in own}
    body = {name: value for name, value in written.items() if name not in slots}
    made = type(cls)(cls.__name__, cls.__bases__, {**body, **_FROZEN, **later, "__slots__": slots})
    _drafts[made] = {name: written[name] for name in hints if name in written}
    return made


def stated(fact: Any) -> tuple[Field[Any], ...]:
    """List what a record says: its fields, but for those that do not count when two of them are compared."""
    return tuple(row for row in fields(fact) if row.compare)


class _Later:
    """Stands in an unfinished class for what ``dataclass`` adds to it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: object, owner: type) -> Any:
        # Two threads may do it at once: they do the same.
        for cls in owner.__mro__:
            if vars(cls).get(self.name) is self:
                _describe(cls)
                setattr(cls, self.name, _WRITTEN[self.name](cls))
        return getattr(owner if instance is None else instance, self.name)


def _describe(cls: type) -> None:
    """Find the fields of a class, and of those it comes from."""
    draft = _drafts.get(cls)
    if draft is None:
        return
    known = {"__annotations__": cls.__annotations__, "__module__": cls.__module__, "__doc__": "Fields."}
    plain: type = dataclass(init=False, repr=False, eq=False)(type(cls.__name__, (), {**known, **draft}))
    found: dict[str, Field[Any]] = {}
    for base in (*reversed(cls.__mro__[1:]), plain):
        found.update(getattr(base, _FIELDS, {}))
    for row in found.values():
        if row.default_factory is not MISSING or row.kw_only is True or not row.init:
            message = f"{cls.__qualname__}.{row.name} is no plain field, as those of a record are"
            raise TypeError(message)
    setattr(cls, _FIELDS, found)
    _drafts.pop(cls, None)


def _fields(cls: type) -> dict[str, Field[Any]]:
    found: dict[str, Field[Any]] = vars(cls)[_FIELDS]
    return found


def _names(cls: type) -> tuple[str, ...]:
    return tuple(row.name for row in fields(cls))


def _init(cls: type) -> Callable[..., None]:
    rows = fields(cls)
    known = {f"_set_{row.name}": getattr(cls, row.name).__set__ for row in rows}
    known |= {f"_default_{row.name}": row.default for row in rows if row.default is not MISSING}
    wanted = (row.name if row.default is MISSING else f"{row.name}=_default_{row.name}" for row in rows)
    steps = "; ".join(f"_set_{row.name}(self, {row.name})" for row in rows) or "pass"
    made = _compiled(cls, f"def __init__({', '.join(('self', *wanted))}): {steps}", known)
    made.__annotations__ = {**{row.name: row.type for row in rows}, "return": None}
    return made


def _repr(cls: type) -> Callable[..., str]:
    shown = ", ".join(f"{row.name}={{self.{row.name}!r}}" for row in fields(cls) if row.repr)
    return _compiled(cls, f'def __repr__(self): return f"{{self.__class__.__qualname__}}({shown})"')


def _eq(cls: type) -> Callable[..., bool]:
    one, other = (_tuple(name, [row.name for row in stated(cls)]) for name in ("self", "other"))
    code = f"{one} == {other} if other.__class__ is self.__class__ else NotImplemented"
    return _compiled(cls, f"def __eq__(self, other): return {code}")


def _hash(cls: type) -> Callable[..., int]:
    names = [row.name for row in fields(cls) if (row.compare if row.hash is None else row.hash)]
    return _compiled(cls, f"def __hash__(self): return hash({_tuple('self', names)})")


def _tuple(whose: str, names: list[str]) -> str:
    return f"({''.join(f'{whose}.{name}, ' for name in names)})"


def _compiled(cls: type, code: str, known: dict[str, Any] | None = None) -> Callable[..., Any]:
    room: dict[str, Any] = {"__name__": cls.__module__, **(known or {})}
    exec(code, room)  # noqa: S102 - as dataclass does: written from the names of fields alone
    made: Callable[..., Any] = room[code[4 : code.index("(")]]
    made.__qualname__ = f"{cls.__qualname__}.{made.__name__}"
    return made


@dataclass(frozen=True)
class _Frozen:
    """Has what every record is called with."""


_FIELDS = "__dataclass_fields__"
_WRITTEN: dict[str, Callable[[type], Any]] = {
    "__init__": _init,
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": _hash,
    "__match_args__": _names,
    _FIELDS: _fields,
    "__dataclass_params__": lambda _: _Frozen.__dataclass_params__,  # type: ignore[attr-defined]  # typeshed lacks it
}
_LATER = {name: _Later(name) for name in _WRITTEN}


def _set(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _reduce(self: Any) -> tuple[type, tuple[object, ...]]:
    """Copy and pickle through the constructor: nothing else sets a field."""
    return type(self), tuple(getattr(self, row.name) for row in fields(self))


_FROZEN = {"__setattr__": _set, "__delattr__": _delete, "__reduce__": _reduce, "__replace__": replace}
