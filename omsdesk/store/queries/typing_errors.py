"""What a mistyped word may have meant, among the words that products are found by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

_sql = Statements("search")

LAST_LETTER = "\U0010ffff"
"""Sorts behind every letter: ``low`` to ``low + LAST_LETTER`` is all that starts with ``low``."""

_LONG_WORD = 8
_LONGEST_TERM = 64
_MOST_READ = 8_000
_MOST_MEANT = 12
_MOST_BEGUN = 3


class Meaning(NamedTuple):
    """What a word may have meant, and how many letters were mistyped."""

    term: str
    errors: int
    is_begun: bool = False
    """Whether it is the beginning of a word rather than a whole one."""

    def fits(self, found: str) -> bool:
        """Tell whether a word of a product is what was meant."""
        return found.startswith(self.term) if self.is_begun else found == self.term


def prepare() -> None:
    """Load what the first mistyped word needs, which takes three frames: for a moment in which nothing happens."""
    from rapidfuzz import process  # noqa: F401
    from rapidfuzz.distance import OSA  # noqa: F401


def is_known(connection: Connection, word: str, *, is_begun: bool) -> bool:
    """Tell whether a word, or (``is_begun``) any word that starts so, is in a product's name."""
    high = word + LAST_LETTER if is_begun else word + "\0"
    found = connection.row(_sql.TERMS_STARTING, low=word, high=high, shortest=1, longest=_LONGEST_TERM, most=1)
    return found is not None


def meanings(connection: Connection, word: str, *, is_begun: bool) -> list[Meaning]:
    """List what a word may have meant: one letter wrong, missing, doubled or swapped; two in a long word.

    One error leaves one half of a word as it was, and two leave its first or last third unless they fall one into
    each: only words that share such a part are compared.
    """
    errors = 2 if len(word) >= _LONG_WORD else 1
    kept = len(word) // (errors + 1)
    span = {"shortest": len(word) - errors, "longest": len(word) + errors}
    terms = {
        *_terms(connection, _sql.TERMS_STARTING, word[:kept], span),
        *_terms(connection, _sql.TERMS_ENDING, word[: -kept - 1 : -1], span),
        *_swapped_in_the_middle(connection, word),
    }
    found = [Meaning(*near) for near in _nearest(word, terms, errors, _MOST_MEANT)]
    if is_begun:
        longer = {"shortest": len(word) + 1, "longest": _LONGEST_TERM}
        begun = {
            term[:length]
            for term in _terms(connection, _sql.TERMS_STARTING, word[:kept], longer)
            for length in range(len(word) - errors, len(word) + errors + 1)
        }
        found += [
            Meaning(term, distance, is_begun=True) for term, distance in _nearest(word, begun, errors, _MOST_BEGUN)
        ]
    return found


def _terms(connection: Connection, statement: str, start: str, span: dict[str, int]) -> Iterable[str]:
    rows = connection.rows(statement, low=start, high=start + LAST_LETTER, most=_MOST_READ, **span)
    return (term for (term,) in rows)


def _swapped_in_the_middle(connection: Connection, word: str) -> tuple[str, ...]:
    # Two letters swapped across the middle leave neither half as it was.
    at = len(word) // 2
    swapped = word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    return (swapped,) if is_known(connection, swapped, is_begun=False) else ()


def _nearest(word: str, terms: Iterable[str], errors: int, most: int) -> list[tuple[str, int]]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, list(terms), scorer=OSA.distance, score_cutoff=errors, limit=most)
    return [(term, int(distance)) for term, distance, _ in found]
