"""What is known of a model of receipt printer, as data.

A code page stands in a profile only when its number was verified for that printer: a printer that lacks a page prints
wrong letters without a word. Whatever no page of the profile holds is printed as a picture of the line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
    pulse_ms: int = 100
    """How long the drawer's magnet is given power."""
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

# Epson ESC/POS Command Reference, ESC t. Those of scripts that a printer would have to join or to turn around (Arabic,
# Hebrew, Vietnamese) and those whose letters Python does not know are left out: such lines are drawn.
_CODECS = {
    0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 13: "cp857", 14: "cp737", 15: "iso8859-7",
    16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858", 33: "cp775", 34: "cp855", 35: "cp861", 38: "cp869",
    39: "iso8859-2", 40: "iso8859-15", 45: "cp1250", 46: "cp1251", 47: "cp1253", 48: "cp1254", 51: "cp1257",
}  # fmt: skip
KNOWN_PAGES = tuple(CodePage(number, codec) for number, codec in _CODECS.items())
"""Character tables that text can be sent in, under the numbers that most printers give them."""

NO_PAGES = "none"
_PLAIN = (CodePage(0, "ascii"),)

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


def verified_pages(text: str) -> tuple[CodePage, ...]:
    """Read which tables somebody saw to be right on a printer: ``0,16,19``; ``none`` leaves the plain letters alone.

    Raises:
        ValueError: it is no list of numbers, or one of them is not known here.

    """
    if text.strip() == NO_PAGES:
        return _PLAIN
    known = {page.number: page for page in KNOWN_PAGES}
    try:
        return tuple(known[int(number)] for number in text.split(","))
    except (KeyError, ValueError):
        numbers = ", ".join(map(str, known))
        raise ValueError(f"pages is “none”, or a list such as 0,16,19 of these numbers: {numbers}.") from None


def profile_from(options: Mapping[str, str | int | bool]) -> PrinterProfile:
    """Put what was tried on a printer in place of what is known of its model.

    Where nobody looked yet, only the table is used that they all begin with: one that a printer lacks prints wrong
    letters without a word, and so many are called Epson that are none.

    Raises:
        ValueError: see ``verified_pages``.
        KeyError: an option is missing, or there is no such model.

    """
    profile = PROFILES[str(options["profile"])]
    pages = str(options["pages"])
    tables = verified_pages(pages) if pages.strip() else profile.code_pages[:1]
    return replace(profile, code_pages=tables, kick_pin=int(options["kick_pin"]), pulse_ms=int(options["pulse_ms"]))
