"""Figures of one width: which glyphs a font has for them (OpenType, GSUB table, feature ``tnum``).

reportlab draws a font's ordinary figures, in which a 1 is narrow, so that amounts below one another do not line up.
Read are the shapes of table that the bundled font has; a test holds that they suffice for it.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_TABLE_RECORD = 16
_FEATURE_RECORD = 6
_RANGE_RECORD = 6


def even_figures(path: Path) -> dict[int, tuple[int, float]]:
    """Map each glyph to its form of even width and that width in thousandths of the letters' size."""
    font = path.read_bytes()
    table = _table(font, b"GSUB")
    features, lookups = _numbers(table, 6, 2)
    swaps: dict[int, int] = {}
    for index in _lookup_indices(table[features:], b"tnum"):
        start = lookups + _numbers(table, lookups + 2 + 2 * index, 1)[0]
        swaps |= _lookup(table[start:])
    return {glyph: (even, _advance(font, even)) for glyph, even in swaps.items()}


def _advance(font: bytes, glyph: int) -> float:
    (per_em,) = _numbers(_table(font, b"head"), 18, 1)
    (last,) = _numbers(_table(font, b"hhea"), 34, 1)
    return _numbers(_table(font, b"hmtx"), 4 * min(glyph, last - 1), 1)[0] * 1000 / per_em


def _table(font: bytes, tag: bytes) -> bytes:
    records = (
        struct.unpack_from(">4sIII", font, 12 + _TABLE_RECORD * number) for number in range(_numbers(font, 4, 1)[0])
    )
    start, length = next((start, length) for name, _, start, length in records if name == tag)
    return font[start : start + length]


def _lookup_indices(features: bytes, tag: bytes) -> set[int]:
    found: set[int] = set()
    for number in range(_numbers(features, 0, 1)[0]):
        name, start = struct.unpack_from(">4sH", features, 2 + _FEATURE_RECORD * number)
        if name == tag:
            found.update(_numbers(features, start + 4, _numbers(features, start + 2, 1)[0]))
    return found


def _lookup(lookup: bytes) -> dict[int, int]:
    swaps: dict[int, int] = {}
    for start in _numbers(lookup, 6, _numbers(lookup, 4, 1)[0]):
        swaps |= _single(lookup[start:])
    return swaps


def _single(subtable: bytes) -> dict[int, int]:
    """Read a single substitution that lists the new glyphs (SingleSubstFormat2, CoverageFormat2)."""
    coverage, count = _numbers(subtable, 2, 2)
    table = subtable[coverage:]
    ranges = (_numbers(table, 4 + _RANGE_RECORD * number, 2) for number in range(_numbers(table, 2, 1)[0]))
    glyphs = [glyph for first, last in ranges for glyph in range(first, last + 1)]
    return dict(zip(glyphs, _numbers(subtable, 6, count), strict=True))


def _numbers(data: bytes, at: int, count: int) -> tuple[int, ...]:
    return struct.unpack_from(f">{count}H", data, at)
