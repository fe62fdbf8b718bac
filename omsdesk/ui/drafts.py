"""What was typed, over ground that moved: another program changed the same thing meanwhile."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Draft = TypeVar("_Draft", bound="DataclassInstance")


def rebased(mine: _Draft, before: _Draft, now: _Draft) -> _Draft:
    """Put what differs between ``before`` and ``mine`` over ``now``: what was touched stays, the rest follows."""
    typed: dict[str, Any] = {
        field.name: getattr(mine, field.name)
        for field in fields(mine)
        if getattr(mine, field.name) != getattr(before, field.name)
    }
    return replace(now, **typed)
