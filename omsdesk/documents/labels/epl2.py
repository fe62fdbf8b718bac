"""A laid-out label in EPL2, the language of older Eltron and Zebra desk printers: dots, and lines of ink.

Barcodes go as dots too: the language's own choose their width at the printer, and paper is to be what the preview was.
Cutting and peeling are set at the printer, because the command for them sets as well whether there is a ribbon.
"""

from __future__ import annotations

from collections.abc import Iterator

from omsdesk.documents.labels.layout import DOTS_PER_MM, Laid, dots
from omsdesk.documents.labels.marks import Ink, Mark
from omsdesk.documents.labels.model import Media
from omsdesk.documents.labels.print_settings import PLAIN_SETTINGS, PrintSettings
from omsdesk.documents.labels.raster_rows import ink_rows

_DARKEST = 15
_SPEEDS = range(1, 7)
_GAPS = range(16, 241)
_MOST_COPIES = 65_535


def render(laid: Laid, copies: int = 1, settings: PrintSettings = PLAIN_SETTINGS) -> bytes:
    """Write one label, to be printed so many times.

    Raises:
        ValueError: there are to be no copies, or more than a printer counts.

    """
    if not 1 <= copies <= _MOST_COPIES:
        raise ValueError(f"A label is printed 1 to {_MOST_COPIES:,} times. Enter how many.")
    lines = [*_set_up(laid, settings), *(_field(mark) for mark in laid.marks), b"P%d" % copies]
    # The first line end completes whatever was left of a job that was broken off.
    return b"\n" + b"\n".join(lines) + b"\n"


def _set_up(laid: Laid, settings: PrintSettings) -> Iterator[bytes]:
    yield b"N"
    yield b"q%d" % laid.width
    yield b"Q%d,%s" % (laid.height, _gap(laid))
    yield b"R0,0"
    yield b"ZT"
    if settings.darkness is not None:
        yield b"D%d" % round(settings.darkness * _DARKEST / 100)
    if settings.speed is not None:
        yield b"S%d" % min(max(settings.speed, _SPEEDS[0]), _SPEEDS[-1])


def _gap(laid: Laid) -> bytes:
    if laid.label.media is Media.CONTINUOUS:
        return b"0"
    size = min(max(dots(laid.label.gap, DOTS_PER_MM[laid.dpi]), _GAPS[0]), _GAPS[-1])
    return b"%s%d" % (b"B" if laid.label.media is Media.MARK else b"", size)


def _field(mark: Mark) -> bytes:
    box = mark.box
    if isinstance(mark, Ink):
        return b"LO%d,%d,%d,%d" % (box.x, box.y, box.width, box.height)
    rows = ink_rows(mark.picture, is_black_set=False)
    return b"GW%d,%d,%d,%d," % (box.x, box.y, rows.width, box.height) + rows.data
