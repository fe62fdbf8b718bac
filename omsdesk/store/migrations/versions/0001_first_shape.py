"""The first shape."""

from __future__ import annotations

from alembic import op

from omsdesk.store.tables import cash, catalogue, journal, printing, sale, shop, stock
from omsdesk.store.tables.schema import metadata

revision = "0001"
down_revision = None

_ALL = (cash, journal, printing, sale, shop, stock)


def upgrade() -> None:
    """Create every table."""
    metadata.create_all(op.get_bind())
    op.execute(catalogue.PRODUCT_SEARCH)
