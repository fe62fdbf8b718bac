"""A database is encrypted and decrypted whole, or not at all; whatever moment the power fails in, there is one."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from subprocess import PIPE
from types import FrameType
from typing import Any

import pytest

from omsdesk.store import backup as backups
from omsdesk.store import conversion, encryption
from omsdesk.store.backup import backup, restore
from omsdesk.store.conversion import alone, convert, readable_beside
from omsdesk.store.encryption import PLAIN_HEADER, header_of, key_name, new_key, use
from omsdesk.store.engine import StoreFailure, open_reader, open_writer
from omsdesk.store.verify import verify
from tests.store.encrypted import ROOT, a_secret_days_work, elsewhere, no_keys, says
from tests.stories.shop_floor import a_days_work, sell, station
from tests.stories.small_disk import disk, fill

KEY = new_key()


@pytest.fixture(autouse=True)
def _only_our_keys() -> Iterator[None]:
    with no_keys():
        use(KEY)
        yield


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("day") / "shop.db"
    a_days_work(path, 60)
    return path.read_bytes()


@pytest.fixture
def shop(day: bytes, tmp_path: Path) -> Path:
    folder = tmp_path / "station"
    folder.mkdir()
    (folder / "shop.db").write_bytes(day)
    return folder / "shop.db"


def content(path: Path) -> dict[str, list[Any]]:
    """Every row of every table, those behind the search included."""
    with closing(open_reader(path)) as reader:
        tables = reader.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name")
        return {name: reader.rows(f'SELECT * FROM "{name}"') for (name,) in tables}  # noqa: S608 - its own list


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm")))


# ---- there and back


def test_a_shop_is_the_same_behind_every_key(shop: Path) -> None:
    before, other = content(shop), new_key()
    use(other)
    for key in (KEY, other, None):
        convert(shop, key)
        assert key_name(shop) == (key.name if key else None)
        assert content(shop) == before
        assert verify(shop).is_sound
        assert names(shop.parent) == ["shop.db"]
    assert len(before) > 30


def test_nothing_of_the_shop_can_be_read_any_more_not_under_an_old_name_either(shop: Path) -> None:
    assert says(shop.parent) == ["shop.db"]
    with shop.open("rb") as old:
        convert(shop, KEY)
        assert says(shop.parent) == []
        if os.name == "posix":
            assert set(old.read()) == {0}, "what had the file open reads nothing, and so does who looks at the disk"


def test_another_name_of_the_file_is_somebodys_copy_and_told(shop: Path) -> None:
    before, copy = content(shop), shop.with_name("shop.db.shape-0001")
    copy.hardlink_to(shop)
    convert(shop, KEY)
    assert content(copy) == before
    assert readable_beside(shop) == [copy]


def test_what_is_only_in_the_log_is_converted_too(shop: Path) -> None:
    script = """
import os, sys
from pathlib import Path
from omsdesk.store.engine import open_writer
writer = open_writer(Path(sys.argv[1]))
writer.run("INSERT INTO category (name) VALUES ('late')")
os.kill(os.getpid(), 9)
"""
    elsewhere(script, shop)
    assert Path(f"{shop}-wal").stat().st_size > 0
    convert(shop, KEY)
    assert not Path(f"{shop}-wal").exists()
    assert ("late",) in [row[:1] for row in content(shop)["category"]]


def test_the_rights_of_the_file_stay(shop: Path) -> None:
    shop.chmod(0o600)
    convert(shop, KEY)
    assert shop.stat().st_mode & 0o777 == 0o600


def test_an_encrypted_shop_goes_on(shop: Path) -> None:
    convert(shop, KEY)
    with station(shop) as executor:
        sell(executor, "p1", "p2")
        assert says(shop.parent) == []
    assert verify(shop).is_sound


# ---- what is refused


@pytest.mark.parametrize("opened", ["open_writer", "open_reader"])
def test_a_database_that_a_program_has_open_is_left_alone(shop: Path, opened: str) -> None:
    before = shop.read_bytes()
    script = """
import sys
from pathlib import Path
from omsdesk.store import engine
connection = getattr(engine, sys.argv[2])(Path(sys.argv[1]))
connection.value("SELECT count(*) FROM sale")
print("open", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script, str(shop), opened], cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True
    ) as till:
        assert till.stdout is not None
        assert till.stdout.readline() == "open\n"
        with pytest.raises(StoreFailure, match="Close omsdesk on this computer"):
            convert(shop, KEY)
        till.communicate("")
    assert shop.read_bytes()[:16] == before[:16] == PLAIN_HEADER
    convert(shop, KEY)


def test_a_program_that_starts_meanwhile_gets_nothing(shop: Path) -> None:
    script = """
import sqlite3, sys
try:
    print(sqlite3.connect(sys.argv[1], timeout=0.2).execute("SELECT count(*) FROM sale").fetchone())
except sqlite3.OperationalError as error:
    print(error)
"""
    with alone(shop):
        assert elsewhere(script, shop).stdout == "database is locked\n"
    assert elsewhere(script, shop).stdout != "database is locked\n"


def test_a_second_conversion_meanwhile_does_not_disturb_the_first(shop: Path) -> None:
    script = """
import sys
from pathlib import Path
from omsdesk.store.conversion import convert
from omsdesk.store.encryption import new_key
from omsdesk.store.engine import StoreFailure
try:
    convert(Path(sys.argv[1]), new_key())
except StoreFailure as failure:
    print(failure)
"""
    with alone(shop) as raw:
        fresh = shop.with_name(".shop.db.converting")
        encryption.export(raw, fresh, KEY)
        assert "in use" in elsewhere(script, shop).stdout
        assert fresh.exists()


def test_without_the_present_key_nothing_is_done(shop: Path) -> None:
    convert(shop, KEY)
    before = shop.read_bytes()
    encryption.forget_keys()
    with pytest.raises(StoreFailure, match="omsdesk recover"):
        convert(shop, None)
    assert shop.read_bytes() == before


@pytest.mark.parametrize(
    "sin",
    [
        "UPDATE fresh.product SET name = 'Gold' WHERE no = 1",
        "DELETE FROM fresh.journal WHERE position = 7",
        "INSERT INTO fresh.category (name) VALUES ('more')",
        "DROP INDEX fresh.{index}",
        "CREATE TABLE fresh.more (name TEXT)",
        "DELETE FROM fresh.product_search_data WHERE rowid > 10",
    ],
)
def test_a_copy_that_differs_replaces_nothing(shop: Path, monkeypatch: pytest.MonkeyPatch, sin: str) -> None:
    def unfaithful(raw: sqlite3.Connection, *rest: Any) -> None:
        encryption.export(raw, *rest)
        index = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").fetchone()[0]
        assert raw.execute(sin.format(index=index)).rowcount

    before = content(shop)
    monkeypatch.setattr(conversion, "export", unfaithful)
    with pytest.raises(StoreFailure, match="could not be copied faithfully"):
        convert(shop, KEY)
    assert key_name(shop) is None
    assert content(shop) == before
    assert names(shop.parent) == ["shop.db"]


def test_a_full_disk_leaves_the_database_as_it_was(day: bytes, tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 1200) as folder:
        shop = folder / "shop.db"
        shop.write_bytes(day)
        fill(folder, leave=100_000)
        with pytest.raises(StoreFailure, match="disk is full"):
            convert(shop, KEY)
        assert names(folder) == ["holiday.mov", "shop.db"]
        assert verify(shop).is_sound


def test_a_damaged_database_is_left_as_it_is(shop: Path) -> None:
    with shop.open("r+b") as file:
        file.seek(4096 * 4)
        file.write(os.urandom(4096 * 20))
    before = shop.read_bytes()
    with pytest.raises(StoreFailure):
        convert(shop, KEY)
    assert shop.read_bytes()[4096:] == before[4096:]
    assert names(shop.parent) == ["shop.db"]


# ---- the power fails


def lines_of(path: Path, run: Callable[[], None]) -> int:
    """Count the different lines of conversion and encryption that a conversion comes by."""
    seen: set[tuple[str, int]] = set()

    def look(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename in WATCHED:
            if event == "line":
                seen.add((frame.f_code.co_filename, frame.f_lineno))
            return look
        return None

    sys.settrace(look)
    try:
        run()
    finally:
        sys.settrace(None)
    return len(seen)


WATCHED = {module.__file__ for module in (conversion, encryption, backups)}


def killed_at(line: int, path: Path, run: Callable[[], None]) -> int:
    """Do it in a process that is killed when it comes by a line for the first time, lines numbered as they come."""
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    seen: set[tuple[str, int]] = set()

    def look(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename in WATCHED:
            if event == "line":
                seen.add((frame.f_code.co_filename, frame.f_lineno))
                if len(seen) > line:
                    os.kill(os.getpid(), signal.SIGKILL)
            return look
        return None

    try:
        sys.settrace(look)
        run()
        os._exit(0)
    finally:
        os._exit(1)


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX")
@pytest.mark.parametrize("is_encrypting", [True, False], ids=["encrypting", "decrypting"])
def test_the_power_may_fail_at_any_line(shop: Path, is_encrypting: bool) -> None:
    before = content(shop)
    if not is_encrypting:
        convert(shop, KEY)
    start, target = shop.read_bytes(), KEY if is_encrypting else None
    lines = lines_of(shop, lambda: convert(shop, target))
    keys = set()
    for line in range(lines):
        shop.write_bytes(start)
        assert killed_at(line, shop, lambda: convert(shop, target)) == -signal.SIGKILL
        keys.add(key_name(shop))
        assert content(shop) == before, f"after line {line}"
        convert(shop, target)
        assert content(shop) == before
        assert names(shop.parent) == ["shop.db"], "what was cut off is taken away"
    assert keys == {None, KEY.name}
    assert lines > 60


# ---- backups


def test_a_backup_is_as_secret_as_its_database_and_opens_with_the_same_key(tmp_path: Path) -> None:
    shop = tmp_path / "station" / "shop.db"
    shop.parent.mkdir()
    key = a_secret_days_work(shop)
    copy = backup(shop, tmp_path / "backup.db")
    assert copy.findings.is_sound
    assert says(tmp_path) == []
    assert key_name(copy.path) == key.name
    assert content(copy.path)["journal"] == content(shop)["journal"]
    before = shop.read_bytes()
    result = restore(copy.path, shop)
    assert (result.findings.is_sound, result.epoch) == (True, 2)
    assert result.kept is not None
    assert result.kept.read_bytes()[:16] == before[:16]
    assert key_name(shop) == key.name
    assert verify(shop).is_sound
    assert says(tmp_path) == []


@pytest.mark.parametrize("backup_key", [None, KEY], ids=["plain backup", "backup of an earlier key"])
def test_a_backup_from_before_takes_the_key_of_the_database_that_it_replaces(
    shop: Path, tmp_path: Path, backup_key: encryption.DatabaseKey | None
) -> None:
    if backup_key:
        convert(shop, backup_key)
    backup(shop, tmp_path / "backup.db")
    now = new_key()
    use(now)
    convert(shop, now)
    assert restore(tmp_path / "backup.db", shop).findings.is_sound
    assert key_name(shop) == now.name
    assert says(shop.parent) == []
    assert verify(shop).is_sound


def test_a_secret_backup_stays_secret_where_there_was_no_database(shop: Path, tmp_path: Path) -> None:
    convert(shop, KEY)
    backup(shop, tmp_path / "backup.db")
    shop.unlink()
    assert restore(tmp_path / "backup.db", shop).findings.is_sound
    assert key_name(shop) == KEY.name


def test_a_database_whose_key_is_lost_is_replaced_by_a_backup_that_can_be_read(shop: Path, tmp_path: Path) -> None:
    backup(shop, tmp_path / "backup.db")
    convert(shop, KEY)
    encryption.forget_keys()
    assert restore(tmp_path / "backup.db", shop).findings.is_sound
    assert key_name(shop) is None
    assert verify(shop).is_sound


def test_a_check_leaves_nothing_to_read_behind(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are made anew beside it: as secret as the journal that they are made from."""
    convert(shop, KEY)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    seen: list[list[str]] = []
    verify(shop, lambda _done, _total: seen.append([*says(tmp_path), *(p.name for p in tmp_path.rglob("replay.db"))]))
    assert seen[-1] == ["replay.db"]
    assert header_of(shop) != PLAIN_HEADER


def test_readable_files_are_told_with_their_logs_and_others_are_not(shop: Path) -> None:
    for name in ("shop.db.shape-0003", "old.db", "photo.jpg"):
        (shop.parent / name).write_bytes(PLAIN_HEADER if name != "photo.jpg" else b"\xff\xd8")
    (shop.parent / "old.db-wal").write_bytes(b"late")
    convert(shop, KEY)
    (shop.parent / "secret.db").write_bytes(shop.read_bytes())
    assert [file.name for file in readable_beside(shop)] == ["old.db", "old.db-wal", "shop.db.shape-0003"]


def test_both_ways_of_opening_know_the_key_of_a_new_file(tmp_path: Path) -> None:
    with closing(open_writer(tmp_path / "new.db", KEY)) as writer:
        writer.run("CREATE TABLE t (a)")
    with closing(open_reader(tmp_path / "new.db")) as reader:
        assert reader.rows("SELECT * FROM t") == []
