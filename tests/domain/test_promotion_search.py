"""The search for sets, in bare numbers: what it finds, how far it is certain, and what it does beyond that."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.domain.promotion import Chain
from omsdesk.domain.promotion_search import NODES, Offer, Option, Run, Solution, solve

THIRD_FREE = Offer((Chain(2, 1),))


def runs_of(offers: int, *prices: int, units: int = 1) -> list[Run]:
    """Units that every offer wants; reduced they are free."""
    return [Run(units, tuple(Option(offer, 0, 0, price) for offer in range(offers))) for price in prices]


def check(solution: Solution, runs: list[Run], offers: list[Offer]) -> None:
    """Hold an answer to the rules: no unit twice, whole sets, the dearer ones bought, and the gain as it is told."""
    used: Counter[int] = Counter()
    made_of: Counter[int] = Counter()
    gain = 0
    for made in solution.sets:
        offer = offers[made.offer]
        made_of[made.offer] += made.times
        assert sum(row.units for row in made.units) == offer.length
        assert sum(row.units for row in made.units if row.is_reduced) == sum(chain.reduced for chain in offer.chains)
        gain += made.times * offer.constant
        for row in made.units:
            used[row.run] += row.units * made.times
            (option,) = (option for option in runs[row.run].options if option.offer == made.offer)
            gain += row.units * made.times * (option.reduced if row.is_reduced else option.bought)
        if len(offer.chains) == 1:
            bought = [row.run for row in made.units if not row.is_reduced]
            assert all(row.run >= max(bought, default=0) for row in made.units if row.is_reduced)
    assert all(count <= runs[run].units for run, count in used.items())
    assert all(not offers[place].most or count <= offers[place].most for place, count in made_of.items())
    assert gain == solution.gain >= 0


def test_nothing_to_do_is_done_at_once() -> None:
    assert solve([], []) == solve([Run(3, ())], [THIRD_FREE]) == Solution(0, (), is_exact=True)


def test_every_third_is_free_from_the_dearest_down() -> None:
    found = solve(runs_of(1, 10, 9, 8, 3, 2, 1), [THIRD_FREE])
    assert (found.gain, found.is_exact) == (9, True)


def test_what_a_unit_brings_outside_is_weighed_against_the_set() -> None:
    runs = [Run(1, (Option(0, 0, -6, 4),)), *runs_of(1, 9, 8, 7)]
    assert solve(runs, [THIRD_FREE]).gain == 7, "the dearest is better left outside"


def test_offers_share_units_so_that_all_together_gain_most() -> None:
    pair = Offer((Chain(0, 2),), constant=-12)
    runs = [Run(1, (Option(0, 0, 0, price), Option(1, 0, 0, price))) for price in (10, 9, 8, 7, 6)]
    assert solve(runs, [THIRD_FREE, pair]).gain == 13, "10 and 9 for 12, and the third of 8, 7, 6"


def test_chains_are_filled_side_by_side() -> None:
    bundle = Offer((Chain(0, 1), Chain(1, 1)), constant=-5)
    burgers = [Run(1, (Option(0, 0, 0, price),)) for price in (9, 8, 7)]
    drinks = [Run(4, (Option(0, 1, -1, 4),))]
    found = solve(burgers + drinks, [bundle])
    assert found.gain == (9 + 4 - 1 - 5) + (8 + 4 - 1 - 5)
    assert [made.offer for made in found.sets] == [0, 0]


@pytest.mark.parametrize(("most", "gain"), [(0, 8 + 5 + 2), (1, 8), (2, 8 + 5), (3, 8 + 5 + 2)])
def test_a_limit_keeps_the_best_sets(most: int, gain: int) -> None:
    runs = runs_of(1, *range(10, 0, -1))
    assert solve(runs, [Offer((Chain(2, 1),), most=most)]).gain == gain


def test_one_offer_is_certain_on_hundreds_of_units_two_on_a_hundred_three_on_twenty() -> None:
    for offers, units in ((1, 600), (2, 100), (3, 20)):
        runs = runs_of(offers, *range(units + 1000, 1000, -1))
        found = solve(runs, [THIRD_FREE] * offers)
        assert found.is_exact
        check(found, runs, [THIRD_FREE] * offers)


def test_knots_that_do_not_touch_are_each_certain() -> None:
    runs = [Run(1, (Option(offer, 0, 0, 9 - unit),)) for offer in range(30) for unit in range(6)]
    found = solve(runs, [THIRD_FREE] * 30)
    assert (found.gain, found.is_exact) == (30 * (7 + 4), True)


def test_without_steps_it_still_answers_and_says_that_it_is_not_certain() -> None:
    runs = runs_of(2, *range(30, 0, -1))
    offers = [THIRD_FREE, Offer((Chain(1, 1),))]
    found = solve(runs, offers, nodes=0)
    assert not found.is_exact
    assert found.gain == sum(range(29, 0, -2))
    check(found, runs, offers)


def test_a_million_equal_units_are_one_step() -> None:
    found = solve([Run(1_000_000, (Option(0, 0, 0, 5),))], [THIRD_FREE])
    assert found.gain == 333_333 * 5
    assert [made.times for made in found.sets] == [333_333]


def test_offers_that_can_gain_nothing_cost_nothing() -> None:
    dear = Offer((Chain(0, 2),), constant=-100)
    many = [dear] * 200
    runs = [Run(1, tuple(Option(offer, 0, 0, 50) for offer in range(200))) for _ in range(50)]
    assert solve(runs, many, nodes=0) == Solution(0, (), is_exact=True)


chains = st.builds(Chain, st.integers(0, 2), st.integers(1, 2))
offers_ = st.lists(
    st.builds(Offer, st.tuples(chains), st.integers(-20, 10), st.integers(0, 2), st.just(False)), min_size=1, max_size=4
)


@st.composite
def knots(draw: st.DrawFn) -> tuple[list[Run], list[Offer]]:
    """Units in order of price, of which each is worth something to some offers and has a cost that it brings along."""
    offers = draw(offers_)
    runs = []
    for price in sorted(draw(st.lists(st.integers(1, 30), min_size=1, max_size=8)), reverse=True):
        outside = draw(st.sampled_from([0, 0, price // 3]))
        wanted = draw(st.sets(st.integers(0, len(offers) - 1)))
        options = tuple(Option(offer, 0, -outside, price - outside) for offer in sorted(wanted))
        runs.append(Run(draw(st.integers(1, 4)), options))
    return runs, offers


@settings(max_examples=200)
@given(knots(), st.sampled_from([0, 20, 200, NODES]))
def test_every_answer_keeps_the_rules_and_more_steps_never_make_it_worse(
    knot: tuple[list[Run], list[Offer]], nodes: int
) -> None:
    runs, offers = knot
    found, whole = solve(runs, offers, nodes), solve(runs, offers, 10**9)
    check(found, runs, offers)
    check(whole, runs, offers)
    assert whole.is_exact
    assert found.gain == whole.gain if found.is_exact else found.gain <= whole.gain
    assert solve(runs, offers, nodes) == found


def test_a_capped_set_gains_no_more_than_its_goods_cost() -> None:
    offers = [Offer((Chain(0, 2),), 10, is_capped=True), Offer((Chain(0, 1),))]
    runs = [Run(1, (Option(0, 0, 0, 0, price), Option(1, 0, -1, price - 1))) for price in (7, 6, 2, 1)]
    found = solve(runs, offers)
    assert (found.gain, found.is_exact) == (10 + 3, False)
    assert [(made.offer, made.times) for made in found.sets] == [(0, 1), (0, 1)]
