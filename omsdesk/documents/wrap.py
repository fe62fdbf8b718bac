"""Text measured in the cells of a monospaced grid, and broken into lines that fit."""

from __future__ import annotations

import unicodedata

_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def cells(text: str) -> int:
    """How many cells a text fills: two for a wide East Asian character, none for a combining mark (UAX 11)."""
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Break a text between words into lines of at most ``width`` cells; only a word that is wider is split.

    Line breaks in the text are kept, and so is every character but the spaces at a break.
    """
    lines = [line for paragraph in text.splitlines() or [""] for line in _wrap_paragraph(paragraph, width)]
    return tuple(lines)


def _wrap_paragraph(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cells(joined) <= width:
            lines[-1] = joined
            continue
        pieces = _split(word, width)
        lines = lines if lines[-1] else lines[:-1]
        lines += pieces
    return lines


def _split(word: str, width: int) -> list[str]:
    """Cut a word into pieces of at most ``width`` cells, each at least one character long."""
    pieces = [""]
    for character in word:
        if pieces[-1] and cells(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
