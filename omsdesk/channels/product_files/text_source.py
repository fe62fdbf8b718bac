"""Rows of delimited text: CSV, TSV and their relatives (RFC 4180, read as it is met and not as it is written).

Quotation marks are read strictly. Read loosely, a mark that nobody closed swallows the following rows into one value
and nobody notices. A row that breaks the rules is tried again alone, loosely; if that fails it becomes a problem and
reading goes on with the next line, so a stray mark costs one row and no more.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import PROGRESS_EVERY, Progress, RawRow, UnreadableFile
from omsdesk.channels.product_files.text_format import WESTERN, TextFormat, unpacked

LONGEST_LINE = 8_000_000
"""Characters in one line or value: room for a description with a picture inside, not for a file without line ends."""


@dataclass(frozen=True, slots=True)
class TextSource:
    """A delimited text file."""

    path: Path
    format: TextFormat

    def rows(self, width: int, progress: Progress) -> Iterator[RawRow | RowProblem]:
        """Give all rows from the top; see ``Source.rows``."""
        csv.field_size_limit(LONGEST_LINE)
        with unpacked(self.path, self.format.packing) as (raw, stream):
            total = self.path.stat().st_size
            text = io.TextIOWrapper(stream, self.format.encoding, WESTERN, newline="")
            try:
                for count, row in enumerate(_rows(_Lines(text, self.path), self.format.delimiter, width)):
                    yield row
                    if not count % PROGRESS_EVERY:
                        progress(raw.tell(), total)
            except UnicodeError:
                raise UnreadableFile(
                    f"“{self.path.name}” is not written in {self.format.encoding}. Choose another encoding."
                ) from None
            finally:
                text.detach()
        progress(total, total)


class _Lines:
    """The physical lines of a text, remembering those of the row that is being read so that it can be read again."""

    def __init__(self, text: IO[str], path: Path) -> None:
        self.path = path
        self.number = 0
        self.of_row: list[str] = []
        self._text = text
        self._again: deque[str] = deque()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) >= LONGEST_LINE:
            raise UnreadableFile(f"Line {self.number} of “{self.path.name}” never ends. This is no list of products.")
        if "\0" in line:
            line = line.replace("\0", "")
        self.of_row.append(line)
        return line

    def back_to_second_line(self) -> str:
        """Give the first line of the row that failed, and read on after it."""
        first, *others = self.of_row
        self._again.extendleft(reversed(others))
        self.number -= len(others)
        self.of_row.clear()
        return first


def _rows(lines: _Lines, delimiter: str, width: int) -> Iterator[RawRow | RowProblem]:
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = lines.number + 1
        try:
            for values in rows:
                yield start, values
                start = lines.number + 1
                lines.of_row.clear()
        except csv.Error:
            yield _read_alone(lines.back_to_second_line(), start, delimiter, width)
            rows = csv.reader(lines, delimiter=delimiter, strict=True)
        else:
            return


def _read_alone(line: str, number: int, delimiter: str, width: int) -> RawRow | RowProblem:
    """Read one line whose quotation marks do not match.

    Tab-separated files often know no quotation marks at all; elsewhere a mark inside a value was not doubled.
    """
    text = line.rstrip("\r\n")
    loose = next(csv.reader([text], delimiter=delimiter), [])
    if len(loose) == width and "\n" not in loose[-1]:
        return number, loose
    bare = text.split(delimiter)
    if delimiter == "\t" and len(bare) == width:
        return number, bare
    return RowProblem(number, "The quotation marks in this row do not match. Close or double them.", (text,))
