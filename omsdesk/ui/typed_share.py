"""A share as people type it and read it: in percent, kept in millionths."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from omsdesk.domain.tax import PPM


def share_text(ppm: int) -> str:
    """Write a share as it would be typed: 125,000 is ``12.5``."""
    return f"{(Decimal(ppm) * 100 / PPM).normalize():f}"


def read_share(text: str) -> int:
    """Read a percentage, with or without its sign, down to a hundredth of one; nothing typed is none.

    Raises:
        ValueError: it is none, or not from 0 to 100.

    """
    try:
        percent = Decimal(text.strip().removesuffix("%").strip().replace(",", ".") or "0")
        is_share = 0 <= percent <= 100
    except InvalidOperation:
        is_share = False
    if not is_share:
        raise ValueError("Type a percentage from 0 to 100.")
    return int(percent * PPM / 100)
