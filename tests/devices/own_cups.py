"""A printing system of our own: CUPS from Debian, on a socket of its own, with one raw queue to a port of loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.patience import until

_DAEMON = next((path for path in ("/usr/sbin/cupsd", "/usr/local/sbin/cupsd") if Path(path).exists()), None)
_CONFIG = """
Listen {folder}/cups.sock
DefaultAuthType None
WebInterface No
Browsing No
IdleExitTimeout 0
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {folder}
CacheDir {folder}/cache
StateDir {folder}
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
DocumentRoot {folder}
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
SystemGroup root lpadmin
"""


@contextmanager
def printing_system(folder: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run CUPS with one queue, whose printer listens at a port of loopback; the programs of CUPS find it."""
    if _DAEMON is None or shutil.which("lpadmin") is None or os.geteuid() != 0:
        pytest.skip("CUPS is not installed here, or this is not root: apt-get install cups cups-client")
    for name in ("cache", "spool/tmp"):
        (folder / name).mkdir(parents=True)
    (folder / "cupsd.conf").write_text(_CONFIG.format(folder=folder))
    (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))
    # CUPS prints as a user of its own, who has to get through to its files, however deep this run keeps them.
    for path in (folder, *folder.rglob("*"), *(path for path in folder.parents if not path.stat().st_mode & 0o001)):
        path.chmod(path.stat().st_mode | 0o055 if path.is_dir() else 0o644)
    daemon = subprocess.Popen(
        [_DAEMON, "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    monkeypatch.setenv("CUPS_SERVER", str(folder / "cups.sock"))
    try:
        until((folder / "cups.sock").exists)
        until(lambda: subprocess.run(["lpstat", "-r"], capture_output=True, check=False).returncode == 0)
        line = [
            "lpadmin",
            "-p",
            "Kitchen",
            "-E",
            "-v",
            f"socket://127.0.0.1:{port}",
            "-o",
            "printer-error-policy=retry-job",
        ]
        subprocess.run(line, check=True, capture_output=True)
        yield "Kitchen"
    finally:
        daemon.terminate()
        end = time.monotonic() + 20
        while daemon.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        if daemon.poll() is None:
            daemon.kill()
        daemon.wait()
