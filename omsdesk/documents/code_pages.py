"""Text as bytes of a printer's own character tables: exactly, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omsdesk.documents.printer_profile import CodePage

# Spaces that differ in width only, which a monospaced printer has not.
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " "))


@dataclass(frozen=True, slots=True)
class Run:
    """Bytes that belong to one character table."""

    page: CodePage
    data: bytes


def encode(text: str, pages: tuple[CodePage, ...], current: CodePage) -> tuple[Run, ...] | None:
    """Encode a line, changing tables as seldom as a greedy choice can; ``current`` is in force before it.

    Returns None where a character is in none of the tables: nothing is ever replaced by another character.
    """
    rest = text.translate(_SPACES)
    runs: list[Run] = []
    while rest:
        best = max((current, *pages), key=lambda page: _reach(rest, page))
        reach = _reach(rest, best)
        if reach == 0:
            return None
        runs.append(Run(best, rest[:reach].encode(best.codec)))
        rest, current = rest[reach:], best
    return tuple(runs)


def _reach(text: str, page: CodePage) -> int:
    """How many characters from the start a table holds."""
    return next((i for i, character in enumerate(text) if not _holds(page.codec, character)), len(text))


@cache
def _holds(codec: str, character: str) -> bool:
    if character.isascii():
        return " " <= character <= "~"
    try:
        # Only the upper half: some tables draw other signs where ASCII has control characters.
        return character.encode(codec)[0] >= 0x80
    except UnicodeEncodeError:
        return False
