"""A station remembers what the service has, and never refuses what it hears."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.domain import messages
from omsdesk.domain.people import SignedIn
from omsdesk.domain.receipt_policy import Paper
from omsdesk.store import exchange, journal
from omsdesk.store.database import Database
from omsdesk.store.engine import Connection
from omsdesk.store.exchange import Fork, Mark
from omsdesk.store.journal import GENESIS, Entry, FactId, Sealed
from omsdesk.store.projections import all_nouns
from tests.store.station import Station


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Station]:
    made = Station(tmp_path / "here.db")
    yield made
    made.close()


def sealed(kind: str, body: bytes, number: int = 1, version: int = 1) -> Sealed:
    entry = Sealed(number, number, 1_000, 0, "ann", "x", kind, version, body, b"")
    return entry._replace(hash=journal.seal("far", 1, GENESIS, entry))


def take(database: Database, entry: Sealed) -> bool:
    with database.writer.transaction():
        return exchange.take(database.writer, "far", 1, GENESIS, entry)


SIGNED_IN = sealed("people.signed_in", b'{"till":"t9","person":"cara"}')


def test_nothing_is_acknowledged_before_it_is(here: Station) -> None:
    writer = here.database.writer
    assert exchange.acknowledged(writer, 1) == 0
    exchange.acknowledge(writer, 1, 40)
    exchange.acknowledge(writer, 1, 30)
    assert exchange.acknowledged(writer, 1) == 30, "the service lost some"
    assert exchange.acknowledged(writer, 2) == 0


def test_each_feed_has_its_own_place(here: Station) -> None:
    writer = here.database.writer
    assert exchange.heard(writer, "s1") == Mark(0, GENESIS)
    exchange.mark(writer, "s1", Mark(5, b"five"))
    exchange.mark(writer, "", Mark(2, b"two"))
    assert exchange.heard(writer, "s1") == Mark(5, b"five")
    assert exchange.heard(writer, "") == Mark(2, b"two")


def way_back(writer: Connection, scope: str) -> list[Mark]:
    """Go back place by place, as a station does whose feed was rewound; gives where it stood."""
    found = list[Mark]()
    with writer.transaction():
        while (place := exchange.heard(writer, scope)).number:
            found.append(place)
            exchange.forget_marks(writer, scope, place.number - 1)
    return found


def test_one_can_go_back_to_an_earlier_place(here: Station) -> None:
    writer = here.database.writer
    for number in (5, 9, 12):
        exchange.mark(writer, "s1", Mark(number, b"%d" % number))
    exchange.forget_marks(writer, "s1", 11)
    assert exchange.heard(writer, "s1") == Mark(9, b"9")
    assert way_back(writer, "s1") == [Mark(9, b"9"), Mark(5, b"5")]


def test_of_a_long_history_few_places_are_kept(here: Station) -> None:
    writer = here.database.writer
    with writer.transaction():
        for number in range(10, 20_010, 10):
            exchange.mark(writer, "s1", Mark(number, b"%d" % number))
    kept = [place.number for place in way_back(writer, "s1")]
    assert len(kept) < 320
    assert kept[0] == 20_000
    assert 100 in kept
    assert 110 not in kept


def test_what_is_heard_is_in_the_tables(here: Station) -> None:
    assert take(here.database, SIGNED_IN)
    assert here.database.writer.value("SELECT person FROM signed_in WHERE till = 't9'") == "cara"


@pytest.mark.parametrize("first", [None, FactId(1, 7, b"first" * 6)])
def test_what_is_heard_goes_by_the_name_it_was_first_given(
    here: Station, first: FactId | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Entry] = []
    monkeypatch.setattr(all_nouns, "project", lambda _, entry: seen.append(entry))
    entry = SIGNED_IN._replace(first=first)
    take(here.database, entry)
    assert [found.ref for found in seen] == [journal.ref_of(first.hash if first else entry.hash)]
    assert journal.since(here.database.writer, 0)[-1] == seen[0], "and is read back by it"


def test_what_is_heard_twice_is_taken_once(here: Station) -> None:
    assert take(here.database, SIGNED_IN)
    assert not take(here.database, SIGNED_IN)
    assert exchange.set_aside(here.database.writer) == []


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (sealed("drone.landed", b"{}"), "does not know drone.landed in version 1: update it"),
        (sealed("people.signed_in", b'{"till":"t9","person":"cara"}', version=9), "in version 9: update it"),
        (sealed("sale.line_added", b"{}", version=9), "in version 9: update it"),
        (sealed("people.signed_in", b'{"till":'), "cannot be read"),
        (sealed("people.signed_in", b'{"person":"cara"}'), "cannot be read"),
    ],
)
def test_what_cannot_be_understood_is_kept_and_set_aside(here: Station, entry: Sealed, reason: str) -> None:
    assert take(here.database, entry)
    (found,) = exchange.set_aside(here.database.writer)
    assert reason in found.reason
    assert journal.run_after(here.database.writer, "far", 1, 0) == [entry], "as it came"
    assert here.database.writer.value("SELECT person FROM signed_in WHERE till = 't9'") is None


def test_what_leaves_no_rows_is_kept_without_being_read(here: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    here.open_shift()
    here.sell("sale-1")
    monkeypatch.setattr(exchange, "from_json", lambda *_: pytest.fail("nobody asked for it"))
    for kind in ("sale.line_added", "sale.tender_taken"):
        (body,) = bodies(here, kind)
        assert take(here.database, sealed(kind, body, number=1 + (kind == "sale.tender_taken")))
    assert exchange.set_aside(here.database.writer) == []


def bodies(station: Station, kind: str) -> list[bytes]:
    entries = journal.run_after(station.database.writer, station.database.station.device, 1, 0)
    return [row.body for row in entries if row.kind == kind]


def test_what_contradicts_the_tables_is_kept_and_said(here: Station) -> None:
    here.open_shift()
    here.sell("sale-1", paper=Paper.PRINT)
    (body,) = bodies(here, "print.asked")
    assert take(here.database, sealed("print.asked", body))
    (found,) = exchange.set_aside(here.database.writer)
    assert "contradicts" in found.reason


def test_what_cannot_be_put_into_the_tables_leaves_nothing_half_done(here: Station) -> None:
    here.open_shift()
    here.sell("sale-1")
    (body,) = bodies(here, "sale.completed")
    tables = here.database.writer.rows("SELECT * FROM sale_line"), here.database.writer.rows("SELECT * FROM sale")
    assert take(here.database, sealed("sale.completed", body.replace(b"1A-000001", b"nonsense")))
    (found,) = exchange.set_aside(here.database.writer)
    assert "cannot be read" in found.reason
    assert (
        here.database.writer.rows("SELECT * FROM sale_line"),
        here.database.writer.rows("SELECT * FROM sale"),
    ) == tables


def test_a_fork_is_noted_and_says_how_far_the_old_epoch_is_ones_own(here: Station) -> None:
    device = here.database.station.device
    here.open_shift()
    high = journal.head(here.database.writer, device, 1).number
    assert here.database.fork(1, high - 1, beyond=3) == Fork(4, 1, high - 1, 1)
    assert here.database.station.epoch == 4
    assert exchange.kept(here.database.writer, 1) == high - 1
    assert [exchange.kept(here.database.writer, epoch) for epoch in (2, 3)] == [0, 0], "a twin lives in them"
    assert exchange.kept(here.database.writer, 4) is None
    assert exchange.acknowledged(here.database.writer, 1) == high - 1
    assert [fork.old_epoch for fork in exchange.forks(here.database.writer)] == [2, 3, 1]
    here.sell("sale-1")
    assert list(journal.broken_links(here.database.writer)) == []


def test_what_was_left_of_an_older_epoch_moves_to_the_one_that_is_lived_in(here: Station) -> None:
    here.open_shift()
    here.database.raise_epoch()
    assert here.database.fork(1, 5, beyond=1).epoch == 2
    assert here.database.station.epoch == 2
    here.sell("sale-1")
    assert list(journal.broken_links(here.database.writer)) == []


# ---- what the service lost


def test_what_was_heard_since_the_last_common_place_is_doubted_until_it_is_heard_again(here: Station) -> None:
    writer = here.database.writer
    exchange.mark(writer, "", Mark(3, b"three"))
    take(here.database, SIGNED_IN)
    exchange.mark(writer, "", Mark(4, b"four"))
    exchange.forget_marks(writer, "", 3)
    exchange.doubt_since(writer, "", lambda kind: kind.startswith("people"))
    (position,) = exchange.in_doubt(writer, "")
    assert journal.stray(writer, position) == ("far", 1, GENESIS, SIGNED_IN)
    assert exchange.in_doubt(writer, "s1") == []
    assert not take(here.database, SIGNED_IN)
    assert exchange.in_doubt(writer, "") == []


def test_nobody_doubts_what_he_wrote_himself_or_what_is_of_another_feed(here: Station) -> None:
    take(here.database, SIGNED_IN)
    exchange.doubt_since(here.database.writer, "s1", lambda kind: kind.startswith("sale"))
    assert exchange.in_doubt(here.database.writer, "s1") == []
    exchange.doubt_since(here.database.writer, "", lambda _: True)
    assert len(exchange.in_doubt(here.database.writer, "")) == 1, "the shop that was set up here is its own"


def test_who_hears_a_twin_in_his_own_epoch_has_to_tell_first(here: Station) -> None:
    device, epoch, _ = here.database.station
    head = journal.head(here.database.writer, device, epoch)
    for number in (head.number, head.number + 1):
        with here.database.writer.transaction(), pytest.raises(exchange.Parted):
            exchange.take(here.database.writer, device, epoch, GENESIS, SIGNED_IN._replace(number=number))


def test_only_what_is_strange_from_all_sides_is_taken_without_looking_twice(here: Station) -> None:
    writer, (device, epoch, _) = here.database.writer, here.database.station
    assert journal.is_new(writer, "far", 1, SIGNED_IN)
    assert not journal.is_new(writer, device, epoch + 7, SIGNED_IN), "this station wrote it, whatever the epoch"
    assert not journal.is_new(writer, "far", 1, SIGNED_IN._replace(first=FactId(3, 1, b"first"))), "it was moved"
    assert take(here.database, SIGNED_IN)
    assert not journal.is_new(writer, "far", 1, SIGNED_IN), "it is here"
    assert not journal.is_new(writer, "far", 1, SIGNED_IN._replace(hash=b"another")), "its place is taken"
    assert journal.is_new(writer, "far", 1, SIGNED_IN._replace(number=2))
    moved = SIGNED_IN._replace(number=2, first=FactId(5, 9, b"first"), hash=b"moved")
    assert take(here.database, moved)
    assert not journal.is_new(writer, "far", 5, SIGNED_IN._replace(number=9, hash=b"first")), "it stands elsewhere"


def test_an_epoch_is_asked_about_again_when_its_end_is_another_one(here: Station) -> None:
    writer = here.database.writer
    assert not exchange.is_compared(writer, 1)
    exchange.acknowledge(writer, 1, 40, b"end")
    exchange.compare_ends(writer, {1: b"end", 2: b"more"})
    assert exchange.is_compared(writer, 1)
    exchange.compare_ends(writer, {2: b"more"})
    assert not exchange.is_compared(writer, 1)
    assert exchange.acknowledged(writer, 1) == 40


def test_what_a_newer_program_knows_is_put_into_the_tables_after_all(
    here: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = here.database.writer
    newer = sealed("people.signed_in", b'{"till":"t9","person":"cara"}', version=99)
    assert take(here.database, newer)
    assert len(exchange.set_aside(writer)) == 1
    assert exchange.try_again(writer) == 0, "nothing was learnt yet"
    assert len(exchange.set_aside(writer)) == 1
    monkeypatch.setattr(SignedIn, "version", 99)
    monkeypatch.setitem(messages._upcasters, ("people.signed_in", 1), lambda body: body)
    assert exchange.try_again(writer) == 1
    assert exchange.set_aside(writer) == []
    assert writer.value("SELECT person FROM signed_in WHERE till = 't9'") == "cara"


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b'{"till":"t9","person":{"a":1}}',
        b'{"till":' + b"[" * 5000 + b"]" * 5000 + b',"person":"x"}',
        b'{"till":"t9","person":1180591620717411303424}',
        b"\xff\xfe",
    ],
)
def test_a_fact_that_nobody_can_read_is_set_aside_and_the_next_is_heard(here: Station, body: bytes) -> None:
    assert take(here.database, sealed("people.signed_in", body))
    assert len(exchange.set_aside(here.database.writer)) == 1
    with here.database.writer.transaction():
        assert exchange.take(here.database.writer, "near", 1, GENESIS, SIGNED_IN)
    assert here.database.writer.value("SELECT person FROM signed_in WHERE till = 't9'") == "cara"
