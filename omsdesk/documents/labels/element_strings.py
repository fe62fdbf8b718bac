"""What a GS1 code says, written with its application identifiers in brackets (GS1 General Specifications, 3)."""

from __future__ import annotations

import re

from omsdesk.documents.labels.linear import check_digit, is_checked
from omsdesk.domain.records import record

SEPARATOR = "\x1d"
_BRACKETED = re.compile(r"\((\d{2,4})\)([^(]*)")


@record
class ElementStrings:
    """Identifiers and values that were found right, in the order in which they are printed."""

    pieces: tuple[str, ...]
    """The code in pieces, each of which stands after an FNC1: the first, and each after a value of free length."""
    text: str
    """As people read it: with brackets."""

    @property
    def plain(self) -> str:
        """What a scanner gives: the pieces with group separators between them."""
        return SEPARATOR.join(self.pieces)


def element_strings(content: str) -> ElementStrings:
    """Read ``(01)04006381333931(17)271231(10)AB1``.

    Values of a fixed length come first, as the standard advises, so that fewer separators are needed.

    Raises:
        ValueError: an identifier is not known, or its value is not as it must be; the sentence says so.

    """
    found = _BRACKETED.findall(content.strip())
    if not found or "".join(f"({ai}){value}" for ai, value in found) != content.strip():
        raise ValueError(
            f"“{content}” is not written as GS1 wants it, with the meaning of each part in brackets: (01) for the "
            "article number, (10) for the lot, (17) for the last day, (00) for the SSCC."
        )
    parts = [(ai, value, _needs_separator(ai, value)) for ai, value in found]
    ordered = sorted(parts, key=lambda part: part[2])
    pieces = [""]
    for place, (ai, value, is_open) in enumerate(ordered):
        pieces[-1] += ai + value
        if is_open and place + 1 < len(ordered):
            pieces.append("")
    return ElementStrings(tuple(pieces), "".join(f"({ai}){value}" for ai, value, _ in ordered))


def _needs_separator(ai: str, value: str) -> bool:
    """Check a value, and tell whether its length is free, so that a separator has to follow it."""
    from biip import ParseError
    from biip.gs1_element_strings import GS1ElementString

    try:
        found = GS1ElementString.extract(ai + value)
    except ParseError as fault:
        raise ValueError(_explained(ai, value, "it is too short, or holds what is not allowed there")) from fault
    if found.ai.ai != ai:
        raise ValueError(f"GS1 knows no ({ai}). Look it up in the list of its application identifiers.")
    if found.value != value:
        raise ValueError(_explained(ai, value, "it is too long, or holds what is not allowed there"))
    if ai in _NUMBERED and not is_checked(value):
        raise ValueError(_explained(ai, value, f"its last digit should be {check_digit(value[:-1])}"))
    return found.ai.separator_required


_NUMBERED = {"00", "01", "02"}
"""SSCC and article numbers, which end with a check digit."""


def _explained(ai: str, value: str, why: str) -> str:
    return f"“{value}” cannot stand after ({ai}) in a GS1 code: {why}. Correct it."
