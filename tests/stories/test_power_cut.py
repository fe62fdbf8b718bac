"""The power fails at any instant, between any two writes: what was acknowledged is there, whole, and nothing is half.

A morning in the shop is recorded on a disk that remembers every write (``power_cut``). Then every disk that a cut may
leave behind is opened by the production code, and must say exactly what the database said after the last acknowledged
transaction, or after the one that was on its way: every row of every table, journal and projections alike.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from omsdesk.domain.cash import MoveCash
from omsdesk.domain.catalogue import SaveProducts
from omsdesk.domain.values import uuid7
from omsdesk.store import database as database_module
from omsdesk.store import journal
from omsdesk.store.database import open_database
from omsdesk.store.engine import StoreFailure, open_writer
from omsdesk.store.verify import verify
from tests.domain.corner_shop import gbp
from tests.store.station import PRODUCTS, Station
from tests.stories.power_cut import Disk, RecordedConnection, Recorder, Sync, Truncate, content, disks

CHECKPOINTS = "PRAGMA wal_autocheckpoint=40;"
"""SQLite carries the log into the file every 1,000 pages; a short morning must see that happen often."""
PER_PLACE = 3
SEED = 20_261_123


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory, where there is one: thousands of databases are opened, and none is kept."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder inside gets a name of its own
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@contextmanager
def recorded_station(folder: Path, pragmas: str) -> Iterator[tuple[Recorder, Station]]:
    """Open a new till as it opens itself, on a disk that remembers."""
    path = folder / "recorded.db"
    open_database(path, lambda: uuid7(1_795_435_000_000, bytes(10))).close()
    recorder = Recorder(path)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(database_module, "open_writer", lambda _: RecordedConnection(recorder, pragmas))
            station = Station(path, is_new=True)
        yield recorder, station
        station.close()
    finally:
        recorder.close()


def morning(station: Station, sales: int) -> None:
    """Set the shop up, count the drawer, and sell; now and then a price changes or money goes to the bank."""
    station.set_up()
    station.open_shift()
    for number in range(sales):
        station.sell(f"sale-{number}", *("coffee", "tea", "apples", "repair")[number % 3 :])
        if number % 5 == 4:
            changed = replace(PRODUCTS[1], name=f"Tea of harvest {number}")
            station.do(SaveProducts(f"change-{number}", (changed,)))
            station.do(MoveCash("shift-1", f"movement-{number}", gbp("-5.00"), "Bank"))


def record(folder: Path, sales: int, pragmas: str = CHECKPOINTS) -> Story:
    """Record a morning up to the closing of the file."""
    with recorded_station(folder, pragmas) as (recorder, station):
        before = content(station.database.writer)
        morning(station, sales)
    return Story(recorder, (before, *(transaction.content for transaction in recorder.acknowledged)))


class Story(NamedTuple):
    """What was written, and what the database said after so many transactions."""

    recorder: Recorder
    contents: tuple[bytes, ...]

    def places(self, most: int) -> Iterable[int]:
        """Places in the log, evenly over all of it."""
        last = len(self.recorder.log)
        return (last * number // most for number in range(1, most + 1))


class Fate(Enum):
    """What a cut did to the work of the morning."""

    KEPT = "kept"
    LOST = "lost"
    DAMAGED = "damaged"


def fate(story: Story, disk: Disk, path: Path) -> Fate:
    """Start the till on what the cut left behind, and see."""
    disk.lay_down(path)
    try:
        database = open_database(path, str)
        try:
            writer = database.writer
            sound = writer.rows("PRAGMA integrity_check") == [("ok",)] and not list(journal.broken_links(writer))
            found = content(writer)
        finally:
            database.close()
    except (StoreFailure, sqlite3.DatabaseError):
        return Fate.DAMAGED
    if not sound or found not in story.contents:
        return Fate.DAMAGED
    # The transaction on its way may have become durable before the program was told so; the one after it cannot.
    whole = story.contents[disk.acknowledged : disk.acknowledged + 2]
    return Fate.KEPT if found in whole else Fate.LOST


def fates(story: Story, places: Iterable[int], folder: Path) -> Counter[Fate]:
    """Cut the power at all these places and count what became of the work."""
    return Counter(fate(story, disk, folder / "found.db") for disk in disks(story.recorder, places, PER_PLACE, SEED))


def test_a_power_cut_at_any_instant_loses_nothing_acknowledged(folder: Path) -> None:
    story = record(folder, 12)
    assert fates(story, story.places(700), folder) == {Fate.KEPT: 2100}


def test_the_morning_is_one_in_which_everything_happens_that_a_cut_could_hit(folder: Path) -> None:
    story = record(folder, 12)
    log = story.recorder.log
    into_the_file = [place for place, operation in enumerate(log) if operation == Sync("")]
    assert len(story.recorder.acknowledged) > 25
    assert len(set(story.contents)) == len(story.contents), "each transaction left something that can be missed"
    assert len(into_the_file) > 5, "the log was carried into the file many times"
    assert log[-1] == Truncate("-wal", 0), "the till was closed, too"


def test_the_recorded_connection_is_set_as_the_stores_own_writer(folder: Path) -> None:
    with recorded_station(folder, "") as (_, station):
        usual = open_writer(folder / "usual.db")
        for pragma in ("journal_mode", "synchronous", "temp_store", "cache_size", "wal_autocheckpoint"):
            question = f"PRAGMA {pragma}"
            assert station.database.writer.value(question) == usual.value(question), pragma
        usual.close()


def test_the_stores_own_checks_hold_after_a_cut_and_the_till_goes_on_selling(folder: Path) -> None:
    story = record(folder, 12)
    opened = next(place for place, _ in story.recorder.acknowledged[6:])
    path = folder / "found.db"
    after = (place for place in story.places(40) if place >= opened)
    went_on = 0
    for number, disk in enumerate(disks(story.recorder, after, 1, SEED)):
        disk.lay_down(path)
        assert verify(path).is_sound, disk.place
        station = Station(path, is_new=True)
        tomorrow = station.clock.moment.utc_ms + 86_400_000
        station.clock.moment = replace(station.clock.moment, utc_ms=tomorrow)
        station.sell(f"sale-after-{number}")
        station.close()
        assert verify(path).is_sound, disk.place
        went_on += 1
    assert went_on >= 25


def test_a_store_that_does_not_sync_each_transaction_is_caught_losing_them(folder: Path) -> None:
    story = record(folder, 12, f"{CHECKPOINTS} PRAGMA synchronous=NORMAL;")
    found = fates(story, story.places(100), folder)
    assert found[Fate.LOST] > 100
    assert found[Fate.DAMAGED] == 0, "it promises that much"


def test_a_store_that_never_syncs_is_caught_with_damaged_files(folder: Path) -> None:
    story = record(folder, 12, f"{CHECKPOINTS} PRAGMA synchronous=OFF;")
    found = fates(story, story.places(100), folder)
    assert found[Fate.DAMAGED] > 100


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("pragmas", [CHECKPOINTS, ""], ids=["many checkpoints", "as at the till"])
def test_a_power_cut_after_any_single_write_loses_nothing_acknowledged(folder: Path, pragmas: str) -> None:
    story = record(folder, 12, pragmas)
    every = range(1, len(story.recorder.log) + 1)
    assert fates(story, every, folder) == {Fate.KEPT: PER_PLACE * len(every)}
