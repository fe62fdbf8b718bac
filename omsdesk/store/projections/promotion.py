"""Promotions as rows."""

from __future__ import annotations

from omsdesk.domain.promotion_book import PromotionSaved
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.projections.whole import merge
from omsdesk.store.sql import Statements

_sql = Statements("promotion")


@on(PromotionSaved)
def promotion_saved(connection: Connection, entry: Entry, fact: PromotionSaved) -> None:
    """Keep a promotion as it is by everything that was said of it."""
    found = merge(connection, entry, "promotion", _sql.ROW, fact, fact.promotion)
    if found is not None:
        promotion, row = found
        connection.run(
            _sql.SAVE, valid_from=promotion.valid_from, valid_to=promotion.valid_to, priority=promotion.priority,
            is_active=int(promotion.is_active), position=entry.position, **row._asdict(),
        )  # fmt: skip
