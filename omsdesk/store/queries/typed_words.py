"""What somebody typed into a search, as words and as questions to a full-text index."""

from __future__ import annotations

from omsdesk.domain.words import words
from omsdesk.store.engine import Connection, Row
from omsdesk.store.queries.typing_errors import Meaning

LONGEST = 120
"""Letters of what was typed that are looked at."""
CANDIDATES = 120
"""Rows of an index that are ranked."""
FEW = 5
"""So few found ask for a wider question."""
_MOST_CHUNKS = 5
_MOST_LETTERS = 2
_MOST_WORDS = 16


class Typed:
    """What was typed, as words: those of one chunk between spaces belong together (``coca-cola``, ``巧克力``).

    Of many chunks only the longest count, and the last: the other ones would say little and cost much.
    """

    def __init__(self, text: str) -> None:
        """Take it apart."""
        chunks = [chunk for chunk in map(words, text[:LONGEST].split()) if chunk]
        by_length = sorted(range(len(chunks) - 1), key=lambda at: -len("".join(chunks[at])))
        letters = [at for at in by_length if len("".join(chunks[at])) == 1]
        dropped = {*by_length[_MOST_CHUNKS - 1 :], *letters[_MOST_LETTERS:]}
        self.chunks = [chunk[:_MOST_WORDS] for at, chunk in enumerate(chunks) if at not in dropped]
        self.words = [word for chunk in self.chunks for word in chunk]
        self.text = " ".join(self.words)

    @property
    def together(self) -> str:
        """All chunks, the last one begun."""
        return " AND ".join(_quoted(*chunk) for chunk in self.chunks) + " *"

    @property
    def whole(self) -> str:
        """All chunks, each a whole word."""
        return " AND ".join(_quoted(*chunk) for chunk in self.chunks)

    @property
    def apart(self) -> str:
        """All words, wherever they stand, each of them begun."""
        return " AND ".join(f"{_quoted(word)} *" for word in self.words)

    def mended(self, meant: dict[str, list[Meaning]]) -> str:
        """All words, some of them in any of their meanings."""
        parts = [_either(meant[word]) if word in meant else _quoted(word) for word in self.words]
        return " AND ".join(parts) + ("" if self.words[-1] in meant else " *")


def _quoted(*parts: str) -> str:
    # Words hold no quotation marks, so nothing that is typed is ever an operator of the query language.
    return f'"{" ".join(parts)}"'


def _either(meant: list[Meaning]) -> str:
    return "(" + " OR ".join(_quoted(m.term) + (" *" if m.is_begun else "") for m in meant) + ")"


def by_words(connection: Connection, statement: str, typed: Typed) -> list[Row]:
    """Find rows by what was typed, with the statement of their index: wider where that finds few or too many."""

    def ask(expression: str) -> list[Row]:
        return connection.rows(statement, expression=expression, most=CANDIDATES)

    if not typed.words:
        return []
    found = ask(typed.together)
    if len(found) == CANDIDATES:
        return found + ask(typed.whole)
    return found + ask(typed.apart) if len(found) < FEW else found
