"""The manager's list: what was agreed to, where PINs were wrong too often, and drawers that were found open."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

_sql = Statements("approval")
_cash = Statements("cash")
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


class FoundOpen(NamedTuple):
    """A drawer that was open although nothing had asked for it. ``person`` was signed in, where that is known."""

    id: str
    till: str
    at_ms: int
    shift: str
    person: str


class Before(NamedTuple):
    """What happened last at a till: ``number`` is a receipt's, ``note`` says why money was paid in or out."""

    at_ms: int
    number: str = ""
    note: str = ""


class Share(NamedTuple):
    """How often somebody asked, and how often PINs were wrong or a drawer was found open while they stood there."""

    asker: str
    given: int
    refused: int
    found_open: int = 0


def given(connection: Connection, since_ms: int, until_ms: int, asker: str = "") -> list[Given]:
    """List what was agreed to in a time, the newest first."""
    rows = connection.rows(_sql.GIVEN, since=since_ms, until=until_ms, asker=asker, most=_MOST)
    return [Given(*row) for row in rows]


def refused(connection: Connection, since_ms: int, until_ms: int, asker: str = "") -> list[Refused]:
    """List where PINs were wrong too often in a time, the newest first."""
    rows = connection.rows(_sql.SHUT_OUTS, since=since_ms, until=until_ms, asker=asker, most=_MOST)
    return [Refused(*row) for row in rows]


def found_open(connection: Connection, since_ms: int, until_ms: int, person: str = "") -> list[FoundOpen]:
    """List the drawers that were found open in a time, the newest first."""
    rows = connection.rows(_cash.FOUND_OPEN, since=since_ms, until=until_ms, person=person, most=_MOST)
    return [FoundOpen(*row) for row in rows]


def before(connection: Connection, found: FoundOpen) -> Before | None:
    """Tell what happened last at the till before its drawer was found open: a sale, or money paid in or out."""
    sale = connection.row(_cash.SALE_BEFORE, till=found.till, at=found.at_ms)
    moved = connection.row(_cash.MOVED_BEFORE, shift=found.shift, at=found.at_ms)
    known = [Before(sale[1], number=sale[0])] if sale else []
    known += [Before(moved[1], note=moved[0])] if moved else []
    return max(known, default=None)


def shares(connection: Connection, since_ms: int, until_ms: int) -> list[Share]:
    """Count by who asked, whoever asked most first."""
    times: Counter[str] = Counter(dict(connection.rows(_sql.GIVEN_TO, since=since_ms, until=until_ms)))
    wrong: Counter[str] = Counter(dict(connection.rows(_sql.SHUT_OUTS_OF, since=since_ms, until=until_ms)))
    opened: Counter[str] = Counter(dict(connection.rows(_cash.FOUND_OPEN_WITH, since=since_ms, until=until_ms)))
    askers = sorted({*times, *wrong, *opened}, key=lambda who: (-times[who], -wrong[who], -opened[who], who))
    return [Share(who, times[who], wrong[who], opened[who]) for who in askers]
