"""Barcodes as strings of modules, ``1`` for a bar and ``0`` for a space (ISO/IEC 15420, 15417, 16388, 16390)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WIDE = 3
"""Modules of a wide bar in Code 39 and ITF: whole dots, and within 2.25 to 3 times the narrow one."""

_LEFT = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
_RIGHT = tuple("".join("10"[int(module)] for module in code) for code in _LEFT)
_EVEN = tuple(code[::-1] for code in _RIGHT)
_PARITY = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")


def check_digit(digits: str) -> str:
    """Compute the check digit of a GTIN or SSCC from the digits before it (GS1 General Specifications, 7.9)."""
    weighed = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-weighed % 10)


def is_checked(digits: str) -> bool:
    """Tell whether a number's last digit is its check digit."""
    return len(digits) > 1 and check_digit(digits[:-1]) == digits[-1]


def checked(content: str, length: int, name: str) -> str:
    """Give the digits of an article number, with the check digit if it was left out.

    Raises:
        ValueError: it has another length, a letter or a wrong check digit.

    """
    digits = content.strip()
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"“{content}” is no {name}: it holds {length} digits and nothing else. Correct the number.")
    surplus = len(digits) - length
    if surplus > 0 and digits.startswith("0" * surplus):
        digits = digits[surplus:]
    if len(digits) == length - 1 and not (length == _LONGEST and is_checked(digits)):
        return digits + check_digit(digits)
    if length == _LONGEST and len(digits) in {_LONGEST - 1, _LONGEST - 2} and is_checked(digits):
        return digits.zfill(length)
    if len(digits) != length:
        raise ValueError(f"“{content}” has {len(digits)} digits and an {name} has {length}. Correct the number.")
    if not is_checked(digits):
        raise ValueError(
            f"The last digit of “{content}” should be {check_digit(digits[:-1])}. Look for a slip in the number."
        )
    return digits


_LONGEST = 14
"""Digits of an ITF-14: a shorter article number stands in it after noughts."""


def ean_13(digits: str) -> str:
    """Draw 13 digits."""
    codes = {"L": _LEFT, "G": _EVEN}
    parity = _PARITY[int(digits[0])]
    left = "".join(codes[letter][int(digit)] for letter, digit in zip(parity, digits[1:7], strict=True))
    return f"101{left}01010{''.join(_RIGHT[int(digit)] for digit in digits[7:])}101"


def ean_8(digits: str) -> str:
    """Draw 8 digits."""
    left, right = (_LEFT[int(digit)] for digit in digits[:4]), (_RIGHT[int(digit)] for digit in digits[4:])
    return f"101{''.join(left)}01010{''.join(right)}101"


def _bars(widths: Iterable[int]) -> str:
    return "".join(("1", "0")[place % 2] * width for place, width in enumerate(widths))


_TWO_OF_FIVE = ("00110", "10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010", "01010")


def itf(digits: str) -> str:
    """Draw an even number of digits as interleaved 2 of 5."""
    widths = [1, 1, 1, 1]
    for place in range(0, len(digits), 2):
        pair = zip(_TWO_OF_FIVE[int(digits[place])], _TWO_OF_FIVE[int(digits[place + 1])], strict=True)
        widths += [WIDE if wide == "1" else 1 for both in pair for wide in both]
    return _bars([*widths, WIDE, 1, 1])


def _words(table: str) -> tuple[str, ...]:
    return tuple(table.split())


_CODE_39 = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*",
        _words(
            "000110100 100100001 001100001 101100000 000110001 100110000 001110000 000100101 100100100 001100100 "
            "100001001 001001001 101001000 000011001 100011000 001011000 000001101 100001100 001001100 000011100 "
            "100000011 001000011 101000010 000010011 100010010 001010010 000000111 100000110 001000110 000010110 "
            "110000001 011000001 111000000 010010001 110010000 011010000 010000101 110000100 011000100 010101000 "
            "010100010 010001010 000101010 010010100"
        ),
        strict=True,
    )
)


def code_39(content: str) -> str:
    """Draw capitals, digits and ``- . $ / + %``.

    Raises:
        ValueError: it has anything else.

    """
    if not content or not set(content) <= _CODE_39.keys() - {"*"}:
        raise ValueError(
            f"“{content}” cannot be a Code 39: that has capital letters, digits and - . $ / + % only. Take a Code 128."
        )
    letters = (_bars(WIDE if wide == "1" else 1 for wide in _CODE_39[letter]) for letter in f"*{content}*")
    return "0".join(letters)


START_B, START_C, STOP = 104, 105, 106
FNC1, TO_B, TO_C = 102, 100, 99

_CODE_128 = _words(
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_MOST_128 = 80


def code_128(pieces: Sequence[tuple[str, bool]]) -> tuple[int, ...]:
    """Choose the symbol characters that say some pieces shortest; a piece may have FNC1 before it.

    Raises:
        ValueError: it holds no character, a letter outside of ASCII, or more than any scanner reads.

    """
    units: list[str | None] = []
    for text, has_fnc1 in pieces:
        units += [None, *text] if has_fnc1 else list(text)
    shown = "".join(text for text, _ in pieces)
    if not shown or not (shown.isascii() and shown.isprintable()):
        raise ValueError(f"“{shown}” cannot be a Code 128: that has plain letters, digits and signs. Take a QR code.")
    if len(shown) > _MOST_128:
        raise ValueError(f"“{shown}” is too long for a barcode of bars. Take a QR code or a DataMatrix.")
    codes = _shortest(units)
    check = (codes[0] + sum(place * code for place, code in enumerate(codes[1:], 1))) % 103
    return (*codes, check, STOP)


def _shortest(units: list[str | None]) -> list[int]:
    """Find the fewest characters from the end on: set C says two digits at once, set B any one, and FNC1 is in both."""
    after: dict[str, list[int]] = {"B": [], "C": []}
    later: dict[str, list[int]] = {"B": [], "C": []}
    for place in range(len(units) - 1, -1, -1):
        unit, following = units[place], units[place + 1] if place + 1 < len(units) else None
        here: dict[str, list[int]] = {}
        if unit is None:
            here = {name: [FNC1, *after[name]] for name in "BC"}
        else:
            here["B"] = [ord(unit) - 32, *after["B"]]
            if following is not None and unit.isdigit() and following.isdigit():
                here["C"] = [int(unit + following), *later["C"]]
        for name, other, change in (("B", "C", TO_C), ("C", "B", TO_B)):
            if other in here and (name not in here or len(here[other]) + 1 < len(here[name])):
                here[name] = [change, *here[other]]
        after, later = here, after
    return [START_C, *after["C"]] if len(after["C"]) <= len(after["B"]) else [START_B, *after["B"]]


def code_128_bars(codes: Sequence[int]) -> str:
    """Draw the symbol characters of a Code 128."""
    return "".join(_bars(int(width) for width in _CODE_128[code]) for code in codes)
