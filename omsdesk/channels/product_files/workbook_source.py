"""Rows of a worksheet in an Office Open XML workbook (.xlsx, .xlsm), read as a stream."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import PROGRESS_EVERY, Progress, RawRow, UnreadableFile

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES = 1 << 32
MOST_ROWS = 1 << 20
"""The rows of a worksheet; a damaged file may name one far beyond, and reading would count up to it."""
_EXACT_DIGITS = 1e15
"""Up to here a spreadsheet's binary number is exact, and a whole number is written without point and exponent."""


@dataclass(frozen=True, slots=True)
class WorkbookSource:
    """One worksheet of a workbook."""

    path: Path
    sheet: str

    def rows(self, width: int, progress: Progress) -> Iterator[RawRow | RowProblem]:
        """Give all rows from the top; see ``Source.rows``. Cells become the text that a CSV export would hold."""
        with _opened(self.path) as (book, raw):
            total = self.path.stat().st_size
            sheet = book[self.sheet]
            # Some programs write a wrong size into the sheet, and rows beyond it would not be read.
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                if number > MOST_ROWS:
                    raise UnreadableFile(f"“{self.path.name}” has more rows than a worksheet can have. Save it again.")
                yield number, [_text(cell) for cell in cells]
                if not number % PROGRESS_EVERY:
                    progress(raw.tell(), total)
        progress(total, total)


def is_workbook(path: Path) -> bool:
    """Tell whether a file is a workbook rather than text.

    Raises:
        UnreadableFile: it is something between: an old or protected workbook, another kind of archive.

    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
            if start == _OLE:
                _refuse_ole(path, file)
    except OSError:
        return False
    if not start.startswith(_ZIP):
        return False
    _check_archive(path)
    return True


def sheet_names(path: Path) -> tuple[str, ...]:
    """Name the visible worksheets in their order, or all if none is visible.

    Raises:
        UnreadableFile: the workbook is damaged or has no worksheet.

    """
    with _opened(path) as (book, _):
        visible = tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible")
        names = visible or tuple(sheet.title for sheet in book.worksheets)
    if not names:
        raise UnreadableFile(f"“{path.name}” has no worksheet. Export the products again.")
    return names


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Workbook, IO[bytes]]]:
    from openpyxl import load_workbook

    try:
        with path.open("rb") as raw:
            # What openpyxl does not know (styles, checks, odd dates) it says here and while the rows are read.
            warnings.filterwarnings("ignore", module="openpyxl")
            book = load_workbook(raw, read_only=True, data_only=True, keep_links=False)
            try:
                yield book, raw
            finally:
                book.close()
    except UnreadableFile:
        raise
    except FileNotFoundError:
        raise UnreadableFile(f"“{path.name}” is not there any more. Choose the file again.") from None
    except Exception as error:  # noqa: BLE001 a damaged workbook makes openpyxl raise whatever there is
        reason = f"“{path.name}” is damaged ({type(error).__name__}). Save it again as .xlsx, or as CSV."
        raise UnreadableFile(reason) from None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT_DIGITS:
        return str(int(cell))
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell)


def _refuse_ole(path: Path, file: IO[bytes]) -> None:
    # The directory that names the streams may stand anywhere; protected workbooks are seldom large.
    if "EncryptedPackage".encode("utf-16-le") in file.read(1 << 26):
        raise UnreadableFile(f"“{path.name}” is protected by a password. Save it without one and choose it again.")
    raise UnreadableFile(f"“{path.name}” is in an old format of Excel (.xls). Save it as .xlsx or as CSV.")


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
        raise UnreadableFile(f"“{path.name}” is damaged or incomplete. Export it again.") from None
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableFile(f"“{path.name}” is protected by a password. Save it without one and choose it again.")
    if "content.xml" in names:
        raise UnreadableFile(f"“{path.name}” is an OpenDocument file. Save it as .xlsx or as CSV.")
    if "[Content_Types].xml" not in names:
        raise UnreadableFile(f"“{path.name}” is an archive. Unpack it and choose the file inside.")
    if sum(info.file_size for info in infos) > _MOST_BYTES:
        raise UnreadableFile(f"“{path.name}” unpacks to more than 4 GB. Split it and import the parts.")
