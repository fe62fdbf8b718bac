"""Where products stand in the search index, which SQLite reads in the order of its rows: best sellers first."""

from __future__ import annotations

SHELF = 1 << 40
"""How many products have a place on one shelf; the rows above are no longer sold."""


def search_row(no: int, sold_count: int, *, is_sold: bool) -> int:
    """Give the row of a product in the search index.

    The better a product sells the earlier its row: from the second sale on one shelf ahead, and one more with every
    fourfold, so that a product moves seldom. What is not sold any more stands behind everything else.
    ``row & (SHELF - 1)`` gives ``no`` again.
    """
    return no - SHELF * (sold_count.bit_length() // 3) if is_sold else no + SHELF
