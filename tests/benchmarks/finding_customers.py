"""Customers as somebody types them at the counter: names, numbers, the end of a number, e-mail, a card.

The floor is what the same statements cost when they are given straight to the driver.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from omsdesk.domain.customer import Customer, CustomerSaved
from omsdesk.domain.values import Stamp
from omsdesk.store.database import open_database
from omsdesk.store.engine import Connection, open_reader
from omsdesk.store.journal import Entry
from omsdesk.store.projections.customer import customer_saved
from omsdesk.store.queries.customer import search
from tests.benchmarks.measure import Row, in_turns, spreads
from tests.benchmarks.raw import Recorder, Written, asking
from tests.benchmarks.shops import Shops

_FRAME_MS = 16
_EACH = 300
_FIRST = [
    "Anna",
    "Ben",
    "Clara",
    "David",
    "Emma",
    "Felix",
    "Greta",
    "Hugo",
    "Ida",
    "Jonas",
    "Karl",
    "Lena",
    "Max",
    "Nora",
    "Otto",
    "Paula",
    "Rosa",
    "Simon",
    "Tom",
    "Ute",
]
_LAST = [
    "Smith",
    "Miller",
    "Brown",
    "Jones",
    "Davis",
    "Wilson",
    "Moore",
    "Taylor",
    "Thomas",
    "Jackson",
    "White",
    "Harris",
    "Martin",
    "Clark",
    "Lewis",
    "Hall",
]
_MOST_LAST = 60_000


def finding_customers(shops: Shops, size: int) -> list[Row]:
    """Search among so many customers; a row for each kind of what is typed."""
    path = shops._kept(f"customers-{size}.db", lambda fresh: _make(fresh, size))
    rows = []
    with closing(open_reader(path)) as reader, closing(open_reader(path)) as plain, closing(open_reader(path)) as heard:
        recorder = Recorder(heard, asks=True)
        for kind, texts in _kinds():
            asked = [_asked(heard, recorder, text) for text in texts]
            floors = [asking(plain.raw, statements) for statements in asked]
            floor, ours = spreads(in_turns(floors, [partial(search, reader, text) for text in texts]))
            is_met = ours.p99 < _FRAME_MS
            rows.append(Row(f"customer: {kind}", f"{size:,}", ours, f"p99 < {_FRAME_MS} ms", is_met, floor))
    return rows


def _asked(heard: Connection, recorder: Recorder, text: str) -> Written:
    search(heard, text)
    return recorder.taken()


def _customer(chance: random.Random, number: int) -> Customer:
    first, last = chance.choice(_FIRST), chance.choice(_LAST)
    # Names come in few and in very many kinds.
    rare = f"{last}{chance.choice('aeiou')}{chance.randrange(_MOST_LAST):x}" if number % 2 else last
    phone = f"{chance.choice(('0170', '+49 151', '030'))} {chance.randrange(10**7):07d}"
    email = f"{first}.{rare}{number}@{chance.choice(('example.org', 'mail.test', 'post.example'))}".lower()
    return Customer(f"c{number}", f"{first} {rare}", phone=phone, email=email, card=f"29{number:08d}")


def _make(path: Path, size: int) -> None:
    chance = random.Random(3)
    with closing(open_database(path, lambda: "device")) as database:
        database.writer.raw.execute("PRAGMA synchronous=OFF")
        with database.writer.transaction():
            for number in range(size):
                fact = CustomerSaved(f"c{number}", _customer(chance, number))
                customer_saved(database.writer, Entry(number, Stamp(1), "system", fact, f"{number:016x}"), fact)


def _kinds() -> Iterator[tuple[str, list[str]]]:
    chance = random.Random(7)
    some = [_customer(chance, number) for number in range(1, _EACH + 1)]
    for length in (1, 2, 3, 4, 6):
        yield f"{length} letters of a name", [chance.choice(row.name.split())[:length] for row in some]
    yield "first and last name, begun", [row.name[:-2] for row in some]
    for length in (3, 5, 8):
        yield f"{length} digits of a number", [row.phone.replace(" ", "")[:length] for row in some]
    yield "the last four digits", [row.phone[-4:] for row in some]
    yield "an e-mail address, begun", [row.email[: chance.randint(3, 12)] for row in some]
    yield "a card", [row.card for row in some]
    yield "nobody", ["".join(chance.choices("bcdfghjklmnpqrstvwxz", k=chance.randint(3, 12))) for _ in some]
