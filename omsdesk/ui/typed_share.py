"""A share as people type it and read it: in percent, kept in millionths."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from omsdesk.domain.tax import PPM
from omsdesk.ui.typed_amount import decimal_sign


def share_text(ppm: int, locale: str) -> str:
    """Write a share as people of a locale type it: 125,000 is ``12.5`` or ``12,5``."""
    return f"{(Decimal(ppm) * 100 / PPM).normalize():f}".replace(".", decimal_sign(locale))


def percent_text(ppm: int, locale: str) -> str:
    """Write a share in percent as people read it: ``5,5 %``."""
    return f"{share_text(ppm, locale)} %"


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
