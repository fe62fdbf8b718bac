"""Whoever types wrong PINs waits, longer each time."""

from __future__ import annotations

from itertools import pairwise

from omsdesk.domain.attempts import PersonShutOut, ShutOut, decide
from omsdesk.domain.messages import Refusal
from tests.domain.corner_shop import NOON

TRIED = ShutOut("a1", "sue", "t1", 3, "sale.discount")


def wait(before: int) -> int:
    decision = decide(TRIED, before, NOON)
    assert not isinstance(decision, Refusal)
    (fact,) = decision
    assert isinstance(fact, PersonShutOut)
    assert (fact.id, fact.person, fact.till, fact.wrong, fact.right) == ("a1", "sue", "t1", 3, "sale.discount")
    return (fact.until.utc_ms - NOON.utc_ms) // 1000


def test_each_wait_is_twice_as_long_as_the_one_before_and_none_is_longer_than_a_quarter_of_an_hour() -> None:
    waits = [wait(before) for before in range(40)]
    assert waits[:5] == [30, 60, 120, 240, 480]
    assert all(second in {2 * first, 900} for first, second in pairwise(waits))
    assert waits[-1] == 900
