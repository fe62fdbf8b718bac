"""Finding out how a text file is written: packing, encoding, delimiter.

Opening reads the file through once. That proves that a packed file can be unpacked to its end, and it is the only way
to know the encoding: the first accented letter may stand in the last row.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import lzma
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from omsdesk.channels.product_files.source import UnreadableFile

DELIMITERS = ",;\t|"
CP1252 = "cp1252"
UTF8 = "utf-8"
_HEAD = 1 << 16
_ROWS = 200
_MOST = 0.8
_CHUNK = 1 << 20
_MOST_BYTES = 1 << 32
_DAMAGED = (OSError, EOFError, zlib.error, lzma.LZMAError)

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_STRAYS = re.compile("[\udc80-\udcff]")
_HINT = re.compile(rf"\ufeff?\"?sep=([{DELIMITERS}])", re.IGNORECASE)
"""What a spreadsheet program writes into the first line to tell the next one how to read."""


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that do not fit as Windows' western letters, and what even those lack as ISO 8859-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    try:
        return stray.decode(CP1252), error.end
    except UnicodeDecodeError:
        return stray.decode("latin-1"), error.end


WESTERN = "omsdesk.western"
"""The codec error handler that loses no byte."""
codecs.register_error(WESTERN, _as_western)


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How a text file is written; ``packing`` is ``gz``, ``xz`` or nothing."""

    packing: str
    encoding: str
    delimiter: str


@contextmanager
def unpacked(path: Path, packing: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Open a file: the bytes as they lie on disk (whose position is the progress), and unpacked.

    Raises:
        UnreadableFile: the file is missing, forbidden, damaged or breaks off; also while it is being read.

    """
    try:
        with path.open("rb") as raw:
            if packing == "gz":
                with gzip.GzipFile(fileobj=raw) as stream:
                    yield raw, cast("IO[bytes]", stream)
            elif packing == "xz":
                with lzma.LZMAFile(raw) as stream:
                    yield raw, cast("IO[bytes]", stream)
            else:
                yield raw, raw
    except FileNotFoundError:
        raise UnreadableFile(f"“{path.name}” is not there any more. Choose the file again.") from None
    except PermissionError:
        raise UnreadableFile(f"“{path.name}” may not be opened. Close it in other programs or copy it.") from None
    except _DAMAGED as error:
        raise UnreadableFile(f"“{path.name}” is damaged or incomplete ({error}). Export it again.") from None


def text_format(path: Path, *, encoding: str = "", delimiter: str = "") -> TextFormat:
    """Find out how a text file is written; what the caller knows already is believed.

    Raises:
        UnreadableFile: the file is empty, damaged, no text, or in an encoding that does not exist.

    """
    packing = _packing(path)
    with unpacked(path, packing) as (_, stream):
        head = stream.read(_HEAD)
        encoding = encoding or _encoding(path, head, stream)
    text = _decoded(path, head, encoding)
    _refuse_what_is_no_table(path, text)
    return TextFormat(packing, encoding, delimiter or guess_delimiter(text.replace("\0", "")))


def guess_delimiter(text: str) -> str:
    """Tell which character parts the values: the one that cuts most rows into as many parts as the first.

    The first line may name it (``sep=;``), as spreadsheet programs write and read.
    """
    hint = _HINT.match(text)
    return hint[1] if hint else max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[bool, float]:
    """How well a delimiter fits: whether the first row already has the parts that most rows have, and how many.

    In a table parted by semicolons the decimal commas may outnumber the columns, but the headers have none.
    """
    widths: list[int] = []
    try:
        for values in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            widths += [len(values)] if values else []
            if len(widths) == _ROWS:
                break
    except csv.Error:
        pass
    if len(widths) > 2:
        widths.pop()  # the sample may end within a row
    width, count = Counter(widths).most_common(1)[0] if widths else (1, 0)
    share = count / max(len(widths), 1)
    return width > 1 and widths[0] == width and share > _MOST, (width - 1) * share


def _packing(path: Path) -> str:
    with unpacked(path, "") as (_, stream):
        magic = stream.read(6)
    return "gz" if magic[:2] == b"\x1f\x8b" else "xz" if magic == b"\xfd7zXZ\0" else ""


def _decoded(path: Path, head: bytes, encoding: str) -> str:
    try:
        "".encode(encoding)  # refuses what is no text encoding
        return codecs.getincrementaldecoder(encoding)(WESTERN).decode(head)
    except (LookupError, UnicodeError):
        raise UnreadableFile(f"“{path.name}” is not written in {encoding}. Choose another encoding.") from None


def _refuse_what_is_no_table(path: Path, head: str) -> None:
    text = head.replace("\0", "").lstrip("\ufeff \t\r\n")
    if not text:
        raise UnreadableFile(f"“{path.name}” is empty. Export the products again.")
    if text[:20].lower().startswith(("<!doctype", "<html", "<table", "<?xml")):
        raise UnreadableFile(f"“{path.name}” is a web page or XML, not a table. Save it as CSV or .xlsx.")
    odd = len(_CONTROLS.findall(text))
    if (odd > 2 and odd * 50 > len(text)) or head.count("\0") * 10 > len(head):
        raise UnreadableFile(f"“{path.name}” is not a table of text. Export the products as CSV or .xlsx.")


def _encoding(path: Path, head: bytes, rest: IO[bytes]) -> str:
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if head.startswith(mark)), "") or _wide(head)
    foreign, known = _survey(path, head, rest)
    # A single bad byte in UTF-8 must not turn every accent of the file into two wrong letters.
    return marked or (UTF8 if known >= foreign else CP1252)


def _wide(head: bytes) -> str:
    """Recognise UTF-16 without its mark: every second byte of western text is a zero."""
    even, odd, pairs = head[::2].count(0), head[1::2].count(0), len(head) // 2
    if pairs < 2 or (even * 3 > pairs) == (odd * 3 > pairs):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _survey(path: Path, head: bytes, rest: IO[bytes]) -> tuple[int, int]:
    """Read to the end and count the bytes that UTF-8 cannot have, and the letters beyond ASCII that it gives."""
    decoder = codecs.getincrementaldecoder(UTF8)("surrogateescape")
    size, strays, beyond, chunk = 0, 0, 0, head
    while chunk:
        size += len(chunk)
        if size > _MOST_BYTES:
            raise UnreadableFile(f"“{path.name}” unpacks to more than 4 GB. Split it and import the parts.")
        if not chunk.isascii():
            text = decoder.decode(chunk)
            strays += len(_STRAYS.findall(text))
            beyond += len(text) - len(text.encode("ascii", "ignore"))
        chunk = rest.read(_CHUNK)
    return strays, beyond - strays
