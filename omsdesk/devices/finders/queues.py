"""Printers that the system drives: CUPS on Linux and macOS, the spooler on Windows."""

from __future__ import annotations

import shutil
import subprocess
import sys

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found

_SECONDS = 5


def look() -> list[Found]:
    """List the queues."""
    names = _of_windows() if sys.platform == "win32" else _of_cups()
    return [Found(Address(Bus.QUEUE, name), name, {"device": device}) for name, device in sorted(names.items())]


def _of_cups() -> dict[str, str]:
    """Ask CUPS; a line reads ``device for Kitchen: socket://192.168.1.50:9100``."""
    program = shutil.which("lpstat")
    if program is None:
        return {}
    try:
        said = subprocess.run(  # noqa: S603 - a program of the system, by its full path
            [program, "-v"], capture_output=True, text=True, timeout=_SECONDS, check=False, env=plain_words()
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return {}
    rows = (line.removeprefix("device for ").partition(": ") for line in said.splitlines() if ": " in line)
    return {name: device for name, _, device in rows}


def plain_words() -> dict[str, str]:
    """Give the environment in which programs of the system answer in English."""
    import os

    return {**os.environ, "LC_ALL": "C"}


def _of_windows() -> dict[str, str]:
    from omsdesk.devices.wires.winspool import queues

    return queues()
