"""Opening a product file of any kind: where its table starts, what its columns are called, its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from omsdesk.channels.product_files.layouts.synonyms import COLUMN_WORDS, folded
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import Progress, RawRow, Source, UnreadableFile, no_progress
from omsdesk.channels.product_files.text_format import text_format
from omsdesk.channels.product_files.text_source import TextSource
from omsdesk.channels.product_files.workbook_source import WorkbookSource, is_workbook, sheet_names

__all__ = ["SAMPLE_ROWS", "Sheet", "UnreadableFile", "open_file"]

SAMPLE_ROWS = 100
"""Rows that recognition, guessing and a preview look at."""
_ROWS_BEFORE_HEADERS = 20
_KNOWN_NAMES = 2
"""Names of columns that make a row the headers: one may stand in a title, too."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose headers and first rows are known; the file is opened anew whenever its rows are read.

    ``name`` and ``names`` are the worksheets of a workbook, nothing for text. ``delimiter`` is a comma for workbooks.
    """

    path: Path
    source: Source
    headers: tuple[str, ...]
    header_line: int
    sample: tuple[tuple[str, ...], ...]
    delimiter: str = ","
    encoding: str = ""
    name: str = ""
    names: tuple[str, ...] = ()

    def rows(self, progress: Progress = no_progress) -> Iterator[RawRow | RowProblem]:
        """Give the rows below the headers, each with exactly one value per header; empty rows are left out.

        Raises:
            UnreadableFile: the file breaks off, is damaged or has gone.

        """
        width = len(self.headers)
        for row in self.source.rows(width, progress):
            if isinstance(row, RowProblem):
                if row.line > self.header_line:
                    yield row
                continue
            line, values = row
            if line <= self.header_line or not any(map(str.strip, values)):
                continue
            # Beside a worksheet's table stand notes; in text, a value too many has shifted all the others.
            known = values[:width] if self.name else values
            yield (line, known) if len(known) == width else _fitted(line, known, width)


def open_file(path: Path, *, sheet: str = "", encoding: str = "", delimiter: str = "") -> Sheet:
    """Open a product file; what is not given is found out from the file.

    Raises:
        UnreadableFile: nothing can be read, with the sentence that says why.

    """
    if path.is_dir():
        raise UnreadableFile(f"“{path.name}” is a folder. Choose the file inside.")
    if is_workbook(path):
        names = sheet_names(path)
        if sheet and sheet not in names:
            raise UnreadableFile(f"“{path.name}” has no worksheet “{sheet}”, only {', '.join(names)}.")
        chosen = sheet or names[0]
        headers, line, sample = _look(path, WorkbookSource(path, chosen))
        return Sheet(path, WorkbookSource(path, chosen), headers, line, sample, name=chosen, names=names)
    form = text_format(path, encoding=encoding, delimiter=delimiter)
    headers, line, sample = _look(path, TextSource(path, form))
    return Sheet(path, TextSource(path, form), headers, line, sample, form.delimiter, form.encoding)


def _look(path: Path, source: Source) -> tuple[tuple[str, ...], int, tuple[tuple[str, ...], ...]]:
    """Find the headers: the first row that has values in at least half as many columns as any near it.

    Programs write titles, dates and instructions above the headers. A row above that names columns of a product list
    is the headers all the same, however few of the columns have a name.
    """
    first = []
    for row in source.rows(0, no_progress):
        if not isinstance(row, RowProblem) and any(value.strip() for value in row[1]) and not _is_hint(row[1]):
            first.append(row)
        if len(first) == SAMPLE_ROWS + _ROWS_BEFORE_HEADERS:
            break
    if not first:
        raise UnreadableFile(f"“{path.name}” has no rows. Export the products again.")
    filled = [sum(bool(value.strip()) for value in values) for _, values in first[:_ROWS_BEFORE_HEADERS]]
    full = next(index for index, count in enumerate(filled) if count * 2 >= max(filled))
    at = next((index for index in range(full) if _names_columns(first[index][1])), full)
    line, names = first[at]
    headers = tuple(" ".join(name.replace("\ufeff", "").split()) for name in names)
    rows = [values for _, values in first[at + 1 :]]
    while headers and not headers[-1] and not _has_values(rows, len(headers) - 1):
        headers = headers[:-1]
    fitted = (_fitted(number, values, len(headers)) for number, values in first[at + 1 :])
    sample = tuple(tuple(row[1]) for row in fitted if not isinstance(row, RowProblem))
    return headers, line, sample[:SAMPLE_ROWS]


def _names_columns(values: Sequence[str]) -> bool:
    known = {folded(value) for value in values} & COLUMN_WORDS
    return len(known) >= _KNOWN_NAMES


def _has_values(rows: Sequence[Sequence[str]], column: int) -> bool:
    return any(column < len(values) and values[column].strip() for values in rows)


def _is_hint(values: Sequence[str]) -> bool:
    """Recognise the line ``sep=;``, which is for programs: it falls apart at the delimiter that it names."""
    return values[0].lstrip("\ufeff").lower().startswith("sep=") and len(values) <= 2


def _fitted(line: int, values: Sequence[str], width: int) -> RawRow | RowProblem:
    """Give a row as many values as there are headers.

    Programs leave out empty values at the end, so a short row is filled up; but a single value in a wide table is a
    title or the torn half of a row, and values beyond the headers mean that a value holds the delimiter.
    """
    if len(values) == 1 and width > 2:
        return RowProblem(line, f"This row has a single value where {width} columns are expected.", tuple(values))
    if any(value.strip() for value in values[width:]):
        reason = f"This row has {len(values)} values for {width} columns. Put values with a comma in quotation marks."
        return RowProblem(line, reason, tuple(values))
    return line, [*values[:width], *[""] * (width - len(values))]
