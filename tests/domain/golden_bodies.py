"""One example of every event that holds a value in every field, as it is stored for ever.

``python -m tests.domain.golden_bodies`` writes the examples of new kinds and versions, and adds new fields to those
there are. What is written already never changes: an entry in somebody's journal does not either.
"""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, Field, is_dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, Union, get_args, get_origin, get_type_hints

import omsdesk.domain
from omsdesk.domain.body import to_body
from omsdesk.domain.messages import Event, known_kinds
from omsdesk.domain.records import stated
from omsdesk.domain.values import Money, Quantity, Stamp

GOLDEN = Path(__file__).parent / "golden"
Shape = Any


def every_event() -> dict[str, type[Event]]:
    """Every kind of event that the product registers."""
    for module in iter_modules(omsdesk.domain.__path__, "omsdesk.domain."):
        import_module(module.name)
    return {kind: cls for kind, cls in sorted(known_kinds().items()) if cls.__module__.startswith("omsdesk.")}


def full(cls: Any) -> Any:
    """Make a fact in which no field holds its default."""
    hints = get_type_hints(cls)
    return cls(**{field.name: _example(hints[field.name], field) for field in stated(cls)})


def bare(cls: Any) -> Any:
    """Make a fact in which every field that has a default holds it."""
    hints = get_type_hints(cls)
    return cls(
        **{f.name: _example(hints[f.name], f) for f in stated(cls) if f.default is MISSING and f.init}
    )  # fmt: skip


def explicit(value: Any) -> Shape:
    """Write everything out that a fact means, defaults too."""
    if isinstance(value, Money):
        return f"{value}"
    if isinstance(value, Quantity):
        return f"{value}"
    if isinstance(value, Stamp):
        return [value.utc_ms, value.offset_minutes]
    if is_dataclass(value):
        return {field.name: explicit(getattr(value, field.name)) for field in stated(value)}
    if isinstance(value, tuple):
        return [explicit(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def _example(hint: Any, field: Field[Any]) -> Any:
    simple: dict[Any, Any] = {
        str: f"the {field.name}",
        int: 7,
        Money: Money(1234, "EUR"),
        Quantity: Quantity(1_500_000),
        Stamp: Stamp(1_795_435_200_123, 60),
    }
    if hint in simple:
        return simple[hint]
    if hint is bool:
        return field.default is not True
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(member for member in hint if member != field.default)
    if isinstance(hint, type) and is_dataclass(hint):
        return full(hint)
    if get_origin(hint) in (tuple, Union, types.UnionType):
        inner = next(arg for arg in get_args(hint) if arg not in (type(None), Ellipsis))
        found = _example(inner, field)
        return (found,) if get_origin(hint) is tuple else found
    message = f"There is no example of a {hint}."
    raise TypeError(message)


def golden_file(kind: str, version: int) -> Path:
    """Where the example of a kind and version stands."""
    return GOLDEN / f"{kind}.v{version}.json"


def golden_of(cls: type[Event]) -> Shape:
    """What is written of an event."""
    example, least = full(cls), bare(cls)
    return {
        "full": to_body(example),
        "full_means": explicit(example),
        "bare": to_body(least),
        "bare_means": explicit(least),
    }


def is_kept(old: Shape, new: Shape) -> bool:
    """Tell whether everything that was written is in the new one, as it was."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(name in new and is_kept(old[name], new[name]) for name in old)
    if isinstance(old, list):
        return isinstance(new, list) and len(old) == len(new) and all(map(is_kept, old, new))
    return bool(old == new)


def write() -> None:
    """Write what is missing.

    Raises:
        SystemExit: what is written already would change: the event needs a new version and an up-caster.

    """
    for kind, cls in every_event().items():
        file, new = golden_file(kind, cls.version), golden_of(cls)
        if file.exists() and not is_kept(json.loads(file.read_text("utf-8")), new):
            message = f"{file.name} would change: give {cls.__name__} a new version and an up-caster from the old one."
            raise SystemExit(message)
        file.write_text(json.dumps(new, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
