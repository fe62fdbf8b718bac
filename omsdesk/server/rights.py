"""Who works in a business, as far as its journals say, and whether they may do what they did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from omsdesk.domain.body import from_json
from omsdesk.domain.people import Person, PersonSaved, Role
from omsdesk.server import statements as sql
from omsdesk.server.storage import Transaction
from omsdesk.store.journal import Sealed
from omsdesk.sync.rights import RIGHTS, is_understood, objection


class Rights:
    """The people of a business during one push."""

    def __init__(self, transaction: Transaction, *, only_sells: bool) -> None:
        """Look at one push of a station."""
        self._transaction, self._only_sells = transaction, only_sells
        self._people: dict[str, Person] = {}
        self._changed: dict[str, Person] = {}
        self._in_question: set[str] = set()

    async def load(self, fresh: Iterable[Sealed]) -> None:
        """Read who works there, if the push asks for it."""
        kinds = {entry.kind for entry in fresh}
        self._in_question = {kind for kind in kinds if kind in RIGHTS or not is_understood(kind)}
        if kinds & RIGHTS.keys():
            rows = await self._transaction.rows(sql.PEOPLE)
            self._people = {row[0]: Person(row[0], row[1], Role(row[2]), is_active=bool(row[3])) for row in rows}

    def objection(self, entry: Sealed) -> str:
        """Say why an entry has to be looked at first; empty where not. People that it brings are known from then on."""
        if entry.kind not in self._in_question:
            return ""
        found = objection(entry.kind, entry.actor, self._people, only_sells=self._only_sells)
        if not found:
            self.hear(entry)
        return found

    def hear(self, entry: Sealed) -> None:
        """Know the person that an entry brings or changes, if it does."""
        if entry.kind != PersonSaved.kind:
            return
        try:
            fact = from_json(entry.kind, entry.version, entry.body)
        except Exception:  # noqa: BLE001 - whatever it is, what happened is taken; only the person stays unknown
            return
        if not isinstance(fact, PersonSaved):
            return
        known, said = self._people.get(fact.id), fact.person
        if known is not None and fact.said:
            fields = {"name", "role", "is_active"} & set(fact.said)
            said = replace(known, **{name: getattr(fact.person, name) for name in fields})
        self._people[fact.id] = self._changed[fact.id] = said

    async def write(self) -> None:
        """Write who works there now."""
        for person in self._changed.values():
            await self._transaction.run(
                sql.SAVE_PERSON,
                person=person.id,
                name=person.name,
                role=str(person.role),
                is_active=int(person.is_active),
            )
