"""Labels of a shop's own as rows."""

from __future__ import annotations

from omsdesk.domain.label_design import DesignSaved
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.projections.whole import merge
from omsdesk.store.sql import Statements

_sql = Statements("label_design")


@on(DesignSaved)
def design_saved(connection: Connection, entry: Entry, fact: DesignSaved) -> None:
    """Keep a label as it is by everything that was said of it."""
    found = merge(connection, entry, "label_design", _sql.ROW, fact, fact.design)
    if found is not None:
        connection.run(_sql.SAVE, **found[1]._asdict())
