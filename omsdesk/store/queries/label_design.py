"""What the labels page asks: the labels that a shop has drawn for itself."""

from __future__ import annotations

import json

from omsdesk.domain.body import from_body
from omsdesk.domain.label_design import LabelDesign
from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

_sql = Statements("label_design")


def designs(connection: Connection) -> list[LabelDesign]:
    """List the labels that are offered, by name."""
    found = (from_body(LabelDesign, json.loads(body)) for (body,) in connection.rows(_sql.BODIES))
    return sorted((row for row in found if row.is_active), key=lambda row: row.name.casefold())


def design(connection: Connection, id: str) -> tuple[LabelDesign, int] | None:
    """Find a label with its revision."""
    row = connection.row(_sql.ROW, id=id)
    return (from_body(LabelDesign, json.loads(row[0])), row[1]) if row else None
