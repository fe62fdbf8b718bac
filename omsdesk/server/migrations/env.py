"""Writes the migrations as a script; Alembic calls it."""

from __future__ import annotations

from alembic import context

from omsdesk.server.tables import metadata

options = context.config.attributes
context.configure(
    dialect_name=options["dialect"],
    target_metadata=metadata,
    literal_binds=True,
    transactional_ddl=False,
    output_buffer=options["script"],
    starting_rev=options["shape"] or None,
)
context.run_migrations()
