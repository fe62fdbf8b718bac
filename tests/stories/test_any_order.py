"""The facts of several stations make the same tables in whatever order they are heard.

The stations are real ones, two tills and a copy of the disk of one, which tell and hear of each other now and then.
What they wrote is put into the tables of a fresh database again and again, each time in another order that keeps each
station's own.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from omsdesk.actions.execute import Done
from omsdesk.domain.people import SYSTEM
from omsdesk.store import exchange
from omsdesk.store.engine import Connection, open_writer
from omsdesk.store.journal import Entry
from omsdesk.store.migrate import bring_up_to_date
from omsdesk.store.projections.all_nouns import project
from omsdesk.store.statements.verify import GOODS_FROM_NOWHERE, SHIFT_DIFFERENCES
from tests.sync.hands import APPROVER, leave, work
from tests.sync.same_tables import differences
from tests.sync.stations import Cloud, Member

LEAVE = ("approve", "shut out", "rules")
STEPS = (
    "sell", "start", "start", "add", "pay a part", "hold", "hold", "hold", "recall", "recall", "recall", "void",
    "finish", "finish", "finish", "close", "move", *LEAVE, "exchange", "exchange", "exchange",
)  # fmt: skip
ORDERS = 6


class Hand:
    """Somebody at a till, who does what comes to mind."""

    def __init__(self, member: Member, cloud: Cloud, wrote: list[Entry]) -> None:
        self.member = member
        self.cloud = cloud
        self.wrote = wrote
        member.executor.listeners.append(self.listen)

    def listen(self, done: Done) -> None:
        self.wrote += [entry for entry in done.entries if not entry.fact.kind.startswith("print.")]

    def do(self, step: str, choice: int) -> None:
        if step == "exchange":
            self.cloud.turn(self.member)
        if step in LEAVE:
            self.member.outcome(leave(self.member, step, choice), actor=APPROVER if step == "approve" else SYSTEM)
            return
        for command in work(self.member, step, choice):
            self.member.outcome(command)


class Store:
    """Two tills and, from some moment on, a copy of the first one's disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cloud = Cloud(folder / "cloud.db")
        self.wrote: list[list[Entry]] = [[], [], []]
        self.hands = [self.station(0), self.station(1)]
        self.hands[0].member.set_up()
        self.cloud.turn(self.hands[0].member)
        self.cloud.turn(self.hands[1].member)
        for till, hand in zip(("t1", "t2"), self.hands, strict=True):
            hand.member.stand_at(till)
        self.copied_after = 0

    def station(self, number: int) -> Hand:
        path = self.folder / f"till-{number}.db"
        path.write_bytes(empty())
        member = Member(path, number + 1)
        self.cloud.let_in(member)
        return Hand(member, self.cloud, self.wrote[number])

    def copy(self) -> None:
        first = self.hands[0].member
        twin = first.again(99, first.save(self.folder / "twin.db"))
        # No two disks write the same entry in the same millisecond: it would be one fact.
        twin.clock.moment = replace(first.clock.moment, utc_ms=first.clock.moment.utc_ms + 5)
        self.hands.append(Hand(twin, self.cloud, self.wrote[2]))
        self.copied_after = len(self.wrote[0])

    def settle(self) -> None:
        for _ in range(3):
            for hand in self.hands:
                self.cloud.turn(hand.member)

    def close(self) -> None:
        self.cloud.close()
        for hand in self.hands:
            hand.member.close()


@cache
def empty() -> bytes:
    """A database with today's shape and nothing in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        with closing(open_writer(path)) as connection:
            bring_up_to_date(path, connection)
            connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()


def some_order(wrote: list[list[Entry]], copied_after: int, chance: random.Random) -> Iterator[Entry]:
    """Shuffle what several wrote without changing anybody's own order; the copy comes after what was copied."""
    at = [0, 0, 0]
    while True:
        open_ends = [
            one for one in range(3) if at[one] < len(wrote[one]) and (one != 2 or at[0] >= copied_after)
        ]  # fmt: skip
        if not open_ends:
            return
        one = chance.choice(open_ends)
        for _ in range(chance.choice((1, 1, 3, 20, 100))):
            if at[one] < len(wrote[one]) and (one or at[0] != copied_after or chance.random() < 0.5):
                yield wrote[one][at[one]]
                at[one] += 1


def tables_of(path: Path, entries: Iterator[Entry]) -> Connection:
    path.write_bytes(empty())
    connection = open_writer(path)
    connection.raw.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    with connection.transaction():
        for entry in entries:
            project(connection, entry)
    return connection


def assert_same(one: Connection, other: Connection) -> None:
    assert list(differences(one, other)) == []
    assert other.rows(SHIFT_DIFFERENCES) == []
    assert other.rows(GOODS_FROM_NOWHERE) == []


Step = tuple[int, str, int]
A_TICKET_WAITS: list[Step] = [(0, "start", 0), (0, "hold", 0), (0, "exchange", 0), (1, "exchange", 0)]
ALL_TAKE_IT_UP: list[Step] = [(0, "recall", 0), (1, "recall", 0), (2, "recall", 0)]


def steps(hands: int, least: int, most: int) -> st.SearchStrategy[list[Step]]:
    """Make up what is done at some of the stations."""
    step = st.tuples(st.integers(0, hands - 1), st.sampled_from(STEPS), st.integers(0, 3))
    return st.lists(step, min_size=least, max_size=most)


def play(folder: Path, before: list[Step], after: list[Step]) -> Store:
    store = Store(folder)
    for who, step, choice in before:
        store.hands[who].do(step, choice)
    store.copy()
    for who, step, choice in after:
        store.hands[who].do(step, choice)
    store.settle()
    return store


# One example takes a second or two, and the first that fails is short enough to be read.
@settings(max_examples=30, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(before=steps(2, 0, 12), after=steps(3, 4, 40), is_race=st.booleans(), seed=st.integers(0, 10_000))
def test_the_tables_are_the_same_in_whatever_order_they_were_heard(
    before: list[Step], after: list[Step], seed: int, *, is_race: bool
) -> None:
    race = (A_TICKET_WAITS, ALL_TAKE_IT_UP) if is_race else ([], [])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = play(folder, before + race[0], race[1] + after)
        chance = random.Random(seed)
        with closing(tables_of(folder / "first.db", (entry for wrote in store.wrote for entry in wrote))) as first:
            for number in range(ORDERS):
                order = some_order(store.wrote, store.copied_after, chance)
                with closing(tables_of(folder / f"order-{number}.db", order)) as other:
                    assert_same(first, other)
            for hand in store.hands:
                assert exchange.set_aside(hand.member.database.writer) == []
                assert_same(first, hand.member.database.writer)
        store.close()
