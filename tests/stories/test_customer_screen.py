"""A screen for the customer on a real X server: plugged in, pulled out, turned, touched; the till keeps the keys.

The server's monitors are made and taken away by ``xrandr``, keys and clicks come from ``xdotool``. A till that runs
nothing but this has no window manager; a computer that does has one that places windows and gives them keys.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.patience import until
from tests.ui.till.shop import code_of, set_up
from tests.ui.x_server import x_server

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("xrandr", "xdotool")


@contextmanager
def managed(manager: str, environment: dict[str, str]) -> Iterator[None]:
    """Let a window manager run, if any."""
    if not manager:
        yield
        return
    with subprocess.Popen([manager], env=environment, stderr=subprocess.DEVNULL) as running:
        yield
        running.terminate()


class Shop:
    """The till's process, its server, and whoever pulls its cables."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.environment = environment
        self.run("xrandr", "--setmonitor", "TILL", "1366/361x768/203+0+0", "screen")
        command = [sys.executable, "-m", "tests.stories.customer_screen_process", str(folder)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def run(self, *command: str) -> None:
        subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def plug_in(self, width: int = 800, height: int = 480) -> None:
        self.run("xrandr", "--setmonitor", "CUSTOMER", f"{width}/200x{height}/120+1366+0", "none")

    def pull_out(self) -> None:
        self.run("xrandr", "--delmonitor", "CUSTOMER")

    def scan(self, product: str) -> None:
        """Scan with a scanner that is a keyboard."""
        self.run("xdotool", "type", "--delay", "3", f"{code_of(product)}\n")

    def touch(self, left: int, top: int) -> None:
        self.run("xdotool", "mousemove", str(left), str(top), "click", "1")

    def stand(self, asked: str = "?") -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{asked}\n")
        self.process.stdin.flush()
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def becomes(self, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until it stands so; gives all of it."""
        seen: list[dict[str, Any]] = []

        def look() -> bool:
            seen.append(self.stand())
            return is_so(seen[-1])

        try:
            until(look)
        except AssertionError:
            pytest.fail(f"it stands so: {seen[-1]}")
        return seen[-1]


@pytest.fixture(params=["", "openbox"], ids=["alone", "managed"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    lacking = [name for name in (*NEEDED, request.param) if name and shutil.which(name) is None]
    if lacking:
        pytest.skip(f"NOT TESTED: {', '.join(lacking)} missing. apt-get install x11-xserver-utils xdotool openbox")
    set_up(tmp_path, has_people=False)
    with x_server(room="2400x1000") as environment, managed(request.param, environment):
        made = Shop(tmp_path, environment)
        try:
            yield made
            assert made.process.stdin is not None
            made.process.stdin.write("\n")
            made.process.stdin.flush()
            assert made.process.wait(20) == 0, "the till's window is closed, so the program ends"
        finally:
            made.process.kill()
            made.process.communicate()


def test_the_screen_comes_and_goes_and_the_till_sells_on(shop: Shop) -> None:
    alone = shop.becomes(lambda it: it["has_keys"])
    assert not alone["is_there"]
    assert "It comes back by itself".lower() in alone["said"].lower()
    shop.scan("oat")
    shop.becomes(lambda it: it["lines"] == ["Oat milk 1 L"])
    shop.plug_in()
    there = shop.becomes(lambda it: it["is_there"] and it["customer_sees"])
    assert there["place"] == [1366, 0, 800, 480]
    assert there["said"] == ""
    assert there["offered"] == ["screen:CUSTOMER"]
    assert there["customer_sees"] == ["Oat milk 1 L"]
    shop.pull_out()
    shop.becomes(lambda it: not it["is_there"])
    shop.scan("mug")
    shop.becomes(lambda it: it["lines"] == ["Oat milk 1 L", "Travel mug 350 ml"])
    shop.plug_in(480, 800)
    shop.becomes(lambda it: it["place"] == [1366, 0, 480, 800])
    shop.scan("guji")
    stood = shop.becomes(lambda it: it["customer_sees"] == ["Oat milk 1 L", "Travel mug 350 ml", "Ethiopia Guji 250 g"])
    assert stood["place"] == [1366, 0, 480, 800]


def test_no_key_and_no_scan_is_lost_to_it(shop: Shop) -> None:
    shop.plug_in()
    shop.becomes(lambda it: it["is_there"] and it["has_keys"])
    shop.run("xdotool", "type", "--delay", "90", "mi")
    shop.touch(1366 + 400, 240)
    shop.scan("oat")
    shop.becomes(lambda it: it["lines"] == ["Oat milk 1 L"] and it["customer_sees"] == it["lines"])
    shop.run("xdotool", "type", "--delay", "90", "lk")
    stood = shop.becomes(lambda it: it["typed"] == "milk")
    assert stood["has_keys"]
    assert stood["field_has_focus"]


def test_it_is_never_on_the_cashiers_screen(shop: Shop) -> None:
    shop.plug_in()
    shop.becomes(lambda it: it["is_there"])
    shop.stand("move 1400")
    over = shop.becomes(lambda it: not it["is_there"])
    assert "shows the same as the till's" in over["said"]
    shop.stand("move 0")
    shop.becomes(lambda it: it["is_there"] and it["said"] == "")
