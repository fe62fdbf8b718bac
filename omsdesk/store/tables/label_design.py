"""Labels that a shop has drawn for itself."""

from __future__ import annotations

from sqlalchemy import Table

from omsdesk.store.tables.schema import key, metadata, text, whole

label_design = Table("label_design", metadata, key("id"), text("body", default=None), whole("revision", default=1))
