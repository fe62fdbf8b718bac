"""What tills and managers ask of promotions: those that hold now, and all there are."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from omsdesk.domain.body import from_body
from omsdesk.domain.values import Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

if TYPE_CHECKING:
    from omsdesk.domain.offers import Offers
    from omsdesk.domain.promotion import Promotion

_sql = Statements("promotion")


class _Read(NamedTuple):
    """What a connection read of promotions, and what it was read for."""

    position: int
    day: str
    rows: tuple[Promotion, ...]


class _Held(NamedTuple):
    """The promotions that hold in a minute."""

    read: _Read
    store: str
    minute: tuple[int, int]
    offers: Offers


_kept: WeakKeyDictionary[Connection, _Held] = WeakKeyDictionary()


def offers(connection: Connection, store: str, at: Stamp) -> Offers | None:
    """Give the promotions that hold in a store at a moment; None where nobody ever made one.

    They are read once a day and after each change, and chosen once a minute. Who asks within the minute, and hears of
    no change, costs one look at the end of an index.
    """
    position = connection.value(_sql.LAST_POSITION)
    if position is None:
        return None
    held, minute = _kept.get(connection), (at.utc_ms // 60_000, at.offset_minutes)
    is_read = held is not None and held.read.position == position
    if held is not None and is_read and held.minute == minute and held.store == store:
        return held.offers
    read = held.read if held is not None and is_read and held.read.day == at.day else _read(connection, position, at)
    from omsdesk.domain.offers import Offers
    from omsdesk.domain.promotion import holding

    now = holding(read.rows, at, store)
    found = held.offers if held is not None and held.offers.promotions == now else Offers(now)
    _kept[connection] = _Held(read, store, minute, found)
    return found


def _read(connection: Connection, position: int, at: Stamp) -> _Read:
    eve = (at.local - timedelta(days=1)).date().isoformat()
    rows = connection.rows(_sql.OF_DAY, day=at.day, eve=eve)
    return _Read(position, at.day, tuple(promotion_from(body) for (body,) in rows))


def promotions(connection: Connection) -> list[Promotion]:
    """List all promotions there are, in the order of their ids."""
    return [promotion_from(body) for (body,) in connection.rows(_sql.BODIES)]


def promotion(connection: Connection, id: str) -> tuple[Promotion, int] | None:
    """Find a promotion with its revision."""
    row = connection.row(_sql.ROW, id=id)
    return (promotion_from(row[0]), row[1]) if row else None


@lru_cache(maxsize=4096)
def promotion_from(body: str) -> Promotion:
    """Read a promotion as it is kept; whoever reads the same again gets the same."""
    from omsdesk.domain.promotion import Promotion

    return from_body(Promotion, json.loads(body))
