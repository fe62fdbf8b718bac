"""What was typed stays, what was not touched follows."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from omsdesk.ui.drafts import rebased


@dataclass(frozen=True)
class Card:
    name: str = ""
    price: str = ""
    is_sold: bool = True


CARDS = st.builds(Card, st.text(max_size=3), st.text(max_size=3), st.booleans())


def test_a_price_that_was_typed_lies_over_a_name_that_was_changed_elsewhere() -> None:
    before = Card("Tea", "2.50")
    assert rebased(Card("Tea", "2.80"), before, Card("Green tea", "2.50", is_sold=False)) == Card(
        "Green tea", "2.80", is_sold=False
    )


@given(CARDS, CARDS)
def test_nothing_typed_is_what_is_there_now(before: Card, now: Card) -> None:
    assert rebased(before, before, now) == now


@given(CARDS, CARDS)
def test_nothing_changed_elsewhere_is_what_was_typed(mine: Card, before: Card) -> None:
    assert rebased(mine, before, before) == mine


@given(CARDS, CARDS, CARDS)
def test_every_field_is_somebodys(mine: Card, before: Card, now: Card) -> None:
    made = rebased(mine, before, now)
    for name in ("name", "price", "is_sold"):
        is_touched = getattr(mine, name) != getattr(before, name)
        assert getattr(made, name) == getattr(mine if is_touched else now, name)


@given(CARDS, CARDS, CARDS)
def test_to_lie_over_the_same_ground_twice_changes_nothing_more(mine: Card, before: Card, now: Card) -> None:
    once = rebased(mine, before, now)
    assert rebased(once, now, now) == once
