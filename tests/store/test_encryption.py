"""An encrypted database is a database as any other, for whoever has its key, and noise for everybody else."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from omsdesk.store import encryption, engine
from omsdesk.store.encryption import DatabaseKey, connect, faults, find_keys_with, key_name, key_of, new_key, use
from omsdesk.store.engine import Connection, DamagedFile, StoreFailure, open_reader, open_writer, plainly
from omsdesk.store.migrate import NEWEST, bring_up_to_date, shape_of
from tests.store.encrypted import elsewhere, no_keys, says
from tests.stories.small_disk import disk, fill

KEY = DatabaseKey(bytes(range(32)))
IS_LOCKED = """
import fcntl, sys
SHARED_FIRST, SHARED_SIZE = 0x40000002, 510
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, SHARED_SIZE, SHARED_FIRST)
        print("free")
    except BlockingIOError:
        print("locked")
"""
"""Asks for the lock that SQLite asks for before it takes a file out of the mode with a write-ahead log (os_unix.c)."""


@pytest.fixture(autouse=True)
def _nobody_knows_a_key() -> Iterator[None]:
    with no_keys():
        yield


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> DatabaseKey | None:
    """The key of the file, or none."""
    found: DatabaseKey | None = request.param
    if found:
        use(found)
    return found


@pytest.fixture
def file(tmp_path: Path, key: DatabaseKey | None) -> Path:
    """A database with one table and one row."""
    return made(tmp_path / "a folder with spaces & ünï" / "shop #1 ?.db", key)


def made(path: Path, key: DatabaseKey | None) -> Path:
    path.parent.mkdir(exist_ok=True)
    with closing(open_writer(path, key)) as writer:
        writer.run("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
        writer.run("INSERT INTO t VALUES (1, 'Dorfladen')")
    return path


def insert(connection: Connection, number: int, name: str = "") -> None:
    connection.run("INSERT INTO t VALUES (:id, :name)", id=number, name=name)


# ---- keys


def test_a_key_is_shown_nowhere_and_its_name_tells_nothing_of_it() -> None:
    key = new_key()
    assert repr(key) == "DatabaseKey()"
    assert key.secret.hex() not in f"{key} {key!r} {key.name}"
    assert key.name != new_key().name
    assert KEY.name == DatabaseKey(bytes(range(32))).name


def test_a_file_says_which_key_it_needs(file: Path, key: DatabaseKey | None) -> None:
    assert key_name(file) == (key.name if key else None)
    assert key_of(file) == key
    with closing(open_reader(file)):
        assert key_name(file) == (key.name if key else None)


def test_a_file_that_is_not_there_or_empty_needs_none(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    assert key_name(tmp_path / "empty.db") is None
    assert key_name(tmp_path / "nowhere.db") is None


def test_nothing_of_an_encrypted_file_can_be_read(tmp_path: Path) -> None:
    made(tmp_path / "plain" / "shop.db", None)
    assert says(tmp_path) == ["shop.db"]
    secret = made(tmp_path / "secret" / "shop.db", KEY)
    with closing(open_writer(secret)) as writer:
        writer.run("INSERT INTO t VALUES (2, 'Käse Nr. 1')")
        assert Path(f"{secret}-wal").stat().st_size > 0
        assert says(secret.parent) == []
    assert says(secret.parent) == []
    assert secret.read_bytes()[:16] != encryption.PLAIN_HEADER


def test_the_key_is_asked_for_once(tmp_path: Path) -> None:
    path = made(tmp_path / "shop.db", KEY)
    encryption.forget_keys()
    asked: list[tuple[Path, str]] = []

    def find(file: Path, name: str) -> bytes:
        asked.append((file, name))
        return KEY.secret

    find_keys_with(find)
    for _ in range(3):
        open_reader(path).close()
    assert asked == [(path, KEY.name)]


@pytest.mark.parametrize("open_it", [open_reader, open_writer])
def test_without_its_key_a_file_says_what_to_do(tmp_path: Path, open_it: type[Connection]) -> None:
    path = made(tmp_path / "shop.db", KEY)
    before = path.read_bytes()
    encryption.forget_keys()
    with pytest.raises(StoreFailure, match=r"its key is not on this computer\. .* “omsdesk recover”"):
        open_it(path)  # type: ignore[arg-type]
    find_keys_with(lambda _path, _name: bytes(32))
    with pytest.raises(StoreFailure, match=r"is a wrong one\. .* “omsdesk recover”"):
        open_it(path)  # type: ignore[arg-type]
    assert path.read_bytes() == before


def test_without_sqlcipher_a_program_says_what_to_install_and_opens_plain_files(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
sys.modules["sqlcipher3"] = None
from omsdesk.store.encryption import DatabaseKey, use
from omsdesk.store.engine import StoreFailure, open_reader
use(DatabaseKey(bytes(range(32))))
print(open_reader(Path(sys.argv[1])).value("SELECT name FROM t"))
try:
    open_reader(Path(sys.argv[2]))
except StoreFailure as failure:
    print(failure)
"""
    told = elsewhere(script, made(tmp_path / "plain.db", None), made(tmp_path / "secret.db", KEY)).stdout.splitlines()
    assert told[0] == "Dorfladen"
    assert told[1].endswith("which is not installed. Install it: pip install “omsdesk[encryption]”.")


def test_who_encrypts_nothing_loads_nothing(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from tests.stories.shop_floor import a_days_work
a_days_work(Path(sys.argv[1]), 10)
print([name for name in ("sqlcipher3", "keyring") if name in sys.modules])
"""
    assert elsewhere(script, tmp_path / "shop.db").stdout == "[]\n"


# ---- what holds of every connection holds of both


def test_writer_and_reader_are_what_they_are(file: Path) -> None:
    with closing(open_writer(file)) as writer, closing(open_reader(file)) as reader:
        assert writer.value("PRAGMA journal_mode") == "wal"
        assert writer.value("PRAGMA synchronous") == 2
        assert writer.value("PRAGMA temp_store") == 2, "in memory: a file would hold what the database hides"
        with writer.transaction():
            insert(writer, 2, "two")
            assert reader.value("SELECT count(*) FROM t") == 1
        assert reader.rows("SELECT id FROM t") == [(1,), (2,)]
        with pytest.raises(faults("OperationalError"), match="readonly"):
            insert(reader, 3)


def test_a_fault_of_the_program_is_no_failure_of_the_disk(file: Path) -> None:
    with closing(open_writer(file)) as writer:
        with pytest.raises(faults("IntegrityError")), writer.transaction():
            writer.many("INSERT INTO t VALUES (:id, '')", [{"id": 2}, {"id": 1}])
        assert writer.value("SELECT count(*) FROM t") == 1
        with pytest.raises(StoreFailure, match="too large"), writer.transaction():
            insert(writer, 2**70)


def test_a_database_that_another_program_holds_says_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_PATIENCE_SECONDS", 0.1)
    with closing(open_writer(file)) as one, closing(open_writer(file)) as other, one.transaction():
        insert(one, 2)
        with pytest.raises(StoreFailure, match="Another program is busy"), other.transaction():
            insert(other, 3)


def test_a_full_disk_says_so(tmp_path: Path, key: DatabaseKey | None) -> None:
    with disk(tmp_path / "disk", 400) as folder, closing(open_writer(made(folder / "shop.db", key))) as writer:
        filler = fill(folder)
        with pytest.raises(StoreFailure, match="disk is full"), writer.transaction():
            insert(writer, 2, "x" * 100_000)
        filler.unlink()
        with writer.transaction():
            insert(writer, 2, "x" * 100_000)


def test_a_damaged_page_is_told_as_damage(file: Path, key: DatabaseKey | None) -> None:
    with closing(open_writer(file)) as writer, writer.transaction():
        for number in range(2, 100):
            insert(writer, number, "x" * 100)
    with file.open("r+b") as damaged:
        damaged.seek(4096)
        damaged.write(os.urandom(4096))
    with closing(open_reader(file)) as reader, pytest.raises(DamagedFile, match="omsdesk restore"), plainly():
        reader.rows("SELECT * FROM t")


def test_a_file_that_is_noise_is_told_as_damage(tmp_path: Path) -> None:
    (tmp_path / "shop.db").write_bytes(os.urandom(8192))
    with pytest.raises(DamagedFile):
        open_writer(tmp_path / "shop.db")


# ---- locks


@pytest.mark.skipif(os.name != "posix", reason="locks of Windows belong to a handle, not to a process")
def test_nothing_that_is_opened_here_takes_away_the_locks_of_what_is_open(file: Path) -> None:
    """POSIX does, whenever a process closes a file; then a restore would replace a database that a till works in."""
    with closing(open_writer(file)) as writer, closing(open_reader(file)) as reader:
        insert(writer, 2)
        reader.value("SELECT count(*) FROM t")
        for _ in range(3):
            open_reader(file).close()
            key_name(file)
            key_of(file)
        assert elsewhere(IS_LOCKED, file).stdout == "locked\n"
        encryption.header_of(file)
        assert elsewhere(IS_LOCKED, file).stdout == "free\n", "or else this test sees nothing"


def test_a_file_that_takes_the_place_of_another_is_opened_as_what_it_is(tmp_path: Path) -> None:
    use(KEY)
    path = tmp_path / "shop.db"
    for key in (None, KEY, None, KEY, KEY, None):
        path.unlink(missing_ok=True)
        made(path, key)
        # Still there, closed: the number of its file is given to the next one.
        with closing(open_writer(path)) as writer, closing(open_reader(path)) as reader:
            assert encryption.key_in_use(writer.raw) == encryption.key_in_use(reader.raw) == key
            assert reader.value("SELECT name FROM t") == "Dorfladen"


# ---- migrations


def test_an_encrypted_database_of_any_age_is_brought_up_to_date_and_kept_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with closing(open_writer(path, KEY)) as writer:
        config = Config()
        config.set_main_option("script_location", str(Path(engine.__file__).parent / "migrations"))
        config.attributes["path"] = path
        command.upgrade(config, "0002")
        assert shape_of(writer) == "0002"
        writer.run("INSERT INTO station (id, device, epoch, till) VALUES (1, 'Dorfladen', 1, '')")
        bring_up_to_date(path, writer)
        assert shape_of(writer) == NEWEST
    copy = tmp_path / "shop.db.shape-0002"
    assert key_name(copy) == key_name(path) == KEY.name
    use(KEY)
    with closing(open_reader(copy)) as reader:
        assert shape_of(reader) == "0002"
        assert reader.value("SELECT device FROM station") == "Dorfladen"
    assert says(tmp_path) == []


def test_a_new_encrypted_database_gets_todays_shape(tmp_path: Path) -> None:
    with closing(open_writer(tmp_path / "shop.db", KEY)) as writer:
        bring_up_to_date(tmp_path / "shop.db", writer)
        assert shape_of(writer) == NEWEST
        assert isinstance(writer.raw, encryption.driver_of(writer.raw).Connection)
        assert not isinstance(writer.raw, sqlite3.Connection)


def test_what_is_plain_stays_with_the_driver_of_python(tmp_path: Path) -> None:
    with closing(connect(made(tmp_path / "shop.db", None))) as raw:
        assert isinstance(raw, sqlite3.Connection)
        assert encryption.driver_of(raw) is sqlite3
    assert sys.modules["sqlite3"].OperationalError in faults("OperationalError")
