"""DataMatrix symbols, ECC 200, square, up to 48 by 48 modules (ISO/IEC 16022): 174 letters or 348 digits."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


class _Size(NamedTuple):
    side: int
    """Modules with the finder pattern."""
    data: int
    """Codewords, as is what follows."""
    correction: int
    regions: int = 1
    """Regions on each side."""


_SIZES = (
    _Size(10, 3, 5), _Size(12, 5, 7), _Size(14, 8, 10), _Size(16, 12, 12), _Size(18, 18, 14), _Size(20, 22, 18),
    _Size(22, 30, 20), _Size(24, 36, 24), _Size(26, 44, 28), _Size(32, 62, 36, 2), _Size(36, 86, 42, 2),
    _Size(40, 114, 48, 2), _Size(44, 144, 56, 2), _Size(48, 174, 68, 2),
)  # fmt: skip
_PAD, _UPPER_SHIFT, _FNC1, _DIGITS, _EXTENDED = 129, 235, 232, 130, 128
_UTF_8 = (241, 27)
"""Extended channel interpretation 26: what follows is UTF-8."""


def encode(content: str) -> tuple[str, ...]:
    """Draw a text as rows of modules.

    Raises:
        ValueError: it is empty, or longer than the largest symbol holds.

    """
    if content.isascii():
        return _draw(_words(content.encode("ascii")))
    return _draw([*_UTF_8, *_words(content.encode())])


def encode_gs1(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Draw GS1 element strings, each piece after an FNC1.

    Raises:
        ValueError: they are longer than the largest symbol holds.

    """
    words: list[int] = []
    for piece in pieces:
        words += [_FNC1, *_words(piece.encode("ascii"))]
    return _draw(words)


def _words(data: bytes) -> list[int]:
    """Write bytes in ASCII encodation: two digits in a codeword, any other letter in one, a byte above 127 in two."""
    words: list[int] = []
    place = 0
    while place < len(data):
        pair = data[place : place + 2]
        if len(pair) == 2 and pair.isdigit():
            words.append(_DIGITS + int(pair))
            place += 2
            continue
        if data[place] >= _EXTENDED:
            words += [_UPPER_SHIFT, data[place] - _EXTENDED + 1]
        else:
            words.append(data[place] + 1)
        place += 1
    return words


def _draw(words: list[int]) -> tuple[str, ...]:
    if not words:
        raise ValueError("A DataMatrix needs something to say. Enter its content.")
    size = next((size for size in _SIZES if size.data >= len(words)), None)
    if size is None:
        raise ValueError("This is more than a DataMatrix of a label holds. Use a shorter text.")
    padded = list(words)
    if len(padded) < size.data:
        padded.append(_PAD)
    while len(padded) < size.data:
        scrambled = _PAD + (149 * (len(padded) + 1)) % 253 + 1
        padded.append(scrambled if scrambled < 255 else scrambled - 254)
    return _framed(_placed([*padded, *_correction(padded, size.correction)], size), size)


@cache
def _powers() -> tuple[list[int], dict[int, int]]:
    """The powers of 2 in the field of 256 elements over x^8 + x^5 + x^3 + x^2 + 1, and their logarithms."""
    powers, value = [], 1
    for _ in range(255):
        powers.append(value)
        value <<= 1
        if value > 255:
            value ^= 0x12D
    return powers, {power: exponent for exponent, power in enumerate(powers)}


def _times(one: int, other: int) -> int:
    powers, logarithms = _powers()
    return powers[(logarithms[one] + logarithms[other]) % 255] if one and other else 0


@cache
def _generator(count: int) -> tuple[int, ...]:
    """The polynomial with the roots 2^1 to 2^count, without its leading 1, from the highest power down."""
    polynomial = [1]
    for exponent in range(1, count + 1):
        root = _powers()[0][exponent]
        shifted = [*polynomial, 0]
        for place, factor in enumerate(polynomial):
            shifted[place + 1] ^= _times(factor, root)
        polynomial = shifted
    return tuple(polynomial[1:])


def _correction(data: list[int], count: int) -> list[int]:
    """The Reed-Solomon codewords: what is left when the data is divided by the generator."""
    rest = [0] * count
    generator = _generator(count)
    for word in data:
        factor = word ^ rest[0]
        rest = [*rest[1:], 0]
        rest = [old ^ _times(factor, term) for old, term in zip(rest, generator, strict=True)]
    return rest


def _placed(words: list[int], size: _Size) -> list[list[int]]:
    """Lay the bits of the codewords out in the square that the finder patterns enclose."""
    side = size.side - 2 * size.regions
    grid = [[0] * side for _ in range(side)]
    for row, line in enumerate(_places(side)):
        for column, (word, bit) in enumerate(line):
            grid[row][column] = words[word] >> bit & 1 if word >= 0 else bit
    return grid


_SHAPE = ((-2, -2), (-2, -1), (-1, -2), (-1, -1), (-1, 0), (0, -2), (0, -1), (0, 0))
"""Where the eight bits of a codeword lie around its last, the highest bit first."""


@cache
def _places(side: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Tell for each module which codeword's bit it is; word -1 is a module that is always what its bit says."""
    grid: list[list[tuple[int, int] | None]] = [[None] * side for _ in range(side)]
    word, row, column = 0, 4, 0

    def put(places: tuple[tuple[int, int], ...]) -> None:
        nonlocal word
        for bit, place in enumerate(places):
            down, right = _inside(*place, side)
            grid[down][right] = (word, 7 - bit)
        word += 1

    while row < side or column < side:
        corner = _corner(side, row, column)
        if corner:
            put(corner)
        while row >= 0 and column < side:
            if row < side and column >= 0 and grid[row][column] is None:
                put(tuple((row + down, column + right) for down, right in _SHAPE))
            row, column = row - 2, column + 2
        row, column = row + 1, column + 3
        while row < side and column >= 0:
            if row >= 0 and column < side and grid[row][column] is None:
                put(tuple((row + down, column + right) for down, right in _SHAPE))
            row, column = row + 2, column - 2
        row, column = row + 3, column + 1
    # Four modules are left over at the lower right where the side is not a multiple of eight.
    return tuple(
        tuple(place or (-1, int(right == down)) for right, place in enumerate(line)) for down, line in enumerate(grid)
    )


def _inside(down: int, right: int, side: int) -> tuple[int, int]:
    """Bring a place beyond the upper or the left edge back in at the other side."""
    shift = 4 - (side + 4) % 8
    if down < 0:
        down, right = down + side, right + shift
    if right < 0:
        down, right = down + shift, right + side
    return down, right


def _corner(side: int, row: int, column: int) -> tuple[tuple[int, int], ...]:
    """Give the places of the codeword that is bent around corners, where the walk comes by one."""
    last = side - 1
    if row == side and column == 0:
        return (
            (last, 0), (last, 1), (last, 2), (0, last - 1), (0, last), (1, last), (2, last), (3, last),
        )  # fmt: skip
    if row == side - 2 and column == 0 and side % 4:
        return (
            (last - 2, 0), (last - 1, 0), (last, 0), (0, last - 3), (0, last - 2), (0, last - 1), (0, last), (1, last),
        )  # fmt: skip
    if row == side - 2 and column == 0 and side % 8 == 4:
        return (
            (last - 2, 0), (last - 1, 0), (last, 0), (0, last - 1), (0, last), (1, last), (2, last), (3, last),
        )  # fmt: skip
    if row == side + 4 and column == 2 and not side % 8:
        return (
            (last, 0), (last, last), (0, last - 2), (0, last - 1), (0, last), (1, last - 2), (1, last - 1), (1, last),
        )  # fmt: skip
    return ()


def _framed(grid: list[list[int]], size: _Size) -> tuple[str, ...]:
    """Put the finder pattern around each region: solid at its left and foot, dashed at its head and right."""
    inner = size.side // size.regions - 2
    rows: list[str] = []
    for block in range(size.regions):
        dashes = "".join("10"[place % 2] for place in range(size.side))
        rows.append(dashes)
        for down in range(inner):
            line = grid[block * inner + down]
            parts = (line[part * inner : (part + 1) * inner] for part in range(size.regions))
            rows.append("".join(f"1{''.join(map(str, part))}{'01'[(down) % 2 == 0]}" for part in parts))
        rows.append("1" * size.side)
    return tuple(rows)
