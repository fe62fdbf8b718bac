"""Fields of master data that several stations may write at once: what holds, what is shown, when a person must choose.

Every edit of a field is a *write*. It names the writes it saw and takes their place, and no others: what two people
wrote without knowing of each other both stands, until somebody who sees both says what holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from omsdesk.domain.messages import Json
from omsdesk.domain.records import stated

_Fact = TypeVar("_Fact")

MERGED_BY_KEY = {
    "barcodes": "code",
    "tender_methods": "code",
    "price_lists": "id",
    "tax_words": "word",
    "modifiers": "name",
}
"""Lists that are sets: by which of its members an element is known again. Several of them are shown as their union."""


class Write(NamedTuple):
    """A value that somebody gave a field. ``ref`` names the fact; ``generation`` counts up from what its author saw."""

    ref: str
    generation: int
    value: Json


class Merged(NamedTuple):
    """What several writes come to: the value that is shown, and whether a person has to choose."""

    value: Json
    is_conflict: bool


class Seen(NamedTuple):
    """What the author of an edit had before them, and so the generation of the edit.

    The generation travels with the edit: whoever hears it before what it saw puts it in the same place as all others.
    """

    refs: tuple[str, ...] = ()
    generation: int = 0
    """0 for whoever saw nothing to edit: what is written is new."""


UNSEEN = Seen()


def rank(write: Write) -> tuple[int, str]:
    """Give the place of a write among others, the same at every station: the highest one is shown."""
    return write.generation, write.ref


def merged(field: str, writes: Iterable[Write]) -> Merged:
    """Merge the writes of a field that none of the others has seen; there is at least one."""
    values = [write.value for write in sorted(writes, key=rank, reverse=True)]
    if len(values) == 1:
        return Merged(values[0], is_conflict=False)
    if field in MERGED_BY_KEY:
        return _union(MERGED_BY_KEY[field], values)
    return Merged(values[0], any(value != values[0] for value in values))


def _union(key: str, values: list[Json]) -> Merged:
    found: dict[Json, Any] = {}
    elements: list[Any] = [element for value in values if isinstance(value, list) for element in value]
    differ = [found.setdefault(element[key], element) != element for element in elements]
    return Merged(list(found.values()), any(differ))


def changed(before: _Fact, after: _Fact) -> tuple[str, ...]:
    """Name the fields in which two facts of one class, a dataclass, differ."""
    names = [row.name for row in stated(before)]
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
