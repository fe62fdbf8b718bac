"""The one collection that all tables belong to, and the columns they share."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Text

metadata = MetaData()


def text(name: str, *, default: str | None = "") -> Column[str]:
    """Make a text column that is never null; ``default=None`` demands a value."""
    return Column(name, Text, nullable=False, server_default=default)


def whole(name: str, *, default: int | None = 0) -> Column[int]:
    """Make an integer column that is never null: money in minor units, quantities in millionths, truth as 0 or 1."""
    return Column(name, Integer, nullable=False, server_default=None if default is None else str(default))


def key(name: str) -> Column[str]:
    """Make a column of a text primary key."""
    return Column(name, Text, primary_key=True, nullable=False)
