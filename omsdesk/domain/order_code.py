"""What an order is asked for by: its number as people type it, or as the code on its paper carries it."""

from __future__ import annotations

import re

# A letter follows the hyphen, so that no receipt is ever called so: one that nobody takes for a digit. Scanners that
# type by another country's keys have other signs where the hyphen was.
_NUMBER = re.compile(r"([A-Z0-9]{1,6}[A-Z]+)[^A-Z0-9]?B([0-9]{1,12})\Z", re.IGNORECASE | re.ASCII)


def order_series(series: str) -> str:
    """Name the counter of the orders of a till's series."""
    return f"{series}-B"


def order_number(series: str, counter: int) -> str:
    """Write the number of an order: the till's series, and a counter of its orders alone."""
    return f"{order_series(series)}{counter:05d}"


def number_in(text: str) -> str:
    """Read an order's number in whatever case and with or without its zeros, ``1a-b17``; empty if it is none."""
    found = _NUMBER.match(text.strip())
    return order_number(found[1].upper(), int(found[2])) if found else ""


def count_in(number: str) -> tuple[str, int]:
    """Split a number into the counter's name and how far it counted."""
    found = _NUMBER.match(number)
    return (order_series(found[1]), int(found[2])) if found else ("", 0)
