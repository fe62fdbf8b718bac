"""Who hears of what: each fact belongs to one feed, or stays between its station and the service."""

from __future__ import annotations

from collections.abc import Iterable

EVERYWHERE = ""
"""The feed of what all stores share: goods, promotions, customers, people, shops, tills, gift cards, accounts,
and what came back in another store than it was sold in."""

HEAD_OFFICE = "*"
"""The store of stations that belong to none, and hear what all of them do."""

_SHARED = {
    "account", "catalogue", "coupon", "customer", "label_design", "order", "people", "promotion", "return", "role",
    "shop",
}  # fmt: skip
_OF_A_STORE = {"approval", "cash", "kitchen", "receipt", "sale", "stock"}
_OWN = {"label", "mail", "print"}
"""What concerns the devices and the outbox of one station: the service keeps it for that station, and tells nobody."""


def scope_of(kind: str, store: str) -> str | None:
    """Name the feed that a fact of this kind goes to when it comes from a store; None where it goes to no feed."""
    noun = kind.partition(".")[0]
    if noun in _OWN:
        return None
    return EVERYWHERE if noun in _SHARED else store


def hears(store: str, scope: str) -> bool:
    """Tell whether a feed is for the stations of a store."""
    return store == HEAD_OFFICE or scope in {EVERYWHERE, store}


def is_shared(kind: str) -> bool:
    """Tell whether all stores share what a fact of this kind is about."""
    return kind.partition(".")[0] in _SHARED


def has_feed(kind: str) -> bool:
    """Tell whether this program knows where facts of this kind go; a newer one may have more nouns."""
    return kind.partition(".")[0] in _SHARED | _OF_A_STORE | _OWN


def scopes_of(store: str, stores: Iterable[str] = ()) -> tuple[str, ...]:
    """Name the feeds that a station of a store listens to, in the order in which they are heard.

    One that belongs to all stores listens to each of ``stores``.
    """
    return (EVERYWHERE, *sorted({*stores} - {HEAD_OFFICE}), store) if store == HEAD_OFFICE else (EVERYWHERE, store)
