"""Themes, icons and fonts are found in a checkout, in a wheel, and in a bundle that lays itself out like a wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from omsdesk.resource_files import resource

ROOT = Path(__file__).resolve().parent.parent


def test_a_checkout_has_them_at_its_root() -> None:
    assert resource("themes/light.toml") == ROOT / "resources" / "themes" / "light.toml"
    assert resource("icons").is_dir()


def test_a_missing_file_is_a_sentence_that_names_it() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons.unicorn\.svg is missing: install omsdesk again"):
        resource("icons/unicorn.svg")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what installing our wheel leaves in it."""
    folder = tmp_path_factory.mktemp("installed")
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_a_wheel_carries_them_inside(installed: Path) -> None:
    ask = "from omsdesk.resource_files import resource; print(resource('themes/light.toml'))"
    # -I: neither the checkout nor the environment may help.
    code = f"import sys; sys.path.insert(0, {str(installed)!r}); {ask}"
    said = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout
    assert Path(said.strip()) == installed / "omsdesk" / "resources" / "themes" / "light.toml"


def test_a_wheel_carries_every_file(installed: Path) -> None:
    for folder, home in (
        (ROOT / "resources", installed / "omsdesk" / "resources"),
        (ROOT / "omsdesk", installed / "omsdesk"),
    ):
        files = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
        assert files
        assert [file.as_posix() for file in files if not (home / file).exists()] == []
    assert not (installed / "tests").exists()


def test_a_wheel_starts_the_program_and_carries_its_licence(installed: Path) -> None:
    (metadata,) = installed.glob("omsdesk-*.dist-info")
    assert "omsdesk = omsdesk.__main__:main" in (metadata / "entry_points.txt").read_text()
    assert "Apache License" in (metadata / "licenses" / "LICENSE").read_text()
