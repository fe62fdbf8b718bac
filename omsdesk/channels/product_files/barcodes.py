"""Barcodes out of a table's cell: GS1 numbers (GTIN), the shop's own codes, and what spreadsheets did to them."""

from __future__ import annotations

import re

from omsdesk.channels.product_files.words import is_spreadsheet_error, literal
from omsdesk.domain.values import check_digit, is_gtin

_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")
_DIGITS = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"[0-9]{0,12}[1-9][0-9]{0,12}")
_CODE_LIST = re.compile(r"[,;|\n]+")
_DIGIT_LIST = re.compile(r"[0-9]{8,14}(?:\s+[0-9]{8,14})+")
_HYPHENATED = re.compile(r"[0-9]+(?:[- ][0-9]+)+")
_NO_CODE = frozenset({"", "-", "--", "0", "n/a", "na", "none", "null", "nil", "does not apply", "#n/a", "false"})
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9.]+)?")
_LONGEST = 80
_UPC_WITHOUT_ZERO = 11
_CHECKED_LENGTHS = (12, 13, 14)


def read_codes(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read the barcodes of a cell, and the sentences about those that were repaired or look wrong.

    A number with a wrong check digit is kept: more than one in a hundred real products carries one, and a scanner
    reads what is printed.

    Raises:
        ValueError: a sentence; a code was destroyed by a spreadsheet, or the cell holds no code at all.

    """
    text = literal(text.strip())
    if _NUMBER.fullmatch(text):
        code, warning = _checked(text)  # nine cells in ten are just this
        return (code,), (warning,) if warning else ()
    if text.casefold() in _NO_CODE:
        return (), ()
    whole = is_damaged(text) or _DIGIT_LIST.fullmatch(text) is not None
    pieces = text.split() if whole else _CODE_LIST.split(text)
    read = [_read(literal(piece.strip())) for piece in pieces]
    codes = dict.fromkeys(code for code, _ in read if code)
    return tuple(codes), tuple(warning for _, warning in read if warning)


def is_damaged(text: str) -> bool:
    """Tell whether a spreadsheet turned a long number into scientific notation and lost its digits."""
    return _SCIENTIFIC.fullmatch(text.strip()) is not None


def _read(code: str) -> tuple[str, str]:
    code = code.removesuffix(".0")
    if is_damaged(code):
        raise ValueError(f"A spreadsheet shortened the barcode to {code}. Format the column as text and export again.")
    if is_spreadsheet_error(code) or _DATE.fullmatch(code):
        raise ValueError(f"A spreadsheet turned the barcode into {code}. Format the column as text and export again.")
    if len(code) > _LONGEST or not code.isprintable():
        raise ValueError(f"“{code[:_LONGEST]}” is not a barcode.")
    if _HYPHENATED.fullmatch(code):
        joined = re.sub("[- ]", "", code)
        code = joined if is_gtin(joined) else code
    if not _DIGITS.fullmatch(code):
        return ("", "") if code.casefold() in _NO_CODE else (code, "")
    if not code.strip("0"):
        return "", ""
    return _checked(code)


def _checked(code: str) -> tuple[str, str]:
    length = len(code)
    if length == _UPC_WITHOUT_ZERO and is_gtin("0" + code):
        return "0" + code, f"The barcode {code} had lost its leading zero and was read as 0{code}."
    if length in _CHECKED_LENGTHS and not is_gtin(code):
        right = check_digit(code[:-1])
        return code, f"The barcode {code} has a wrong check digit ({right} would be right). It was kept as it is."
    return code, ""
