"""What the service takes from a station and what it refuses; what a station may hear."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from omsdesk.server.enrolment import Registrar
from omsdesk.server.ledger import Caller, Ledger, NotEnrolled
from omsdesk.server.sql import Statement
from omsdesk.server.storage import Row, Storage, Transaction
from omsdesk.store.journal import GENESIS, FactId, Head, Sealed, seal
from omsdesk.sync.messages import Answer, CodeWish, Enrolment, Garbled, Heard, Item, Run, Wanted
from omsdesk.sync.push import NOTHING
from omsdesk.sync.scopes import HEAD_OFFICE
from tests.server.storages import Kept
from tests.sync.stations import the_moment

STATION = "station-1"


class Service:
    """A ledger, and the stations that it knows."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.ledger, self.registrar = Ledger(kept.storage, the_moment), Registrar(kept.storage, the_moment)
        self.tenant = kept.run(self.registrar.found("The corner shop"))

    def enrol(self, device: str, store: str) -> None:
        code = self.kept.run(self.registrar.make_code(self.tenant, CodeWish(store)))
        self.kept.run(self.registrar.enrol(Enrolment(code, device, b"k" * 32)))

    def receive(self, device: str, run: Run) -> Answer:
        return self.kept.run(self.ledger.receive(Caller(self.tenant, device), run))

    def tell(self, device: str, wanted: Wanted) -> Heard:
        return self.kept.run(self.ledger.tell(Caller(self.tenant, device), wanted))


@pytest.fixture
def ledger(kept: Kept) -> Service:
    made = Service(kept)
    made.enrol(STATION, "s1")
    return made


def chain(
    *kinds: str,
    epoch: int = 1,
    device: str = STATION,
    utc_ms: int = 1_000,
    moved: Sequence[tuple[Sealed, FactId]] = (),
) -> Run:
    """A run of small facts from the beginning of an epoch; the first ones may have been moved there by a fork."""
    previous, entries = GENESIS, []
    for number, kind in enumerate(kinds, 1):
        bare = Sealed(number, number, utc_ms, 0, "ann", f"{kind}-{number}", kind, 1, b"{}", b"")
        if number <= len(moved):
            bare = moved[number - 1][0]._replace(first=moved[number - 1][1])
        entries.append(bare._replace(hash=seal(device, epoch, previous, bare)))
        previous = entries[-1].hash
    return Run(epoch, 0, GENESIS, tuple(entries))


def heard(ledger: Service, scope: str, device: str = STATION) -> list[int]:
    return [item.number for item in ledger.tell(device, Wanted(scope, 0)).items]


def test_a_run_is_taken_and_its_end_is_told(ledger: Service) -> None:
    run = chain("sale.started", "sale.completed")
    answer = ledger.receive(STATION, run)
    assert answer.head == Head(2, run.entries[-1].hash)
    assert answer.ends == ((1, run.entries[-1].hash),)
    assert answer.probes == ()


def test_a_run_that_comes_twice_or_overlaps_is_taken_once(ledger: Service) -> None:
    run = chain("sale.started", "sale.held", "sale.completed")
    ledger.receive(STATION, replace(run, entries=run.entries[:2]))
    assert ledger.receive(STATION, run) == ledger.receive(STATION, run)
    assert heard(ledger, "s1") == [1, 2, 3]


def test_after_a_gap_nothing_is_taken_and_the_answer_says_what_is_missing(ledger: Service) -> None:
    run = chain("sale.started", "sale.held", "sale.completed")
    later = Run(1, 1, run.entries[0].hash, run.entries[1:])
    assert ledger.receive(STATION, later).head == NOTHING
    ledger.receive(STATION, run)
    assert heard(ledger, "s1") == [1, 2, 3]


def test_another_chain_with_the_same_numbers_is_not_taken(ledger: Service) -> None:
    run = chain("sale.started", "sale.completed")
    ledger.receive(STATION, run)
    answer = ledger.receive(STATION, chain("sale.started", "sale.voided", "sale.started"))
    assert answer.head == Head(2, run.entries[-1].hash)
    assert [place.number for place in answer.probes] == [2, 1]
    assert heard(ledger, "s1") == [1, 2]


@pytest.mark.parametrize(
    "change",
    [{"actor": "eve"}, {"body": b'{"total":1}'}, {"number": 7}, {"kind": "cash.moved"}, {"hash": b"x" * 32}],
)
def test_an_entry_that_was_changed_on_its_way_is_refused(ledger: Service, change: dict[str, Any]) -> None:
    run = chain("sale.started", "sale.completed")
    forged = replace(run, entries=(run.entries[0]._replace(**change), run.entries[1]))
    with pytest.raises(Garbled):
        ledger.receive(STATION, forged)
    assert heard(ledger, "s1") == []


def test_a_run_of_another_station_is_not_ours(ledger: Service) -> None:
    with pytest.raises(Garbled):
        ledger.receive(STATION, chain("sale.started", device="station-2"))


def test_who_is_not_enrolled_is_told_so_and_nothing_else(ledger: Service) -> None:
    with pytest.raises(NotEnrolled, match="Ask a manager for a code"):
        ledger.receive("stranger", chain("sale.started", device="stranger"))
    with pytest.raises(NotEnrolled):
        ledger.tell("stranger", Wanted("", 0))


def test_a_station_hears_its_own_store_and_what_all_share(ledger: Service) -> None:
    ledger.enrol("station-2", "s2")
    ledger.receive(STATION, chain("catalogue.products_saved", "sale.started", "print.asked"))
    assert heard(ledger, "", "station-2") == [1]
    assert heard(ledger, "s2", "station-2") == []
    with pytest.raises(NotEnrolled, match="does not belong to that store"):
        heard(ledger, "s1", "station-2")
    assert heard(ledger, "s1") == [2], "and a print job is told to nobody"


def test_which_feeds_are_for_whom_is_asked_once_for_all_of_them(ledger: Service) -> None:
    ledger.enrol("office", HEAD_OFFICE)
    counting = Reading(ledger.kept.storage)
    asked = Ledger(counting, the_moment)
    stores = [f"s{number}" for number in range(200)]
    ledger.kept.run(asked.check_feeds(Caller(ledger.tenant, "office"), ["", *stores]))
    assert counting.questions == 1
    ledger.kept.run(asked.check_feeds(Caller(ledger.tenant, STATION), ["", "s1"]))
    with pytest.raises(NotEnrolled, match="does not belong"):
        ledger.kept.run(asked.check_feeds(Caller(ledger.tenant, STATION), ["", "s1", "s2"]))
    with pytest.raises(NotEnrolled, match="not enrolled"):
        ledger.kept.run(asked.check_feeds(Caller(ledger.tenant, "stranger"), [""]))


def test_a_store_hears_its_own_feed_and_that_of_all_and_a_head_office_every_one(ledger: Service) -> None:
    ledger.enrol("station-2", "s2")
    ledger.receive(STATION, chain("catalogue.products_saved", "sale.started"))
    ledger.receive("station-2", chain("sale.started", device="station-2"))
    ends = {store: ledger.kept.run(ledger.ledger.ends(ledger.tenant, store)) for store in ("s1", "s2", HEAD_OFFICE)}
    assert ends == {"s1": {"": 1, "s1": 1}, "s2": {"": 1, "s2": 1}, HEAD_OFFICE: {"": 1, "s1": 1, "s2": 1}}


def test_one_is_not_sent_ones_own_entries_but_their_places(ledger: Service) -> None:
    ledger.receive(STATION, chain("sale.started", "sale.completed"))
    told = ledger.tell(STATION, Wanted("s1", 0, owned=((1, 1),)))
    assert [item.entry is None for item in told.items] == [True, False]


def test_a_feed_comes_in_pages_whose_digests_meet(ledger: Service) -> None:
    ledger.receive(STATION, chain(*["sale.started"] * 5))
    first = ledger.tell(STATION, Wanted("s1", 0, most=3))
    rest = ledger.tell(STATION, Wanted("s1", 3, first.digest, most=3))
    assert [item.number for item in (*first.items, *rest.items)] == [1, 2, 3, 4, 5]
    assert rest.digest == ledger.tell(STATION, Wanted("s1", 0)).digest


def sized(*sizes: int) -> Run:
    """A run of facts with bodies of these sizes."""
    previous, entries = GENESIS, []
    for number, size in enumerate(sizes, 1):
        bare = Sealed(number, number, 1_000, 0, "ann", "s", "sale.started", 1, bytes(size), b"")
        entries.append(bare._replace(hash=seal(STATION, 1, previous, bare)))
        previous = entries[-1].hash
    return Run(1, 0, GENESIS, tuple(entries))


@pytest.mark.parametrize("most_bytes", [0, 1, 40, 41, 100, 10_000])
def test_a_page_is_cut_by_bytes_and_holds_one_entry_at_least(ledger: Service, most_bytes: int) -> None:
    sizes = (40, 0, 1, 100, 101, 3, 5, 9_000, 2, 2, 38)
    run = sized(*sizes)
    ledger.receive(STATION, run)
    whole = ledger.tell(STATION, Wanted("s1", 0))
    told, digest = list[Item](), GENESIS
    while len(told) < len(sizes):
        piece = ledger.kept.run(
            ledger.ledger.tell(Caller(ledger.tenant, STATION), Wanted("s1", len(told), digest, most=6), most_bytes)
        )
        size = sum(len(item.entry.body) for item in piece.items if item.entry)
        assert 1 <= len(piece.items) <= 6
        assert len(piece.items) == 1 or size <= most_bytes
        told += piece.items
        after = sizes[len(told)] if len(told) < len(sizes) else 0
        assert len(piece.items) == 6 or len(told) == len(sizes) or size + after > most_bytes, "it is no shorter either"
        assert piece.high == len(sizes)
        digest = piece.digest
    assert (tuple(told), digest) == (whole.items, whole.digest)


def test_no_body_is_read_that_is_not_told(ledger: Service) -> None:
    ledger.receive(STATION, sized(*[50_000] * 20))
    reading = Reading(ledger.kept.storage)
    told = ledger.kept.run(Ledger(reading, the_moment).tell(Caller(ledger.tenant, STATION), Wanted("s1", 0), 120_000))
    assert len(told.items) == 2
    assert reading.bytes_read < 120_000


class Reading:
    """A database that counts what it is asked, and the bytes it gives."""

    def __init__(self, storage: Storage) -> None:
        self._storage, self.bytes_read, self.questions = storage, 0, 0
        self.write, self.close = storage.write, storage.close

    async def read(self, tenant: str, work: Callable[[Transaction], Awaitable[Any]]) -> Any:
        async def counted(transaction: Transaction) -> Any:
            return await work(_Counted(transaction, self))

        return await self._storage.read(tenant, counted)


class _Counted:
    def __init__(self, transaction: Transaction, reading: Reading) -> None:
        self._reading, self._transaction = reading, transaction
        self.run, self.insert = transaction.run, transaction.insert

    async def row(self, statement: Statement, **values: object) -> Row | None:
        self._reading.questions += 1
        return await self._transaction.row(statement, **values)

    async def rows(self, statement: Statement, **values: object) -> Sequence[Row]:
        self._reading.questions += 1
        rows = await self._transaction.rows(statement, **values)
        self._reading.bytes_read += sum(len(value) for row in rows for value in row if isinstance(value, bytes))
        return rows


def test_whoever_heard_another_feed_or_more_than_there_is_is_told_so(ledger: Service) -> None:
    ledger.receive(STATION, chain("sale.started"))
    assert ledger.tell(STATION, Wanted("s1", 1, b"another")).is_rewound
    assert ledger.tell(STATION, Wanted("s1", 2, b"more")).is_rewound


def test_what_was_taken_is_there_after_a_restart(kept: Kept, ledger: Service) -> None:
    run = chain("sale.started")
    ledger.receive(STATION, run)
    kept.again()
    ledger.ledger = Ledger(kept.storage, the_moment)
    assert ledger.receive(STATION, run).head.number == 1


def test_what_a_fork_moved_is_told_once(ledger: Service) -> None:
    run = chain("sale.started", "sale.completed")
    ledger.receive(STATION, run)
    moved = [(entry, FactId(1, entry.number, entry.hash)) for entry in run.entries]
    ledger.receive(STATION, chain("sale.started", "sale.completed", "sale.held", epoch=2, moved=moved))
    assert heard(ledger, "s1") == [1, 2, 3]
    ledger.receive(STATION, chain("sale.started", "sale.completed", "sale.held", epoch=3, moved=moved))
    assert heard(ledger, "s1") == [1, 2, 3, 3], "the third is another fact each time"


def test_a_run_with_values_that_nobody_could_have_written_is_refused_and_nothing_of_it_kept(ledger: Service) -> None:
    with pytest.raises(Garbled):
        ledger.receive(STATION, chain("sale.started", utc_ms=2**63))
    assert ledger.receive(STATION, chain("sale.started")).head.number == 1


def test_the_ends_of_all_feeds_are_told(ledger: Service) -> None:
    ledger.receive(STATION, chain("catalogue.products_saved", "sale.started", "sale.completed"))
    assert ledger.kept.run(ledger.ledger.ends(ledger.tenant)) == {"": 1, "s1": 2}
    assert ledger.kept.run(ledger.ledger.ends("nobody")) == {}
