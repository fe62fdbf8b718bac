"""What the settings page asks beside what the till asks."""

from __future__ import annotations

from omsdesk.domain.people import Person
from omsdesk.store.engine import Connection
from omsdesk.store.queries.people import person_of
from omsdesk.store.sql import Statements

_sql = Statements("settings")


def everybody(connection: Connection) -> list[Person]:
    """List everybody by name, those who do not work here any more at the end."""
    return [person_of(connection, body) for (body,) in connection.rows(_sql.EVERYBODY)]
