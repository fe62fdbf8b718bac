"""What is made from the journal, and what is not."""

from __future__ import annotations

from sqlalchemy import func, select

from omsdesk.store.tables.journal import journal, moved, station
from omsdesk.store.tables.mailing import mail_address
from omsdesk.store.tables.sync import acknowledged, came_back, doubt, feed_mark, fork, quarantine

ENTRY_COUNT = select(func.count()).select_from(journal)

_FIRST_HAND = (journal, moved, station, acknowledged, came_back, feed_mark, fork, doubt, quarantine, mail_address)
_KEPT = ", ".join(f"'{name}'" for name in ("alembic_version", *(table.name for table in _FIRST_HAND)))

# SQLAlchemy has no word for SQLite's list of its own tables.
PROJECTED_TABLES = f"""
SELECT name FROM pragma_table_list
WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT IN ({_KEPT})
ORDER BY name
"""  # noqa: S608 - names of our own tables
SEARCH_INDEXES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual' ORDER BY name"
