"""The file of rows that could not be imported: to be corrected and imported again."""

from __future__ import annotations

import csv
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from omsdesk.channels.product_files.reader import Sheet
from omsdesk.channels.product_files.rows import RowProblem


class UnwritableFolder(Exception):
    """The file of bad rows cannot be written; its text is one sentence for a person."""


class _Writer(Protocol):
    def writerow(self, row: list[str | int], /) -> object: ...


class ErrorFile:
    """Bad rows as they stand in the source, with line and reason, in a new file beside the source.

    The columns are the source's own, so the file can be imported like it once it is corrected. It comes into being
    with the first problem: an import without problems leaves nothing behind. ``path`` is nothing until then.
    """

    def __init__(self, sheet: Sheet, folder: Path | None = None) -> None:
        self.path: Path | None = None
        self._sheet = sheet
        self._folder = folder or sheet.path.parent
        self._file: IO[str] | None = None
        self._writer: _Writer | None = None

    def write(self, problem: RowProblem) -> None:
        """Add a row.

        Raises:
            UnwritableFolder: the folder is write-protected or the disk is full; another folder may do.

        """
        width = len(self._sheet.headers)
        values = [*problem.values[:width], *[""] * (width - len(problem.values))]
        beyond = problem.values[width:]
        try:
            writer = self._writer or self._opened()
            writer.writerow([*values, problem.line, problem.reason, *beyond])
        except OSError as error:
            raise self._unwritable(error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file.

        Raises:
            UnwritableFolder: the last rows did not fit on the disk.

        """
        if self._file is None:
            return
        try:
            self._file.close()
        except OSError as full:
            raise self._unwritable(full) from error

    def _unwritable(self, fault: OSError) -> UnwritableFolder:
        return UnwritableFolder(f"The rows with problems cannot be saved in “{self._folder}” ({fault}).")

    def _opened(self) -> _Writer:
        # An earlier file may be half corrected by now, so it is never written over. Excel needs the mark to see UTF-8.
        name = self._sheet.path
        stem = Path(name.stem).stem if name.suffix.lower() in {".gz", ".xz"} else name.stem
        for number in count(1):
            path = self._folder / f"{stem}-problems{f'-{number}' if number > 1 else ''}.csv"
            try:
                self._file = path.open("x", encoding="utf-8-sig", newline="")
            except FileExistsError:
                continue
            self.path = path
            break
        assert self._file is not None
        self._writer = csv.writer(self._file, delimiter=self._sheet.delimiter)
        self._writer.writerow([*self._sheet.headers, "line", "reason"])
        return self._writer
