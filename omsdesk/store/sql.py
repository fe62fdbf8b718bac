"""Statements as text: compiled by SQLAlchemy once per version of the program, and remembered between runs.

Importing SQLAlchemy takes longer than opening the whole window, and executing through it costs two to three times what
the driver costs. So its Core writes and checks every statement, but what runs at the till is the text it wrote.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.sql import ClauseElement

_HERE = Path(__file__).parent
_remembered: dict[str, dict[str, str]] = {}
_cache_folder: Path | None = None


def remember_in(folder: Path) -> None:
    """Keep compiled statements in a folder, so that the next start need not compile them."""
    global _cache_folder  # noqa: PLW0603 - one per process, like the statements themselves
    _cache_folder = folder


class Statements:
    """The statements of one module of ``store.statements``, as text with ``:named`` parameters."""

    def __init__(self, module: str) -> None:
        """Name the module; nothing is loaded before a statement is wanted."""
        self._module = module

    def __getattr__(self, name: str) -> str:
        """Give the text of a statement by its name in the module."""
        texts = _remembered.get(self._module) or _recall(self._module)
        try:
            text = texts[name]
        except KeyError:
            message = f"omsdesk.store.statements.{self._module} has no statement {name}"
            raise AttributeError(message) from None
        setattr(self, name, text)
        return text


def compile_module(module: str) -> dict[str, str]:
    """Compile every statement of a module for SQLite."""
    from sqlalchemy.sql import ClauseElement

    found = vars(import_module(f"omsdesk.store.statements.{module}"))
    wanted = {name: found[name] for name in found if name.isupper() and not name.startswith("_")}
    return {name: _compile(value) if isinstance(value, ClauseElement) else str(value) for name, value in wanted.items()}


def _compile(statement: ClauseElement) -> str:
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.sql.compiler import SQLCompiler

    compiled = statement.compile(dialect=sqlite.dialect(paramstyle="named"))
    text = str(compiled)
    if not isinstance(compiled, SQLCompiler):
        return text
    # Constants are written out: SQLite uses a partial index only where it can see the value.
    for name, bind in compiled.binds.items():
        if bind.value is not None:
            text = re.sub(rf":{name}\b", _literal(bind.value), text)
    return text


def _literal(value: object) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def version() -> str:
    """Name the state of the sources that the statements are written in, by what they say: dates can be anything."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for folder in ("statements", "tables"):
        for file in sorted((_HERE / folder).glob("*.py")):
            digest.update(file.name.encode() + b"\n" + file.read_bytes())
    return digest.hexdigest()[:16]


def _recall(module: str) -> dict[str, str]:
    if not _remembered and _cache_folder is not None:
        _remembered.update(_read(_cache_file(_cache_folder)))
    if module not in _remembered:
        _remembered[module] = compile_module(module)
        if _cache_folder is not None:
            _write(_cache_file(_cache_folder))
    return _remembered[module]


def _cache_file(folder: Path) -> Path:
    return folder / f"statements-{version()}.json"


def _read(file: Path) -> dict[str, dict[str, str]]:
    try:
        texts: dict[str, dict[str, str]] = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return texts


def _write(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for old in file.parent.glob("statements-*.json"):
            if old != file:
                old.unlink(missing_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(_remembered), encoding="utf-8")
        fresh.replace(file)
    except OSError:
        # A cache that cannot be written costs the next start some time and nothing else.
        return
