"""The barcodes a label can have, and one of them with its content as bars or dots.

A symbol is made of modules, the narrowest bar or the smallest square; how wide a module is, is the layout's matter.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from omsdesk.documents.labels import data_matrix, linear
from omsdesk.documents.labels.element_strings import ElementStrings, element_strings
from omsdesk.domain.records import record


class Symbology(StrEnum):
    """How a code is drawn."""

    ARTICLE = "article"
    """As suits an article's number: EAN-13, EAN-8, UPC-A or ITF-14, and Code 128 for a number of one's own."""
    EAN_13 = "ean-13"
    EAN_8 = "ean-8"
    UPC_A = "upc-a"
    CODE_128 = "code-128"
    GS1_128 = "gs1-128"
    ITF_14 = "itf-14"
    CODE_39 = "code-39"
    DATA_MATRIX = "data-matrix"
    GS1_DATA_MATRIX = "gs1-data-matrix"
    QR = "qr"


MATRIX = {Symbology.DATA_MATRIX, Symbology.GS1_DATA_MATRIX, Symbology.QR}
RETAIL = {Symbology.EAN_13, Symbology.EAN_8, Symbology.UPC_A}
GS1 = {Symbology.GS1_128, Symbology.GS1_DATA_MATRIX}
"""Codes whose content is written with application identifiers in brackets: ``(01)04006381333931(10)AB1``."""


@record
class Symbol:
    """A code as modules: rows of ``1`` for dark and ``0`` for light; a barcode has one row, as high as there is room.

    ``quiet`` is the light margin in modules that it needs on its left and right; a matrix needs it all around.
    """

    symbology: Symbology
    data: str
    """What a printer's own command for this code takes."""
    text: str
    """What stands below it for people."""
    rows: tuple[str, ...]
    quiet: tuple[int, int]
    codes: tuple[int, ...] = ()
    """The symbol characters of a Code 128, from start to stop."""

    @property
    def is_matrix(self) -> bool:
        """Whether it is made of squares, with a height of its own."""
        return self.symbology in MATRIX

    @property
    def modules(self) -> int:
        """How wide it is with its quiet zones."""
        return len(self.rows[0]) + sum(self.quiet)


@lru_cache(maxsize=4096)
def encode(symbology: Symbology, content: str) -> Symbol:
    """Make a symbol.

    Raises:
        ValueError: this code cannot say this; the sentence says why and what to do.

    """
    return _ENCODERS[symbology](content)


def _article(content: str) -> Symbol:
    # A number with the wrong check digit is a number of one's own, and is printed as such.
    digits = content if content.isascii() and content.isdigit() else ""
    if linear.is_checked(digits):
        suited = {8: Symbology.EAN_8, 12: Symbology.UPC_A, 13: Symbology.EAN_13, 14: Symbology.ITF_14}
        if len(digits) == _ITF_DIGITS and digits.startswith("0"):
            digits = digits[1:]
        if len(digits) in suited:
            return encode(suited[len(digits)], digits)
    return encode(Symbology.CODE_128, content)


_ITF_DIGITS = 14


def _ean_13(content: str) -> Symbol:
    digits = linear.checked(content, 13, "EAN-13")
    return Symbol(Symbology.EAN_13, digits, digits, (linear.ean_13(digits),), (11, 7))


def _ean_8(content: str) -> Symbol:
    digits = linear.checked(content, 8, "EAN-8")
    return Symbol(Symbology.EAN_8, digits, digits, (linear.ean_8(digits),), (7, 7))


def _upc_a(content: str) -> Symbol:
    digits = linear.checked(content, 12, "UPC-A")
    # It is the EAN-13 with a nought before it, bar by bar.
    return Symbol(Symbology.UPC_A, digits, digits, (linear.ean_13(f"0{digits}"),), (9, 9))


def _itf_14(content: str) -> Symbol:
    digits = linear.checked(content, _ITF_DIGITS, "ITF-14")
    text = f"{digits[0]} {digits[1:3]} {digits[3:8]} {digits[8:13]} {digits[13]}"
    return Symbol(Symbology.ITF_14, digits, text, (linear.itf(digits),), (10, 10))


def _code_39(content: str) -> Symbol:
    return Symbol(Symbology.CODE_39, content, content, (linear.code_39(content),), (10, 10))


def _code_128(content: str) -> Symbol:
    codes = linear.code_128([(content, False)])
    return Symbol(Symbology.CODE_128, content, content, (linear.code_128_bars(codes),), (10, 10), codes)


def _gs1_128(content: str) -> Symbol:
    said = element_strings(content)
    if len(said.plain) > _MOST_GS1_128:
        raise ValueError(
            f"“{said.text}” is too long for one GS1-128, which holds 48 characters. Spread it over two codes, "
            "or take a GS1 DataMatrix."
        )
    codes = linear.code_128([(piece, True) for piece in said.pieces])
    return Symbol(Symbology.GS1_128, said.plain, said.text, (linear.code_128_bars(codes),), (10, 10), codes)


_MOST_GS1_128 = 48


def _data_matrix(content: str) -> Symbol:
    return Symbol(Symbology.DATA_MATRIX, content, content, data_matrix.encode(content), (2, 2))


def _gs1_data_matrix(content: str) -> Symbol:
    said: ElementStrings = element_strings(content)
    rows = data_matrix.encode_gs1(said.pieces)
    return Symbol(Symbology.GS1_DATA_MATRIX, said.plain, said.text, rows, (2, 2))


def _qr(content: str) -> Symbol:
    import segno

    if not content:
        raise ValueError("A QR code needs something to say. Enter its content.")
    try:
        made = segno.make_qr(content, error="m", boost_error=False)
    except segno.DataOverflowError as fault:
        raise ValueError("This is more than a QR code holds. Use a shorter text.") from fault
    rows = tuple("".join("1" if dark else "0" for dark in row) for row in made.matrix)
    return Symbol(Symbology.QR, content, content, rows, (4, 4))


_ENCODERS = {
    Symbology.ARTICLE: _article,
    Symbology.EAN_13: _ean_13,
    Symbology.EAN_8: _ean_8,
    Symbology.UPC_A: _upc_a,
    Symbology.CODE_128: _code_128,
    Symbology.GS1_128: _gs1_128,
    Symbology.ITF_14: _itf_14,
    Symbology.CODE_39: _code_39,
    Symbology.DATA_MATRIX: _data_matrix,
    Symbology.GS1_DATA_MATRIX: _gs1_data_matrix,
    Symbology.QR: _qr,
}
