"""The manager's list: what was agreed to, wrong PINs, what was rung up and given up, and drawers without a sale."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from omsdesk.domain.values import Money
from omsdesk.store.engine import Connection
from omsdesk.store.queries.till import full_name
from omsdesk.store.sql import Statements

_sql = Statements("approval")
_cash = Statements("cash")
_sale = Statements("sale")
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


class Opened(NamedTuple):
    """A drawer that somebody opened without a sale."""

    id: str
    till: str
    at_ms: int
    person: str
    reason: str


class GivenUp(NamedTuple):
    """What was rung up and given up: a ticket, or lines of one, by the same person."""

    sale: str
    is_ticket: int
    till: str
    at_ms: int
    """When the last of it was given up."""
    person: str
    names: tuple[str, ...]
    """What the lines were, the last first; nothing of a ticket."""
    amount: Money
    """What would have been paid for it."""
    reason: str
    number: str
    """The receipt that the rest of the ticket has; empty for none."""
    is_training: int


class Before(NamedTuple):
    """What happened last at a till: ``number`` is a receipt's, ``note`` says why money was paid in or out."""

    at_ms: int
    number: str = ""
    note: str = ""


class Share(NamedTuple):
    """How often somebody asked, gave something up or opened a drawer, and PINs were wrong while they stood there."""

    asker: str
    given: int = 0
    refused: int = 0
    found_open: int = 0
    opened: int = 0
    tickets: int = 0
    """How many tickets they gave up."""
    lines: int = 0
    """How many single lines."""


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


def opened(connection: Connection, since_ms: int, until_ms: int, person: str = "") -> list[Opened]:
    """List the drawers that somebody opened without a sale in a time, the newest first."""
    rows = connection.rows(_cash.OPENED, since=since_ms, until=until_ms, person=person, most=_MOST)
    return [Opened(*row) for row in rows]


def given_up(connection: Connection, since_ms: int, until_ms: int, person: str = "") -> list[GivenUp]:
    """List what was rung up and given up in a time, the newest first; lines of one ticket together."""
    found: dict[tuple[str, int, str], GivenUp] = {}
    rows = connection.rows(_sale.GIVEN_UP, since=since_ms, until=until_ms, person=person, most=_MOST)
    for sale, is_ticket, till, at_ms, who, name, variant, minor, currency, reason, number, is_training in rows:
        last = found.get((sale, is_ticket, who))
        names = (*(last.names if last else ()), *([full_name(name, variant)] if name else ()))
        amount = Money(minor, currency)
        found[sale, is_ticket, who] = (
            last._replace(names=names, amount=last.amount + amount)
            if last
            else GivenUp(sale, is_ticket, till, at_ms, who, names, amount, reason, number, is_training)
        )
    return list(found.values())


def shares(connection: Connection, since_ms: int, until_ms: int) -> list[Share]:
    """Count by who stood there, whoever asked most first."""
    span = {"since": since_ms, "until": until_ms}
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for asker, times in connection.rows(_sql.GIVEN_TO, **span):
        found[asker]["given"] = times
    for asker, times in connection.rows(_sql.SHUT_OUTS_OF, **span):
        found[asker]["refused"] = times
    for asker, times in connection.rows(_cash.FOUND_OPEN_WITH, **span):
        found[asker]["found_open"] = times
    for asker, times in connection.rows(_cash.OPENED_BY, **span):
        found[asker]["opened"] = times
    for asker, tickets, whole in connection.rows(_sale.GIVEN_UP_BY, **span):
        found[asker] |= {"tickets": tickets, "lines": whole - tickets}
    counted = [Share(asker, **counts) for asker, counts in found.items()]
    return sorted(counted, key=lambda share: (*(-times for times in share[1:]), share.asker))
