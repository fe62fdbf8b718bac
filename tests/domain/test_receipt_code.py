"""Receipts are asked for by a number that somebody types, or by the code on the paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.receipt_code import is_number_of, number_in, sale_in
from omsdesk.domain.shop import Till, receipt_number, series_of
from omsdesk.domain.values import uuid7

TILLS = st.builds(
    Till, st.just("t"), st.just("s"), st.from_regex(r"[A-Z0-9]{1,6}", fullmatch=True), st.just(""), st.booleans()
)


@given(TILLS, st.integers(1, 2000), st.integers(1, 10**8))
def test_every_number_that_a_till_writes_is_read_in_whatever_case(till: Till, epoch: int, counter: int) -> None:
    number = receipt_number(series_of(till, epoch), counter)
    assert number_in(f" {number.lower()} ") == number
    assert is_number_of(number, [till])


@given(TILLS, st.integers(1, 10**8))
def test_nobody_types_the_zeros(till: Till, counter: int) -> None:
    series = series_of(till, 1)
    assert number_in(f"{series}-{counter}") == receipt_number(series, counter)


@pytest.mark.parametrize(
    "text", ["", "1A", "000012", "4001234500003", "1-000001", "A-B-1", "coffee-", "1A-12x", "1A-000001 2", "-1"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert number_in(text) == ""


@pytest.mark.parametrize(
    ("number", "is_so"), [("2A-000001", True), ("2AT-000001", True), ("3A-000001", False), ("2-000001", False)]
)
def test_a_number_belongs_to_a_till_that_writes_such(number: str, is_so: bool) -> None:
    assert is_number_of(number, [Till("t2", "s1", "2", "Till 2")]) is is_so


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10), st.sampled_from("-ß'?/)"))
def test_the_code_of_a_receipt_is_read_whatever_keys_the_scanner_presses(
    moment: int, entropy: bytes, dash: str
) -> None:
    sale = uuid7(moment, entropy)
    for typed in (sale, sale.upper(), sale.replace("-", dash), sale.replace("-", "")):
        assert sale_in(typed) == sale


@pytest.mark.parametrize("text", ["", "4001234500003", "1A-000001", "coffee and cake, beans and bread....", "f" * 31])
def test_other_codes_are_no_sale(text: str) -> None:
    assert sale_in(text) == ""
