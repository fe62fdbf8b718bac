"""Names as words to be found by: one folding for what is stored and for what is typed."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")
# Scripts that put no space between words: each character is a word of its own. Compiled by ``re`` when one comes.
_UNSPACED = r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])"
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "ð": "d", "þ": "th"})


def fold(text: str) -> str:
    """Lower the case and take accents away: ``Žluťoučký`` is found by ``zlutoucky``."""
    if text.isascii():
        return text.lower()
    # Folded twice: a letter that stands for another one (ℇ for Ɛ) can be a capital.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


def words(text: str) -> list[str]:
    """Split a text into folded words."""
    folded = fold(text)
    return _WORD.findall(folded if folded.isascii() else re.sub(_UNSPACED, r" \1 ", folded))
