"""The example below the form is what the till would do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes, Threshold, Tier
from omsdesk.domain.values import Money
from omsdesk.ui.promotions.example import example
from tests.domain.corner_shop import gbp

COFFEE, TEA = Selection(products=("coffee",)), Selection(categories=("Tea",))
FREE, TENTH = Benefit(Takes.PERCENT, 1_000_000), Benefit(Takes.PERCENT, 100_000)


def said(row: Promotion) -> str:
    return example(row, "GBP", lambda id: gbp("3.20") if id == "coffee" else None, lambda amount: f"£{amount.decimal}")


def offer(*needs: Need, benefit: Benefit = TENTH, **more: object) -> Promotion:
    return Promotion("p", "P", needs, benefit, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (offer(Need()), "Buy 1 at £10.00: pay £9.00 instead of £10.00."),
        (
            offer(Need(TEA, 2, is_reduced=False), Need(TEA), benefit=FREE),
            "Buy 3 at £10.00: pay £20.00 instead of £30.00.",
        ),
        (offer(Need(COFFEE)), "Buy 1 at £3.20: pay £2.88 instead of £3.20."),
        (
            offer(Need(COFFEE), Need(TEA), benefit=Benefit(Takes.SET_PRICE, 0, gbp("12"))),
            "Buy 1 at £3.20 and 1 at £10.00: pay £12.00 instead of £13.20.",
        ),
        (
            offer(Need(), benefit=Benefit(Takes.PERCENT), tiers=(Tier(3, TENTH), Tier(6, FREE))),
            "Buy 6 at £10.00: pay £0.00 instead of £60.00.",
        ),
        (
            offer(Need(), benefit=Benefit(Takes.BASKET_AMOUNT, 0, gbp("5")), threshold=Threshold(gbp("45"))),
            "Buy 5 at £10.00: pay £45.00 instead of £50.00.",
        ),
        (
            offer(Need(), benefit=Benefit(Takes.UNIT_PRICE, 0, gbp("11"))),
            "Buy 1 at £10.00: nothing comes off. Look at the amounts again.",
        ),
        (offer(), ""),
    ],
)  # fmt: skip
def test_it_is_told_in_a_sentence(row: Promotion, sentence: str) -> None:
    assert said(row) == sentence


def test_days_stores_and_coupons_are_another_story() -> None:
    row = replace(offer(Need()), valid_to="2000-01-01", stores=("far",), groups=("club",), coupon="X", most=1)
    assert said(row) == "Buy 1 at £10.00: pay £9.00 instead of £10.00."


def test_a_price_in_other_money_is_none() -> None:
    assert example(offer(Need(COFFEE)), "JPY", lambda _: Money(5, "EUR"), str).startswith("Buy 1 at 10 JPY")
