"""The doctor: each thing that can be missing on a machine, really missing."""

from __future__ import annotations

import runpy
import socket
import sqlite3
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.actions.doctor import QT_LIBRARIES, WINDOW_LIBRARIES, Finding, Health, examine, is_there_a_screen
from omsdesk.domain.values import Stamp
from omsdesk.settings import FILE, DeviceSetting, Settings, save
from omsdesk.store.encryption import PLAIN_HEADER, forget_keys
from tests.store.encrypted import a_secret_days_work, no_keys
from tests.stories.shop_floor import CLOCK, a_days_work
from tests.stories.small_disk import disk, fill, read_only

ROOT = Path(__file__).resolve().parents[2]
NOW = CLOCK.now()


def findings(folder: Path, now: Stamp | None = None) -> dict[str, Finding]:
    found = list(examine(folder, now or CLOCK.now()))
    assert len({finding.subject for finding in found}) == len(found)
    return {finding.subject: finding for finding in found}


def with_printer(folder: Path, printer: DeviceSetting) -> Finding:
    save(Settings(folder, device={"receipt": printer}))
    return findings(folder)["printer"]


def test_a_station_before_its_first_start_misses_nothing_of_its_own(tmp_path: Path) -> None:
    found = findings(tmp_path / "new")
    assert [found[subject].health for subject in ("folder", "database")] == [Health.NOTE, Health.NOTE]
    assert found["folder"].sentence == f"{tmp_path / 'new'} is made at the first start."
    assert found["Qt"].health is Health.FINE
    assert not (tmp_path / "new").exists()


def test_a_station_at_work_is_well(tmp_path: Path) -> None:
    a_days_work(tmp_path / "shop.db", 20)
    found = findings(tmp_path)
    assert found["database"].health is Health.FINE
    assert "Dorfladen, Kasse 1" in found["database"].sentence
    assert found["clock"].health is Health.FINE
    assert found["folder"].sentence == f"{tmp_path} can be written."


# ---- encryption


def test_a_database_that_everybody_can_read_is_told(tmp_path: Path) -> None:
    a_days_work(tmp_path / "shop.db", 10)
    told = findings(tmp_path)["encryption"]
    assert (told.health, told.sentence) == (
        Health.FINE,
        "The database is not encrypted. “omsdesk encrypt” does that.",
    )


def test_an_encrypted_database_is_told_and_so_is_what_lies_readable_beside_it(tmp_path: Path) -> None:
    with no_keys():
        a_secret_days_work(tmp_path / "shop.db", 10)
        told = findings(tmp_path)
        assert told["encryption"] == Finding("encryption", Health.FINE, "The database is encrypted.")
        assert told["database"].health is Health.FINE
        # What a power cut in the middle of a decryption leaves.
        (tmp_path / ".shop.db.converting").write_bytes(PLAIN_HEADER)
        told = findings(tmp_path)
        assert told["encryption"].health is Health.NOTE
        assert "these files beside it are not: .shop.db.converting. Delete them" in told["encryption"].sentence


def test_an_encrypted_database_without_its_key_is_told_with_what_to_do(tmp_path: Path) -> None:
    with no_keys():
        a_secret_days_work(tmp_path / "shop.db", 10)
        forget_keys()
        told = findings(tmp_path)
        assert told["encryption"].sentence == "The database is encrypted."
        assert told["database"].health is Health.BAD
        assert "Type the recovery key with “omsdesk recover”" in told["database"].sentence


# ---- the clock


def test_a_clock_behind_the_newest_entry_is_told_with_the_difference(tmp_path: Path) -> None:
    a_days_work(tmp_path / "shop.db", 10)
    clock = findings(tmp_path, replace(NOW, utc_ms=NOW.utc_ms - 3_600_000))["clock"]
    assert clock.health is Health.BAD
    assert "minutes before the newest entry" in clock.sentence


def test_a_clock_that_lost_its_battery_is_told(tmp_path: Path) -> None:
    clock = findings(tmp_path, Stamp(0))["clock"]
    assert (clock.health, clock.sentence) == (
        Health.BAD, "The clock says 1970-01-01 00:00, which is past. Set date and time.",
    )  # fmt: skip


# ---- the disk and the database


def test_a_disk_that_is_nearly_full_is_told(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 150_000) as folder:
        assert findings(folder)["disk space"].health is Health.NOTE
        fill(folder, leave=20_500_000)
        space = findings(folder)["disk space"]
    assert space.health is Health.BAD
    assert space.sentence.startswith("Only 20 MB are free")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    with read_only(tmp_path / "home"):
        folder = findings(tmp_path / "home")["folder"]
    assert folder.health is Health.BAD
    assert folder.sentence.startswith(f"{tmp_path / 'home'} cannot be written (")


@pytest.mark.parametrize(
    ("shape", "health", "expected"),
    [("9999", Health.BAD, "A newer version made"), ("0000", Health.NOTE, "is brought from shape 0000")],
)
def test_a_database_of_another_version_is_told(tmp_path: Path, shape: str, health: Health, expected: str) -> None:
    a_days_work(tmp_path / "shop.db", 5)
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (shape,))
    database = findings(tmp_path)["database"]
    assert database.health is health
    assert expected in database.sentence


@pytest.mark.parametrize("content", [b"", b"a holiday picture" * 1000])
def test_a_database_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "shop.db").write_bytes(content)
    assert findings(tmp_path)["database"].health is Health.BAD


def test_a_shop_whose_row_is_damaged_is_told(tmp_path: Path) -> None:
    a_days_work(tmp_path / "shop.db", 5)
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection, connection:
        connection.execute("UPDATE shop SET body = '{'")
    database = findings(tmp_path)["database"]
    assert database.health is Health.BAD
    assert "“omsdesk verify” tells more" in database.sentence


# ---- the settings


def test_broken_settings_do_not_keep_the_doctor_from_the_rest(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("text_scale = 99")
    found = findings(tmp_path)
    assert found["settings"].health is Health.BAD
    assert "text_scale is one of 100, 125, 150" in found["settings"].sentence
    assert found["printer"].health is Health.NOTE


def test_a_misspelt_setting_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("txt_scale = 125")
    assert "txt_scale" in findings(tmp_path)["settings"].sentence


# ---- the printer: a real socket answers as a printer does, or does not


def test_a_printer_that_is_switched_off_is_told(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    printer = with_printer(tmp_path, DeviceSetting("escpos", f"tcp:127.0.0.1:{port}"))
    assert printer.health is Health.BAD
    assert printer.sentence.startswith(f"tcp:127.0.0.1:{port}: ")


def test_a_printer_that_answers_is_fine(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                while connection.recv(64):
                    connection.sendall(b"\x12")

        threading.Thread(target=answer, daemon=True).start()
        port = server.getsockname()[1]
        printer = with_printer(tmp_path, DeviceSetting("escpos", f"tcp:127.0.0.1:{port}"))
    assert printer == Finding("printer", Health.FINE, f"tcp:127.0.0.1:{port}: The printer is ready.")


def test_receipts_into_a_folder_need_a_folder_that_can_be_written(tmp_path: Path) -> None:
    assert with_printer(tmp_path, DeviceSetting("file", "file:receipts")).health is Health.FINE
    (tmp_path / "locked").write_text("a file, not a folder")
    locked = DeviceSetting("file", "file:locked")
    assert with_printer(tmp_path, locked).health is Health.BAD


# ---- Qt


@pytest.mark.skipif(sys.platform != "linux", reason="Qt brings everything elsewhere")
def test_libraries_are_tried_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(QT_LIBRARIES, "libnobodyhasthis.so.7", "libnobody7")
    libraries = findings(tmp_path)["libraries"]
    assert libraries.health is Health.BAD
    assert "libnobodyhasthis.so.7" in libraries.sentence
    assert "libnobody7" in libraries.sentence


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without")
def test_no_screen_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not is_there_a_screen()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert is_there_a_screen()


def test_the_set_up_of_a_fresh_clone_knows_the_same_libraries() -> None:
    """``dev.py`` runs before omsdesk is there and needs a table of its own: the two say the same."""
    known = runpy.run_path(str(ROOT / "dev.py"))["LIBRARIES"]
    assert known == {"Qt": QT_LIBRARIES, "a window": WINDOW_LIBRARIES}
