"""A laid-out label in ZPL II: text and matrices as compressed graphics, barcodes by the printer's own commands.

Text is drawn here, so that every script prints and paper is what the preview showed. A barcode is only left to the
printer where its command prints exactly our bars; the size of a matrix, for one, is the firmware's choice.
"""

from __future__ import annotations

import base64
import binascii
import zlib

from omsdesk.documents.labels.layout import Laid
from omsdesk.documents.labels.linear import FNC1, START_B, START_C, TO_B, TO_C, WIDE
from omsdesk.documents.labels.marks import Bars, Dots, Ink, Mark
from omsdesk.documents.labels.model import Media
from omsdesk.documents.labels.print_settings import PLAIN_SETTINGS, Finish, PrintSettings
from omsdesk.documents.labels.raster_rows import ink_rows
from omsdesk.documents.labels.symbology import Symbology

_MEDIA = {Media.GAP: "Y", Media.MARK: "M", Media.CONTINUOUS: "N"}
_FINISH = {Finish.TEAR: "T", Finish.PEEL: "P", Finish.CUT: "C"}
_TURN = {0: "N", 90: "R", 180: "I", 270: "B"}
_DARKEST = 30
_MOST_COPIES = 99_999_999


def render(laid: Laid, copies: int = 1, settings: PrintSettings = PLAIN_SETTINGS) -> bytes:
    """Write one label, to be printed so many times.

    Raises:
        ValueError: there are to be no copies, or more than a printer counts.

    """
    if not 1 <= copies <= _MOST_COPIES:
        raise ValueError("A label is printed once at least. Enter how many.")
    lines = ["^XA", *_set_up(laid, settings), *(_field(mark) for mark in laid.marks), f"^PQ{copies},0,0,N", "^XZ\n"]
    return "\n".join(lines).encode("ascii")


def _set_up(laid: Laid, settings: PrintSettings) -> list[str]:
    """Say everything that a label before this one may have said otherwise."""
    lines = [
        f"^MN{_MEDIA[laid.label.media]}",
        f"^MM{_FINISH[settings.finish]}",
        f"^PW{laid.width}",
        f"^LL{laid.height}",
        "^LH0,0^LS0^LT0^PON^PMN^LRN^FWN^CI28",
    ]
    if settings.darkness is not None:
        lines.append(f"~SD{round(settings.darkness * _DARKEST / 100):02}")
    if settings.speed is not None:
        lines.append(f"^PR{settings.speed}")
    return lines


def _field(mark: Mark) -> str:
    box = mark.box
    origin = f"^FO{box.x},{box.y}"
    match mark:
        case Ink():
            # ^GB is never less thick than it is high or wide: a border as thick as the shorter side fills it.
            return f"{origin}^GB{box.width},{box.height},{min(box.width, box.height)},B,0^FS"
        case Bars() if _is_native(mark):
            return f"{origin}{_barcode(mark)}^FS"
        case _:
            return f"{origin}{_graphic(mark)}^FS"


def _graphic(mark: Dots | Bars) -> str:
    rows = ink_rows(mark.picture)
    packed = base64.b64encode(zlib.compress(rows.data, 9)).decode("ascii")
    check = binascii.crc_hqx(packed.encode("ascii"), 0)
    return f"^GFA,{len(rows.data)},{len(rows.data)},{rows.width},:Z64:{packed}:{check:04X}"


_NATIVE = {Symbology.CODE_128, Symbology.GS1_128, Symbology.ITF_14, Symbology.CODE_39}
"""Not EAN and UPC: interpreters do not agree how far their guard bars reach down."""


def _is_native(mark: Bars) -> bool:
    """Tell whether the printer's own command prints exactly these bars.

    It takes what follows a > for a command, and interpreters do not agree what a change between letters and pairs of
    digits inside of a Code 128 means.
    """
    symbol = mark.symbol
    if symbol.symbology not in _NATIVE or ">" in symbol.data:
        return False
    # The last but one is the check digit, which may have any value.
    change = TO_B if symbol.codes[:1] == (START_C,) else TO_C
    return change not in symbol.codes[1:-2]


def _barcode(mark: Bars) -> str:
    turn, height, symbol = _TURN[mark.turn], mark.length, mark.symbol
    narrow = f"^BY{mark.module},{WIDE}.0,{height}"
    match symbol.symbology:
        case Symbology.ITF_14:
            return f"{narrow}^B2{turn},{height},N,N,N^FD{symbol.data}"
        case Symbology.CODE_39:
            return f"{narrow}^B3{turn},N,{height},N,N^FD{symbol.data}"
        case _:
            return f"{narrow}^BC{turn},{height},N,N,N,N^FH_^FD{_code_128(symbol.codes)}"


_STARTS = {START_B: ">:", START_C: ">;"}
_ESCAPED = {"^": "_5E", "~": "_7E", "_": "_5F"}


def _code_128(codes: tuple[int, ...]) -> str:
    """Write symbol characters of one set as the printer's manual mode takes them."""
    written = _STARTS[codes[0]]
    for code in codes[1:-2]:
        if code == FNC1:
            written += ">8"
        else:
            written += f"{code:02}" if codes[0] == START_C else _ESCAPED.get(chr(code + 32), chr(code + 32))
    return written
