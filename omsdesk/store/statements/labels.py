"""Labels: what changed that stands on them, and what was printed here since."""

from __future__ import annotations

from sqlalchemy import Text, and_, bindparam, column, func, or_, select

from omsdesk.store.tables.catalogue import price, price_list, product
from omsdesk.store.tables.journal import journal, station
from omsdesk.store.tables.printing import label_batch, print_job

_given = select(column("value", Text)).select_from(func.json_each(bindparam("ids")))
NAMED = select(product.c.id, product.c.name, product.c.variant, product.c.sku, product.c.category).where(
    product.c.id.in_(_given), product.c.is_sold == 1
)

# This station writes its own entries in the order of its clock; those of others come when they come. Read backwards to
# the first that fits: by the index of origins every entry this station ever wrote would be looked at.
_own = journal.c.origin.concat("") == select(station.c.device).where(station.c.id == 1).scalar_subquery()
LAST_BEFORE = (
    select(journal.c.position)
    .where(_own, journal.c.utc_ms < bindparam("ms"))
    .order_by(journal.c.position.desc())
    .limit(1)
)

CHANGES = (
    select(journal.c.position, journal.c.kind, journal.c.version, journal.c.body)
    .where(
        journal.c.position > bindparam("after"),
        or_(journal.c.kind == "catalogue.products_saved", journal.c.kind == "catalogue.prices_set"),
    )
    .order_by(journal.c.position)
)

_is_open = price_list.c.is_given == 0
_begins = and_(price.c.valid_from >= bindparam("since"), price.c.valid_from <= bindparam("day"))
_ends = and_(price.c.valid_to >= bindparam("before"), price.c.valid_to < bindparam("day"), price.c.valid_to != "")
DATED = (
    select(product.c.id, func.max(price.c.valid_from), func.max(price.c.valid_to))
    .select_from(
        price.join(product, product.c.no == price.c.product_no).join(price_list, price_list.c.id == price.c.list_id)
    )
    .where(_is_open, price.c.from_quantity <= 1_000_000, or_(_begins, _ends))
    .group_by(product.c.id)
)

# Found by the few batches there are, not among all receipts that were ever printed.
_here = and_(print_job.c.document.in_(select(label_batch.c.id)), print_job.c.state != "cancelled")
PRINTED = (
    select(print_job.c.asked_position, print_job.c.asked_ms, label_batch.c.rows)
    .select_from(print_job.join(label_batch, label_batch.c.id == print_job.c.document))
    .where(_here, print_job.c.asked_position > bindparam("after"))
)
LAST_PRINTED = select(print_job.c.asked_ms).where(_here).order_by(print_job.c.asked_position.desc()).limit(1)
