"""A document as the bytes of a receipt printer (Epson ESC/POS Command Reference for TM printers).

python-escpos builds the commands; text goes past its encoder, which picks code pages that printers lack. The library
costs 250 ms to import and is imported at the first print.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, assert_never

from omsdesk.documents import fonts, raster
from omsdesk.documents.code_pages import encode
from omsdesk.documents.escpos_commands import Commands, code_128_dots, drawer
from omsdesk.documents.paper import (
    Barcode,
    Cut,
    Feed,
    KickDrawer,
    Paper,
    Picture,
    QrCode,
    Rendered,
    Rule,
    Size,
)
from omsdesk.documents.printer_profile import EPSON_80, PrinterProfile
from omsdesk.documents.typeset import Line, Row, typeset

if TYPE_CHECKING:
    from PIL.Image import Image

    from omsdesk.documents.code_pages import Run

_START = b"\x1b@"
_USA = b"\x1bR\x00"
"""Without it a British printer prints # as a pound sign."""

_LINE_DOTS = {Size.SMALL: 21, Size.NORMAL: 30, Size.LARGE: 56}
_BAR_DOTS = {Size.SMALL: 17, Size.NORMAL: 24, Size.LARGE: 48}
"""Lines of a bar touch one another."""
_HALF_LINE_DOTS = 12
_RULE = (6, 2, 8)
"""Empty dots above a rule, its thickness, and empty dots below."""
_CODE_DOTS = 80
_LAST_FEED_LINES = 5
_MOST_FEED_DOTS = 255


def render(paper: Paper, profile: PrinterProfile = EPSON_80) -> Rendered:
    """Encode a document for a printer.

    Text that the printer's verified code pages hold is sent as text; a line with any other letter is drawn.

    Raises:
        ValueError: a picture or barcode of the document cannot be read.

    """
    press = _Press(profile)
    for row in typeset(paper, profile.grid):
        press.put(row)
    return press.finish()


class _Press:
    """Writes rows as bytes and knows what the printer is set to."""

    def __init__(self, profile: PrinterProfile) -> None:
        self._profile = profile
        self._commands = Commands()
        self._page = profile.code_pages[0]
        self._set: dict[bytes, int] = {}
        self._drawn: list[Image] = []
        self._drawn_text = ""
        self._out = bytearray(_START + profile.setup + _USA + b"\x1dL\x00\x00\x1dW" + _two(profile.dots))
        self._out += b"\x1bt" + bytes([self._page.number])

    def put(self, row: Row) -> None:
        """Print a row."""
        if isinstance(row, Line):
            self._line(row)
            return
        self._flush()
        match row:
            case Rule():
                self._rule()
            case Feed(half_lines):
                self._feed(half_lines * _HALF_LINE_DOTS)
            case QrCode():
                self._qr(row)
            case Barcode():
                self._barcode(row)
            case Picture():
                self._picture(raster.draw_picture(row.png, self._profile.dots, self._profile.tallest_picture))
            case Cut():
                self._cut()
            case KickDrawer():
                self._out += drawer(self._profile.kick_pin, self._profile.pulse_ms)
            case _:
                assert_never(row)

    def finish(self) -> Rendered:
        """Give everything that was printed."""
        self._flush()
        note = fonts.missing_note(self._drawn_text)
        return Rendered(bytes(self._out), (note,) if note else ())

    def _line(self, line: Line) -> None:
        runs = encode(line.text, self._profile.code_pages, self._page)
        if runs is None:
            self._drawn.append(raster.draw_line(line, self._profile.dots))
            self._drawn_text += line.text
            return
        self._flush()
        self._style(line)
        for run in runs:
            self._run(run)
        self._out += b"\n"

    def _run(self, run: Run) -> None:
        if run.page != self._page:
            self._out += b"\x1bt" + bytes([run.page.number])
            self._page = run.page
        self._out += run.data

    def _style(self, line: Line) -> None:
        is_small = line.size is Size.SMALL and self._profile.small_columns > self._profile.columns
        scale = (0x10 if line.is_wide else 0) | (0x01 if line.size is Size.LARGE else 0)
        distance = (_BAR_DOTS if line.is_inverted else _LINE_DOTS)[line.size]
        self._switch(b"\x1bM", is_small)
        self._switch(b"\x1d!", scale)
        self._switch(b"\x1bE", line.is_bold)
        self._switch(b"\x1dB", line.is_inverted)
        self._switch(b"\x1b3", distance, at_start=-1)

    def _switch(self, command: bytes, setting: int, at_start: int = 0) -> None:
        """Send a setting only where it changes; printers start with zeros, save for the line distance."""
        if self._set.get(command, at_start) != setting:
            self._set[command] = setting
            self._out += command + bytes([setting])

    def _flush(self) -> None:
        """Print the lines that were drawn since the last text, as one picture."""
        if self._drawn:
            drawn, self._drawn = raster.stack(self._drawn), []
            self._picture(drawn)

    def _picture(self, picture: Image) -> None:
        for piece in raster.slices(picture):
            self._out += self._commands.picture(piece)

    def _feed(self, dots: int) -> None:
        for left in range(dots, 0, -_MOST_FEED_DOTS):
            self._out += b"\x1bJ" + bytes([min(left, _MOST_FEED_DOTS)])

    def _rule(self) -> None:
        above, thick, below = _RULE
        self._feed(above)
        self._picture(_black(self._profile.dots, thick))
        self._feed(below)

    def _qr(self, code: QrCode) -> None:
        modules = raster.fitting_modules(code.content, code.modules, self._profile.dots)
        if self._profile.prints_qr:
            self._out += b"\x1ba\x01" + self._commands.qr(code.content, modules) + b"\x1ba\x00"
        else:
            self._picture(raster.centre(raster.draw_qr(code.content, modules), self._profile.dots))

    def _barcode(self, code: Barcode) -> None:
        # Printers leave out a symbol that is too wide; drawn, pairs of digits take half the room.
        if self._profile.prints_barcodes and code_128_dots(code.content) <= self._profile.dots:
            self._out += (
                b"\x1ba\x01" + self._commands.barcode(code.content, _CODE_DOTS, has_text=code.has_text) + b"\x1ba\x00"
            )
        else:
            self._picture(
                raster.centre(raster.draw_barcode(code.content, _CODE_DOTS, has_text=code.has_text), self._profile.dots)
            )

    def _cut(self) -> None:
        self._out += self._commands.cut() if self._profile.has_cutter else b"\x1bd" + bytes([_LAST_FEED_LINES])


def _two(number: int) -> bytes:
    return number.to_bytes(2, "little")


@cache
def _black(width: int, height: int) -> Image:
    from PIL import Image

    return Image.new("1", (width, height), 0)
