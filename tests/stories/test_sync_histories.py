"""Histories made by chance, on the real programs: bad lines, power cuts, disks put back or copied, lost services.

One seed is one history. Run one again, and see what happened in it, with
``python -m tests.stories.test_sync_histories SEED``; with two seeds, all from the first to before the second are run.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest

from omsdesk.server import chains, embedded, ledger
from omsdesk.store import exchange, journal
from omsdesk.store.database import Database
from omsdesk.sync import pull, push, turn
from tests.sync.simulation import CUTS, GARBLED, LOST_SERVICES, OLD_DISKS, TWINS, World, play

_STEPS = 30
_NORMAL, _LONG = 2_000, 50_000
_ENOUGH_FOR_A_BUG = 400


def live(seed: int, trouble: Sequence[tuple[str, ...]] = (), steps: int = _STEPS) -> World:
    """Play a history to its end, and look whether anything is wrong."""
    world = World(seed)
    try:
        play(world, steps, trouble)
        world.settle()
        world.check()
    except BaseException as error:
        error.add_note(f"Again: python -m tests.stories.test_sync_histories {seed}")
        raise
    finally:
        world.close()
    return world


@pytest.mark.parametrize("first", range(0, _NORMAL, _NORMAL // 20))
def test_whatever_happens_every_sale_is_everywhere_once(first: int) -> None:
    for seed in range(first, first + _NORMAL // 20):
        live(seed)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("first", range(_NORMAL, _NORMAL + _LONG, _LONG // 50))
def test_whatever_happens_in_fifty_thousand_histories(first: int) -> None:
    for seed in range(first, first + _LONG // 50):
        live(seed)


def test_everything_that_can_go_wrong_does() -> None:
    missing = {
        "power cut at work", "power cut while it exchanges", "falls over", "loses its last minutes", "old disk",
        "is copied", "Fork(", "gives back",
    }  # fmt: skip
    for seed in range(150):
        events = live(seed).events
        missing = {trouble for trouble in missing if not any(trouble in event for event in events)}
        if not missing:
            break
    assert missing == set()


def test_one_seed_is_one_history() -> None:
    assert live(7).events == live(7).events


@pytest.mark.parametrize(
    "seed",
    [
        47081,  # the service lost its end twice, and what one till gave back the first time was lost the second
        49859,  # a ticket that was ended by twins
        3261,  # a guest's ticket that was paid in full and not ended
    ],
)
def test_a_history_that_failed_once_is_played_for_ever(seed: int) -> None:
    live(seed)


# ---- the histories find what is planted


def _mark_first(database: Database, scope: str, found: list[pull.Step]) -> tuple[int, int]:
    step, writer = found[0], database.writer
    with writer.transaction():
        exchange.mark(writer, scope, step.after)
    with writer.transaction():
        return int(pull._take(writer, step)), 1


_acknowledge, _insert = exchange.acknowledge, embedded._Embedded.insert


def _never_less(connection: Any, epoch: int, number: int, end: bytes = exchange.NOT_COMPARED) -> None:
    _acknowledge(connection, epoch, max(number, exchange.acknowledged(connection, epoch)), end)


async def _commit_in_between(self: Any, table: str, columns: Any) -> None:
    await _insert(self, table, columns)
    self._connection.raw.execute("COMMIT")
    self._connection.raw.execute("BEGIN IMMEDIATE")


async def _nothing(*_: object) -> None:
    return None


async def _never(*_: object) -> bool:
    return False


class Bug(NamedTuple):
    """What is wrong, where, and in which trouble it shows itself soonest."""

    place: Any
    name: str
    wrong: object
    trouble: tuple[tuple[str, ...], ...] = ()


_BUGS = {
    "the answer's hash is not compared": Bug(push, "_is_ours", lambda *_: True),
    "what a twin wrote is told as one's own": Bug(exchange, "kept", lambda *_: None, (TWINS, OLD_DISKS)),
    "two chains are not told apart": Bug(ledger, "new_entries", lambda run, *_: run.entries),
    "a run is taken after a gap": Bug(
        ledger, "new_entries", lambda run, head, known: run.entries if run.after > head.number else
        push.new_entries(run, head, known),
    ),
    "a run is not checked when it comes": Bug(ledger, "check_run", lambda *_: None, (GARBLED,)),
    "what is heard is not checked": Bug(pull, "_checked", lambda item: item, (GARBLED,)),
    "a feed that was rewound is not noticed": Bug(ledger, "is_same_feed", lambda *_: True),
    "what is known is taken again": Bug(journal, "find", lambda *_: None),
    "the place in a feed is noted before what it stands for": Bug(turn, "take_steps", _mark_first, (CUTS,)),
    "what the service has is never less": Bug(exchange, "acknowledge", _never_less, (LOST_SERVICES,)),
    "older epochs are not compared again": Bug(exchange, "compare_ends", lambda *_: None, (OLD_DISKS, LOST_SERVICES)),
    "what the service lost is not doubted": Bug(exchange, "doubt_since", lambda *_: None, (OLD_DISKS, LOST_SERVICES)),
    "no room is made for what everybody has": Bug(exchange, "_make_room", lambda *_: None, (TWINS, LOST_SERVICES)),
    "a moved fact is told once more": Bug(chains, "_is_copy", _never),
    "the end of a feed is not written": Bug(chains._Feeds, "write", _nothing),
    "a push is two transactions": Bug(embedded._Embedded, "insert", _commit_in_between, (CUTS,)),
}  # fmt: skip


@pytest.mark.parametrize("bug", _BUGS)
def test_a_planted_bug_is_found(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, name, wrong, trouble = _BUGS[bug]
    monkeypatch.setattr(place, name, wrong)
    with pytest.raises(Exception):  # noqa: B017, PT011 - however the fault shows itself
        _live_all(range(_ENOUGH_FOR_A_BUG), trouble)


def _live_all(seeds: range, trouble: Sequence[tuple[str, ...]]) -> None:
    for seed in seeds:
        live(seed, trouble, 2 * _STEPS)


# ---- one history again, or many


def main(seeds: list[int]) -> int:
    """Run one history and tell what happened in it, or many and tell which failed."""
    if len(seeds) == 1:
        print("\n".join(live(seeds[0]).events))  # noqa: T201 - the replay of one history
        return 0
    failed = 0
    for seed in range(*seeds):
        try:
            live(seed)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next seed is tried
            failed += 1
            print(f"{type(error).__name__}: {error}; python -m tests.stories.test_sync_histories {seed}")  # noqa: T201
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main([int(seed) for seed in sys.argv[1:]]))
