"""A laid-out label in TSPL, the language of TSC printers and of many others that came after them: bars and bitmaps.

Barcodes go as dots too: no interpreter but a printer's own can show what the language's commands for them print.
"""

from __future__ import annotations

from collections.abc import Iterator

from omsdesk.documents.labels.layout import Laid
from omsdesk.documents.labels.marks import Ink, Mark
from omsdesk.documents.labels.model import Media
from omsdesk.documents.labels.print_settings import PLAIN_SETTINGS, Finish, PrintSettings
from omsdesk.documents.labels.raster_rows import ink_rows

_DARKEST = 15
_MOST_COPIES = 999_999_999
_ADD = 1
"""The mode of a bitmap that leaves what is under its white dots."""


def render(laid: Laid, copies: int = 1, settings: PrintSettings = PLAIN_SETTINGS) -> bytes:
    """Write one label, to be printed so many times.

    Raises:
        ValueError: there are to be no copies, or more than a printer counts.

    """
    if not 1 <= copies <= _MOST_COPIES:
        raise ValueError("A label is printed once at least. Enter how many.")
    lines = [*_set_up(laid, settings), *(_field(mark) for mark in laid.marks), b"PRINT 1,%d" % copies]
    return b"\r\n" + b"\r\n".join(lines) + b"\r\n"


def _set_up(laid: Laid, settings: PrintSettings) -> Iterator[bytes]:
    label = laid.label
    yield f"SIZE {label.width / 10:g} mm,{label.height / 10:g} mm".encode()
    gap = 0 if label.media is Media.CONTINUOUS else label.gap / 10
    yield f"{'BLINE' if label.media is Media.MARK else 'GAP'} {gap:g} mm,0 mm".encode()
    yield b"DIRECTION 1,0"
    yield b"REFERENCE 0,0"
    yield b"OFFSET 0 mm"
    yield b"SET PEEL " + (b"ON" if settings.finish is Finish.PEEL else b"OFF")
    yield b"SET CUTTER " + (b"1" if settings.finish is Finish.CUT else b"OFF")
    yield b"SET TEAR " + (b"ON" if settings.finish is Finish.TEAR else b"OFF")
    if settings.darkness is not None:
        yield b"DENSITY %d" % round(settings.darkness * _DARKEST / 100)
    if settings.speed is not None:
        yield b"SPEED %d" % settings.speed
    yield b"CLS"


def _field(mark: Mark) -> bytes:
    box = mark.box
    if isinstance(mark, Ink):
        return b"BAR %d,%d,%d,%d" % (box.x, box.y, box.width, box.height)
    rows = ink_rows(mark.picture, is_black_set=False)
    return b"BITMAP %d,%d,%d,%d,%d," % (box.x, box.y, rows.width, box.height, _ADD) + rows.data
