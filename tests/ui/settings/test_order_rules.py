"""The rules of orders as they are typed, and as the shop has them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.ui.settings.shop_draft import draft_of, problems, shop_of
from tests.ui.settings.test_shop_draft import SHOP

DAYS = st.integers(0, 3650)
SHARES = st.integers(0, 1_000_000)


@given(days=st.tuples(DAYS, DAYS, DAYS), parts=st.integers(0, 12), shares=st.tuples(SHARES, SHARES))
def test_any_rules_are_written_and_read_back(days: tuple[int, int, int], parts: int, shares: tuple[int, int]) -> None:
    quotation, layaway, pick_up = days
    shop = replace(
        SHOP, quotation_days=quotation, layaway_days=layaway, pick_up_days=pick_up, layaway_parts=parts,
        layaway_ppm=shares[0], cancel_ppm=shares[1],
    )  # fmt: skip
    assert problems(draft_of(shop), shop) == {}
    assert shop_of(draft_of(shop), shop) == shop


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"quotation_days": "a month"}, "number of days"),
        ({"layaway_days": "3651"}, "3650 at most"),
        ({"pick_up_days": "-1"}, "number of days"),
        ({"layaway_parts": "13"}, "12 at most"),
        ({"layaway_share": "101"}, "from 0 to 100"),
        ({"layaway_share": "nan"}, "from 0 to 100"),
        ({"cancel_share": "much"}, "from 0 to 100"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(said: dict[str, str], words: str) -> None:
    found = problems(replace(draft_of(SHOP), **said), SHOP)  # type: ignore[arg-type]
    assert list(found) == list(said)
    assert words in found[next(iter(said))]


def test_nothing_typed_is_nothing() -> None:
    made = shop_of(replace(draft_of(SHOP), layaway_share=" ", cancel_share="", pick_up_days="", layaway_parts=""), SHOP)
    assert (made.layaway_ppm, made.cancel_ppm, made.pick_up_days, made.layaway_parts) == (0, 0, 0, 0)
