"""What a receipt is asked for by: its number as people type it, or what the QR code on its paper carries."""

from __future__ import annotations

import re
from collections.abc import Iterable

from omsdesk.domain.shop import Till, receipt_number

_NUMBER = re.compile(r"([A-Z0-9]{1,6}[A-Z]+)-(\d{1,12})\Z")
_OTHER = re.compile(r"[^0-9a-f]")
_HEX_DIGITS = 32
_WRITTEN = 36


def number_in(text: str) -> str:
    """Read a receipt number in whatever case, with or without its zeros: ``2a-17`` is ``2A-000017``; empty if none."""
    found = _NUMBER.match(text.strip().upper())
    return receipt_number(found[1], int(found[2])) if found else ""


def sale_in(text: str) -> str:
    """Read the sale's UUID that the code of a receipt carries; empty where it is none.

    A scanner that types by another country's keys has other signs where the dashes were: the digits tell it.
    """
    digits = _OTHER.sub("", text.strip().lower())
    if len(digits) != _HEX_DIGITS or len(text.strip()) not in {_HEX_DIGITS, _WRITTEN}:
        return ""
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def is_number_of(number: str, tills: Iterable[Till]) -> bool:
    """Tell whether one of these tills writes such a number: its code, then the letters of an epoch."""
    series = number.rpartition("-")[0]
    return any(series.startswith(till.code) and series.removeprefix(till.code).isalpha() for till in tills)
