"""The form of a promotion: what is typed becomes an offer, and an offer stands in its fields again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes, Threshold, Tier
from omsdesk.ui.promotions.draft import CouponWay, Draft, Kind, Reader, Way, draft_of
from tests.domain.corner_shop import gbp

COFFEE, TEA = Selection(products=("coffee",)), Selection(categories=("Tea",))
PLAIN = Draft("Offer", goods=COFFEE)


def read(draft: Draft) -> tuple[Promotion, dict[str, str]]:
    reader = Reader("GBP", "en-GB")
    return reader.read("p1", draft), reader.errors


def percent(value: str) -> Benefit:
    return Benefit(Takes.PERCENT, round(float(value) * 10_000))


EVERY_KIND = [
    (replace(PLAIN, value="12.5"), (Need(COFFEE),), {"benefit": percent("12.5")}),
    (
        replace(PLAIN, way=Way.AMOUNT, value="1.00"), (Need(COFFEE),),
        {"benefit": Benefit(Takes.UNIT_AMOUNT, 0, gbp("1"))},
    ),
    (
        replace(PLAIN, way=Way.PRICE, value="2.50"), (Need(COFFEE),),
        {"benefit": Benefit(Takes.UNIT_PRICE, 0, gbp("2.5"))},
    ),
    (
        replace(PLAIN, kind=Kind.GET, value="100"), (Need(COFFEE, 2, is_reduced=False), Need(COFFEE)),
        {"benefit": percent("100")},
    ),
    (
        replace(PLAIN, kind=Kind.GET, buy="1", get="2", value="50", others=TEA),
        (Need(COFFEE, 1, is_reduced=False), Need(TEA, 2)), {"benefit": percent("50")},
    ),
    (
        replace(PLAIN, kind=Kind.MIX, buy="3", value="5.00", way=Way.PRICE), (Need(COFFEE, 3),),
        {"benefit": Benefit(Takes.SET_PRICE, 0, gbp("5"))},
    ),
    (
        replace(PLAIN, kind=Kind.BUNDLE, value="5.00", way=Way.PRICE, others=TEA), (Need(COFFEE), Need(TEA)),
        {"benefit": Benefit(Takes.SET_PRICE, 0, gbp("5"))},
    ),
    (
        replace(PLAIN, kind=Kind.STEPS, step_1="3", off_1="5", step_2="6", off_2="10"), (Need(COFFEE),),
        {"tiers": (Tier(3, percent("5")), Tier(6, percent("10")))},
    ),
    (
        replace(PLAIN, kind=Kind.BASKET, amount="50.00", way=Way.AMOUNT, value="5.00"), (Need(COFFEE),),
        {"benefit": Benefit(Takes.BASKET_AMOUNT, 0, gbp("5")), "threshold": Threshold(gbp("50"), COFFEE)},
    ),
    (
        replace(PLAIN, kind=Kind.BASKET, amount="50.00", value="10"), (Need(COFFEE),),
        {"benefit": percent("10"), "threshold": Threshold(gbp("50"), COFFEE)},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "needs", "more"), EVERY_KIND)
def test_what_is_typed_becomes_an_offer_and_stands_in_the_form_again(
    draft: Draft, needs: tuple[Need, ...], more: dict[str, object]
) -> None:
    row, errors = read(draft)
    assert errors == {}
    assert row == Promotion("p1", "Offer", needs, **more)  # type: ignore[arg-type]
    back = draft_of(row, "GBP", "en-GB")
    assert back.kind == draft.kind
    assert read(back) == (row, {})


def test_when_where_for_whom_and_beside_what() -> None:
    draft = replace(
        PLAIN, value="10", valid_from="2026-12-01", valid_to="2026-12-24", weekdays=(6, 5), from_time="9",
        to_time="17:30", stores=("s1",), groups=("club",), priority="10", is_combinable=True, most="2", is_active=False,
    )  # fmt: skip
    row, errors = read(draft)
    assert errors == {}
    assert (row.valid_from, row.valid_to, row.weekdays) == ("2026-12-01", "2026-12-24", (5, 6))
    assert (row.from_time, row.to_time, row.stores, row.groups) == ("09:00", "17:30", ("s1",), ("club",))
    assert (row.priority, row.is_combinable, row.most, row.is_active) == (10, True, 2, False)
    assert read(draft_of(row, "GBP", "en-GB"))[0] == row


def test_coupons() -> None:
    word, _ = read(replace(PLAIN, value="10", coupon_way=CouponWay.WORD, coupon=" Spring10 "))
    codes, _ = read(replace(PLAIN, value="10", coupon_way=CouponWay.CODES))
    assert (word.coupon, codes.coupon, codes.is_by_single_codes) == ("Spring10", "p1", True)
    assert draft_of(codes, "GBP", "en-GB").coupon_way == CouponWay.CODES
    assert "Type the word" in read(replace(PLAIN, value="10", coupon_way=CouponWay.WORD))[1]["coupon"]


@pytest.mark.parametrize(
    ("draft", "field", "said"),
    [
        (PLAIN, "value", "percentage above zero"),
        (replace(PLAIN, value="101"), "value", "100 at most"),
        (replace(PLAIN, way=Way.AMOUNT, value=""), "value", "Type an amount"),
        (replace(PLAIN, way=Way.AMOUNT, value="0"), "value", "how much comes off"),
        (replace(PLAIN, way=Way.AMOUNT, value="1.2345"), "value", "not clear"),
        (replace(PLAIN, name=" ", value="10"), "name", "Type a name"),
        (replace(PLAIN, kind=Kind.GET, buy="x", value="100"), "buy", "from 1 to 1000"),
        (replace(PLAIN, kind=Kind.STEPS, step_1="3", off_1=""), "off_1", "percentage"),
        (replace(PLAIN, kind=Kind.STEPS, step_1="3", off_1="5", step_2="3", off_2="9"), "step_1", "another quantity"),
        (replace(PLAIN, kind=Kind.BASKET, value="10"), "amount", "Type an amount"),
        (replace(PLAIN, value="10", goods_sought="oat"), "goods", "Choose one of those that were found"),
        (replace(PLAIN, value="10", valid_to="soon"), "valid_to", "Type it like 31/12/2027"),
        (replace(PLAIN, value="10", from_time="late"), "from_time", "Type times as"),
        (replace(PLAIN, value="10", most="0"), "most", "from 1 to 1000"),
        (replace(PLAIN, kind=Kind.BUNDLE, value="5.00"), "others", "what goes together with it"),
        (replace(PLAIN, kind=Kind.BUNDLE, value="5.00", goods=Selection(), others=TEA), "goods", "in the bundle"),
    ],
)
def test_what_is_missing_is_said_at_its_field(draft: Draft, field: str, said: str) -> None:
    errors = read(draft)[1]
    assert list(errors) == [field]
    assert said in errors[field]


def test_what_the_form_has_no_fields_for_is_kept_as_it_is() -> None:
    three = Promotion(
        "p1", "Menu", (Need(COFFEE), Need(TEA), Need(Selection(brands=("A",)))), Benefit(Takes.SET_AMOUNT, 0, gbp("1"))
    )
    draft = draft_of(three, "GBP", "en-GB")
    assert draft.kind == Kind.OTHER
    reader = Reader("GBP", "en-GB")
    assert reader.read("p1", replace(draft, name="Big menu"), three) == replace(three, name="Big menu")
    assert reader.errors == {}
