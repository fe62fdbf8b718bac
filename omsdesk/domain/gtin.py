"""What else a number can be that a scanner sent: UPC-E beside UPC-A, and numbers that lost the zeros before them.

UPC-E is a UPC-A with its zeros left out (GS1 General Specifications, 5.2.2.4.2). Written out it has eight digits, as an
EAN-8 has, and only the check digit tells one from the other; one number in ten is both.
"""

from __future__ import annotations

from omsdesk.domain.values import barcode_key, check_digit, is_gtin

_SHORTENED, _WRITTEN = 6, 8
"""Digits of a UPC-E without number system and check digit, and with both."""
_FEWEST, _MOST = 7, 11
"""Digits that a GTIN can be left with by somebody who writes no zeros before a number, as a spreadsheet does."""


def from_upc_e(code: str) -> str:
    """Give the UPC-A that eight digits of a UPC-E stand for; empty where they are none."""
    if len(code) != _WRITTEN or not code.isdecimal() or not code.isascii() or code[0] not in "01":
        return ""
    system, six, last = code[0], code[1:7], code[6]
    if last in "012":
        body = f"{system}{six[:2]}{last}0000{six[2:5]}"
    elif last == "3":
        body = f"{system}{six[:3]}00000{six[3:5]}"
    elif last == "4":
        body = f"{system}{six[:4]}00000{six[4]}"
    else:
        body = f"{system}{six[:5]}0000{last}"
    return body + code[7] if check_digit(body) == int(code[7]) else ""


def to_upc_e(code: str) -> str:
    """Give the eight digits of the UPC-E that a UPC-A may be printed as; empty where it cannot."""
    if len(code) != 12 or code[0] not in "01":
        return ""
    system, maker, item, check = code[0], code[1:6], code[6:11], code[11]
    shortened = (
        f"{maker[:2]}{item[2:]}{maker[2]}",
        f"{maker[:3]}{item[3:]}3",
        f"{maker[:4]}{item[4]}4",
        f"{maker}{item[4]}",
    )
    written = (f"{system}{six}{check}" for six in shortened)
    return next((found for found in written if from_upc_e(found) == code), "")


def other_readings(code: str) -> tuple[str, ...]:
    """Give the keys that a number may be stored under beside its own (see ``barcode_key``), the likeliest first."""
    code = code.strip()
    if not code.isdecimal() or not code.isascii():
        return ()
    found = []
    if len(code) == _WRITTEN:
        found.append(from_upc_e(code))
    elif len(code) == _SHORTENED:
        written = _completed(code)
        found += [from_upc_e(written), written]
    elif is_gtin(code) and code.zfill(14).startswith("00"):
        found.append(to_upc_e(code.zfill(14)[2:]))
    if _FEWEST <= len(code) <= _MOST:
        found.append(code.zfill(14))
    keys = (barcode_key(row) for row in found if is_gtin(row) or from_upc_e(row))
    return tuple(dict.fromkeys(key for key in keys if key != barcode_key(code)))


def _completed(six: str) -> str:
    """Complete a UPC-E that was sent without its number system, which then is 0, and without its check digit."""
    return next((written for digit in range(10) if from_upc_e(written := f"0{six}{digit}")), "")
