"""Statements written once, for both databases of the service."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = re.compile(r"(?<!:):([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as each database wants it. PostgreSQL takes the values in the order of ``names``."""

    embedded: str
    postgres: str
    names: tuple[str, ...]


def statement(text: str, *, locks: str = "") -> Statement:
    """Take a statement with ``:named`` values.

    ``locks`` names the table whose rows are kept from others until the transaction ends; on a file, which has one
    writer, they are anyway.
    """
    names = tuple(dict.fromkeys(_NAME.findall(text)))
    numbered = _NAME.sub(lambda found: f"${names.index(found[1]) + 1}", text)
    return Statement(text, f"{numbered} FOR UPDATE OF {locks}" if locks else numbered, names)
