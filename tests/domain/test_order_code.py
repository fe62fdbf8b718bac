"""The number of an order is read however people type it, and is never a receipt's."""

from __future__ import annotations

import pytest

from omsdesk.domain import receipt_code
from omsdesk.domain.order_code import count_in, number_in, order_number, order_series


@pytest.mark.parametrize("text", ["1A-B00017", "1a-b17", " 1A-B17 ", "1AßB00017", "1A/b017", "1AB17"])
def test_an_order_is_known_by_its_number(text: str) -> None:
    assert number_in(text) == "1A-B00017"


@pytest.mark.parametrize("text", ["", "1A-000017", "B17", "1-B17", "1A-B", "4006381333931", "1A--B17"])
def test_other_codes_are_no_orders(text: str) -> None:
    assert number_in(text) == ""


def test_an_order_is_no_receipt() -> None:
    assert receipt_code.number_in(order_number("1A", 17)) == ""
    assert receipt_code.number_in(order_number("KASSEB", 1)) == ""


def test_a_number_counts_in_a_series_of_orders_alone() -> None:
    assert order_number("1A", 17) == "1A-B00017"
    assert count_in("1A-B00017") == (order_series("1A"), 17)
    assert count_in("1A-000017") == ("", 0)
