"""What the settings page asks."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.people import SavePerson
from omsdesk.store.queries.settings import everybody
from tests.store.station import PEOPLE, Station


def test_everybody_is_listed_and_who_left_stands_at_the_end(till: Station) -> None:
    till.do(SavePerson(replace(PEOPLE[3], is_active=False)))
    assert [who.name for who in everybody(till.database.writer)] == [
        "Clem Clerk",
        "Max Manager",
        "Olga Owner",
        "Sue Supervisor",
        "Cara Cashier",
    ]
