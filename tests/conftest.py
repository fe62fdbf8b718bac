"""What holds for every test: no screen, no network beyond loopback, nothing read from or left in a person's folders."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from omsdesk.store import migrate
from tests import shape
from tests.patience import SECONDS

_MEMORY = Path("/dev/shm")  # noqa: S108 - each run makes a folder of its own in it
_ENOUGH_BYTES = 4 << 30

# Thousands of databases wait for a disk at each of their transactions, and none of them is kept: they lie in memory,
# where there is plenty and nobody said otherwise. Pytest may have looked for the folder already.
if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH_BYTES:
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)

# Read by Qt when the application object is made, so set before any test can make one.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# A developer's desktop must not open its wallet: secrets take the way of a till without a secret service.
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitActive, QtBot.waitExposed):
    wait.__kwdefaults__ = {**(wait.__kwdefaults__ or {}), "timeout": int(SECONDS * 1000)}

settings.register_profile("normal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("normal"), max_examples=2000)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--long``."""
    parser.addoption("--long", action="store_true", help="run the tests marked long, too, and try more examples")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples hypothesis tries."""
    settings.load_profile("long" if config.getoption("--long") else "normal")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests out of a normal run."""
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.fixture(scope="session", autouse=True)
def _copied_shape() -> Iterator[None]:
    """New databases begin as a copy; what the migrations do is the subject of tests that ask for ``by_migrations``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "_upgrade", shape.by_copy)
        yield


@pytest.fixture
def by_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    """New databases are made as they are made in a shop."""
    monkeypatch.setattr(migrate, "_upgrade", shape.by_migrations)


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Data, settings and caches of the tests go to a folder of the tests."""
    for kind in ("DATA", "CONFIG", "CACHE", "STATE"):
        os.environ[f"XDG_{kind}_HOME"] = str(tmp_path_factory.mktemp(kind.lower()))
