"""A copy is taken while the till sells, proved, and put back without a receipt number ever coming twice."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from omsdesk.domain.sale import SaleCompleted
from omsdesk.store.backup import backup, restore
from omsdesk.store.database import open_database
from omsdesk.store.engine import StoreFailure, open_reader
from omsdesk.store.queries import till as till_queries
from omsdesk.store.verify import verify
from tests.stories.shop_floor import CLOCK, a_days_work, begin_shift, sell, station

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "station"
    folder.mkdir()
    a_days_work(folder / "shop.db", 100)
    return folder / "shop.db"


@pytest.fixture
def copy(shop: Path, tmp_path: Path) -> Path:
    assert backup(shop, tmp_path / "backup.db").findings.is_sound
    return tmp_path / "backup.db"


def numbers(path: Path) -> set[str]:
    with closing(open_reader(path)) as reader:
        return {number for (number,) in reader.rows("SELECT number FROM sale WHERE number IS NOT NULL")}


def sell_some(path: Path, times: int) -> list[str]:
    """Open the till on a database and sell; gives the receipt numbers."""
    with station(path) as executor:
        with closing(executor.database.reader()) as reader:
            if not till_queries.open_shift(reader, "t1"):
                begin_shift(executor)
        done = [sell(executor, "p1", "p2") for _ in range(times)]
    return [fact.number for action in done for fact in action.facts if isinstance(fact, SaleCompleted)]


def spoil(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE product SET name = 'Gold' WHERE no = 1")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ---- backup


def test_a_backup_is_the_same_shop_in_one_file(shop: Path, copy: Path, tmp_path: Path) -> None:
    assert numbers(copy) == numbers(shop)
    assert verify(copy) == verify(shop)
    assert names(tmp_path) == ["backup.db", "station"]


def test_a_backup_taken_while_the_till_sells_is_one_moment_of_it(shop: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    sold: list[str] = []

    def work() -> None:
        while not stop.is_set():
            sold.extend(sell_some(shop, 3))

    seller = threading.Thread(target=work)
    seller.start()
    copies = [backup(shop, tmp_path / f"{n}.db") for n in range(5)]
    stop.set()
    seller.join()
    assert [copy.findings.sentences for copy in copies] == [()] * 5
    assert len(numbers(copies[0].path)) < len(numbers(copies[-1].path)) <= len(numbers(shop))
    assert set(sold) <= numbers(shop)
    assert verify(shop).is_sound


def test_a_later_backup_takes_the_place_of_an_earlier_one(shop: Path, copy: Path) -> None:
    (number,) = sell_some(shop, 1)
    assert number not in numbers(copy)
    backup(shop, copy)
    assert number in numbers(copy)


def test_a_damaged_database_never_replaces_a_good_backup(shop: Path, copy: Path, tmp_path: Path) -> None:
    spoil(shop)
    result = backup(shop, copy)
    assert not result.findings.is_sound
    assert result.path == tmp_path / "backup.unsound.db"
    assert result.path.exists()
    assert verify(copy).is_sound


def test_a_backup_into_the_database_itself_is_refused(shop: Path) -> None:
    with pytest.raises(StoreFailure, match="cannot replace the database itself"):
        backup(shop, shop.parent / "." / shop.name)


def test_a_backup_into_a_folder_that_is_not_there_leaves_nothing_and_says_so(shop: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreFailure, match="cannot be opened"):
        backup(shop, tmp_path / "nowhere" / "backup.db")
    assert names(tmp_path) == ["station"]


def test_a_backup_of_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreFailure, match="cannot be opened"):
        backup(tmp_path / "shop.db", tmp_path / "backup.db")
    assert names(tmp_path) == []


# ---- restore


def test_a_restored_till_begins_a_new_receipt_series(shop: Path, copy: Path) -> None:
    lost = sell_some(shop, 3)
    result = restore(copy, shop)
    assert (result.findings.is_sound, result.epoch) == (True, 2)
    again = sell_some(shop, 3)
    assert set(again).isdisjoint(lost)
    assert again == ["1B-000001", "1B-000002", "1B-000003"]
    assert verify(shop).is_sound


def test_a_second_restore_of_the_same_backup_begins_yet_another_series(shop: Path, copy: Path) -> None:
    restore(copy, shop)
    first = sell_some(shop, 2)
    assert restore(copy, shop).epoch == 3
    assert sell_some(shop, 2) == ["1C-000001", "1C-000002"]
    assert first == ["1B-000001", "1B-000002"]


def test_the_database_that_was_replaced_is_kept_whole(shop: Path, copy: Path) -> None:
    lost = sell_some(shop, 2)
    result = restore(copy, shop)
    assert result.kept == shop.with_name("shop.replaced-1.db")
    assert set(lost) <= numbers(result.kept)
    assert verify(result.kept).is_sound
    assert restore(copy, shop).kept == shop.with_name("shop.replaced-2.db")
    assert names(shop.parent) == ["shop.db", "shop.replaced-1.db", "shop.replaced-2.db"]


def test_a_lost_database_is_restored_into_an_empty_folder(shop: Path, copy: Path) -> None:
    before = numbers(shop)
    shop.unlink()
    result = restore(copy, shop)
    assert (result.kept, result.epoch) == (None, 2)
    assert numbers(shop) == before


def test_a_destroyed_database_is_replaced_and_what_lies_beside_it_does_not_flow_into_the_new_one(
    shop: Path, copy: Path
) -> None:
    with closing(open_database(shop, CLOCK.new_id)) as open_one:
        open_one.writer.run("UPDATE product SET name = 'Gold'")
        # As a crash leaves them: a log of changes beside the file.
        shutil.copy(f"{shop}-wal", f"{shop}-wal.crashed")
    Path(f"{shop}-wal.crashed").replace(f"{shop}-wal")
    shop.write_bytes(b"\0" * 8192)
    restore(copy, shop)
    assert verify(shop).is_sound
    assert {"shop.replaced-1.db", "shop.replaced-1.db-wal"} <= set(names(shop.parent))


def test_a_backup_that_is_damaged_changes_nothing(shop: Path, copy: Path) -> None:
    lost = sell_some(shop, 1)
    spoil(copy)
    result = restore(copy, shop)
    assert any("Gold" in sentence for sentence in result.findings.sentences)
    assert set(lost) <= numbers(shop)
    assert names(shop.parent) == ["shop.db"]


@pytest.mark.parametrize("content", [b"", b"holiday.jpg" * 1000])
def test_a_file_that_is_no_backup_changes_nothing(shop: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "holiday.jpg").write_bytes(content)
    with pytest.raises(StoreFailure, match=r"not a backup|damaged"):
        restore(tmp_path / "holiday.jpg", shop)
    assert verify(shop).is_sound
    assert names(shop.parent) == ["shop.db"]


@pytest.mark.parametrize("is_writer", [True, False])
def test_a_database_that_is_in_use_is_not_replaced(shop: Path, copy: Path, is_writer: bool) -> None:
    connection = open_database(shop, CLOCK.new_id).writer if is_writer else open_reader(shop)
    with closing(connection):
        connection.value("SELECT COUNT(*) FROM sale")
        with pytest.raises(StoreFailure, match="Close omsdesk on this computer"):
            restore(copy, shop)
    assert restore(copy, shop).findings.is_sound


def test_a_backup_of_a_newer_program_changes_nothing(shop: Path, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreFailure, match="newer version"):
        restore(copy, shop)
    assert names(shop.parent) == ["shop.db"]


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX")
@pytest.mark.parametrize("renames", [0, 1, 2])
def test_the_power_may_fail_at_any_step_of_a_restore(shop: Path, copy: Path, renames: int) -> None:
    """Killed before a link or a rename: there is a whole database, the old one or the new one."""
    before = numbers(shop)
    script = (
        "import os, signal, sys; from pathlib import Path; from omsdesk.store.backup import restore\n"
        "left = int(sys.argv[3])\n"
        "def power(event, args):\n"
        "    global left\n"
        "    if event in ('os.link', 'os.rename') and str(args[1]).startswith(sys.argv[2][:-3]):\n"
        "        left -= 1\n"
        "        left >= 0 or os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.addaudithook(power)\n"
        "restore(Path(sys.argv[1]), Path(sys.argv[2]))\n"
    )
    command = [sys.executable, "-c", script, str(copy), str(shop), str(renames)]
    ended = subprocess.run(command, cwd=ROOT, check=False).returncode
    assert ended == (-signal.SIGKILL if renames < 2 else 0)
    assert numbers(shop) == before
    assert verify(shop).is_sound
    with closing(open_database(shop, CLOCK.new_id)) as database:
        assert database.station.epoch == (1 if renames < 2 else 2)
