"""People with what their roles may, as the shop says."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache

from omsdesk.domain.body import from_body
from omsdesk.domain.people import Person
from omsdesk.domain.rights import Rule, Rules, rules_of
from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

_sql = Statements("shop")


def person_of(connection: Connection, body: str) -> Person:
    """Read a person from their row, with the rules of their role."""
    plain = _plain(body)
    said = connection.value(_sql.ROLE, id=plain.role)
    return _with_rules(body, said) if said else plain


def rules(connection: Connection, role: str) -> Rules:
    """Tell what a role may."""
    return _rules(role, connection.value(_sql.ROLE, id=role) or "{}")


def role_revisions(connection: Connection) -> dict[str, int]:
    """Read the revisions of the roles that something was said of."""
    return dict(connection.rows(_sql.ROLE_REVISIONS))


# Every action asks for these, and they are seldom other than last time: what is read is remembered by its text.


@lru_cache(maxsize=64)
def _plain(body: str) -> Person:
    return from_body(Person, json.loads(body))


@lru_cache(maxsize=64)
def _with_rules(body: str, said: str) -> Person:
    plain = _plain(body)
    return replace(plain, rules=_rules(plain.role, said))


@lru_cache(maxsize=32)
def _rules(role: str, said: str) -> Rules:
    return rules_of(role, (from_body(Rule, rule) for rule in json.loads(said).values()))
