"""What the settings page asks beside what the till asks."""

from __future__ import annotations

import json

from omsdesk.domain.body import from_body
from omsdesk.domain.people import Person
from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

_sql = Statements("settings")


def everybody(connection: Connection) -> list[Person]:
    """List everybody by name, those who do not work here any more at the end."""
    return [from_body(Person, json.loads(body)) for (body,) in connection.rows(_sql.EVERYBODY)]
