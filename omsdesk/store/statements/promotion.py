"""Promotions: how they are written, and which of them a till has to know today."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.promotion import promotion

_promotion = insert(promotion)
SAVE = _promotion.on_conflict_do_update(
    index_elements=["id"],
    set_={column.name: _promotion.excluded[column.name] for column in promotion.c if column.name != "id"},
)

ROW = select(promotion.c.body, promotion.c.revision).where(promotion.c.id == bindparam("id"))
BODIES = select(promotion.c.body).order_by(promotion.c.id)

LAST_POSITION = select(func.max(promotion.c.position))
# A promotion of yesterday's night may reach into today.
OF_DAY = (
    select(promotion.c.body)
    .where(
        promotion.c.is_active == 1,
        promotion.c.valid_from <= bindparam("day"),
        (promotion.c.valid_to == "") | (promotion.c.valid_to >= bindparam("eve")),
    )
    .order_by(promotion.c.id)
)
