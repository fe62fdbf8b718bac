"""Where rows come from: the border between a kind of file and everything that reads rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeAlias

from omsdesk.channels.product_files.rows import RowProblem

RawRow: TypeAlias = tuple[int, Sequence[str]]
"""The line on which a row starts, and its values as text."""

Progress: TypeAlias = Callable[[int, int], None]
"""Called now and then with the bytes read and the bytes there are."""

PROGRESS_EVERY = 1_000
"""Rows between two calls of a ``Progress``: some fifty calls a second."""


class UnreadableFile(Exception):
    """A file that cannot be read at all; its text is one sentence for a person: what is wrong and what to do."""


def no_progress(_read: int, _total: int) -> None:
    """Take no notice of how far the reading is."""


class Source(Protocol):
    """A kind of file, opened and understood far enough to give its rows."""

    def rows(self, width: int, progress: Progress) -> Iterator[RawRow | RowProblem]:
        """Give all rows from the top, the headers among them; each call starts anew.

        ``width`` is how many values a row should have, 0 while nobody knows.

        Raises:
            UnreadableFile: the file breaks off, is damaged or has gone.

        """
        ...
