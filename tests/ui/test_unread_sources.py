"""A start reads no source: what Qt for Python would look for there is not in it."""

from __future__ import annotations

import os
import subprocess
import sys

_START = """
import linecache
import omsdesk.app
print(*(name for name in linecache.cache if "omsdesk" in name), sep="\\n")
"""


def test_no_source_of_ours_is_read_at_a_start() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _START], capture_output=True, text=True, check=True, env=environment, timeout=60
    )
    assert [line for line in done.stdout.splitlines() if line and "unread_sources" not in line] == []
