"""From the command to a till that can be used, and its memory: in processes of their own, without a screen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measure import Row, Spread, spread
from tests.benchmarks.shops import Shops

_TIMES = 9
_GOAL = 2.5

_FLOOR = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1366, 768)
window.show()
window.repaint()
app.processEvents()
"""

_TILL = """
import gc
gc.disable()
import sys
from dataclasses import replace
from pathlib import Path
from omsdesk.settings import Settings
import omsdesk.app as root
from omsdesk.store.sql import remember_in
remember_in(Path(sys.argv[1]) / "cache")
app = root.application(Settings(Path(sys.argv[1])))
desktop = root.Desktop(Settings(Path(sys.argv[1])))
desktop.window.resize(1366, 768)
desktop.window.show()
app.processEvents()
"""

_END = """
import json, os, time
spent = time.time_ns() - int(os.environ["BEGAN_NS"])
from tests.benchmarks.memory import own_megabytes
print(json.dumps({"seconds": spent / 1e9, "own": own_megabytes()}), flush=True)
os._exit(0)
"""


def starting(shops: Shops, size: int) -> list[Row]:
    """Start an empty window and the till in turns, each until it is painted."""
    with tempfile.TemporaryDirectory(dir=shops.folder) as folder:
        shutil.copyfile(shops.shop(size), Path(folder) / "shop.db")
        runs = [(_run(_FLOOR, folder), _run(_TILL, folder)) for _ in range(_TIMES + 1)][1:]
    floor = spread(low["seconds"] for low, _ in runs)
    ours = spread(high["seconds"] for _, high in runs)
    memory = max(high["own"] for _, high in runs)
    least = max(low["own"] for low, _ in runs)
    return [
        Row("start until painted", f"{size:,}", ours, f"<= {_GOAL}x", ours.p50 <= _GOAL * floor.p50, floor),
        Row(
            "memory after the start",
            f"{size:,}",
            Spread(memory, memory),
            "< 200 MB",
            memory < 200,
            Spread(least, least),
            "MB",
        ),
    ]


def _run(program: str, folder: str) -> dict[str, float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "BEGAN_NS": str(time.time_ns())}
    # A till has its modules compiled; whoever set this for tests has not.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", program + _END, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
