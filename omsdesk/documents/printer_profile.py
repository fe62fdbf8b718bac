"""What is known of a model of receipt printer, as data.

A code page stands in a profile only when its number was verified for that printer: a printer that lacks a page prints
wrong letters without a word. Whatever no page of the profile holds is printed as a picture of the line.
"""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.documents.typeset import Grid

PICTURE_MM = 25
"""The most a logo takes of the paper's length: a taller one is printed smaller, and never eats half a receipt."""


@dataclass(frozen=True, slots=True)
class CodePage:
    """A character table of a printer: its number for ``ESC t`` and the codec that names its letters."""

    number: int
    codec: str


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """A model of printer. Lengths are in dots; ``dots`` is the printed width, which the columns fill."""

    name: str
    columns: int
    small_columns: int
    dots: int
    paper_mm: int
    code_pages: tuple[CodePage, ...]
    """The page in force after ``ESC @`` first, then by preference."""
    has_cutter: bool = True
    prints_qr: bool = True
    prints_barcodes: bool = True
    kick_pin: int = 2
    """The pin of the drawer connector that opens the drawer: 2 or 5."""
    setup: bytes = b""
    """Bytes after each ``ESC @`` that this model needs."""

    @property
    def tallest_picture(self) -> int:
        """The dots that ``PICTURE_MM`` are: 80 mm paper with up to 512 dots may be that of a printer of 180 dpi."""
        dpi = 180 if self.paper_mm == 80 and self.dots <= 512 else 203
        return int(PICTURE_MM * dpi / 25.4)

    @property
    def grid(self) -> Grid:
        """The letters that stand on a line."""
        return Grid(self.columns, self.small_columns, self.columns // 2)


# Epson ESC/POS Command Reference, ESC t: the numbers that TM printers sold in Europe and America share.
EPSON_PAGES = (
    CodePage(0, "cp437"),
    CodePage(19, "cp858"),
    CodePage(16, "cp1252"),
    CodePage(18, "cp852"),
    CodePage(17, "cp866"),
)

# GS P: vertical distances in dots of 203 dpi on every TM printer; their own units differ from model to model.
_DOT_UNITS = b"\x1dP\x00\xcb"

EPSON_80 = PrinterProfile("Epson TM, 80 mm, 42 columns", 42, 56, 504, 80, EPSON_PAGES, setup=_DOT_UNITS)
"""The default: it fits on every 80 mm printer, those with 512 dots and 180 dpi too."""

EPSON_80_WIDE = PrinterProfile("Epson TM, 80 mm, 48 columns", 48, 64, 576, 80, EPSON_PAGES, setup=_DOT_UNITS)
EPSON_58 = PrinterProfile("Epson TM, 58 mm, 32 columns", 32, 42, 384, 58, EPSON_PAGES, setup=_DOT_UNITS)

# Printers made for China start in two-byte mode (FS .  ends it) and would print accents as Chinese.
_OTHER_PAGES, _ONE_BYTE = (CodePage(0, "cp437"),), b"\x1c."

GENERIC_80 = PrinterProfile(
    "Other ESC/POS, 80 mm", 48, 64, 576, 80, _OTHER_PAGES, prints_qr=False, prints_barcodes=False, setup=_ONE_BYTE
)
"""Any ESC/POS printer: only the page that all of them have; everything else becomes a picture."""

GENERIC_58 = PrinterProfile(
    "Other ESC/POS, 58 mm",
    32,
    42,
    384,
    58,
    _OTHER_PAGES,
    has_cutter=False,
    prints_qr=False,
    prints_barcodes=False,
    setup=_ONE_BYTE,
)

PROFILES = {
    "epson-80": EPSON_80,
    "epson-80-wide": EPSON_80_WIDE,
    "epson-58": EPSON_58,
    "generic-80": GENERIC_80,
    "generic-58": GENERIC_58,
}
