"""Arabic and Hebrew where no library turns lines round: letters joined, in the order in which they stand on paper.

Pillow lays text out with FriBiDi, which a fresh Windows or macOS does not have; without it, letters would come out
one by one and in reverse. This is the part of UAX 9 that lines of receipts need: no nesting, no control characters.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby

_FORMS = {"<isolated>": 0, "<final>": 1, "<initial>": 2, "<medial>": 3}
_PRESENTATION = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00))
_RIGHT, _LEFT, _NUMBER = {"R", "AL"}, {"L"}, {"EN", "AN"}
_STRONG = _RIGHT | _LEFT
_IN_NUMBERS = {"CS", "ES"}
_LAM = "\N{ARABIC LETTER LAM}"
_TATWEEL = "\N{ARABIC TATWEEL}"


def has_any(text: str) -> bool:
    """Tell whether a text has letters that run from right to left."""
    return any(unicodedata.bidirectional(letter) in _RIGHT for letter in text)


def visual(text: str) -> str:
    """Give the letters of a line as they stand on paper from left to right, joined where their script joins them."""
    if not has_any(text):
        return text
    letters = joined(text)
    levels = _levels(letters)
    shown = [
        (level, _MIRRORED.get(letter, letter) if level % 2 else letter)
        for letter, level in zip(letters, levels, strict=True)
    ]
    for level in range(max(levels), 0, -1):
        shown = _turned(shown, level)
    return "".join(letter for _, letter in shown)


def _turned(shown: list[tuple[int, str]], level: int) -> list[tuple[int, str]]:
    """Turn every stretch round that is at least so deep (UAX 9, rule L2)."""
    found: list[tuple[int, str]] = []
    for is_deep, stretch in groupby(shown, lambda pair: pair[0] >= level):
        letters = list(stretch)
        found += reversed(letters) if is_deep else letters
    return found


def joined(text: str) -> str:
    """Give each Arabic letter the form that it has between its neighbours, lam with alef as the one sign they are."""
    letters = list(text)
    out: list[str] = []
    at = 0
    while at < len(letters):
        letter = letters[at]
        before, after = _neighbour(letters, at, -1), _neighbour(letters, at, 1)
        step = 1
        if letter == _LAM and at + 1 < len(letters) and (_LAM + letters[at + 1], 0) in _forms():
            letter, step, after = _LAM + letters[at + 1], 2, ""
        form = (1 if before and _joins_on(before) and _joins_back(letter) else 0) + (
            2 if after and _joins_back(after) and _joins_on(letter) else 0
        )
        out.append(_forms().get((letter, form), letter))
        at += step
    return "".join(out)


def _neighbour(letters: list[str], at: int, step: int) -> str:
    """Find the next letter on one side; marks above and below are in nobody's way."""
    at += step
    while 0 <= at < len(letters):
        if unicodedata.category(letters[at]) != "Mn":
            return letters[at]
        at += step
    return ""


def _joins_on(letter: str) -> bool:
    return letter == _TATWEEL or (letter, 2) in _forms()


def _joins_back(letter: str) -> bool:
    return letter == _TATWEEL or (letter, 1) in _forms()


@cache
def _forms() -> dict[tuple[str, int], str]:
    """Read from Unicode's own table which sign is which form of which letters; of two, the common one."""
    found: dict[tuple[str, int], str] = {}
    for code in _PRESENTATION:
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if form in _FORMS and 0 < len(letters) <= 2:
            word = "".join(chr(int(letter, 16)) for letter in letters)
            if len(word) == 1 or (word[0] == _LAM and "LAM WITH ALEF" in unicodedata.name(chr(code))):
                found.setdefault((word, _FORMS[form]), chr(code))
    return found


def _levels(text: str) -> list[int]:
    """Tell how deep each sign is embedded: even levels run to the right, odd ones to the left."""
    kinds = _kinds(text)
    first = next(kind for kind in map(unicodedata.bidirectional, text) if kind in _STRONG)
    base = "R" if first in _RIGHT else "L"
    depth = {"L": 0, "R": 1, "N": 2} if base == "L" else {"L": 2, "R": 1, "N": 2}
    return [depth[kind or _around(kinds, at, base)] for at, kind in enumerate(kinds)]


def _kinds(text: str) -> list[str]:
    """Sort signs: L to the right, R to the left, N a number within what runs to the left, empty is neither."""
    found: list[str] = []
    strong = next("R" if kind in _RIGHT else "L" for kind in map(unicodedata.bidirectional, text) if kind in _STRONG)
    for at, letter in enumerate(text):
        kind = unicodedata.bidirectional(letter)
        if kind in _STRONG:
            strong = "R" if kind in _RIGHT else "L"
            found.append(strong)
        elif kind == "NSM" and found:
            found.append(found[-1])
        elif kind in _NUMBER or (kind in _IN_NUMBERS and _is_in_a_number(text, at)):
            found.append("N" if strong == "R" else "L")
        else:
            found.append("")
    return found


def _is_in_a_number(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and all(unicodedata.bidirectional(text[at + side]) in _NUMBER for side in (-1, 1))


def _around(kinds: list[str], at: int, base: str) -> str:
    """Resolve a sign or a space: between two of a kind it is of that kind, otherwise of the line's."""
    before = next((kind for kind in reversed(kinds[:at]) if kind), base).replace("N", "R")
    after = next((kind for kind in kinds[at:] if kind), base).replace("N", "R")
    return before if before == after else base


_MIRRORED = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))
