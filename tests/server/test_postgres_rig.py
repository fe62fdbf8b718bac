"""The server that the tests start: it runs as nobody who could do harm, and is gone however the tests end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import postgres as rig
from tests.postgres import Missing, Postgres, program, running

ROOT = Path(__file__).parents[2]
STARTS_AND_SAYS_WHERE = """
import sys
from tests.postgres import running
with running() as server:
    print(server.folder, flush=True)
    sys.stdin.read()
"""


def processes(folder: Path) -> list[str]:
    """What runs with a folder in its command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes()
        except OSError:
            continue
        if str(folder).encode() in command:
            found.append(path.parent.name)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_is_left_of_it_when_the_tests_are_killed() -> None:
    tests = subprocess.Popen(
        [sys.executable, "-c", STARTS_AND_SAYS_WHERE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert tests.stdout is not None
    folder = Path(tests.stdout.readline().strip())
    assert processes(folder), "it runs"
    tests.kill()
    tests.communicate()
    end = time.monotonic() + 30
    while (folder.exists() or processes(folder)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not folder.exists()
    assert processes(folder) == []


def test_nothing_is_left_of_it_when_a_test_fails() -> None:
    folders = []

    def a_test() -> None:
        with running() as server:
            folders.append(server.folder)
            raise LookupError

    with pytest.raises(LookupError):
        a_test()
    assert not folders[0].exists()


def test_nobody_else_reaches_it(postgres: Postgres) -> None:
    assert postgres.folder.stat().st_mode & 0o077 == 0
    assert postgres.sql("SHOW listen_addresses") == [[""]]


def test_a_machine_without_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(rig, "_DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Missing, match="apt-get install postgresql"):
        program("initdb")


def test_what_a_program_says_when_it_fails_is_told(postgres: Postgres) -> None:
    with pytest.raises(RuntimeError, match="does not exist"):
        postgres.sql("SELECT * FROM nowhere")
