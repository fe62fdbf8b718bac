"""Places in the search index: best sellers before others, and nobody on anybody else's place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omsdesk.store.tables.search_rows import SHELF, search_row

numbers = st.integers(1, SHELF - 1)
counts = st.integers(0, 10**12)


@given(numbers, counts, st.booleans())
def test_the_product_is_told_by_its_row(no: int, sold_count: int, is_sold: bool) -> None:
    row = search_row(no, sold_count, is_sold=is_sold)
    assert row & (SHELF - 1) == no
    assert -(2**63) <= row < 2**63


@given(numbers, counts, numbers, counts)
def test_who_sells_eight_times_as_well_stands_before(no: int, sold_count: int, other: int, fewer: int) -> None:
    better = 8 * max(fewer, 1) + sold_count
    assert search_row(no, better, is_sold=True) < search_row(other, fewer, is_sold=True)


@given(numbers, counts, numbers, counts)
def test_what_is_not_sold_stands_behind_everything(no: int, sold_count: int, other: int, gone_count: int) -> None:
    assert search_row(no, sold_count, is_sold=True) < SHELF <= search_row(other, gone_count, is_sold=False)


def test_a_product_moves_seldom() -> None:
    rows = [search_row(7, sold_count, is_sold=True) for sold_count in range(100_000)]
    assert len(set(rows)) == 6
    assert rows == sorted(rows, reverse=True)
