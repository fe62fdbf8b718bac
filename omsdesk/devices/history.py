"""What happened to each device of this computer: when it was lost, why, how often it came back, what it read.

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
    from omsdesk.domain.values import Stamp
    from omsdesk.settings import DeviceSetting

_LOG = logging.getLogger(__name__)

FILE = "devices.json"
MOST_FAULTS = 30
"""Faults that are remembered of each device, the newest."""
MOST_DAYS = 31
"""Days that are remembered of each device, the newest."""


@record
class Fault:
    """Something that went wrong: when (UTC milliseconds), and the sentence that was said."""

    at_ms: int
    sentence: str


@record
class Day:
    """How much of what there was on a day (ISO 8601)."""

    day: str
    scans: int = 0
    failures: int = 0
    """How often it was lost or could not go on."""


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
    days: tuple[Day, ...] = ()
    """Those on which there was something, the newest first."""
    is_lost: bool = False
    """Whether it was out of order when it was heard of last."""


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

    def note_fault(self, device: str, sentence: str, at: Stamp) -> None:
        """Note why a device is out of order; as long as it is, that is one failure, and each reason stands once."""
        with self._lock:
            account = self._begun(device, at)
            if not account.is_lost:
                account = replace(account, losses=account.losses + 1, days=_with(account, at.day, failures=1))
            elif account.faults and account.faults[0].sentence == sentence:
                return
            faults = (Fault(at.utc_ms, sentence), *account.faults)[:MOST_FAULTS]
            self._accounts[device] = replace(account, faults=faults, is_lost=True)

    def note_back(self, device: str, at: Stamp) -> None:
        """Note that a device is well, whether it was lost before or not."""
        with self._lock:
            account = self._begun(device, at)
            self._accounts[device] = replace(account, reconnects=account.reconnects + account.is_lost, is_lost=False)

    def note_scan(self, device: str, at: Stamp) -> None:
        """Count a scan."""
        with self._lock:
            account = self._begun(device, at)
            self._accounts[device] = replace(account, scans=account.scans + 1, days=_with(account, at.day, scans=1))

    def save(self) -> None:
        """Write the file; the old one is there until the new one is whole. A full disk loses no more than this."""
        fresh = self._file.with_suffix(f".{os.getpid()}")
        # One after the other from the first to the last step: what was known earlier never replaces what is known now.
        with self._saving:
            with self._lock:
                text = json.dumps({device: asdict(account) for device, account in self._accounts.items()}, indent=1)
            try:
                fresh.write_text(text, encoding="utf-8")
                fresh.replace(self._file)
            except OSError:
                _LOG.warning("The history of the devices cannot be written.", exc_info=True)

    def _begun(self, device: str, at: Stamp) -> Account:
        return self._accounts.get(device, Account(at.utc_ms))


def _with(account: Account, day: str, scans: int = 0, failures: int = 0) -> tuple[Day, ...]:
    """Add to a day of an account."""
    known = next((row for row in account.days if row.day == day), Day(day))
    others = [row for row in account.days if row.day != day]
    added = Day(day, known.scans + scans, known.failures + failures)
    return tuple(sorted((added, *others), key=lambda row: row.day, reverse=True)[:MOST_DAYS])


def _read(file: Path) -> dict[str, Account]:
    try:
        found: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
        return {device: _account(rows) for device, rows in found.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _account(rows: dict[str, Any]) -> Account:
    faults = tuple(Fault(int(row["at_ms"]), str(row["sentence"])) for row in rows["faults"])
    numbers = {name: int(rows.get(name, 0)) for name in ("since_ms", "losses", "reconnects", "scans")}
    days = tuple(Day(str(row["day"]), int(row["scans"]), int(row["failures"])) for row in rows.get("days", ()))
    return Account(**numbers, faults=faults, days=days, is_lost=bool(rows.get("is_lost", False)))
