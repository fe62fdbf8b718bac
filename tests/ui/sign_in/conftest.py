"""A back office: people with PINs, and no till."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from omsdesk.actions.people import hash_pin
from omsdesk.domain.people import SavePerson
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.ui.sign_in.session import BackOfficeSession
from tests.ui.back_office import ANNA, BEN, OWNER, BackOffice

PIN = "1234"


@cache
def pin_hash() -> str:
    """Make the hash once: it takes long on purpose."""
    return hash_pin(PIN)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[BackOffice]:
    """A shop whose people have PINs, looked at from a computer that is no till."""
    made = BackOffice(tmp_path)
    made.set_up()
    made.do(*(SavePerson(replace(person, pin_hash=pin_hash())) for person in (ANNA, BEN, OWNER)))
    made.database.become_till("")
    yield made
    made.close()


@pytest.fixture
def session(shop: BackOffice) -> BackOfficeSession:
    """Nobody is there yet."""
    return BackOfficeSession(shop.reader, shop.work, lambda: HEAD_OFFICE, shop.clock)
