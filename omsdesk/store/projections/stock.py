"""Movements of goods as rows, and the sums they leave."""

from __future__ import annotations

from omsdesk.domain.stock import GoodsMoved
from omsdesk.store import doubles
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.sql import Statements

_sql = Statements("stock")


@on(GoodsMoved)
def goods_moved(connection: Connection, entry: Entry, fact: GoodsMoved) -> None:
    """Write the moves; what leaves one place arrives in another, so the sum over all places stays zero."""
    rows = _rows(entry, fact, fact.document)
    if all(connection.run(_sql.MOVE, **row) for row in rows[:1]):
        connection.many(_sql.MOVE, rows[1:])
    else:
        # One more of this document, as its first row says.
        connection.many(_sql.MOVE, _rows(entry, fact, doubles.fresh(fact.document)))
        doubles.settle(connection, fact.document, _sql.SAME, (_sql.CONTENT_OF,), (_sql.RENAME,))
    connection.many(
        _sql.ADD_UP,
        [
            {"product": move.product, "place": place, "quantity": sign * move.quantity.micro}
            for move in fact.moves
            for place, sign in ((move.source, -1), (move.target, 1))
        ],
    )


def _rows(entry: Entry, fact: GoodsMoved, document: str) -> list[dict[str, object]]:
    return [
        {
            "document": document,
            "position": position,
            "product": move.product,
            "quantity": move.quantity.micro,
            "source": move.source,
            "target": move.target,
            "reason": fact.reason,
            "utc_ms": entry.stamp.utc_ms,
        }
        for position, move in enumerate(fact.moves, 1)
    ]
