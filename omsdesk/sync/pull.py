"""Hearing: a station asks for what follows in a feed, and takes it together with its place there."""

from __future__ import annotations

import hashlib

from omsdesk.store import exchange, journal
from omsdesk.store.database import Database
from omsdesk.store.exchange import Mark
from omsdesk.sync.messages import Garbled, Heard, Item, Wanted


def digest_after(digest: bytes, item: Item) -> bytes:
    """Compute the digest of a feed after one more item."""
    place = f"{item.origin}/{item.epoch}/{item.number}/".encode()
    return hashlib.sha256(digest + place + item.hash).digest()


# ---- the station's half


def next_wish(database: Database, scope: str) -> Wanted:
    """Ask for what follows after what was heard last."""
    writer, where = database.writer, database.station
    place = exchange.heard(writer, scope)
    # Only what the service is known to have as it is here: what came since may have gone on otherwise there.
    owned = tuple((epoch, exchange.acknowledged(writer, epoch)) for epoch in range(1, where.epoch + 1))
    return Wanted(scope, place.number, place.digest, owned)


def take_heard(database: Database, wanted: Wanted, heard: Heard) -> int:
    """Put what was heard into journal and tables, with the place in the feed, as one; gives how much was new.

    Raises:
        Garbled: the items do not lead to the digest that the service has.

    """
    if heard.is_rewound:
        _go_back(database, wanted)
        return 0
    digest, writer, fresh = wanted.digest, database.writer, 0
    with writer.transaction():
        for item in heard.items:
            digest = digest_after(digest, item)
            if item.entry is not None:
                if journal.seal(item.origin, item.epoch, item.previous, item.entry) != item.hash:
                    raise Garbled(f"Entry {item.number} of {item.origin} is not what was written.")
                fresh += exchange.take(writer, item.origin, item.epoch, item.previous, item.entry)
        if digest != heard.digest:
            raise Garbled(f"The feed after {wanted.after} does not lead to the digest that the service has.")
        if heard.items:
            exchange.mark(writer, wanted.scope, Mark(wanted.after + len(heard.items), digest))
    return fresh


def _go_back(database: Database, wanted: Wanted) -> None:
    """Go to the mark before: the service lost its end, and the last place that both know lies further back."""
    with database.writer.transaction():
        exchange.forget_marks(database.writer, wanted.scope, max(0, wanted.after - 1))


# ---- the service's half


def is_same_feed(wanted: Wanted, high: int, digest: bytes | None) -> bool:
    """Tell whether a station heard this feed: it is not ahead, and had the same digest where it stands."""
    return wanted.after <= high and wanted.digest == digest
