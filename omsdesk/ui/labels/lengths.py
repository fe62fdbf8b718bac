"""Lengths as people type them, in millimetres, and as a label has them, in tenths."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation


def mm_text(tenths: int) -> str:
    """Write a length: ``25.4``."""
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def read_mm(text: str) -> int | None:
    """Read a length, with a point or a comma; None for what is none."""
    try:
        length = Decimal(text.strip().removesuffix("mm").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return round(length * 10) if length.is_finite() and -10_000 < length < 10_000 else None
