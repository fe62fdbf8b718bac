"""The promotions of a moment, for one customer and another."""

from __future__ import annotations

from omsdesk.domain import offers
from omsdesk.domain.offers import Offers
from omsdesk.domain.promotion import Benefit, Need, Promotion, Takes

TENTH = Benefit(Takes.PERCENT, 100_000)
FOR_ALL = Promotion("all", "For all", (Need(),), TENTH)
FOR_STAFF = Promotion("staff", "Staff", (Need(),), TENTH, groups=("staff", "family"))
FOR_THE_COUPON = Promotion("coupon", "Coupon", (Need(),), TENTH, coupon="Spring10")


def ids(held: Offers, groups: tuple[str, ...] = (), coupons: tuple[str, ...] = ()) -> set[str]:
    return {row.id for row in held.index(groups, coupons).promotions}


def test_everybody_gets_what_is_for_everybody() -> None:
    held = Offers([FOR_ALL, FOR_STAFF, FOR_THE_COUPON])
    assert ids(held) == {"all"}
    assert ids(held, ("guests",), ("winter",)) == {"all"}


def test_an_offer_is_found_by_its_id_whoever_it_is_for() -> None:
    held = Offers([FOR_ALL, FOR_STAFF])
    assert (held.get("staff"), held.get("coupon")) == (FOR_STAFF, None)


def test_groups_and_coupons_open_more() -> None:
    held = Offers([FOR_ALL, FOR_STAFF, FOR_THE_COUPON])
    assert ids(held, ("staff",)) == {"all", "staff"}
    assert ids(held, coupons=(" spring10 ",)) == {"all", "coupon"}
    assert ids(held, ("family",), ("SPRING10",)) == {"all", "staff", "coupon"}


def test_customers_who_get_the_same_share_an_index() -> None:
    held = Offers([FOR_ALL, FOR_STAFF, FOR_THE_COUPON])
    assert held.index() is held.index(("guests",), ("unknown",))
    assert held.index(("staff", "guests")) is held.index(("staff",))
    assert held.index() is not held.index(("staff",))


def test_no_more_indexes_are_kept_than_a_day_needs() -> None:
    many = [Promotion(f"p{n}", "", (Need(),), TENTH, coupon=f"c{n}") for n in range(offers._KEPT + 5)]
    held = Offers(many)
    for number in range(len(many)):
        assert ids(held, coupons=(f"c{number}",)) == {f"p{number}"}
    assert len(held._made) == offers._KEPT
