"""Who works in a business, as far as its journals say, and whether they may do what they did."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from omsdesk.domain.body import from_body, from_json, to_body
from omsdesk.domain.messages import Event
from omsdesk.domain.people import Person, PersonSaved, Role
from omsdesk.domain.rights import Rule, rules_of
from omsdesk.domain.role import RoleSaved
from omsdesk.server import statements as sql
from omsdesk.server.storage import Transaction
from omsdesk.store.journal import Sealed
from omsdesk.sync.rights import RIGHTS, is_understood, objection


class Rights:
    """The people of a business and what their roles may, during one push."""

    def __init__(self, transaction: Transaction, *, only_sells: bool) -> None:
        """Look at one push of a station."""
        self._transaction, self._only_sells = transaction, only_sells
        self._people: dict[str, Person] = {}
        self._changed: set[str] = set()
        self._roles: dict[str, Mapping[str, Rule]] = {}
        """What was said of each role, by right."""
        self._changed_roles: set[str] = set()
        self._in_question: set[str] = set()

    async def load(self, fresh: Iterable[Sealed]) -> None:
        """Read who works there, if the push asks for it."""
        kinds = {entry.kind for entry in fresh}
        self._in_question = {kind for kind in kinds if kind in RIGHTS or not is_understood(kind)}
        if kinds & RIGHTS.keys():
            for role, rules in await self._transaction.rows(sql.ROLES):
                self._roles[role] = {rule["right"]: from_body(Rule, rule) for rule in json.loads(rules)}
            rows = await self._transaction.rows(sql.PEOPLE)
            people = (Person(row[0], row[1], Role(row[2]), is_active=bool(row[3])) for row in rows)
            self._people = {person.id: self._with_rules(person) for person in people}

    def _with_rules(self, person: Person) -> Person:
        return replace(person, rules=rules_of(person.role, self._roles.get(person.role, {}).values()))

    def objection(self, entry: Sealed) -> str:
        """Say why an entry has to be looked at first; empty where not. People that it brings are known from then on."""
        if entry.kind not in self._in_question:
            return ""
        found = objection(entry.kind, entry.actor, self._people, only_sells=self._only_sells)
        if not found:
            self.hear(entry)
        return found

    def hear(self, entry: Sealed) -> None:
        """Know the person or the role that an entry brings or changes, if it does."""
        if entry.kind not in {PersonSaved.kind, RoleSaved.kind}:
            return
        try:
            fact = from_json(entry.kind, entry.version, entry.body)
        except Exception:  # noqa: BLE001 - whatever it is, what happened is taken; only the person stays unknown
            return
        self._take(fact)

    def _take(self, fact: Event) -> None:
        if isinstance(fact, RoleSaved):
            self._roles[fact.id] = {**self._roles.get(fact.id, {}), **{rule.right: rule for rule in fact.rules}}
            self._changed_roles.add(fact.id)
            self._people = {key: self._with_rules(person) for key, person in self._people.items()}
        elif isinstance(fact, PersonSaved):
            known, said = self._people.get(fact.id), fact.person
            if known is not None and fact.said:
                fields = {"name", "role", "is_active"} & set(fact.said)
                said = replace(known, **{name: getattr(fact.person, name) for name in fields})
            self._people[fact.id] = self._with_rules(said)
            self._changed.add(fact.id)

    async def write(self) -> None:
        """Write who works there now, and what the roles may."""
        for person in (self._people[key] for key in sorted(self._changed)):
            await self._transaction.run(
                sql.SAVE_PERSON,
                person=person.id,
                name=person.name,
                role=str(person.role),
                is_active=int(person.is_active),
            )
        for role in sorted(self._changed_roles):
            rules = json.dumps([to_body(rule) for rule in self._roles[role].values()], separators=(",", ":"))
            await self._transaction.run(sql.SAVE_ROLE, role=role, rules=rules)
