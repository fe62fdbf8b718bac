"""An X server without a screen, for what only real events of the system show."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NEEDED = ("Xvfb", "setxkbmap", "xkbcomp")


@contextmanager
def x_server(layout: str = "us", room: str = "1366x768") -> Iterator[dict[str, str]]:
    """Start a server with a keyboard's layout, and give the environment of programs on it; skips where none is."""
    lacking = [name for name in NEEDED if shutil.which(name) is None]
    if lacking:
        pytest.skip(
            f"NOT TESTED: {', '.join(lacking)} missing. apt-get install xvfb x11-xkb-utils libxcb-cursor0 libxtst6"
        )
    read, write = os.pipe()
    # A key that a busy machine lets go late must not be taken for one that is held down: -r.
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{room}x24", "-nolisten", "tcp", "-noreset", "-r"]
    with subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read) as pipe:
                display = f":{pipe.readline().strip()}"
            kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "XDG_SESSION"))}
            environment = kept | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(Path.cwd())}
            subprocess.run(["setxkbmap", layout], env=environment, check=True)
            yield environment
        finally:
            server.terminate()
