"""Every state has a word, an icon, a tone and a sentence that says what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.values import Stamp
from omsdesk.sync.state import Phase, SyncState
from omsdesk.ui.sync_words import ago, changes, clock_time, left, told
from omsdesk.ui.theme import Tone

NOW = Stamp(1_790_000_400_000, 120)  # Monday, 2026-09-21 at 16:20 on the wall
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
SYNCED = SyncState(is_enrolled=True, phase=Phase.IDLE, last_contact_ms=NOW.utc_ms - MINUTE)


def waiting(count: int, since_ms: int, **more: object) -> SyncState:
    """A state in which something waits since so long ago."""
    return replace(SYNCED, waiting=count, waiting_since_ms=NOW.utc_ms - since_ms, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "label", "tone"),
    [
        (SyncState(), "This till only", Tone.NEUTRAL),
        (SyncState(is_enrolled=True, phase=Phase.WAITING), "Connecting", Tone.NEUTRAL),
        (SyncState(is_enrolled=True, phase=Phase.TALKING), "Connecting", Tone.NEUTRAL),
        (SYNCED, "Synced", Tone.OK),
        (waiting(7, 2_000, phase=Phase.TALKING), "Synced", Tone.OK),
        (waiting(14, 10 * MINUTE, phase=Phase.TALKING), "14 waiting since 16:10", Tone.WARN),
        (waiting(14, 10 * MINUTE, phase=Phase.WAITING), "14 waiting since 16:10", Tone.WARN),
        (replace(SYNCED, phase=Phase.WAITING), "Sync waits", Tone.WARN),
        (waiting(14, MINUTE, phase=Phase.OFFLINE), "Offline: 14 waiting since 16:19", Tone.WARN),
        (SyncState(is_enrolled=True, phase=Phase.OFFLINE), "Offline: work goes on", Tone.WARN),
        (replace(SYNCED, phase=Phase.REFUSED), "Sync stopped", Tone.BAD),
        (replace(SYNCED, phase=Phase.TALKING, lag=1200), "Catching up", Tone.NEUTRAL),
        (replace(SYNCED, phase=Phase.TALKING, lag=3), "Synced", Tone.OK),
    ],
)
def test_a_state_is_a_word_and_a_tone(state: SyncState, label: str, tone: Tone) -> None:
    words = told(state, NOW)
    assert (words.label, words.tone) == (label, tone)
    assert words.sentence
    assert words.icon


def test_offline_says_what_waits_since_when_why_and_when_it_is_tried_again() -> None:
    state = waiting(14, 10 * MINUTE, phase=Phase.OFFLINE, sentence="desk.example does not answer.")
    state = replace(state, next_try_ms=NOW.utc_ms + 11_300)
    words = told(state, NOW)
    assert words.sentence == "14 changes wait since 16:10. Tries again in 12 s. desk.example does not answer."
    assert words.more.startswith(
        "desk.example does not answer. Tries again in 12 s. Everything is kept on this computer"
    )
    one = told(replace(state, waiting=1), NOW)
    assert one.sentence.startswith("1 change waits since 16:10.")
    assert told(replace(state, waiting=0), NOW).sentence == "Tries again in 12 s. desk.example does not answer."


@pytest.mark.parametrize(
    ("ahead_ms", "words"),
    [
        (1, "Tries again in 1 s."),
        (15_000, "Tries again in 15 s."),
        (300_000, "Tries again in 5 min."),
        (0, "It is being tried now."),
        (-5_000, "It is being tried now."),
        (-NOW.utc_ms, "It is being tried now."),
    ],
)
def test_the_next_try_is_counted_down(ahead_ms: int, words: str) -> None:
    state = replace(SYNCED, phase=Phase.WAITING, sentence="The disk is full.", next_try_ms=NOW.utc_ms + ahead_ms)
    assert told(state, NOW).sentence == f"The disk is full. {words}"
    assert told(replace(state, phase=Phase.REFUSED), NOW).more == f"The disk is full. {words}"


def test_a_refusal_is_said_in_the_words_of_the_service() -> None:
    state = replace(SYNCED, phase=Phase.REFUSED, sentence="A manager took this station off the service.")
    assert told(state, NOW).sentence == "A manager took this station off the service."


def test_changes_are_counted() -> None:
    assert [changes(count) for count in (1, 2, 1200)] == ["1 change", "2 changes", "1,200 changes"]


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (0, "16:20"),
        (16 * HOUR, "00:20"),
        (17 * HOUR, "Sun 23:20"),
        (6 * DAY, "Tue 16:20"),
        (7 * DAY, "2026-09-14 16:20"),
        (-DAY, "tomorrow 16:20"),
        (-2 * DAY, "2026-09-23 16:20"),
    ],
)
def test_a_moment_is_said_as_people_say_it(ago: int, words: str) -> None:
    assert clock_time(NOW.utc_ms - ago, NOW) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "just now"), (59, "just now"), (60, "1 min ago"), (3599, "59 min ago"), (3600, "15:20"), (-59, "just now")],
)
def test_what_was_just_now_is_said_by_how_long_ago_it_was(seconds: int, words: str) -> None:
    assert ago(NOW.utc_ms - seconds * 1000, NOW) == words


def test_a_clock_that_is_off_is_not_hidden() -> None:
    assert ago(NOW.utc_ms + 3600_000, NOW) == "17:20"


@pytest.mark.parametrize(
    ("ms", "words"),
    [(DAY - 1, "23 h 59 min"), (HOUR, "1 h 0 min"), (HOUR - 1, "59 min"), (59_999, "59 s"), (0, "0 s"), (-5, "0 s")],
)
def test_how_long_something_holds_is_counted_down(ms: int, words: str) -> None:
    assert left(NOW.utc_ms + ms, NOW) == words
