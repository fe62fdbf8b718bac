"""The rules of gift cards as they are typed, and as the shop has them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.ui.settings.shop_draft import MethodDraft, draft_of, problems, shop_of
from tests.ui.settings.test_shop_draft import SHOP


@given(value=st.integers(0, 10**7), months=st.integers(0, 600), worth=st.integers(1, 10**4))
def test_any_rules_are_written_and_read_back(value: int, months: int, worth: int) -> None:
    methods = (
        *SHOP.tender_methods,
        TenderMethod("account", "On account", TenderKind.ACCOUNT),
        TenderMethod("points", "Points", TenderKind.POINTS, point_value=worth),
    )
    shop = replace(SHOP, offline_value=value, card_months=months, tender_methods=methods)
    assert problems(draft_of(shop), shop) == {}
    assert shop_of(draft_of(shop), shop) == shop


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"offline_value": "much"}, "offline_value", ""),
        ({"offline_value": "-5"}, "offline_value", ""),
        ({"card_months": "two years"}, "card_months", "number of months"),
        ({"card_months": "601"}, "card_months", "600 at most"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(said: dict[str, str], field: str, words: str) -> None:
    found = problems(replace(draft_of(SHOP), **said), SHOP)  # type: ignore[arg-type]
    assert list(found) == [field]
    assert words in found[field]


def test_nothing_typed_gives_nothing_out_and_ends_no_card() -> None:
    shop = shop_of(replace(draft_of(SHOP), offline_value="", card_months=""), SHOP)
    assert (shop.offline_value, shop.card_months) == (0, 0)


def test_points_need_a_worth() -> None:
    draft = replace(draft_of(SHOP), methods=(MethodDraft("Points", str(TenderKind.POINTS)),))
    assert "what a point is worth" in problems(draft, SHOP)["methods.0"]
