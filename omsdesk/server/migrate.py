"""Bringing the service's database to today's shape."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from omsdesk.server.tables import OF_A_TENANT, ROLE
from omsdesk.store.engine import Connection, StoreFailure
from omsdesk.store.migrate import shape_of

if TYPE_CHECKING:
    import asyncpg

NEWEST = "0004"
"""The shape this program works with: the newest revision in ``server/migrations/versions``."""

_SCRIPTS = Path(__file__).parent / "migrations"
_ATTEMPTS = 5

_HAS_ROLE = "SELECT count(*) FROM pg_roles WHERE rolname = $1"
_MAY_BE_ROLE = "SELECT pg_has_role(current_user, $1, 'MEMBER')"
_IS_MADE = "SELECT to_regclass('alembic_version') IS NOT NULL"
_SHAPE = "SELECT version_num FROM alembic_version"
_SEES_ALL = """
SELECT rolname FROM pg_roles WHERE rolname = $2 AND (rolsuper OR rolbypassrls)
UNION ALL
SELECT relname FROM pg_class
WHERE oid = ANY ($1::text[]::regclass[]) AND NOT (relrowsecurity AND relforcerowsecurity AND relowner <> $2::regrole)
"""


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


async def bring_postgres_up_to_date(connection: asyncpg.Connection) -> None:
    """Make the role that the service works under, and migrate: all steps or none, and once, however many start.

    Who opens the database needs to be the owner of its tables only when they are made or changed.

    Raises:
        StoreFailure: a newer program made it, who opens it may not set it up, or tenants would see each other's rows.

    """
    import asyncpg

    for attempt in range(1, _ATTEMPTS + 1):
        try:
            async with connection.transaction():
                await _set_up(connection)
                return
        except (asyncpg.DuplicateTableError, asyncpg.DuplicateObjectError, asyncpg.UniqueViolationError):
            # Another service made the same thing while we waited for it.
            if attempt == _ATTEMPTS:
                raise
        except asyncpg.InsufficientPrivilegeError as error:
            message = (
                f"The database lacks something that its user may not make ({error}). Start once with an address "
                f"whose user owns the database and may make roles, or run as such a user: CREATE ROLE {ROLE} NOLOGIN; "
                f"GRANT {ROLE} TO the user of the service."
            )
            raise StoreFailure(message) from error


async def _set_up(connection: asyncpg.Connection) -> None:
    is_new = not await connection.fetchval(_HAS_ROLE, ROLE)
    if is_new:
        await connection.execute(f"CREATE ROLE {ROLE} NOLOGIN")
    if is_new or not await connection.fetchval(_MAY_BE_ROLE, ROLE):
        await connection.execute(f"GRANT {ROLE} TO CURRENT_USER")
    script = script_from(await _shape_in(connection), "postgresql")
    if script:
        # Asked again with the row locked: whoever else migrates is done when the lock is ours.
        await connection.execute("SET LOCAL statement_timeout = 0")
        script = script_from(await _shape_in(connection, " FOR UPDATE"), "postgresql")
        await connection.execute(script)
    open_to_all = await connection.fetch(_SEES_ALL, [table.name for table in OF_A_TENANT], ROLE)
    if open_to_all:
        names = ", ".join(name for (name,) in open_to_all)
        raise StoreFailure(f"Tenants would see each other's rows by way of {names}: row-level security is not forced.")
    await connection.execute(f"SET LOCAL ROLE {ROLE}")


async def _shape_in(connection: asyncpg.Connection, lock: str = "") -> str:
    is_made = await connection.fetchval(_IS_MADE)
    return str(await connection.fetchval(_SHAPE + lock) or "") if is_made else ""
