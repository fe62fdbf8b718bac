"""Which function turns which fact into rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from omsdesk.domain.messages import Event
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry

_Projection = TypeVar("_Projection", bound=Callable[[Connection, Entry, Any], None])
_projections: dict[type[Event], Callable[[Connection, Entry, Any], None]] = {}


def on(*kinds: type[Event]) -> Callable[[_Projection], _Projection]:
    """Let a function write the rows of these facts."""

    def register(function: _Projection) -> _Projection:
        for kind in kinds:
            _projections[kind] = function
        return function

    return register


def leaves_rows(kind: type[Event]) -> bool:
    """Tell whether facts of a kind are in the tables at all; what a ticket was like on its way, for one, is not."""
    return kind in _projections


def project(connection: Connection, entry: Entry) -> None:
    """Write the rows that follow from an entry; facts that leave no rows are passed over."""
    function = _projections.get(type(entry.fact))
    if function is not None:
        function(connection, entry, entry.fact)
