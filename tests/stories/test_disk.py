"""The disk is full, or cannot be written: a clear sentence, nothing lost, and selling goes on when there is space."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.actions.execute import Executor, NotSaved
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.values import ONE
from omsdesk.settings import Settings, load, save
from omsdesk.store.backup import backup
from omsdesk.store.database import open_database
from omsdesk.store.engine import StoreFailure
from omsdesk.store.queries import till as till_queries
from omsdesk.store.replay import rebuild
from omsdesk.store.verify import verify
from tests.stories.shop_floor import CLOCK, PRODUCTS, a_days_work, add, begin_shift, sell, station
from tests.stories.small_disk import disk, fill, read_only

FULL = "The disk is full. Nothing was lost, but this was not saved: free some space and try again."


def scan_until_the_disk_is_full(executor: Executor, sale: str) -> tuple[int, str]:
    """Put one article after the other on a ticket; gives how many were taken, and what was said then."""
    chance = random.Random(7)
    with closing(executor.database.reader()) as reader:
        for taken in range(20_000):
            command = add(reader, sale, chance.choice(PRODUCTS), ONE)
            outcome = executor.execute(SYSTEM, command)
            if isinstance(outcome, NotSaved):
                return taken, outcome.sentence
    pytest.fail("the disk was never full")


def pieces(executor: Executor, sale: str) -> int:
    with closing(executor.database.reader()) as reader:
        ticket = till_queries.sale_state(reader, sale)
    return sum(row.quantity.micro for row in ticket.lines) // ONE.micro if ticket else 0


def test_a_full_disk_refuses_a_line_keeps_the_ticket_and_sells_on_when_there_is_space(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 4096) as folder:
        with station(folder / "shop.db") as executor:
            begin_shift(executor)
            filler = fill(folder, leave=200_000)
            taken, sentence = scan_until_the_disk_is_full(executor, "ticket-1")
            assert sentence == FULL
            assert taken > 5
            assert pieces(executor, "ticket-1") == taken
            filler.unlink()
            sell(executor, "p1", "p2")
            assert pieces(executor, "ticket-1") == taken
        assert verify(folder / "shop.db").sentences == ()


def test_a_till_that_was_switched_off_on_a_full_disk_finds_its_ticket_again(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 4096) as folder:
        with station(folder / "shop.db") as executor:
            begin_shift(executor)
            filler = fill(folder, leave=150_000)
            taken, _ = scan_until_the_disk_is_full(executor, "ticket-1")
        filler.unlink()
        with station(folder / "shop.db") as executor:
            assert pieces(executor, "ticket-1") == taken
            sell(executor, "p3")
        assert verify(folder / "shop.db").sentences == ()


def test_a_database_that_may_not_grow_says_the_same_on_every_system(tmp_path: Path) -> None:
    """SQLite's own limit stands in for the disk where nobody can mount one."""
    with station(tmp_path / "shop.db") as executor:
        begin_shift(executor)
        writer = executor.database.writer
        pages = writer.value("PRAGMA page_count")
        writer.value(f"PRAGMA max_page_count={pages + 2}")
        taken, sentence = scan_until_the_disk_is_full(executor, "ticket-1")
        assert sentence == FULL
        assert pieces(executor, "ticket-1") == taken
        writer.value("PRAGMA max_page_count=1000000")
        sell(executor, "p1", "p2")
        assert pieces(executor, "ticket-1") == taken
    assert verify(tmp_path / "shop.db").sentences == ()


@pytest.mark.usefixtures("by_migrations")
def test_a_full_disk_at_the_very_first_start_says_so_and_the_next_start_is_whole(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 2048) as folder:
        filler = fill(folder, leave=60_000)
        with pytest.raises(StoreFailure, match="disk is full"):
            open_database(folder / "shop.db", CLOCK.new_id)
        filler.unlink()
        open_database(folder / "shop.db", CLOCK.new_id).close()
        assert verify(folder / "shop.db").sentences == ()


def test_a_rebuild_on_a_full_disk_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 16384) as folder:
        a_days_work(folder / "shop.db", 200)
        with closing(open_database(folder / "shop.db", CLOCK.new_id)) as database:
            database.writer.run("PRAGMA cache_size=-64")
            filler = fill(folder, leave=20_000)
            with pytest.raises(StoreFailure, match="disk is full"):
                rebuild(database)
            filler.unlink()
        assert verify(folder / "shop.db").sentences == ()


def test_a_backup_onto_a_full_disk_says_so_and_the_earlier_one_stays(tmp_path: Path) -> None:
    a_days_work(tmp_path / "shop.db", 100)
    with disk(tmp_path / "stick", 2048) as stick:
        assert backup(tmp_path / "shop.db", stick / "backup.db").findings.is_sound
        before = (stick / "backup.db").read_bytes()
        fill(stick)
        with pytest.raises(StoreFailure, match="disk is full"):
            backup(tmp_path / "shop.db", stick / "backup.db")
        assert (stick / "backup.db").read_bytes() == before
        assert sorted(path.name for path in stick.iterdir()) == ["backup.db", "holiday.mov"]


def test_a_check_that_has_no_space_to_work_in_finds_no_damage_but_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_days_work(tmp_path / "shop.db", 100)
    with disk(tmp_path / "scratch", 128) as scratch:
        monkeypatch.setattr("tempfile.tempdir", str(scratch))
        with pytest.raises(StoreFailure, match="disk is full"):
            verify(tmp_path / "shop.db")
        assert list(scratch.iterdir()) == []


def test_settings_on_a_full_disk_stay_what_they_were(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 64) as folder:
        save(Settings(folder, text_scale=150))
        fill(folder)
        with pytest.raises(OSError, match="No space left"):
            save(replace(load(folder), text_scale=100))
        assert load(folder).text_scale == 150


# ---- a disk that cannot be written


def test_a_till_on_a_read_only_disk_says_so(tmp_path: Path) -> None:
    a_days_work(tmp_path / "shop.db", 30)
    with read_only(tmp_path), pytest.raises(StoreFailure, match=r"read-only|cannot be opened"):
        open_database(tmp_path / "shop.db", CLOCK.new_id)
    with station(tmp_path / "shop.db") as executor:
        sell_after_opening(executor)
    assert verify(tmp_path / "shop.db").sentences == ()


def sell_after_opening(executor: Executor) -> None:
    with closing(executor.database.reader()) as reader:
        is_open = till_queries.open_shift(reader, "t1")
    if not is_open:
        begin_shift(executor)
    sell(executor, "p1")


def test_a_first_start_in_a_read_only_folder_says_so(tmp_path: Path) -> None:
    with read_only(tmp_path), pytest.raises(StoreFailure, match="cannot be opened"):
        open_database(tmp_path / "shop.db", CLOCK.new_id)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_into_a_read_only_folder_says_so(tmp_path: Path) -> None:
    a_days_work(tmp_path / "shop.db", 30)
    (tmp_path / "safe").mkdir()
    with read_only(tmp_path / "safe"), pytest.raises(StoreFailure, match="cannot be opened"):
        backup(tmp_path / "shop.db", tmp_path / "safe" / "backup.db")


def test_a_backup_can_be_checked_on_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "safe").mkdir()
    a_days_work(tmp_path / "shop.db", 30)
    backup(tmp_path / "shop.db", tmp_path / "safe" / "backup.db")
    with read_only(tmp_path / "safe"):
        assert verify(tmp_path / "safe" / "backup.db").sentences == ()
