"""What the cart and the receipt say of offers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.messages import AMOUNT
from omsdesk.domain.promotion import Benefit, Item, Need, Promotion, Selection, Takes, Threshold, Tier
from omsdesk.domain.promotion_hints import Hint, Label, almost, explain
from omsdesk.domain.values import Money, Quantity

FIVE = Money(500, "EUR")
FREE = Benefit(Takes.PERCENT, 1_000_000)
FIFTH = Benefit(Takes.PERCENT, 200_000)
ALE, BUN = Selection(("ale",)), Selection(("bun",))
TWO_AND_ONE = Need(ALE, 2, is_reduced=False), Need(ALE)


def offer(needs: Need | tuple[Need, ...], benefit: Benefit) -> Promotion:
    return Promotion("p", "Cheese week", needs if isinstance(needs, tuple) else (needs,), benefit)


def scanned(**counts: str) -> list[Item]:
    """Goods at ten euros each."""
    return [Item(product, product, Quantity.of(count), Money(1000, "EUR")) for product, count in counts.items()]


def words(row: Promotion) -> str:
    """The label, its amounts written plainly."""
    label = explain(row)
    text = label.wording
    for amount in label.amounts:
        text = text.replace(AMOUNT, f"{amount.decimal}", 1)
    assert AMOUNT not in text
    return text


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (offer(Need(), FIFTH), "−20 %"),
        (offer(Need(), Benefit(Takes.PERCENT, 55_000)), "−5.5 %"),
        (offer(TWO_AND_ONE, FREE), "2 + 1 free"),
        (offer(TWO_AND_ONE, FIFTH), "2 + 1 at −20 %"),
        (offer(Need(), FREE), "free"),
        (offer(Need(quantity=3), FIFTH), "3 at −20 %"),
        (offer(Need(), Benefit(Takes.UNIT_AMOUNT, money=FIVE)), "−5.00 each"),
        (offer(TWO_AND_ONE, Benefit(Takes.UNIT_AMOUNT, money=FIVE)), "2 + 1 at −5.00 each"),
        (offer(Need(), Benefit(Takes.UNIT_PRICE, money=FIVE)), "5.00 each"),
        (offer(Need(quantity=2), Benefit(Takes.UNIT_PRICE, money=FIVE)), "2 at 5.00 each"),
        (offer(Need(quantity=3), Benefit(Takes.SET_PRICE, money=FIVE)), "3 for 5.00"),
        (offer((Need(ALE), Need(BUN)), Benefit(Takes.SET_AMOUNT, money=FIVE)), "2 at −5.00"),
        (offer(Need(), Benefit(Takes.BASKET_AMOUNT, money=FIVE)), "−5.00"),
    ],
)
def test_every_offer_has_a_few_words_for_it(row: Promotion, label: str) -> None:
    assert words(row) == label


def test_tiers_are_told_one_after_the_other() -> None:
    tiers = Tier(6, FIFTH), Tier(3, Benefit(Takes.UNIT_PRICE, money=FIVE))
    assert words(replace(offer(Need(), FIFTH), tiers=tiers)) == "from 3 5.00 each · from 6 −20 %"


def test_a_threshold_is_told_with_what_it_gives() -> None:
    row = offer(Need(), Benefit(Takes.BASKET_AMOUNT, money=FIVE))
    row = replace(row, threshold=Threshold(Money(5000, "EUR")))
    assert words(row) == "−5.00 from 50.00"
    assert explain(row) == Label(f"−{AMOUNT} from {AMOUNT}", (FIVE, Money(5000, "EUR")))


# --- what is missing -----------------------------------------------------------------------------------------------


def missing(row: Promotion, **counts: str) -> int:
    return sum(hint.units for hint in almost(scanned(**counts), [row]))


@pytest.mark.parametrize(("count", "units"), [("1", 0), ("2", 1), ("3", 0), ("4", 0), ("5", 1), ("6", 0)])
def test_one_more_and_the_third_is_free(count: str, units: int) -> None:
    assert missing(offer(TWO_AND_ONE, FREE), ale=count) == units


def test_it_says_what_offer_it_speaks_of() -> None:
    row = offer(TWO_AND_ONE, FREE)
    (hint,) = almost(scanned(ale="2"), [row])
    assert (hint, hint.label) == (Hint(row, 1), Label("2 + 1 free"))


def test_a_bundle_lacks_its_other_half() -> None:
    row = offer((Need(ALE), Need(BUN)), Benefit(Takes.SET_PRICE, money=FIVE))
    assert missing(row, ale="1") == 1
    assert missing(row, ale="1", bun="1") == 0
    assert missing(row, ale="2", bun="1") == 1


def test_an_offer_on_every_unit_lacks_nothing_and_a_used_up_one_says_nothing() -> None:
    assert missing(offer(Need(), FIFTH), ale="2") == 0
    assert missing(replace(offer(TWO_AND_ONE, FREE), most=1), ale="5") == 0


@pytest.mark.parametrize(("count", "units"), [("1", 0), ("2", 1), ("3", 3), ("5", 1), ("6", 0)])
def test_the_next_tier_is_told_once_half_of_it_is_there(count: str, units: int) -> None:
    row = replace(offer(Need(), Benefit(Takes.PERCENT)), tiers=(Tier(3, FIFTH), Tier(6, FREE)))
    assert missing(row, ale=count) == units


def test_weighed_goods_make_no_set() -> None:
    items = [replace(row, is_measured=True) for row in scanned(ale="2")]
    assert almost(items, [offer(TWO_AND_ONE, FREE)]) == ()


@pytest.mark.parametrize(("count", "amount"), [("2", None), ("3", Money(1000, "EUR")), ("4", None)])
def test_a_threshold_that_is_nearly_reached_is_told_in_money(count: str, amount: Money | None) -> None:
    row = offer(Need(), Benefit(Takes.BASKET_AMOUNT, money=FIVE))
    row = replace(row, threshold=Threshold(Money(4000, "EUR"), ALE))
    hints = almost(scanned(ale=count, bun="9"), [row])
    assert [hint.amount for hint in hints] == ([amount] if amount else [])


def test_an_offer_in_another_currency_and_one_of_nothing_say_nothing() -> None:
    row = replace(offer(TWO_AND_ONE, FREE), threshold=Threshold(Money(100, "USD")))
    assert almost(scanned(ale="2"), [row, offer(Need(quantity=0), FREE)]) == ()


def test_what_lacks_least_comes_first() -> None:
    tier = replace(offer(Need(), Benefit(Takes.PERCENT)), id="tier", tiers=(Tier(8, FIFTH),))
    free = replace(offer(TWO_AND_ONE, FREE), id="free")
    assert [hint.promotion.id for hint in almost(scanned(ale="5"), [tier, free])] == ["free", "tier"]
