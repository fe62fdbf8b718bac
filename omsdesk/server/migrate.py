"""Bringing the service's database to today's shape."""

from __future__ import annotations

import io
from pathlib import Path

from omsdesk.store.engine import Connection, StoreFailure
from omsdesk.store.migrate import shape_of

NEWEST = "0001"
"""The shape this program works with: the newest revision in ``server/migrations/versions``."""

_SCRIPTS = Path(__file__).parent / "migrations"


def script_from(shape: str, dialect: str) -> str:
    """Write the statements that lead from a shape (empty for an empty database) to the newest; empty where it is that.

    Raises:
        StoreFailure: a newer program made the database.

    """
    if shape == NEWEST:
        return ""
    if shape > NEWEST:
        message = f"A newer version of omsdesk made this database (shape {shape}). Update this program to open it."
        raise StoreFailure(message)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    written = io.StringIO()
    config.attributes.update(dialect=dialect, shape=shape, script=written)
    command.upgrade(config, f"{shape}:head" if shape else "head", sql=True)
    return written.getvalue()


def bring_file_up_to_date(connection: Connection) -> None:
    """Migrate a file, all steps or none.

    Raises:
        StoreFailure: a newer program made it, or the disk did not take it.

    """
    script = script_from(shape_of(connection), "sqlite")
    if script:
        with connection.transaction():
            for step in script.split(";\n"):
                connection.raw.execute(step)
