"""The command line: what a script can rely on, what a person reads, and never a traceback."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from omsdesk.__main__ import FAILED, FINE, FOUND, USAGE, main
from omsdesk.actions.doctor import is_there_a_screen
from omsdesk.resource_files import resource
from omsdesk.settings import FILE
from omsdesk.store.engine import open_reader
from omsdesk.store.verify import verify
from tests.stories.shop_floor import CLOCK, a_days_work, station
from tests.stories.small_disk import disk, fill, read_only

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    *("till", "demo", "import", "verify", "rebuild", "backup", "restore"),
    *("encrypt", "rekey", "decrypt", "recover", "doctor"),
)
Said = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("OMSDESK_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def a_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("day") / "shop.db"
    a_days_work(path, 60)
    return path


@pytest.fixture
def shop(home: Path, a_day: Path) -> Path:
    home.mkdir()
    return Path(shutil.copy(a_day, home / "shop.db"))


def spoil(path: Path, sql: str = "UPDATE product SET name = 'Gold' WHERE no = 1") -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(sql)


def process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "omsdesk", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


# ---- help and usage


def test_help_names_every_command_and_what_the_exit_codes_mean() -> None:
    told = process("--help")
    assert told.returncode == FINE
    assert all(f"    {command} " in told.stdout for command in COMMANDS)
    assert all(f"  {code}  " in told.stdout for code in (FINE, FOUND, USAGE, FAILED))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == FINE
    assert f"omsdesk {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["sell"], ["verify", "a", "b"], ["backup"], ["--colour"], ["demo", "--offscren"], ["import"]]
)
def test_what_is_not_understood_ends_with_2(arguments: list[str], capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == USAGE
    assert "usage: omsdesk" in capsys.readouterr().err


def test_help_loads_nothing_that_takes_time() -> None:
    script = (
        "import sys\n"
        "from omsdesk.__main__ import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('PySide6', 'sqlalchemy', 'sqlite3', 'json', 'platformdirs') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"


# ---- verify and rebuild


def test_verify_says_that_all_is_right(shop: Path, capsys: Said) -> None:
    assert main(["verify"]) == FINE
    assert capsys.readouterr().out == f"{shop}: {verify(shop).entries:,} entries, every hash, table and sum is right.\n"


def test_verify_tells_what_is_wrong_and_rebuild_mends_it(shop: Path, capsys: Said) -> None:
    spoil(shop)
    assert main(["verify"]) == FOUND
    told = capsys.readouterr().out
    assert "name is 'Gold' and should be 'Käse Nr. 0'" in told
    assert "omsdesk rebuild" in told
    assert main(["rebuild"]) == FINE
    assert capsys.readouterr().out.startswith("All tables were made anew from ")
    assert main(["verify"]) == FINE


def test_verify_checks_a_backup_by_name(shop: Path, tmp_path: Path, capsys: Said) -> None:
    assert main(["backup", str(tmp_path / "copy.db")]) == FINE
    assert main(["verify", str(tmp_path / "copy.db")]) == FINE
    spoil(tmp_path / "copy.db")
    assert main(["verify", str(tmp_path / "copy.db")]) == FOUND
    assert main(["verify"]) == FINE


def test_a_journal_that_cannot_be_replayed_is_not(shop: Path, capsys: Said) -> None:
    spoil(shop, "UPDATE journal SET body = x'7b' WHERE position = 9")
    assert main(["rebuild"]) == FOUND
    assert "Entry 9 of the journal cannot be read" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["verify", "rebuild"])
def test_where_there_is_no_database_none_is_made(command: str, home: Path, capsys: Said) -> None:
    assert main([command]) == FAILED
    assert capsys.readouterr().err == f"There is no database at {home / 'shop.db'}. Name its folder with --folder.\n"
    assert not home.exists()


@pytest.mark.parametrize("where", ["before", "after"])
def test_the_folder_may_be_named_before_or_after_the_command(where: str, a_day: Path, home: Path, capsys: Said) -> None:
    folder = ["--folder", str(a_day.parent)]
    assert main([*folder, "verify"] if where == "before" else ["verify", *folder]) == FINE


# ---- backup and restore


def test_a_backup_into_a_folder_is_named_after_the_day(shop: Path, tmp_path: Path, capsys: Said) -> None:
    assert main(["backup", str(tmp_path)]) == FINE
    assert (tmp_path / f"omsdesk-{CLOCK.now().day}.db").exists()


def test_a_backup_of_a_damaged_database_is_told(shop: Path, tmp_path: Path, capsys: Said) -> None:
    spoil(shop)
    assert main(["backup", str(tmp_path / "copy.db")]) == FOUND
    assert "an earlier backup was left as it was" in capsys.readouterr().out
    assert not (tmp_path / "copy.db").exists()


def test_a_restore_keeps_the_old_file_and_says_that_receipts_begin_anew(
    shop: Path, tmp_path: Path, capsys: Said
) -> None:
    main(["backup", str(tmp_path / "copy.db")])
    assert main(["restore", str(tmp_path / "copy.db")]) == FINE
    told = capsys.readouterr().out
    assert f"is kept as {shop.with_name('shop.replaced-1.db')}" in told
    assert "Receipts begin a new series (epoch 2)" in told


def test_a_restore_onto_a_new_computer_needs_nothing_there(shop: Path, tmp_path: Path, capsys: Said) -> None:
    main(["backup", str(tmp_path / "copy.db")])
    assert main(["restore", str(tmp_path / "copy.db"), "--folder", str(tmp_path / "new" / "computer")]) == FINE
    assert verify(tmp_path / "new" / "computer" / "shop.db").is_sound


def test_a_damaged_backup_is_not_restored(shop: Path, tmp_path: Path, capsys: Said) -> None:
    main(["backup", str(tmp_path / "copy.db")])
    spoil(tmp_path / "copy.db")
    assert main(["restore", str(tmp_path / "copy.db")]) == FOUND
    assert "nothing was changed" in capsys.readouterr().out


def test_a_till_that_is_open_is_not_restored_over(shop: Path, tmp_path: Path, capsys: Said) -> None:
    main(["backup", str(tmp_path / "copy.db")])
    with station(shop):
        assert main(["restore", str(tmp_path / "copy.db")]) == FAILED
    assert capsys.readouterr().err == "The database is in use. Close omsdesk on this computer and try again.\n"


# ---- import


TABLE = "Bezeichnung;EAN;VK\nKäse;4006381333931;4,20\nBrot;;3,10\n"


def names(path: Path) -> list[str]:
    with closing(open_reader(path)) as reader:
        return [name for (name,) in reader.rows("SELECT name FROM product WHERE id NOT LIKE 'p%' ORDER BY name")]


def table(folder: Path, text: str = TABLE) -> str:
    (folder / "table.csv").write_text(text)
    return str(folder / "table.csv")


def test_a_rehearsal_changes_nothing_and_the_import_does(shop: Path, tmp_path: Path, capsys: Said) -> None:
    entries = verify(shop).entries
    assert main(["import", table(tmp_path), "--dry-run"]) == FINE
    assert "A rehearsal, nothing was changed: 2 new products" in capsys.readouterr().out
    assert verify(shop).entries == entries
    assert main(["import", table(tmp_path)]) == FINE
    assert "2 new products" in capsys.readouterr().out
    assert names(shop) == ["Brot", "Käse"]
    assert main(["import", table(tmp_path)]) == FINE
    assert "0 new products, 0 changed, 2 as they were" in capsys.readouterr().out


def test_rows_with_problems_end_with_1_and_lie_in_a_file(shop: Path, tmp_path: Path, capsys: Said) -> None:
    assert main(["import", table(tmp_path, TABLE + ";4006381333932;1,00\n")]) == FOUND
    told = capsys.readouterr().out
    assert "1 row has problems" in told
    assert "correct them there and import that file" in told


def test_columns_can_be_named_by_hand(shop: Path, tmp_path: Path, capsys: Said) -> None:
    file = table(tmp_path, "A;B;C\nKäse;x;4,20\n")
    assert main(["import", file, "--mapping", "name=A, price=C"]) == FINE
    assert names(shop) == ["Käse"]
    with closing(open_reader(shop)) as reader:
        assert reader.value("SELECT minor FROM price JOIN product ON no = product_no WHERE name = 'Käse'") == 420


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--mapping", "nmae=A"], "“nmae” is nothing a product has. A column can be: "),
        (["--mapping", "name=Z"], "The file has no column “Z”. Its columns: Bezeichnung, EAN, VK."),
        (["--mapping", ""], "2 new products"),
        (["--layout", "excel"], "“excel” is no layout. Known are generic, shopify, "),
        (["--layout", "generic"], "2 new products"),
        (["--layout", "shopify"], "The file does not have the columns of “Shopify"),
        (["--currency", "USD"], "The shop sells in CHF: prices in USD cannot be imported."),
        (["--currency", "CHF"], "2 new products"),
    ],
)
def test_what_cannot_be_understood_of_an_import_is_told(
    options: list[str], expected: str, shop: Path, tmp_path: Path, capsys: Said
) -> None:
    ended = main(["import", table(tmp_path), "--dry-run", *options])
    out, err = capsys.readouterr()
    assert ended == (FINE if "new products" in expected else FAILED)
    assert expected in (out or err)


def test_without_a_shop_one_can_rehearse_but_not_import(home: Path, tmp_path: Path, capsys: Said) -> None:
    assert main(["import", table(tmp_path)]) == FAILED
    assert "No shop is set up yet" in capsys.readouterr().err
    assert main(["import", table(tmp_path), "--dry-run", "--currency", "EUR"]) == FINE
    assert "2 new products" in capsys.readouterr().out
    assert not home.exists()


@pytest.mark.parametrize("content", [b"", b"\0\1\2\3" * 100, b"\n\n\n"])
def test_a_file_that_is_no_table_is_told(content: bytes, shop: Path, tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "table.csv").write_bytes(content)
    assert main(["import", str(tmp_path / "table.csv")]) == FAILED
    assert "table.csv" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told(shop: Path, tmp_path: Path, capsys: Said) -> None:
    assert main(["import", str(tmp_path / "table.csv")]) == FAILED
    assert "table.csv" in capsys.readouterr().err


# ---- the desktop


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
@pytest.mark.parametrize("command", [[], ["till"], ["demo"]])
def test_without_a_screen_the_till_says_so_instead_of_dying(command: list[str], tmp_path: Path) -> None:
    told = process(*command, OMSDESK_HOME=str(tmp_path), DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert told.returncode == FAILED
    assert "There is no screen to open a window on." in told.stderr
    assert "Traceback" not in told.stderr


def test_the_demonstration_rings_up_a_sale_without_a_screen(tmp_path: Path) -> None:
    told = process("demo", "--offscreen", "--folder", tmp_path / "demo")
    assert told.returncode == FINE, told.stderr
    assert "receipt" in told.stdout
    assert process("verify", "--folder", tmp_path / "demo").returncode == FINE


def test_tests_have_a_screen_of_their_own() -> None:
    assert is_there_a_screen()


# ---- doctor


def test_the_doctor_has_a_line_for_everything(shop: Path, capsys: Said) -> None:
    ended = main(["doctor"])
    lines = capsys.readouterr().out.splitlines()
    assert ended == (FOUND if any(line.startswith("BAD") for line in lines) else FINE)
    subjects = {line[6:18].strip() for line in lines}
    assert {"settings", "folder", "disk space", "database", "clock", "Qt", "fonts", "printer"} <= subjects


def test_the_doctor_says_which_line_of_the_settings_is_wrong(home: Path, capsys: Said) -> None:
    home.mkdir()
    (home / FILE).write_text('theme = "pink"\n')
    assert main(["doctor"]) == FOUND
    assert f"Line 1 of {home / FILE}: theme is one of" in capsys.readouterr().out


# ---- the world is hostile


def test_broken_settings_are_a_sentence(home: Path, capsys: Said) -> None:
    home.mkdir()
    (home / FILE).write_text("theme = \n")
    assert main(["verify"]) == FAILED
    assert capsys.readouterr().err.startswith(f"Line 1 of {home / FILE}: this is not TOML")


def test_a_full_disk_is_a_sentence(shop: Path, tmp_path: Path, capsys: Said) -> None:
    with disk(tmp_path / "stick", 512) as stick:
        fill(stick)
        assert main(["backup", str(stick / "copy.db")]) == FAILED
    assert capsys.readouterr().err.startswith("The disk is full.")


def test_a_folder_that_cannot_be_written_is_a_sentence(shop: Path, tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "safe").mkdir()
    main(["backup", str(tmp_path / "copy.db")])
    with read_only(tmp_path / "safe"):
        assert main(["restore", str(tmp_path / "copy.db"), "--folder", str(tmp_path / "safe" / "new")]) == FAILED
    said = capsys.readouterr().err
    assert said.startswith(f"{tmp_path / 'safe' / 'new'}: ")
    assert "check the name, the space and the rights" in said


def test_a_reader_that_has_seen_enough_is_no_error(shop: Path) -> None:
    command = [sys.executable, "-u", "-m", "omsdesk", "doctor"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as doctor:
        assert doctor.stdout is not None
        assert doctor.stderr is not None
        doctor.stdout.read(1)
        doctor.stdout.close()
        assert doctor.stderr.read() == b""
    assert doctor.returncode == FAILED


def test_qt_that_cannot_be_loaded_is_a_sentence(tmp_path: Path) -> None:
    """A package named PySide6 that fails as Qt does where a library of the system is missing."""
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text(
        "raise ImportError('libEGL.so.1: cannot open shared object file: No such file or directory')"
    )
    told = process("demo", "--offscreen", "--folder", tmp_path / "demo", PYTHONPATH=str(tmp_path))
    assert told.returncode == FAILED
    assert told.stderr.startswith("Qt cannot be loaded (libEGL.so.1: ")
    assert "Traceback" not in told.stderr


def test_the_countries_of_the_set_up_come_with_the_program() -> None:
    assert resource("countries/GB.toml").is_file()
