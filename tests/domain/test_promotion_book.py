"""Promotions as they are kept: what is said of one, and what has to be there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.body import from_json, to_json
from omsdesk.domain.field_write import Seen
from omsdesk.domain.messages import Refusal
from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes, Threshold, Tier
from omsdesk.domain.promotion_book import OFFER, PromotionSaved, SavePromotion, decide, faults, said_of_edit
from omsdesk.domain.values import Money
from tests.domain.corner_shop import gbp

FREE = Benefit(Takes.PERCENT, 1_000_000)
COFFEE = Selection(products=("p-coffee",))
OFFERED = Promotion("o1", "3 for 2", (Need(COFFEE, 2, is_reduced=False), Need(COFFEE)), FREE)


def refusals(**change: object) -> list[str]:
    return [fault.wording for fault in faults(replace(OFFERED, **change))]  # type: ignore[arg-type]


def test_what_is_whole_is_kept_with_what_was_seen_of_it() -> None:
    decision = decide(SavePromotion(OFFERED, ("name",), 3), Seen(("a/1/7",), 2))
    assert decision == (PromotionSaved("o1", OFFERED, ("name",), ("a/1/7",), 2),)
    assert isinstance(decision, tuple)
    (fact,) = decision
    assert from_json(fact.kind, fact.version, to_json(fact)) == fact


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "  "}, "Type a name"),
        ({"needs": ()}, "how many have to be bought"),
        ({"needs": (Need(COFFEE, 0),)}, "how many have to be bought"),
        ({"needs": (Need(COFFEE, 1001),)}, "1000 at most"),
        ({"needs": (Need(COFFEE, 2, is_reduced=False),)}, "what gets cheaper"),
        ({"benefit": Benefit(Takes.PERCENT)}, "how many percent"),
        ({"benefit": Benefit(Takes.PERCENT, 1_000_001)}, "100 at most"),
        ({"benefit": Benefit(Takes.SET_PRICE)}, "Type the price"),
        ({"benefit": Benefit(Takes.UNIT_PRICE, money=gbp("-1"))}, "Type the price"),
        ({"benefit": Benefit(Takes.UNIT_AMOUNT, money=gbp("0"))}, "how much comes off"),
        ({"benefit": Benefit(Takes.BASKET_AMOUNT)}, "how much comes off"),
        ({"tiers": (Tier(2, Benefit(Takes.PERCENT)),)}, "how many percent"),
        ({"tiers": (Tier(2, FREE), Tier(2, FREE))}, "another quantity"),
        ({"tiers": (Tier(0, FREE),)}, "from 1 to 1000"),
        ({"threshold": Threshold(gbp("0"))}, "from which it holds"),
        ({"most": -1}, "How often on one receipt"),
        ({"threshold": Threshold(Money(100, "EUR")), "benefit": Benefit(Takes.SET_AMOUNT, money=gbp("1"))}, "currency"),
        ({"valid_from": "24.12.2026"}, "Type days as"),
        ({"valid_to": "2026-02-30"}, "Type days as"),
        ({"valid_from": "2026-12-24", "valid_to": "2026-12-23"}, "ends before it begins"),
        ({"from_time": "9:00"}, "Type times as"),
        ({"to_time": "25:00"}, "Type times as"),
        ({"from_time": "09:00", "to_time": "09:00"}, "same time of day"),
        ({"weekdays": (0,)}, "days of the week"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(change: dict[str, object], said: str) -> None:
    found = refusals(**change)
    assert len(found) == 1
    assert said in found[0]
    refusal = decide(SavePromotion(replace(OFFERED, **change)))  # type: ignore[arg-type]
    assert isinstance(refusal, Refusal)
    assert refusal.wording == found[0]


@pytest.mark.parametrize(
    "change",
    [
        {"benefit": Benefit(Takes.SET_PRICE, money=gbp("0"))},
        {"benefit": Benefit(Takes.PERCENT), "tiers": (Tier(3, FREE), Tier(6, FREE))},
        {"threshold": Threshold(gbp("20"))},
        {"valid_from": "2026-12-24", "valid_to": "2026-12-24"},
        {"from_time": "22:00", "to_time": "02:00", "weekdays": (5, 6)},
        {"to_time": "24:00"},
    ],
)
def test_what_can_be_offered(change: dict[str, object]) -> None:
    assert refusals(**change) == []


def test_everything_that_is_missing_is_said_at_once() -> None:
    assert len(refusals(name="", needs=(), benefit=Benefit(Takes.PERCENT), valid_to="soon")) == 4


def test_an_offer_is_said_whole_and_everything_else_by_itself() -> None:
    assert said_of_edit(OFFERED, OFFERED) == ()
    assert said_of_edit(OFFERED, replace(OFFERED, name="Three", priority=2)) == ("name", "priority")
    dearer = replace(OFFERED, benefit=Benefit(Takes.PERCENT, 500_000), name="Half")
    assert said_of_edit(OFFERED, dearer) == ("name", "benefit", "needs", "tiers", "threshold", "most")
    assert set(OFFER) <= set(said_of_edit(OFFERED, replace(OFFERED, most=3)))


def test_only_an_offer_of_single_codes_asks_for_its_own_id() -> None:
    assert not OFFERED.is_by_single_codes
    assert not replace(OFFERED, coupon="SPRING").is_by_single_codes
    assert replace(OFFERED, coupon="o1").is_by_single_codes
