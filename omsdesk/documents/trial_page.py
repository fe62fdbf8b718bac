"""A page that shows whether a receipt printer is set up right: width, letters, lines, code pages and the cut."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.documents.escpos import render
from omsdesk.documents.paper import Align, Columns, Cut, Feed, Paper, Rule, Size, Text
from omsdesk.documents.printer_profile import EPSON_PAGES, CodePage, PrinterProfile

_LETTERS = "ÄÖÜäöüß éèêç ñ ¿? € £ ¥ Łódź Žluťoučký"
_DRAWN = (CodePage(0, "ascii"),)
"""With no other page, whatever is no plain letter is drawn as a picture."""
PAGE_LETTERS = {
    "cp437": "Ç ü é â ä à å ê É æ ö ñ £ ½",
    "cp858": "€ ä ö ü ß é è ç ñ Ø Þ ©",
    "cp1252": "€ Š š Ž ž Œ œ Ÿ ä ö ü ß",
    "cp852": "Ł ł ž č ř ő ű ś ę ż Đ",
    "cp866": "Ж Щ Я ж щ я Ё ё",
}
"""Letters by which a code page is told from the others."""


def trial_pages(profile: PrinterProfile) -> tuple[CodePage, ...]:
    """List the code pages that a printer may have, those of its profile first; plain letters need no trial."""
    own = tuple(page for page in profile.code_pages if page not in _DRAWN)
    return (*own, *(page for page in EPSON_PAGES if page.number not in {known.number for known in own}))


def trial_paper(name: str, profile: PrinterProfile, moment: str) -> Paper:
    """Compose the upper part: a line as wide as the paper, all sizes, and letters of many languages."""
    return (
        Text("Test page", Align.CENTER, Size.LARGE, is_bold=True),
        Text(name, Align.CENTER),
        Text(moment, Align.CENTER, Size.SMALL),
        Rule(),
        Text("".join(str(column % 10) for column in range(1, profile.columns + 1))),
        Text(f"{profile.columns} columns: the digits fill one line, from edge to edge."),
        Rule(),
        Columns("Coffee, 250 g", "12.90"),
        Columns("Total", "12.90", is_bold=True),
        Text(_LETTERS),
        Text("Small letters for conditions and taxes", size=Size.SMALL),
        Text("White on black", Align.CENTER, is_inverted=True),
        Rule(),
        Text("Letters by table: where both lines of a number say the same, the printer has that table."),
    )


def trial_bytes(name: str, profile: PrinterProfile, moment: str) -> bytes:
    """Encode the whole page. Each code page has a line of text and below it the same drawn, as it should look."""
    parts = [render(trial_paper(name, profile, moment), profile).payload]
    for page in trial_pages(profile):
        letters = PAGE_LETTERS.get(page.codec, _LETTERS)
        parts.append(render((Feed(1),), profile).payload)
        for pages in ((page,), _DRAWN):
            line = Text(f"{page.number:<2}  {letters}")
            parts.append(render((line,), replace(profile, code_pages=pages)).payload)
    return b"".join(parts) + render((Feed(2), Cut()), profile).payload


def kick_bytes(pin: int, pulse_ms: int = 100) -> bytes:
    """Open the drawer on pin 2 or 5 of its connector, with a pulse of so many milliseconds (``ESC p``)."""
    return b"\x1b@\x1bp" + bytes([int(pin == 5), min(pulse_ms // 2, 255), 255])
