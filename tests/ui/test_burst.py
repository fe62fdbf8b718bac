"""When keys stop to be a person's, and for how long the next one is waited for."""

from __future__ import annotations

from omsdesk.devices.scanner import Reader
from omsdesk.ui.burst import BURST_GAP, QUIET, SHORTEST_SCAN, STUTTER, Burst


def _typed(text: str, last: int = 1000) -> Burst:
    burst = Burst()
    for letter in text:
        burst.add(letter, last)
    return burst


def test_a_few_keys_may_be_a_persons_and_wait_no_longer_than_nobody_feels() -> None:
    burst = _typed("oat")
    assert burst.text == "oat"
    assert not burst.is_machine
    assert not burst.is_code
    assert burst.patience(has_silent=False) == BURST_GAP


def test_so_many_so_fast_are_a_scanners_and_it_may_stutter() -> None:
    burst = _typed("4" * SHORTEST_SCAN)
    assert burst.is_code
    assert burst.patience(has_silent=False) == STUTTER
    assert burst.patience(has_silent=True) == QUIET


def test_its_own_first_key_tells_a_scanner_before_any_character() -> None:
    burst = Burst()
    burst.reader = Reader()
    assert burst.is_machine
    assert not burst.is_code
    burst.add("7", 1000)
    assert burst.is_code


def test_it_is_over_by_the_moments_of_the_keys() -> None:
    burst = _typed("4006", last=1000)
    assert not burst.is_over(1000 + STUTTER, has_silent=False)
    assert burst.is_over(1001 + STUTTER, has_silent=False)
    assert burst.is_over(1000 + STUTTER, has_silent=True)
    assert not Burst().is_over(10**6, has_silent=False)
    assert not _typed("ë", last=0).is_over(10**6, has_silent=False), "nobody said when that was composed"


def test_what_is_taken_is_gone() -> None:
    burst = _typed("oat")
    burst.reader = Reader()
    assert [one.text for one in burst.take()] == ["o", "a", "t"]
    assert burst.take() == []
    assert burst.reader is None
