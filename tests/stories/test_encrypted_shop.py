"""A shop that encrypts its database: a day at the till, a delivery, backups, a move; nobody else can read any of it.

Everything goes through the command line in processes of its own, as on a till without a key store.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from omsdesk.__main__ import FAILED, FINE
from omsdesk.database_key import rows_of, secret_of
from omsdesk.store import encryption
from omsdesk.store.encryption import DatabaseKey, find_keys_with, key_name, key_of
from omsdesk.store.engine import open_reader
from omsdesk.store.queries import till as till_queries
from omsdesk.store.verify import verify
from tests.store.encrypted import WORDS, no_keys, says
from tests.stories.shop_floor import ShiftScript, a_days_work, begin_shift, sell, station

ROOT = Path(__file__).resolve().parents[2]
DELIVERED = "Zwiebelkuchen"


def omsdesk(home: Path, *arguments: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(home, *arguments), input=typed, capture_output=True, text=True, check=False, cwd=ROOT)


def command(home: Path, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "omsdesk", "--folder", str(home), *map(str, arguments)]


def done(home: Path, *arguments: object, typed: str = "") -> str:
    ended = omsdesk(home, *arguments, typed=typed)
    assert ended.returncode == FINE, ended.stderr
    assert ended.stderr == ""
    return ended.stdout


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """The folder of a station, whose keys are found as the program finds them."""
    folder = tmp_path / "home"
    folder.mkdir()
    with no_keys():
        find_keys_with(lambda path, name: secret_of(folder, path, name))
        yield folder


@pytest.fixture
def shop(home: Path) -> Path:
    a_days_work(home / "shop.db", 40)
    return home / "shop.db"


def products(count: int) -> str:
    rows = (f"{DELIVERED} {number},K{number},2.50" for number in range(count))
    return "\n".join(["name,sku,price", *rows])


def sell_some(path: Path, times: int) -> None:
    with station(path) as executor:
        if not till_queries.open_shift(executor.database.writer, "t1"):
            begin_shift(executor)
        for _ in range(times):
            sell(executor, "p1", "p2", "p3")


def count(path: Path, table: str) -> int:
    with closing(open_reader(path)) as reader:
        return int(reader.value(f"SELECT count(*) FROM {table}"))  # noqa: S608 - a name of this test


# ---- the whole life of a shop


def test_a_shop_lives_encrypted_and_moves_to_another_computer(shop: Path, home: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.txt"
    before = count(shop, "sale")
    assert "is encrypted" in done(home, "encrypt", "--sheet", sheet)
    written = [line.strip() for line in sheet.read_text().splitlines() if line.startswith("    ")]
    sheet.unlink()
    assert "The database is encrypted." in done(home, "doctor")

    with station(shop) as executor, closing(ShiftScript(executor, random.Random(2))) as script:
        for _ in islice(script.work(), 120):
            pass
    sell_some(shop, 3)
    delivery = tmp_path / "delivery.csv"
    delivery.write_text(products(1000))
    done(home, "import", delivery)
    delivery.unlink()
    assert count(shop, "sale") > before + 3
    assert count(shop, "product") == 1040
    assert "every hash, table and sum is right" in done(home, "verify")
    done(home, "rebuild")
    backup = tmp_path / "monday.db"
    done(home, "backup", backup)
    done(home, "verify", backup)
    assert says(tmp_path, (*WORDS, DELIVERED.encode())) == []

    other = tmp_path / "other"
    other.mkdir()
    refused = omsdesk(other, "restore", backup)
    assert (refused.returncode, refused.stdout) == (FAILED, "")
    assert "its key is not on this computer. Type the recovery key with “omsdesk recover”." in refused.stderr
    done(other, "recover", backup, typed="\n".join(written))
    done(other, "restore", backup)
    assert key_name(other / "shop.db") == key_name(shop)
    assert "every hash, table and sum is right" in done(other, "verify")

    done(home, "decrypt")
    assert "The database is not encrypted." in done(home, "doctor")
    assert verify(shop).is_sound
    assert says(home) == ["shop.db"]


def test_two_programs_share_an_encrypted_database(shop: Path, home: Path, tmp_path: Path) -> None:
    done(home, "encrypt")
    delivery = tmp_path / "delivery.csv"
    delivery.write_text(products(1000))
    sales = count(shop, "sale")
    with subprocess.Popen(command(home, "import", delivery), stdout=subprocess.PIPE, cwd=ROOT) as stockroom:
        sell_some(shop, 20)
        done(home, "backup", tmp_path / "meanwhile.db")
        stockroom.communicate()
    assert stockroom.returncode == FINE
    assert (count(shop, "sale"), count(shop, "product")) == (sales + 20, 1040)
    assert verify(shop).is_sound
    assert verify(tmp_path / "meanwhile.db").is_sound


def test_it_is_not_encrypted_while_the_till_is_open(shop: Path, home: Path) -> None:
    with station(shop):
        refused = omsdesk(home, "encrypt")
    assert (refused.returncode, refused.stdout) == (FAILED, "")
    assert refused.stderr == "The database is in use. Close omsdesk on this computer and try again.\n"
    assert [file.name for file in home.iterdir()] == ["shop.db"]


# ---- the key is nowhere but in its place


def forms_of(key: DatabaseKey) -> list[bytes]:
    """The key in every form that it could be written in."""
    rows = rows_of(key)
    texts = [key.secret.hex(), key.secret.hex().upper(), b64encode(key.secret).decode(), repr(key.secret)[2:-1], *rows]
    return [key.secret, *(text.encode() for text in texts), *(row.replace("-", "").encode() for row in rows)]


def test_no_output_log_traceback_or_file_holds_the_key(
    shop: Path, home: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shown = done(home, "encrypt")
    key = key_of(shop)
    assert key is not None
    assert all(form in shown.encode() for form in forms_of(key)[5:10]), "the sheet is the one place, or this is blind"
    sell_some(shop, 2)
    said = [done(home, "doctor"), done(home, "verify"), done(home, "backup", tmp_path / "copy.db")]
    said.append(omsdesk(home, "import", tmp_path / "copy.db").stderr)
    # A fault of ours while everything is open, as a person would send it in; and a file that cannot be opened.
    said.append(fault(shop, home))
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(shop.read_bytes()[:16] + os.urandom(8192))
    said.append(omsdesk(home, "verify", damaged).stdout)
    assert any("Traceback" in text for text in said)
    haystack = [*(text.encode() for text in [*said, caplog.text]), *contents(tmp_path)]
    assert not [form for form in forms_of(key) if any(form in text for text in haystack)]
    assert len(haystack) > 8


def fault(shop: Path, home: Path) -> str:
    script = """
import logging, sys
from pathlib import Path
logging.basicConfig(level=logging.DEBUG)
from omsdesk.database_key import secret_of
from omsdesk.store.encryption import find_keys_with, key_of
from omsdesk.store.database import open_database
find_keys_with(lambda path, name: secret_of(Path(sys.argv[2]), path, name))
database = open_database(Path(sys.argv[1]), str)
key = key_of(Path(sys.argv[1]))
print(database, vars(database), key, vars(database.writer.raw), file=sys.stderr)
database.writer.run("SELECT * FROM nothing")
"""
    arguments = [sys.executable, "-X", "dev", "-c", script, str(shop), str(home)]
    return subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=ROOT).stderr


def contents(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file() and file.suffix != ".key"]


# ---- the power fails


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX")
def test_a_command_that_is_killed_at_any_time_leaves_a_database_that_opens(shop: Path, home: Path) -> None:
    """As the program runs, whatever it does at that time; at every line: tests/store/test_conversion.py."""
    sales, chance, seen = count(shop, "sale"), random.Random(1), set[tuple[str, bool, int]]()
    kills = 0
    # On a slow machine it is killed more often and later, until it once came as far as a change.
    while kills < 14 or (kills < 70 and len(seen) < 2):
        kills += 1
        verb = "decrypt" if key_name(shop) else "encrypt"
        with subprocess.Popen(
            command(home, verb), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
        ) as it:
            time.sleep(chance.uniform(0.25, 0.6) * max(1, kills / 14))
            it.send_signal(signal.SIGKILL)
        encryption.forget_keys()
        assert count(shop, "sale") == sales
        seen.add((verb, key_name(shop) is None, it.returncode))
    assert verify(shop).is_sound
    done(home, "decrypt" if key_name(shop) else "encrypt")
    assert {file.name for file in home.iterdir() if file.suffix != ".key"} <= {"shop.db", "shop.db-shm", "shop.db-wal"}
    assert len(seen) > 1
