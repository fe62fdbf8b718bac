"""Nobody else on the machine reads the files of a station, unless somebody gave them a group on purpose."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from omsdesk.__main__ import main
from omsdesk.actions.clock import SystemClock
from omsdesk.private_files import private_file, private_folder
from omsdesk.settings import Settings, save
from omsdesk.store.database import open_database
from tests.store.station import Station

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows keeps a user's folder private by itself.")


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    """Let every new file be open to all, as a careless umask does."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes(folder: Path) -> dict[str, int]:
    return {file.name: mode(file) for file in folder.iterdir() if file.is_file()}


def test_a_database_and_what_lies_beside_it_are_for_their_owner_alone(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "shop.db", SystemClock().new_id)):
        found = modes(tmp_path)
    assert {"shop.db", "shop.db-wal", "shop.db-shm"} <= set(found)
    assert set(found.values()) == {0o600}


def test_what_an_earlier_version_left_open_is_shut(tmp_path: Path) -> None:
    folder = tmp_path / "station"
    folder.mkdir(mode=0o777)
    with closing(open_database(folder / "shop.db", SystemClock().new_id)):
        for file in folder.iterdir():
            file.chmod(0o644)
        with closing(open_database(folder / "shop.db", SystemClock().new_id)):
            assert set(modes(folder).values()) == {0o600}
    (folder / "shop.db.before").touch()
    private_folder(folder)
    assert mode(folder) == 0o700
    assert set(modes(folder).values()) == {0o600}


def test_a_group_that_was_set_on_purpose_stays_and_others_go(tmp_path: Path) -> None:
    folder = tmp_path / "station"
    folder.mkdir()
    folder.chmod(0o2777)
    with closing(open_database(folder / "shop.db", SystemClock().new_id)):
        private_folder(folder)
        assert mode(folder) == 0o2770
        assert set(modes(folder).values()) == {0o660}


def test_a_new_folder_is_private_and_its_parents_are_as_usual(tmp_path: Path) -> None:
    private_folder(tmp_path / "a" / "b")
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o777, 0o700)


@pytest.mark.parametrize("holds", ["letter.txt", "omsdesk.txt"])
def test_a_folder_that_holds_other_things_stays_as_it_is(tmp_path: Path, holds: str) -> None:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o755)
    (folder / holds).touch(mode=0o644)
    private_folder(folder)
    assert (mode(folder), mode(folder / holds)) == (0o755, 0o644)


def test_a_folder_where_everybody_writes_is_never_shut(tmp_path: Path) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    folder.chmod(0o1777)
    (folder / "shop.db").touch()
    private_folder(folder)
    assert mode(folder) == 0o1777


def test_a_place_that_is_not_there_is_left_to_whoever_writes(tmp_path: Path) -> None:
    private_file(tmp_path / "nowhere" / "shop.db")
    assert not (tmp_path / "nowhere").exists()


def test_settings_backups_and_the_service_keep_to_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "station"
    save(Settings(folder))
    assert mode(folder) == 0o700
    Station(folder / "shop.db").database.close()
    assert main(["--folder", str(folder), "backup", str(tmp_path / "copy.db")]) == 0
    assert mode(tmp_path / "copy.db") == 0o600
    service = tmp_path / "service"
    assert main(["--folder", str(service), "server", "new-business", "Corner"]) == 0
    assert mode(service) == 0o700
    assert mode(service / "service.db") == 0o600
    assert "Code:" in capsys.readouterr().out
