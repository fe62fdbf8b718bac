"""Bringing a database of any age to today's shape."""

from __future__ import annotations

from pathlib import Path

from omsdesk.private_files import private_file
from omsdesk.store.encryption import faults
from omsdesk.store.engine import Connection, StoreFailure, plainly

NEWEST = "0030"
"""The shape this program works with: the newest revision in ``store/migrations/versions``."""

_SCRIPTS = Path(__file__).parent / "migrations"


def bring_up_to_date(path: Path, connection: Connection) -> None:
    """Migrate the database if it is older than this program; it is kept beside itself as it was.

    Raises:
        StoreFailure: a newer program made it, or the disk did not take the change.

    """
    revision = shape_of(connection)
    if revision == NEWEST:
        return
    if revision > NEWEST:
        message = f"A newer version of omsdesk made this database (shape {revision}). Update this program to open it."
        raise StoreFailure(message)
    if revision:
        _keep(path, connection, revision)
    _upgrade(path)


def _keep(path: Path, connection: Connection, revision: str) -> None:
    copy = path.with_name(f"{path.name}.shape-{revision}")
    with plainly():
        # What an earlier attempt left behind may be half a copy.
        copy.unlink(missing_ok=True)
        private_file(copy)
        connection.run("VACUUM INTO :copy", copy=str(copy))


def shape_of(connection: Connection) -> str:
    """Read which shape a database has; empty where nothing was made in it yet."""
    try:
        return str(connection.value("SELECT version_num FROM alembic_version") or "")
    except faults("OperationalError"):
        return ""


def _upgrade(path: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.exc import DBAPIError

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["path"] = path
    with plainly():
        try:
            command.upgrade(config, "head")
        except DBAPIError as error:
            raise error.orig or error from None
