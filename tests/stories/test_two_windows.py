"""A service and two tills, each a program of its own as it is delivered: sold in one window, seen in the other."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.sync.codes import invitation
from tests.ui.till.shop import set_up

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


class Window:
    """A till in a process of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "tests.stories.window_process", str(folder)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=ENVIRONMENT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._answer() == "ready"

    def tell(self, verb: str, words: str = "") -> str:
        """Have something done; gives the answer."""
        self.say(verb, words)
        return self._answer()

    def say(self, verb: str, words: str = "") -> None:
        """Have something done without waiting for it."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{verb} {words}\n")
        self.process.stdin.flush()

    def _answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    answer = _answer

    def close(self) -> int:
        """End it as a person does; gives its exit code."""
        self.process.communicate(timeout=20)
        return self.process.returncode


class Service:
    """The service as one command starts it."""

    def __init__(self, folder: Path) -> None:
        self.command = [sys.executable, "-m", "omsdesk", "--folder", str(folder), "server"]
        made = subprocess.run([*self.command, "new-business", "Corner"], cwd=ROOT, check=True, capture_output=True)
        self.code = made.stdout.decode().split("Code:")[1].split()[0]
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen([*self.command, "--port", str(self.port)], cwd=ROOT, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        pytest.fail("the service never came up")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    @property
    def invitation(self) -> str:
        return invitation(f"http://127.0.0.1:{self.port}", self.code)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path / "service")
    yield made
    made.stop()


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[tuple[Window, Window]]:
    """A till with a shop, and a computer with nothing."""
    (tmp_path / "front").mkdir()
    set_up(tmp_path / "front")
    made = Window(tmp_path / "front"), Window(tmp_path / "back")
    yield made
    for window in made:
        window.process.kill()
        window.process.wait()


def test_sold_in_one_window_seen_in_the_other(windows: tuple[Window, Window], service: Service) -> None:
    front, back = windows
    assert front.tell("open") == "Till 1"
    assert front.tell("enrol", service.invitation) == "Synced"
    assert back.tell("join", front.tell("invite")) == "Till 2"
    assert back.tell("open") == "Till 2"
    assert back.tell("see", "3 left")

    back.say("see", "2 left")
    assert front.tell("sell", "decaf") == "1A-000001"
    sold = time.time()
    assert float(back.answer()) - sold < 1.0

    assert back.tell("sell", "decaf") == "2A-000001"
    assert front.tell("see", "1 left")

    service.stop()
    front.tell("sell", "oat")
    assert front.tell("chip", "Offline: ")
    back.tell("sell", "decaf")
    service.start()
    assert front.tell("see", "Decaf Huila 250 g, €11.40, Sold out")
    assert front.tell("chip", "Synced")
    assert back.tell("chip", "Synced")
    assert (front.close(), back.close()) == (0, 0)
