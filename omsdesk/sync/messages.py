"""What a station and the service say to each other."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.store.journal import GENESIS, Head, Sealed


@dataclass(frozen=True, slots=True)
class Run:
    """Entries of one epoch without a gap, after an entry whose hash is ``previous``; without entries, a question."""

    epoch: int
    after: int
    previous: bytes
    entries: tuple[Sealed, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service has of an epoch once it took what it could.

    ``probes`` are places of its chain, given where the two chains may differ; ``last_epoch`` is the newest it knows.
    """

    epoch: int
    head: Head
    last_epoch: int
    probes: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question for what follows in a feed. ``owned`` says how far the station has its own epochs."""

    scope: str
    after: int
    digest: bytes = GENESIS
    owned: tuple[tuple[int, int], ...] = ()
    most: int = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a feed. A station's own entry that it has already comes without content."""

    origin: str
    epoch: int
    number: int
    hash: bytes
    previous: bytes = GENESIS
    entry: Sealed | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What follows in a feed, and the digest after it; ``is_rewound`` where the feed is not the one that was heard."""

    items: tuple[Item, ...] = ()
    digest: bytes = GENESIS
    high: int = 0
    is_rewound: bool = False


class Garbled(ValueError):
    """What came is not what was sent, or was made by a program that does not keep to the protocol."""
