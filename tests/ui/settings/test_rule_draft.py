"""A limit is read as it was typed, in the measure of its right, or it is said what to type."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.actions.set_up import country_preset
from omsdesk.domain.rights import RIGHTS, Leave, Measure, Rule
from omsdesk.ui.settings.rule_draft import RuleDraft, draft_of, rule_of

SHOP = country_preset("GB").shop("s1", "Corner Coffee")
MEASURED = [right for right, row in RIGHTS.items() if row.measure is not Measure.NOTHING]


@pytest.mark.parametrize(
    ("right", "typed", "most"),
    [
        ("sale.discount", "10", 100_000),
        ("sale.discount", " 12,5 % ", 125_000),
        ("sale.discount", "0", 0),
        ("sale.discount", "", None),
        ("cash.move", "50", 5_000),
        ("cash.move", "12.50", 1_250),
        ("return.late", "14", 14),
    ],
)
def test_what_is_typed_is_what_is_meant(right: str, typed: str, most: int | None) -> None:
    assert rule_of(right, RuleDraft("allowed", typed), SHOP) == Rule(right, Leave.ALLOWED, most)


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        ("sale.discount", "ten"), ("sale.discount", "101"), ("sale.discount", "-1"), ("cash.move", "a lot"),
        ("return.late", "2.5"), ("return.late", "-3"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_type(right: str, typed: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        rule_of(right, RuleDraft("allowed", typed), SHOP)


def test_a_limit_of_what_is_not_allowed_is_none() -> None:
    assert rule_of("sale.discount", RuleDraft("approval", "ten"), SHOP) == Rule("sale.discount", Leave.APPROVAL)
    assert rule_of("sale.discount", RuleDraft("denied", "10"), SHOP) == Rule("sale.discount", Leave.DENIED)


@given(st.sampled_from(MEASURED), st.integers(0, 1_000_000) | st.none(), st.sampled_from(["en-GB", "de", "fr-CH"]))
def test_what_is_shown_is_read_back_as_it_was(right: str, most: int | None, locale: str) -> None:
    rule, shop = Rule(right, Leave.ALLOWED, most), replace(SHOP, locale=locale)
    assert rule_of(right, draft_of(rule, shop), shop) == rule
