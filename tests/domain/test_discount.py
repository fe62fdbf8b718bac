"""What people take off a price by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.discount import Discount
from omsdesk.domain.tax import PPM
from omsdesk.domain.values import Money

amounts = st.integers(-(10**9), 10**9).map(lambda minor: Money(minor, "EUR"))
discounts = st.one_of(
    st.integers(0, PPM).map(lambda ppm: Discount(ppm=ppm)),
    st.integers(0, 10**9).map(lambda minor: Discount(amount=Money(minor, "EUR"))),
)


def euro(text: str) -> Money:
    return Money.of(text, "EUR")


@pytest.mark.parametrize(
    ("discount", "price", "off"),
    [
        (Discount(ppm=100_000), "12.90", "1.29"),
        (Discount(ppm=50_000), "0.10", "0.01"),
        (Discount(ppm=PPM), "3.45", "3.45"),
        (Discount(amount=Money(500, "EUR")), "12.90", "5.00"),
        (Discount(amount=Money(500, "EUR")), "3.00", "3.00"),
        (Discount(ppm=100_000), "-12.90", "-1.29"),
        (Discount(amount=Money(500, "EUR")), "-3.00", "-3.00"),
    ],
)
def test_a_discount_is_a_share_or_an_amount_and_never_more_than_the_price(
    discount: Discount, price: str, off: str
) -> None:
    assert discount.off(euro(price)) == euro(off)


@given(discounts, amounts)
def test_it_never_turns_a_price_round_and_what_comes_back_mirrors_what_was_sold(
    discount: Discount, price: Money
) -> None:
    off = discount.off(price)
    assert abs(off.minor) <= abs(price.minor)
    assert off.minor * price.minor >= 0
    assert discount.off(-price) == -off


def test_a_limit_is_compared_with_the_share_it_really_is() -> None:
    assert Discount(amount=euro("1.00")).share_of(euro("10.00")) == 100_000
    assert Discount(amount=euro("1.00")).share_of(euro("9.99")) == 100_101, "a little over ten percent is over it"
    assert Discount(ppm=100_000).share_of(euro("10.05")) == 100_000, "the rounding is nobody's fault"
    assert Discount(amount=euro("99.00")).share_of(euro("10.00")) == PPM
    assert Discount(amount=euro("1.00")).share_of(euro("0.00")) == 0
