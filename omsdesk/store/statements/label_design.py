"""Labels of a shop's own: how they are written and read."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.label_design import label_design

_design = insert(label_design)
SAVE = _design.on_conflict_do_update(
    index_elements=["id"], set_={"body": _design.excluded.body, "revision": _design.excluded.revision}
)
ROW = select(label_design.c.body, label_design.c.revision).where(label_design.c.id == bindparam("id"))
BODIES = select(label_design.c.body).order_by(label_design.c.id)
