"""The rules of returns as they are typed, and as the shop has them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.return_policy import ReturnPolicy, WithoutReceipt
from omsdesk.ui.settings.shop_draft import draft_of, problems, shop_of
from tests.ui.settings.test_shop_draft import SHOP

WORDS = st.lists(st.text("abcdef ", min_size=1).map(str.strip).filter(bool), unique=True).map(tuple)
POLICIES = st.builds(
    ReturnPolicy,
    days=st.integers(0, 3650),
    without_receipt=st.sampled_from(WithoutReceipt),
    limit=st.integers(1, 10**6),
    is_credit_only=st.booleans(),
    lowest_days=st.integers(0, 3650),
    reasons=WORDS,
)


@given(policy=POLICIES, reasons=WORDS)
def test_any_rules_are_written_and_read_back(policy: ReturnPolicy, reasons: tuple[str, ...]) -> None:
    shop = replace(SHOP, returns=policy, discount_reasons=reasons)
    assert problems(draft_of(shop), shop) == {}
    assert shop_of(draft_of(shop), shop) == shop


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"return_days": "a month"}, "return_days", "number of days"),
        ({"return_days": "9999"}, "return_days", "3650 at most"),
        ({"lowest_days": "-1"}, "lowest_days", "number of days"),
        ({"return_limit": "much"}, "return_limit", ""),
        ({"return_limit": "-5"}, "return_limit", ""),
        ({"without_receipt": "limit"}, "return_limit", "nobody has to agree"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(said: dict[str, str], field: str, words: str) -> None:
    found = problems(replace(draft_of(SHOP), **said), SHOP)  # type: ignore[arg-type]
    assert list(found) == [field]
    assert words in found[field]


def test_a_reason_that_is_typed_twice_is_one() -> None:
    made = shop_of(replace(draft_of(SHOP), return_reasons="Broken\n\n Broken \nLate"), SHOP)
    assert made.returns.reasons == ("Broken", "Late")
