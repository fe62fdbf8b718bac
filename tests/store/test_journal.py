"""The journal: every entry follows from the one before, and whoever touches one is found out."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.catalogue import ProductEdit, ProductsSaved
from omsdesk.domain.messages import Event, UnknownEvent
from omsdesk.domain.printing import PrintNoted, PrintState
from omsdesk.domain.values import Stamp
from omsdesk.store import journal
from omsdesk.store.engine import Connection
from omsdesk.store.journal import GENESIS, Author, Head, unpack
from tests.domain.corner_shop import NOON
from tests.store.station import Station

ANN = Author("device-1", 1, "ann", NOON)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Connection]:
    """The database of device-1, in its third epoch, in which nothing was written yet."""
    station = Station(tmp_path / "empty.db", is_new=True)
    station.database.writer.run("UPDATE station SET device = 'device-1', epoch = 3")
    yield station.database.writer
    station.close()


def note(job: str, detail: str = "") -> Event:
    """A small fact."""
    return PrintNoted(job, PrintState.PRINTED, detail)


def write(connection: Connection, *facts: Event, author: Author = ANN, action: int = 1) -> list[journal.Entry]:
    """Append facts to the chain of an author."""
    head, entries = journal.head(connection, author.origin, author.epoch), []
    for fact in facts:
        head, entry = journal.append(connection, author, head, action, fact)
        entries.append(entry)
    return entries


def broken(connection: Connection) -> list[tuple[int, str]]:
    """Number and reason of every place where the chain does not hold."""
    return [(found.number, found.reason) for found in journal.broken_links(connection)]


# --- writing ----------------------------------------------------------------------------------------------------------


def test_the_first_entry_follows_from_nothing_and_each_from_the_one_before(empty: Connection) -> None:
    assert journal.head(empty, "device-1", 1) == Head(0, GENESIS)
    write(empty, note("a"), note("b"), note("c"))
    rows = empty.rows("SELECT number, previous_hash, hash FROM journal ORDER BY position")
    assert [number for number, _, _ in rows] == [1, 2, 3]
    assert [previous for _, previous, _ in rows] == [GENESIS, rows[0][2], rows[1][2]]
    assert journal.head(empty, "device-1", 1) == Head(3, rows[2][2])
    assert broken(empty) == []


def test_an_entry_is_read_back_with_its_envelope(empty: Connection) -> None:
    (entry,) = write(empty, note("a"), author=Author("d", 1, "ann", Stamp(1_795_435_200_123, -300)))
    assert list(journal.of_subject(empty, "a")) == [entry]
    assert (entry.actor, entry.stamp, entry.fact) == ("ann", Stamp(1_795_435_200_123, -300), note("a"))


def test_the_hash_covers_the_envelope_too(empty: Connection) -> None:
    hashes = set()
    others = [
        ANN,
        ANN._replace(origin="device-2"),
        ANN._replace(epoch=2),
        ANN._replace(actor="bob"),
        ANN._replace(stamp=Stamp(NOON.utc_ms, 60)),
        ANN._replace(stamp=Stamp(NOON.utc_ms + 1)),
    ]
    for author in others:
        empty.run("DELETE FROM journal")
        head, _ = journal.append(empty, author, Head(0, GENESIS), 1, note("a"))
        hashes.add(head.hash)
    for action, fact in ((2, note("a")), (1, note("b")), (1, note("a", "x"))):
        empty.run("DELETE FROM journal")
        hashes.add(journal.append(empty, ANN, Head(0, GENESIS), action, fact)[0].hash)
    assert len(hashes) == len(others) + 3


def test_what_moves_from_one_field_into_the_next_is_another_entry(empty: Connection) -> None:
    one, _ = journal.append(empty, ANN._replace(origin="ab", actor="c"), Head(0, GENESIS), 1, note("x"))
    other, _ = journal.append(empty, ANN._replace(origin="a", actor="bc"), Head(0, GENESIS), 1, note("x"))
    assert one.hash != other.hash


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_document_has_its_own_entries_in_their_order(empty: Connection) -> None:
    write(empty, note("a", "1"), note("b", "1"), note("a", "2"), note("b", "2"), note("a", "3"))
    facts = [entry.fact for entry in journal.of_subject(empty, "a")]
    assert facts == [note("a", "1"), note("a", "2"), note("a", "3")]
    second = [entry.position for entry in journal.of_subject(empty, "a")][1]
    assert [entry.fact for entry in journal.of_subject(empty, "a", second)] == [note("a", "3")]
    assert list(journal.of_subject(empty, "nobody")) == []


def test_the_journal_is_read_in_pieces_and_nothing_is_left_out_or_read_twice(empty: Connection) -> None:
    entries = write(empty, *(note(str(n)) for n in range(10)))
    read: list[journal.Entry] = []
    while piece := journal.since(empty, read[-1].position if read else 0, most=3):
        read += piece
    assert read == entries == list(journal.each(empty))
    assert journal.last_position(empty) == entries[-1].position


def test_screens_learn_which_documents_changed(empty: Connection) -> None:
    first, second = write(empty, note("a"), note("b"))
    kind = "print.noted"
    assert journal.changed_since(empty, 0) == [(first.position, kind, "a"), (second.position, kind, "b")]
    assert journal.changed_since(empty, second.position) == []


def test_in_an_empty_journal_there_is_no_last_entry(empty: Connection) -> None:
    assert journal.last_position(empty) == 0
    assert journal.since(empty, 0) == []


def test_an_entry_of_a_newer_program_says_so(empty: Connection) -> None:
    write(empty, note("a"))
    empty.run("UPDATE journal SET version = 9")
    with pytest.raises(UnknownEvent, match="update it"):
        journal.since(empty, 0)


# --- packing ----------------------------------------------------------------------------------------------------------


@given(st.binary(max_size=5000))
def test_a_body_is_unpacked_to_what_it_was(data: bytes) -> None:
    body = b"{" + data
    assert unpack(journal._pack(body)) == body


def test_long_bodies_are_packed_and_short_ones_can_be_read_with_any_tool(empty: Connection) -> None:
    batch = ProductsSaved("batch", tuple(ProductEdit(f"p{n}", name=f"Product {n}") for n in range(500)))
    write(empty, note("a"), batch)
    short, long = (body for (body,) in empty.rows("SELECT body FROM journal ORDER BY position"))
    assert short == b'{"job":"a","state":"printed"}'
    assert len(long) < 500 * 12
    assert zlib.decompress(long).startswith(b'{"batch":"batch"')
    assert [entry.fact for entry in journal.of_subject(empty, "batch")] == [batch]
    assert broken(empty) == []


# --- tampering --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        'body = CAST(\'{"job":"c","state":"failed"}\' AS BLOB)',
        'body = \'{"job":"c","state":"printed"}\'',
        "body = x'00'",
        "actor = 'bob'",
        "utc_ms = utc_ms - 1",
        "offset_minutes = 60",
        "kind = 'print.asked'",
        "subject = 'd'",
        "action = 2",
        "version = 2",
        "hash = zeroblob(32)",
        "previous_hash = 'x'",
    ],
)
def test_whoever_changes_an_entry_is_found_out(empty: Connection, change: str) -> None:
    write(empty, *(note(job) for job in "abcde"))
    empty.run(f"UPDATE journal SET {change} WHERE number = 3")  # noqa: S608 - the tampering itself
    assert 3 in {number for number, _ in broken(empty)}


def test_a_missing_entry_is_named(empty: Connection) -> None:
    write(empty, *(note(job) for job in "abcdefg"))
    empty.run("DELETE FROM journal WHERE number IN (3, 4)")
    assert broken(empty) == [(5, "entries 3 to 4 are missing")]


def test_a_missing_beginning_is_named(empty: Connection) -> None:
    write(empty, note("a"), note("b"))
    empty.run("DELETE FROM journal WHERE number = 1")
    assert broken(empty) == [(2, "entries 1 to 1 are missing")]


def test_an_entry_that_was_written_again_with_a_hash_of_its_own_does_not_fit_the_next(empty: Connection) -> None:
    write(empty, note("a"), note("b"), note("c"))
    head = Head(1, empty.value("SELECT hash FROM journal WHERE number = 1"))
    empty.run("DELETE FROM journal WHERE number = 2")
    journal.append(empty, ANN, head, 1, note("forged"))
    assert broken(empty) == [(3, "it does not follow from the entry before")]


def test_two_entries_with_one_number_cannot_be(empty: Connection) -> None:
    write(empty, note("a"))
    with pytest.raises(Exception, match="UNIQUE"):
        journal.append(empty, ANN, Head(0, GENESIS), 1, note("b"))


# --- epochs and devices -----------------------------------------------------------------------------------------------


def test_every_epoch_of_every_device_has_a_chain_of_its_own(empty: Connection) -> None:
    authors = [ANN, ANN._replace(epoch=2), ANN._replace(origin="device-2")]
    for turn in range(3):
        for author in authors:
            write(empty, note(f"{author.origin} {author.epoch} {turn}"), author=author)
    assert [journal.head(empty, author.origin, author.epoch).number for author in authors] == [3, 3, 3]
    assert broken(empty) == []
    empty.run("DELETE FROM journal WHERE epoch = 2 AND number = 2")
    empty.run("DELETE FROM journal WHERE origin = 'device-2' AND number = 2")
    (found,) = journal.broken_links(empty)
    assert (found.origin, found.epoch, found.number) == ("device-1", 2, 3)


def test_a_raised_epoch_begins_at_one_again(till: Station) -> None:
    before = journal.head(till.database.writer, till.database.station.device, 1)
    till.database.raise_epoch()
    till.sell("sale-1")
    writer, device = till.database.writer, till.database.station.device
    assert till.database.station.epoch == 2
    assert journal.head(writer, device, 1) == before
    assert journal.head(writer, device, 2).number == 7
    assert broken(writer) == []


# --- what other stations wrote, and what a fork moved -----------------------------------------------------------------


def test_gaps_in_what_was_heard_of_others_are_no_fault(empty: Connection) -> None:
    write(empty, note("a"), note("b"), note("c"), author=ANN._replace(origin="device-2"))
    empty.run("DELETE FROM journal WHERE number = 2")
    assert broken(empty) == []
    empty.run("UPDATE journal SET actor = 'bob' WHERE number = 3")
    assert broken(empty) == [(3, "its content was changed")]


def test_a_run_is_what_was_written_and_can_be_sealed_again(empty: Connection) -> None:
    write(empty, *(note(job) for job in "abc"))
    run = journal.run_after(empty, "device-1", 1, 1)
    assert [entry.number for entry in run] == [2, 3]
    previous = journal.hash_at(empty, "device-1", 1, 1)
    assert previous is not None
    for entry in run:
        assert journal.seal("device-1", 1, previous, entry) == entry.hash
        previous = entry.hash
    assert journal.seal("device-1", 1, GENESIS, run[0]) != run[0].hash
    assert journal.seal("device-2", 1, GENESIS, run[0]) != journal.seal("device-1", 1, GENESIS, run[0])


def test_before_the_first_entry_lies_the_beginning_and_after_the_last_lies_nothing(empty: Connection) -> None:
    write(empty, note("a"))
    assert journal.hash_at(empty, "device-1", 1, 0) == GENESIS
    assert journal.hash_at(empty, "device-1", 1, 2) is None


def test_the_end_of_a_chain_moves_to_a_new_epoch_and_every_fact_stays_the_same(empty: Connection) -> None:
    write(empty, *(note(job) for job in "abcde"))
    before = journal.run_after(empty, "device-1", 1, 0)
    assert journal.move(empty, "device-1", (1, 2), 2) == 3
    kept, moved = journal.run_after(empty, "device-1", 1, 0), journal.run_after(empty, "device-1", 2, 0)
    assert kept == before[:2]
    assert [(entry.number, entry.body) for entry in moved] == [(1, b"%s" % row.body) for row in before[2:3]] + [
        (at, row.body) for at, row in enumerate(before[3:], 2)
    ]
    assert [entry.first for entry in moved] == [journal.FactId(1, row.number, row.hash) for row in before[2:]]
    assert broken(empty) == []


def test_an_action_that_a_fork_cuts_begins_with_the_first_of_it_that_moves(empty: Connection) -> None:
    write(empty, note("a"), note("b"), note("c"), action=1)
    write(empty, note("d"), note("e"), action=4)
    journal.move(empty, "device-1", (1, 2), 2)
    moved = journal.run_after(empty, "device-1", 2, 0)
    assert [(entry.number, entry.action) for entry in moved] == [(1, 1), (2, 2), (3, 2)]
    assert [entry.action for entry in journal.run_after(empty, "device-1", 1, 0)] == [1, 1]
    assert broken(empty) == []


def test_what_moves_twice_remembers_where_it_was_first(empty: Connection) -> None:
    write(empty, note("a"), note("b"))
    (_, second) = journal.run_after(empty, "device-1", 1, 0)
    journal.move(empty, "device-1", (1, 1), 2)
    journal.move(empty, "device-1", (2, 0), 3)
    (moved,) = journal.run_after(empty, "device-1", 3, 0)
    assert moved.first == journal.FactId(1, 2, second.hash)
    assert journal.last_epoch(empty, "device-1") == 3


def test_a_fact_keeps_the_name_that_it_was_first_given(empty: Connection) -> None:
    written = [entry.ref for entry in write(empty, note("a"), note("b"))]
    assert written == [entry.hash.hex()[:16] for entry in journal.run_after(empty, "device-1", 1, 0)]
    journal.move(empty, "device-1", (1, 1), 2)
    journal.move(empty, "device-1", (2, 0), 3)
    assert [entry.ref for entry in journal.since(empty, 0)] == written
    assert [entry.ref for entry in journal.each(empty)] == written
    assert [entry.ref for entry in journal.of_subject(empty, "b")] == written[1:]


def test_a_fact_is_known_wherever_it_stands(empty: Connection) -> None:
    write(empty, note("a"), note("b"))
    first, second = journal.run_after(empty, "device-1", 1, 0)
    journal.move(empty, "device-1", (1, 1), 2)
    (moved,) = journal.run_after(empty, "device-1", 2, 0)
    assert journal.find(empty, "device-1", 1, first)
    assert journal.find(empty, "device-1", 1, second), "though it stands in epoch 2 now"
    assert journal.find(empty, "device-1", 5, moved._replace(number=9, hash=b"another place")), "the same fact again"
    assert not journal.find(empty, "device-1", 1, second._replace(hash=b"another fact"))
    assert not journal.find(empty, "device-2", 1, first)


def test_an_entry_of_another_station_is_kept_as_it_came(empty: Connection) -> None:
    write(empty, note("a"), note("b"))
    first, second = journal.run_after(empty, "device-1", 1, 0)
    origin = journal.FactId(1, 7, b"h" * 32)
    journal.keep(empty, "device-2", 4, GENESIS, first._replace(number=8, first=origin))
    journal.keep(empty, "device-2", 4, first.hash, second._replace(number=9))
    assert journal.run_after(empty, "device-2", 4, 0) == [
        first._replace(number=8, first=origin), second._replace(number=9)
    ]  # fmt: skip


def test_where_a_moved_fact_was_first_is_part_of_what_was_sealed(empty: Connection) -> None:
    write(empty, note("a"), note("b"))
    journal.move(empty, "device-1", (1, 1), 2)
    assert broken(empty) == []
    empty.run("UPDATE moved SET number = 1")
    assert broken(empty) == [(1, "its content was changed")]
    empty.run("DELETE FROM moved")
    assert broken(empty) == [(1, "its content was changed")]


def test_an_entry_makes_room_for_the_one_that_everybody_has_and_moves_to_where_it_is_told(empty: Connection) -> None:
    write(empty, note("a"), note("b"), author=ANN._replace(origin="far"))
    _, second = journal.run_after(empty, "far", 1, 0)
    journal.make_room(empty, "far", 1, 2)
    assert journal.hash_at(empty, "far", 1, 2) is None
    place = journal.find(empty, "far", 1, second)
    assert place is not None
    assert (place.epoch, place.number) == (journal.LIMBO, 1)
    assert broken(empty) == []
    told = second._replace(number=1, action=1, first=journal.FactId(1, 2, second.hash))
    told = told._replace(hash=journal.seal("far", 4, GENESIS, told))
    journal.put_where_it_is_told(empty, place.position, 4, GENESIS, told)
    assert journal.find(empty, "far", 4, told) == journal.Place(place.position, 4, 1, told.hash)
    assert journal.run_after(empty, "far", 4, 0) == [told]
    assert journal.stray(empty, place.position) == ("far", 4, GENESIS, told)
    journal.put_where_it_is_told(empty, place.position, 1, journal.hash_at(empty, "far", 1, 1) or b"", second)
    assert journal.run_after(empty, "far", 1, 1) == [second], "it is back where it was first"
    assert broken(empty) == []


def test_a_chain_is_moved_only_as_far_as_it_is_ones_own(empty: Connection) -> None:
    write(empty, *(note(job) for job in "abcd"))
    assert journal.move(empty, "device-1", (1, 1), 2, last=3) == 2
    assert [entry.number for entry in journal.run_after(empty, "device-1", 1, 0)] == [1, 4]
