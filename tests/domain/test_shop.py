"""Setting up: a shop, its tills, and receipt numbers that never come twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.field_write import Seen
from omsdesk.domain.messages import Refusal
from omsdesk.domain.shop import (
    CodeTaken,
    CodeUnclear,
    SaveShop,
    SaveTill,
    ShiftsOpen,
    ShopSaved,
    Till,
    TillSaved,
    decide,
    epoch_of,
    free_codes,
    receipt_number,
    series_of,
)
from tests.domain.corner_shop import DESK, SHOP, TILL

SECOND = Till("t2", "s1", "2", "Till 2")


def test_a_shop_is_set_up_and_changed_as_a_whole() -> None:
    assert decide(SaveShop(SHOP)) == (ShopSaved("s1", SHOP),)


@pytest.mark.parametrize(
    ("shop", "said"),
    [
        (replace(SHOP, name="  "), "name of the shop"),
        (replace(SHOP, currency=""), "currency"),
        (replace(SHOP, currency="pounds"), "currency"),
        (replace(SHOP, currency="gbp"), "currency"),
    ],
)
def test_a_shop_needs_a_name_and_money(shop: object, said: str) -> None:
    decision = decide(SaveShop(shop))  # type: ignore[arg-type]
    assert isinstance(decision, Refusal)
    assert said in decision.sentence


def test_the_currency_does_not_change_under_an_open_drawer() -> None:
    euro = replace(SHOP, currency="EUR")
    assert isinstance(decide(SaveShop(euro), before=SHOP, is_selling=True), ShiftsOpen)
    assert decide(SaveShop(euro), before=SHOP) == (ShopSaved("s1", euro),)
    renamed = replace(SHOP, name="New")
    assert decide(SaveShop(renamed), before=SHOP, is_selling=True) == (ShopSaved("s1", renamed),)


def test_a_till_keeps_its_code_and_may_change_its_name() -> None:
    renamed = replace(TILL, name="By the door")
    assert decide(SaveTill(renamed), [TILL, SECOND]) == (TillSaved("t1", renamed),)


def test_two_tills_never_share_a_code() -> None:
    decision = decide(SaveTill(replace(SECOND, code="1")), [TILL, SECOND])
    assert isinstance(decision, CodeTaken)
    assert decision.sentence == "Another till has the code 1 already, and 1 is too much like it."


@pytest.mark.parametrize(
    ("there", "new", "is_free"),
    [
        ("1", "2", True),
        ("1", "11", True),
        ("A", "B", True),
        ("A", "A1", True),
        ("1", "1A", False),
        ("A", "AB", False),
        ("1A", "1", False),
        ("K2", "K2BT", False),
    ],
)
def test_a_code_does_not_look_like_the_series_of_another_till(there: str, new: str, is_free: bool) -> None:
    decision = decide(SaveTill(replace(SECOND, code=new)), [replace(TILL, code=there)])
    assert isinstance(decision, CodeTaken) is not is_free


@pytest.mark.parametrize(
    ("there", "free"),
    [([], ["1", "2"]), (["1", "3"], ["2", "4"]), (["1A", "K2"], ["2", "3"]), (["10"], ["1", "2"])],
)
def test_new_tills_are_counted_up_past_what_is_taken(there: list[str], free: list[str]) -> None:
    assert list(islice(free_codes(there), 2)) == free


@pytest.mark.parametrize("code", ["1", "12", "K2", "NORTH1", "007", "A"])
def test_a_code_is_short_letters_and_digits(code: str) -> None:
    assert decide(SaveTill(replace(TILL, code=code))) == (TillSaved("t1", replace(TILL, code=code)),)


@pytest.mark.parametrize("code", ["", "1-2", "-1", "k2", "1 ", "Ä1", "\u0661", "1\n", "TOOLONG1"])
def test_a_code_that_cannot_stand_before_a_number_is_refused(code: str) -> None:
    assert isinstance(decide(SaveTill(replace(TILL, code=code))), CodeUnclear)


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("epoch", "series"),
    [(1, "1A"), (2, "1B"), (25, "1Z"), (26, "1AA"), (27, "1AB"), (50, "1AZ"), (51, "1BA")],
)
def test_every_epoch_opens_a_series(epoch: int, series: str) -> None:
    assert series_of(TILL, epoch) == series


def test_training_has_a_series_of_its_own() -> None:
    assert series_of(replace(TILL, is_training=True), 1) == "1AT"


tills = st.builds(
    Till,
    id=st.just("t"),
    shop=st.just("s"),
    code=st.text("12ABT", min_size=1, max_size=4),
    name=st.just("Till"),
    is_training=st.booleans(),
)
places = st.tuples(tills, st.integers(1, 2000))


@given(places, places)
def test_no_two_tills_epochs_or_modes_ever_write_into_one_series(
    one: tuple[Till, int], other: tuple[Till, int]
) -> None:
    if one[0].code != other[0].code:
        neighbour = replace(other[0], id="another")
        if isinstance(decide(SaveTill(neighbour), [one[0]]), CodeTaken):
            return
    assert (series_of(*one) == series_of(*other)) is (one == other)


@given(places)
def test_a_number_gives_its_series_back(place: tuple[Till, int]) -> None:
    series = series_of(*place)
    assert replace(DESK, next_number=receipt_number(series, 1_234_567)).series == series


@given(places)
def test_a_series_gives_its_epoch_back_at_its_own_till_only(place: tuple[Till, int]) -> None:
    till, epoch = place
    series = series_of(till, epoch)
    assert epoch_of(till, series) == epoch
    assert epoch_of(replace(till, is_training=not till.is_training), series) == 0
    assert epoch_of(replace(till, code="K9"), series) == 0


@pytest.mark.parametrize("series", ["", "1", "1T", "12A", "1a", "Z 1A", "A"])
def test_what_is_no_series_of_a_till_has_no_epoch_there(series: str) -> None:
    assert epoch_of(TILL, series) == 0


def test_numbers_have_six_digits_until_they_need_more() -> None:
    assert receipt_number("1A", 42) == "1A-000042"
    assert receipt_number("1A", 1_000_000) == "1A-1000000"


def test_a_change_names_its_fields_and_what_was_seen_of_them() -> None:
    seen = Seen(("a", "b"), 4)
    shop = decide(SaveShop(SHOP, ("name",)), seen=seen)
    assert shop == (ShopSaved(SHOP.id, SHOP, ("name",), ("a", "b"), 4),)
    till = decide(SaveTill(TILL, ("code",)), seen=seen)
    assert till == (TillSaved(TILL.id, TILL, ("code",), ("a", "b"), 4),)
