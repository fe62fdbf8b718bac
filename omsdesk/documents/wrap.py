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


def wrap(text: str, width: int, hang: int = 0) -> tuple[str, ...]:
    """Break a text between words into lines of at most ``width`` cells; only a word that is wider is split.

    Every line but the first is narrower by ``hang``. Line breaks in the text are kept, and so is every character but
    the spaces at a break.
    """
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        _wrap_paragraph(lines, paragraph, width, hang)
    return tuple(lines)


def _wrap_paragraph(lines: list[str], text: str, width: int, hang: int) -> None:
    """Add the lines of a paragraph."""
    lines.append("")
    for word in text.rstrip(" ").split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cells(joined) <= width - hang * (len(lines) > 1):
            lines[-1] = joined
            continue
        if not lines[-1]:
            lines.pop()
        at = 0
        while at < len(word):
            lines.append(_piece(word, at, width - hang * bool(lines)))
            at += len(lines[-1])


def _piece(word: str, start: int, width: int) -> str:
    """Cut as much of a word as fits, one character at least."""
    end, taken = start + 1, cells(word[start])
    while end < len(word) and (taken := taken + cells(word[end])) <= width:
        end += 1
    piece = word[start:end]
    return piece[: best_end(piece)] if end < len(word) else piece


def best_end(piece: str) -> int:
    """Tell where a piece of a word that does not fit is ended: after a sign inside of it, unless that is far back."""
    sign = max(map(piece.rfind, _BREAKS)) + 1
    return sign if sign > len(piece) // 2 else len(piece)


_BREAKS = "-./@_–"
"""Signs after which an address or a compound is broken rather than in the middle of a word."""
