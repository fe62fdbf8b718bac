"""Stations that edit one shop's master data without a line to one another, and what each of them makes of it."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from omsdesk.domain.body import to_body
from omsdesk.domain.catalogue import PricesSet, ProductsSaved, price_value
from omsdesk.domain.customer import (
    Customer,
    CustomerGroup,
    CustomerSaved,
    GroupSaved,
    SaveCustomer,
    SaveGroup,
    TermsSet,
)
from omsdesk.domain.messages import Event
from omsdesk.domain.people import PersonSaved
from omsdesk.domain.pricing import HEAD
from omsdesk.domain.promotion import Benefit, Need, Promotion, Takes
from omsdesk.domain.promotion_book import PromotionSaved, SavePromotion
from omsdesk.domain.role import RoleSaved
from omsdesk.domain.shop import ShopSaved, TillSaved
from omsdesk.store import exchange, journal
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Sealed
from omsdesk.store.queries.conflicts import Conflict, conflict_count, conflicts
from omsdesk.store.tables.search_rows import SHELF
from tests.sync.stations import Member


class Letter(NamedTuple):
    """An entry on its way."""

    origin: str
    previous: bytes
    entry: Sealed


class Office(Member):
    """A station that hears entries one by one, in whatever order they are handed over."""

    def __init__(self, path: Path, seed: int, template: bytes = b"") -> None:
        if template:
            path.write_bytes(template)
        super().__init__(path, seed)
        # Nobody cuts the power in these stories.
        self.database.writer.raw.execute("PRAGMA synchronous=OFF")

    def letters(self) -> list[Letter]:
        """Everything this station wrote."""
        origin, connection = self.database.station.device, self.database.writer
        entries = journal.run_after(connection, origin, 1, 0, most=10_000)
        return [Letter(origin, journal.hash_at(connection, origin, 1, row.number - 1) or b"", row) for row in entries]

    def hear(self, letters: Iterable[Letter]) -> None:
        """Take entries in this order; known ones are passed over."""
        with self.database.writer.transaction():
            for letter in letters:
                exchange.take(self.database.writer, letter.origin, 1, letter.previous, letter.entry)

    def conflicts(self) -> list[Conflict]:
        found = conflicts(self.database.writer)
        assert len(found) == conflict_count(self.database.writer)
        return found


TENTH = Promotion("tenth", "A tenth off", (Need(),), Benefit(Takes.PERCENT, 100_000))


@cache
def templates() -> tuple[bytes, ...]:
    """The disks of three stations that know of the same shop; the first one set it up."""
    with tempfile.TemporaryDirectory() as folder:
        offices = [Office(Path(folder) / f"{number}.db", number) for number in range(3)]
        offices[0].set_up()
        offices[0].do(SaveCustomer(Customer("anna", "Anna")), SaveGroup(CustomerGroup("club", "Club")))
        offices[0].do(SavePromotion(TENTH))
        for office in offices[1:]:
            office.hear(offices[0].letters())
        for office in offices:
            office.close()
        return tuple(office.path.read_bytes() for office in offices)


def three_offices(folder: Path) -> list[Office]:
    """Make three stations that know of the same shop and have heard nothing else of one another."""
    return [Office(folder / f"{number}.db", 100 + number, disk) for number, disk in enumerate(templates())]


def exchange_all(offices: Iterable[Office], chance: random.Random) -> None:
    """Let everybody hear everything, each in an order of their own."""
    everybody = list(offices)
    letters = [letter for office in everybody for letter in office.letters()]
    for office in everybody:
        office.hear(chance.sample(letters, len(letters)))
        assert exchange.set_aside(office.database.writer) == []


# --- what the tables say, without what each station counts for itself -------------------------------------------------

_PICTURE = {
    "product": "SELECT {product} FROM product ORDER BY id",
    "barcode": "SELECT code, id, quantity, is_rival FROM barcode JOIN product ON no = product_no ORDER BY 1, 2",
    "price": """
        SELECT id, list_id, from_quantity, valid_from, valid_to, minor, currency
        FROM price JOIN product ON no = product_no ORDER BY 1, 2, 3, 4
    """,
    "words": f"""
        SELECT id, name FROM product_search JOIN product ON no = (product_search.rowid & {SHELF - 1})
        WHERE product_search MATCH 'tea OR coffee OR made' ORDER BY id
    """,  # noqa: S608 - a number of ours
    "price_list": "SELECT * FROM price_list ORDER BY id",
    "category": "SELECT name FROM category ORDER BY name",
    "shop": "SELECT id, body FROM shop ORDER BY id",
    "till": "SELECT id, shop, body FROM till ORDER BY id",
    "person": "SELECT id, name, is_active, body FROM person ORDER BY id",
    "customer": "SELECT id, body, card, is_active, is_forgotten FROM customer ORDER BY id",
    "customer_key": "SELECT key, id FROM customer_key JOIN customer ON no = customer_no ORDER BY 1, 2",
    "customer_group": "SELECT id, body FROM customer_group ORDER BY id",
    "promotion": "SELECT id, body, valid_from, valid_to, priority, is_active FROM promotion ORDER BY id",
    "role": "SELECT id, body FROM role ORDER BY id",
    "holds": """
        SELECT noun, subject, field, ref, generation, value FROM field_write WHERE until IS NULL ORDER BY 1, 2, 3, 4
    """,
    "field_conflict": "SELECT * FROM field_conflict ORDER BY 1, 2, 3",
}
_OWN_COUNT = {"no", "revision", "sold_count"}


def picture(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Everything a person can see of the master data."""
    columns = [name for _, name, *_ in connection.rows("PRAGMA table_info(product)") if name not in _OWN_COUNT]
    return {
        table: connection.rows(question.replace("{product}", ", ".join(columns)))
        for table, question in _PICTURE.items()
    }


# --- what the facts say, read without any table -----------------------------------------------------------------------


class Spoken(NamedTuple):
    """A field that a fact speaks of, with what it says and what its author saw."""

    noun: str
    subject: str
    field: str
    generation: int
    saw: tuple[str, ...]
    value: Any


def spoken(fact: Event) -> Iterator[Spoken]:
    """List what a fact says that was edited."""
    match fact:
        case ProductsSaved():
            for edit in fact.edits:
                for field, value in edit.writes.items():
                    yield Spoken("product", edit.product, field, edit.generation, edit.saw, value)
        case PricesSet():
            for row in fact.rows:
                field, value = row.field(fact.price_list.id), price_value(row.price, row.valid_to)
                yield Spoken("product", row.product, field, row.generation, row.saw, value)
            new = {"is_given", "off_ppm"}
            said = ((row.name, getattr(fact.price_list, row.name)) for row in fields(fact.price_list))
            head = {name: value for name, value in said if value or name not in new}
            yield Spoken("price_list", fact.price_list.id, HEAD, fact.generation, fact.saw, head)
        case PersonSaved() | ShopSaved() | TillSaved() | CustomerSaved() | TermsSet() | GroupSaved() | PromotionSaved():
            noun, whole = _WHOLES[type(fact)]
            body = to_body(getattr(fact, whole))
            for field in fact.said:
                yield Spoken(noun, fact.id, field, fact.generation, fact.saw, body.get(field))
        case RoleSaved():
            for rule in fact.rules:
                yield Spoken("role", fact.id, rule.right, fact.generation, fact.saw, to_body(rule))


_WHOLES: dict[type[Event], tuple[str, str]] = {
    PersonSaved: ("person", "person"),
    ShopSaved: ("shop", "shop"),
    TillSaved: ("till", "till"),
    CustomerSaved: ("customer", "customer"),
    TermsSet: ("customer", "customer"),
    GroupSaved: ("customer_group", "group"),
    PromotionSaved: ("promotion", "promotion"),
}
Holds = dict[tuple[str, str, str], dict[str, Any]]


def what_holds(connection: Connection) -> Holds:
    """Work out from the facts alone which values nobody has taken the place of: field, and values by their refs."""
    said: Holds = {}
    seen: set[tuple[str, str, str, str]] = set()
    for entry in journal.each(connection):
        for row in spoken(entry.fact):
            if row.generation:
                place = (row.noun, row.subject, row.field)
                said.setdefault(place, {})[entry.ref] = row.value
                seen |= {(*place, ref) for ref in row.saw if ref != entry.ref}
    return {
        place: {ref: value for ref, value in values.items() if (*place, ref) not in seen}
        for place, values in said.items()
    }


Edit = Callable[[Office], object]
