"""What happened to each device of this computer: when it was lost, why, and how often it came back.

It is about this computer and no fact of the shop, so it stands in a small file beside the settings and in no journal.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omsdesk.domain.records import record

if TYPE_CHECKING:
    from omsdesk.settings import DeviceSetting

_LOG = logging.getLogger(__name__)

FILE = "devices.json"
MOST_FAULTS = 30
"""Faults that are remembered of each device, the newest."""


@record
class Fault:
    """Something that went wrong: when (UTC milliseconds), and the sentence that was said."""

    at_ms: int
    sentence: str


@record
class Account:
    """What is known of one device."""

    since_ms: int = 0
    """When it was heard of first; 0 where it never was."""
    losses: int = 0
    reconnects: int = 0
    scans: int = 0
    faults: tuple[Fault, ...] = ()
    """The newest first."""


def device_key(setting: DeviceSetting) -> str:
    """Name a device for its history: it stays the same whatever role it plays."""
    return f"{setting.driver} {setting.address}"


class History:
    """Any thread may call it. What is noted is in the file once ``save`` was called."""

    def __init__(self, folder: Path) -> None:
        """Read what was noted before; a file that cannot be read begins anew."""
        self._file = folder / FILE
        self._lock = threading.Lock()
        self._saving = threading.Lock()
        self._accounts = _read(self._file)

    def account(self, device: str) -> Account:
        """Give what is known of a device."""
        with self._lock:
            return self._accounts.get(device, Account())

    def note_fault(self, device: str, sentence: str, at_ms: int) -> None:
        """Note that something went wrong; the same as the newest is noted once, with its first moment."""
        with self._lock:
            account = self._begun(device, at_ms)
            if account.faults and account.faults[0].sentence == sentence:
                return
            faults = (Fault(at_ms, sentence), *account.faults)[:MOST_FAULTS]
            self._accounts[device] = replace(account, losses=account.losses + 1, faults=faults)

    def note_back(self, device: str, at_ms: int, *, was_lost: bool) -> None:
        """Note that a device is there, whether it was lost before or not."""
        with self._lock:
            account = self._begun(device, at_ms)
            self._accounts[device] = replace(account, reconnects=account.reconnects + was_lost)

    def note_scan(self, device: str, at_ms: int) -> None:
        """Count a scan."""
        with self._lock:
            account = self._begun(device, at_ms)
            self._accounts[device] = replace(account, scans=account.scans + 1)

    def save(self) -> None:
        """Write the file; the old one is there until the new one is whole. A full disk loses no more than this."""
        with self._lock:
            text = json.dumps({device: asdict(account) for device, account in self._accounts.items()}, indent=1)
        fresh = self._file.with_suffix(f".{os.getpid()}")
        try:
            with self._saving:
                fresh.write_text(text, encoding="utf-8")
                fresh.replace(self._file)
        except OSError:
            _LOG.warning("The history of the devices cannot be written.", exc_info=True)

    def _begun(self, device: str, at_ms: int) -> Account:
        return self._accounts.get(device, Account(at_ms))


def _read(file: Path) -> dict[str, Account]:
    try:
        found: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
        return {device: _account(rows) for device, rows in found.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _account(rows: dict[str, Any]) -> Account:
    faults = tuple(Fault(int(row["at_ms"]), str(row["sentence"])) for row in rows["faults"])
    numbers = {name: int(rows.get(name, 0)) for name in ("since_ms", "losses", "reconnects", "scans")}
    return Account(**numbers, faults=faults)
