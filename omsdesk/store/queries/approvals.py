"""The manager's list: what was agreed to, and where PINs were wrong too often."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

_sql = Statements("approval")
_MOST = 500


class Given(NamedTuple):
    """Something that somebody agreed to. ``until_ms`` is 0 for leave that was for one ticket; ``number`` is its own."""

    id: str
    till: str
    at_ms: int
    right: str
    most: int
    until_ms: int
    approver: str
    asker: str
    reason: str
    by_badge: int
    number: str
    is_training: int
    """Whether it was given in training: nothing came of it."""


class Refused(NamedTuple):
    """A PIN that was wrong too often. ``right`` is empty where somebody wanted to sign in, and so is ``asker``."""

    id: str
    till: str
    at_ms: int
    person: str
    wrong: int
    right: str
    asker: str


class Share(NamedTuple):
    """How often somebody asked, and how often PINs were wrong too often while they stood there."""

    asker: str
    given: int
    refused: int


def given(connection: Connection, since_ms: int, until_ms: int, asker: str = "") -> list[Given]:
    """List what was agreed to in a time, the newest first."""
    rows = connection.rows(_sql.GIVEN, since=since_ms, until=until_ms, asker=asker, most=_MOST)
    return [Given(*row) for row in rows]


def refused(connection: Connection, since_ms: int, until_ms: int, asker: str = "") -> list[Refused]:
    """List where PINs were wrong too often in a time, the newest first."""
    rows = connection.rows(_sql.SHUT_OUTS, since=since_ms, until=until_ms, asker=asker, most=_MOST)
    return [Refused(*row) for row in rows]


def shares(connection: Connection, since_ms: int, until_ms: int) -> list[Share]:
    """Count by who asked, whoever asked most first."""
    times: Counter[str] = Counter(dict(connection.rows(_sql.GIVEN_TO, since=since_ms, until=until_ms)))
    wrong: Counter[str] = Counter(dict(connection.rows(_sql.SHUT_OUTS_OF, since=since_ms, until=until_ms)))
    askers = sorted({*times, *wrong}, key=lambda who: (-times[who], -wrong[who], who))
    return [Share(who, times[who], wrong[who]) for who in askers]
