"""Runs the migrations on one database file, all of them or none; Alembic calls it."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from omsdesk.store.encryption import connect, driver_of
from omsdesk.store.tables.schema import metadata

# The store's own connection: it begins no transaction by itself (the driver would commit after each change of shape),
# and has the key of an encrypted file.
raw = connect(context.config.attributes["path"])
raw.execute("PRAGMA busy_timeout=30000")
engine = create_engine("sqlite://", module=driver_of(raw), creator=lambda: raw, poolclass=NullPool)
with engine.connect() as connection:
    # Taken before the shape is read: another program that starts now waits, and finds everything done.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    context.configure(connection=connection, target_metadata=metadata)
    context.run_migrations()
    connection.commit()
engine.dispose()
