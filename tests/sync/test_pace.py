"""When the next turn is due, to the second."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.sync.pace import Pace, Schedule

PACE = Pace(poll=60, gather=2, first=1, silence=15, most=300, eager=3, refused=900)
EARLY = 1000.0


def a_schedule(*chances: float) -> Schedule:
    drawn = iter((1.0, *chances))
    made = Schedule(PACE, lambda: next(drawn, 1.0), EARLY)
    made.due = EARLY
    return made


def a_good_line() -> Schedule:
    made = a_schedule()
    made.set_out()
    made.done(EARLY)
    return made


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_in_the_morning_not_all_tills_come_in_the_same_moment(chance: float) -> None:
    assert Schedule(PACE, lambda: chance, EARLY).due == EARLY + chance


def test_without_news_the_service_is_asked_now_and_then() -> None:
    assert a_good_line().due == EARLY + 60


def test_what_is_written_on_a_good_line_goes_at_once() -> None:
    schedule = a_good_line()
    schedule.wake(EARLY + 30)
    assert schedule.due == EARLY + 30


def test_what_follows_closely_goes_together() -> None:
    schedule = a_good_line()
    schedule.wake(EARLY + 0.5)
    schedule.wake(EARLY + 0.7)
    assert schedule.due == EARLY + 2


def test_what_is_written_during_a_turn_goes_with_the_next_one() -> None:
    schedule = a_good_line()
    schedule.set_out()
    schedule.wake(EARLY + 61)
    schedule.done(EARLY + 62)
    assert schedule.due == EARLY + 64
    schedule.set_out()
    schedule.done(EARLY + 65)
    assert schedule.due == EARLY + 125, "and then there is peace"


def test_a_service_that_does_not_answer_is_asked_again_within_a_quarter_of_a_minute() -> None:
    schedule = a_schedule()
    pauses = []
    for _ in range(8):
        schedule.failed(EARLY)
        pauses.append(schedule.due - EARLY)
    assert pauses == [1, 2, 4, 8, 15, 15, 15, 15]


def test_one_that_answers_and_has_too_much_to_do_is_asked_ever_more_seldom() -> None:
    schedule = a_schedule()
    pauses = []
    for _ in range(12):
        schedule.put_off(EARLY)
        pauses.append(schedule.due - EARLY)
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]


@given(st.integers(1, 10**9), st.floats(0, 1))
def test_a_pause_is_never_longer_than_the_longest(failures: int, chance: float) -> None:
    assert 0 <= PACE.pause_after(failures, 300, chance) <= 300


def test_a_turn_that_goes_through_ends_the_pauses() -> None:
    schedule = a_schedule(*[1.0] * 9)
    for _ in range(5):
        schedule.failed(EARLY)
    schedule.done(EARLY + 20)
    schedule.failed(EARLY + 80)
    assert schedule.due == EARLY + 81


def test_on_a_bad_line_a_sale_tries_at_once_but_not_all_the_time() -> None:
    schedule = a_good_line()
    for _ in range(6):
        schedule.failed(EARLY)
    assert schedule.due == EARLY + 15
    schedule.wake(EARLY + 1)
    assert schedule.due == EARLY + 3, "it was tried just now"
    schedule.set_out()
    schedule.failed(EARLY + 3)
    schedule.wake(EARLY + 10)
    assert schedule.due == EARLY + 10


def test_what_is_sold_while_a_try_fails_is_tried_for_soon() -> None:
    schedule = a_good_line()
    for _ in range(6):
        schedule.failed(EARLY)
    schedule.set_out()
    schedule.wake(EARLY + 15)
    schedule.failed(EARLY + 20)
    assert schedule.due == EARLY + 23


def test_who_asks_gets_it_at_once_whatever_was_said_against_it() -> None:
    schedule = a_good_line()
    schedule.ask(EARLY + 0.1)
    assert schedule.due == EARLY + 0.1
    schedule.refused(EARLY)
    assert schedule.due == EARLY + 900
    schedule.ask(EARLY + 5)
    assert schedule.due == EARLY + 5
    schedule.put_off(EARLY, retry_after=60)
    schedule.ask(EARLY + 5)
    assert schedule.due == EARLY + 5


def test_whoever_presses_a_key_again_and_again_does_not_hammer_at_the_service() -> None:
    schedule = a_good_line()
    for _ in range(6):
        schedule.failed(EARLY)
    for tenth in range(20):
        schedule.ask(EARLY + tenth / 10)
    assert schedule.due == EARLY + 3


def test_a_busy_service_is_left_alone_for_as_long_as_it_asks_and_a_little_more() -> None:
    schedule = a_schedule(0.0, 0.25)
    schedule.put_off(EARLY, 30)
    assert schedule.due == EARLY + 30.25
    schedule.wake(EARLY + 1)
    assert schedule.due == EARLY + 30.25


def test_a_line_for_news_that_breaks_is_looked_at_soon_and_not_by_all_at_once() -> None:
    schedule = a_schedule(0.2, 1.0)
    schedule.done(EARLY)
    schedule.doubt(EARLY + 10)
    assert schedule.due == EARLY + 13
    schedule.doubt(EARLY + 11)
    assert schedule.due == EARLY + 13, "it is no later for being doubted twice"


def test_a_line_that_never_brings_news_costs_ever_fewer_turns() -> None:
    schedule = Schedule(Pace(poll=600, silence=10), lambda: 0.5, EARLY)
    pauses = []
    for times in range(1, 8):
        schedule.done(EARLY)
        schedule.doubt(EARLY, times)
        pauses.append(schedule.due - EARLY)
    assert pauses == [5, 15, 35, 75, 155, 315, 600], "and none is later than the poll"


def test_a_refusal_is_not_asked_about_again_by_every_sale() -> None:
    schedule = a_good_line()
    schedule.refused(EARLY)
    schedule.wake(EARLY + 10)
    assert schedule.due == EARLY + 900


def test_a_long_pause_is_not_cut_short_by_a_short_wish() -> None:
    schedule = a_schedule(*[1.0] * 20)
    for _ in range(7):
        schedule.put_off(EARLY, 3)
    assert schedule.due == EARLY + 64


@given(st.lists(st.sampled_from(["set_out", "done", "failed", "put_off", "refused", "wake", "ask"]), max_size=40))
def test_whatever_happens_the_next_turn_comes_within_the_longest_pause(happenings: list[str]) -> None:
    schedule, now = a_schedule(*[1.0] * 99), EARLY
    for name in happenings:
        now += 1
        schedule.set_out() if name == "set_out" else getattr(schedule, name)(now)
        assert now - 60 <= schedule.due <= now + 900


def test_who_gets_somewhere_each_time_is_not_made_to_wait_longer_and_longer() -> None:
    schedule = Schedule(Pace(first=1, silence=15, most=300), lambda: 1.0, 0.0)
    for _ in range(20):
        schedule.put_off(100.0, 2.0, got_somewhere=True)
    assert schedule.due == 103.0
    for _ in range(20):
        schedule.failed(100.0, got_somewhere=True)
    assert schedule.due == 101.0
    for _ in range(20):
        schedule.put_off(100.0)
    assert schedule.due == 400.0
