"""Databases that are encrypted from their first page, and who may open them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from omsdesk.store import encryption
from omsdesk.store.conversion import convert
from omsdesk.store.encryption import DatabaseKey, new_key
from tests.stories.shop_floor import a_days_work

ROOT = Path(__file__).resolve().parents[2]
WORDS = tuple(text.encode(coding) for text in ("Käse Nr.", "Dorfladen", "Kasse 1") for coding in ("utf-8", "utf-16-le"))
"""What a shop's database says to everybody, unless it is encrypted."""


@contextmanager
def no_keys() -> Iterator[None]:
    """Know no key, and nobody who does."""
    before = encryption._find
    encryption.find_keys_with(lambda _path, _name: None)
    encryption.forget_keys()
    try:
        yield
    finally:
        encryption._find = before
        encryption.forget_keys()


def a_secret_days_work(path: Path, actions: int = 60) -> DatabaseKey:
    """Make a database with a day's work in it that is encrypted; its key is in use."""
    a_days_work(path, actions)
    key = new_key()
    encryption.use(key)
    convert(path, key)
    return key


def says(path: Path, words: tuple[bytes, ...] = WORDS) -> list[str]:
    """List the files in a folder that hold any of the words."""
    files = [file for file in path.rglob("*") if file.is_file()]
    return [file.name for file in files if any(word in file.read_bytes() for word in words)]


def elsewhere(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a few lines in another process, which knows no key."""
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )
