"""What is missing on this machine, and what to do about it: one finding per thing that the till needs."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from ctypes import CDLL
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from omsdesk.domain.values import Stamp
from omsdesk.resource_files import resource
from omsdesk.settings import BrokenSettings, Settings, load, unknown_names
from omsdesk.store import journal
from omsdesk.store.conversion import readable_beside
from omsdesk.store.encryption import key_name
from omsdesk.store.engine import StoreFailure, open_reader, plainly
from omsdesk.store.migrate import NEWEST, shape_of
from omsdesk.store.queries.till import shop_of, station, till_of

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt loads on Linux, and the Debian package that holds it."""
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What a window needs besides, on an X11 screen."""

_MEGABYTE = 1_000_000
_LITTLE_SPACE = 100 * _MEGABYTE
_SOME_SPACE = 1000 * _MEGABYTE
_BUILT_MS = 1_767_225_600_000
"""The first moment of 2026: a clock before it cannot be right."""
_SCRIPTS = {"Chinese and Japanese": "漢", "Korean": "한", "Arabic": "ع", "Hebrew": "א", "Thai": "ก", "Hindi": "क"}


class Health(StrEnum):
    """How it is with one thing."""

    FINE = "fine"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; the sentence says how it is and, unless all is well, what to do."""

    subject: str
    health: Health
    sentence: str


def examine(folder: Path, now: Stamp) -> Iterator[Finding]:
    """Look at everything that a station in this folder needs; takes a few seconds where a printer does not answer."""
    settings = Settings(folder)
    try:
        settings = load(folder)
        yield _settings(folder)
    except BrokenSettings as error:
        yield Finding("settings", Health.BAD, str(error))
    yield _folder(folder)
    yield _disk_space(folder)
    if settings.database_path.exists():
        yield _encryption(settings.database_path)
    yield from _database(settings.database_path, now)
    yield _qt()
    if sys.platform == "linux":
        yield _libraries()
    yield _fonts()
    yield _printer(settings)


def is_there_a_screen() -> bool:
    """Tell whether a window could be shown."""
    return sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


def _settings(folder: Path) -> Finding:
    unknown = unknown_names(folder)
    if unknown:
        names = ", ".join(unknown)
        return Finding("settings", Health.NOTE, f"The settings file has names that mean nothing: {names}. Misspelt?")
    return Finding("settings", Health.FINE, "The settings can be read.")


def _folder(folder: Path) -> Finding:
    if not folder.exists():
        return Finding("folder", Health.NOTE, f"{folder} is made at the first start.")
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding("folder", Health.FINE, f"{folder} can be written.")
    except OSError as fault:
        why = fault.strerror or str(fault)
        return Finding("folder", Health.BAD, f"{folder} cannot be written ({why}). Give this user the right to it.")


def _disk_space(folder: Path) -> Finding:
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    amount = f"{free // _MEGABYTE:,} MB are free"
    if free < _LITTLE_SPACE:
        return Finding("disk space", Health.BAD, f"Only {amount}. Delete something before the till cannot save.")
    if free < _SOME_SPACE:
        return Finding("disk space", Health.NOTE, f"Only {amount}. Make space soon.")
    return Finding("disk space", Health.FINE, f"{amount}.")


def _database(path: Path, now: Stamp) -> Iterator[Finding]:
    if not path.exists():
        yield Finding("database", Health.NOTE, f"{path} is made at the first start.")
        yield _clock(now, 0)
        return
    try:
        with plainly(), closing(open_reader(path)) as reader:
            shape, newest_ms = shape_of(reader), 0
            if shape != NEWEST:
                yield _other_shape(path, shape)
            else:
                last, newest_ms = journal.last_position(reader), journal.last_moment(reader)
                where = station(reader)
                till, shop = till_of(reader, where.till), shop_of(reader, where.till)
                name = f"{shop.name}, {till.name if till else 'back office'}" if shop else "no shop is set up yet"
                size = f"{path.stat().st_size // _MEGABYTE:,} MB"
                yield Finding("database", Health.FINE, f"{path}: {name}; {last:,} entries, {size}.")
        yield _clock(now, newest_ms)
    except (StoreFailure, ValueError, LookupError, TypeError) as fault:
        yield Finding("database", Health.BAD, f"{path}: {fault} “omsdesk verify” tells more.")


def _encryption(path: Path) -> Finding:
    if key_name(path) is None:
        return Finding("encryption", Health.FINE, "The database is not encrypted. “omsdesk encrypt” does that.")
    readable = readable_beside(path)
    if readable:
        names = ", ".join(file.name for file in readable)
        sentence = f"The database is encrypted, these files beside it are not: {names}. Delete them or move them away."
        return Finding("encryption", Health.NOTE, sentence)
    return Finding("encryption", Health.FINE, "The database is encrypted.")


def _other_shape(path: Path, shape: str) -> Finding:
    if not shape:
        return Finding("database", Health.BAD, f"{path} is not a database of omsdesk. Move it away.")
    if shape > NEWEST:
        return Finding("database", Health.BAD, f"A newer version made {path}. Update this program.")
    return Finding("database", Health.NOTE, f"{path} is brought from shape {shape} to {NEWEST} at the next start.")


def _clock(now: Stamp, newest_ms: int) -> Finding:
    time = f"{now.local:%Y-%m-%d %H:%M}"
    if now.utc_ms < _BUILT_MS:
        return Finding("clock", Health.BAD, f"The clock says {time}, which is past. Set date and time.")
    if now.utc_ms < newest_ms:
        minutes = (newest_ms - now.utc_ms) // 60_000 + 1
        sentence = f"The clock says {time}, {minutes:,} minutes before the newest entry. Set date and time."
        return Finding("clock", Health.BAD, sentence)
    return Finding("clock", Health.FINE, f"It is {time}.")


def _qt() -> Finding:
    if find_spec("PySide6") is None:
        return Finding("Qt", Health.BAD, "PySide6 is not installed. Install it: pip install PySide6-Essentials.")
    try:
        found = version("PySide6-Essentials")
    except PackageNotFoundError:
        return Finding("Qt", Health.FINE, "PySide6 is there.")
    if found.startswith("6.12.0"):
        return Finding("Qt", Health.BAD, f"PySide6 {found} may end the program. Install one below 6.12.")
    return Finding("Qt", Health.FINE, f"PySide6 {found}.")


def _libraries() -> Finding:
    wanted = QT_LIBRARIES | (WINDOW_LIBRARIES if os.environ.get("DISPLAY") else {})
    missing = [library for library in wanted if not _loads(library)]
    if missing:
        packages = " ".join(dict.fromkeys(wanted[library] for library in missing))
        sentence = f"Qt misses {', '.join(missing)}. Install on Debian: apt install {packages}."
        return Finding("libraries", Health.BAD, sentence)
    if not is_there_a_screen():
        return Finding("libraries", Health.NOTE, "There is no screen: start omsdesk where one is, or demo --offscreen.")
    return Finding("libraries", Health.FINE, "Every library that Qt needs is there.")


def _loads(library: str) -> bool:
    try:
        CDLL(library)
    except OSError:
        return False
    return True


def _fonts() -> Finding:
    from omsdesk.documents.fonts import runs

    try:
        for name in ("Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold"):
            resource(f"fonts/{name}.ttf")
        without = [script for script, letter in _SCRIPTS.items() if not all(run.is_covered for run in runs(letter))]
    except OSError as error:
        return Finding("fonts", Health.BAD, str(error))
    if without:
        sentence = (
            f"No font for {', '.join(without)}: such names are printed as boxes. Install a font if you need them."
        )
        return Finding("fonts", Health.NOTE, sentence)
    return Finding("fonts", Health.FINE, "There are fonts for every script that was tried.")


def _printer(settings: Settings) -> Finding:
    from omsdesk.devices.chosen import ON_SCREEN, printer_of, receipt_printer
    from omsdesk.devices.ports import DeviceError

    setting = receipt_printer(settings)
    if setting.driver == ON_SCREEN.driver:
        return Finding("printer", Health.NOTE, "Receipts are shown on the screen: no printer is set up.")
    try:
        status = printer_of(setting, settings.folder).status()
    except DeviceError as fault:
        return Finding("printer", Health.BAD, fault.sentence)
    return Finding("printer", Health.FINE if status.can_print else Health.BAD, f"{setting.address}: {status.sentence}")
