"""What a shop says of its roles, as rows: each right merged for itself."""

from __future__ import annotations

import json

from omsdesk.domain.body import to_body
from omsdesk.domain.field_write import Seen
from omsdesk.domain.messages import Json
from omsdesk.domain.role import RoleSaved
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.field_write import FieldWrites
from omsdesk.store.projections.registry import on
from omsdesk.store.sql import Statements

_sql = Statements("shop")


@on(RoleSaved)
def role_saved(connection: Connection, entry: Entry, fact: RoleSaved) -> None:
    """Keep what a role may by everything that was said of it."""
    known, revision = connection.row(_sql.ROLE_ROW, id=fact.id) or ("{}", 0)
    said: dict[str, Json] = {rule.right: to_body(rule) for rule in fact.rules}
    writes = FieldWrites(connection, "role", entry, {fact.id})
    shown = writes.take(fact.id, Seen(fact.saw, fact.generation), said, revision + 1)
    writes.save()
    # Whatever the order in which it was heard, the row is the same.
    body = json.dumps({**json.loads(known), **shown}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    connection.run(_sql.SAVE_ROLE, id=fact.id, body=body, revision=revision + 1)
