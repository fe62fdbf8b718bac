"""Text made fit for paper: cleaned, measured in the cells of a monospaced grid, and broken into lines that fit."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_ZERO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def clean(text: str) -> str:
    """Compose accents, write every line end as a line feed, and drop what a printer could take for a command."""
    written = _LINE_ENDS.sub("\n", text.expandtabs(2))
    kept = (letter for letter in written if letter == "\n" or _is_shown(letter))
    return unicodedata.normalize("NFC", "".join(kept))


def clean_figure(text: str) -> str:
    """Clean a text that stands on one line whatever it says."""
    return clean(text).replace("\n", " ")


def _is_shown(letter: str) -> bool:
    # Controls are commands to a printer; a half of a surrogate pair is no letter and no font or file can hold it.
    return unicodedata.category(letter) not in {"Cc", "Cs"}


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
    for word in text.rstrip(" ").split(" "):
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
