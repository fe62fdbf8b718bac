"""Runs the migrations on one database file, all of them or none; Alembic calls it."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from omsdesk.store.tables.schema import metadata

engine = create_engine(
    f"sqlite:///{context.config.attributes['path']}",
    poolclass=NullPool,
    # The driver begins no transaction by itself: it would commit after each change of shape.
    connect_args={"isolation_level": None, "timeout": 30},
)
with engine.connect() as connection:
    # Taken before the shape is read: another program that starts now waits, and finds everything done.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    context.configure(connection=connection, target_metadata=metadata)
    context.run_migrations()
    connection.commit()
engine.dispose()
