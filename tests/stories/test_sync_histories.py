"""Histories made by chance: bad lines, disks put back, disks copied, a service that forgets; one seed is one history.

The programs are the real ones, on real files; only the network is played. Run one history again with
``python -m tests.stories.test_sync_histories SEED``.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from omsdesk.server import ledger as server_ledger
from omsdesk.store import exchange, journal
from omsdesk.sync import push, turn
from tests.sync.stations import Cloud, a_shop

_STEPS = 24
_NORMAL, _LONG = 60, 2_000


class History:
    """A shop and what happens to it."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.random, self.folder = random.Random(seed), folder
        self.cloud = Cloud(folder / "cloud.db", seed)
        self.tills = a_shop(folder, self.cloud)
        self.sold: set[str] = set()
        self.copies: dict[int, tuple[Path, set[str]]] = {}
        self.cloud_copy = self.cloud.save(folder / "cloud-copy.db")
        self.made = 0

    def play(self) -> None:
        self.cloud.network.loses = self.random.choice([0.0, 0.1, 0.4])
        self.cloud.network.repeats = self.random.choice([0.0, 0.3])
        steps = [self.sell] * 6 + [self.exchange] * 6 + [self.arrive, self.copy, self.put_back, self.clone, self.forget]
        for _ in range(_STEPS):
            self.random.choice(steps)()
        self.settle()

    def sell(self) -> None:
        self.sold.add(self.random.choice(self.tills).sell_one())

    def exchange(self) -> None:
        self.cloud.try_turn(self.random.choice(self.tills))

    def arrive(self) -> None:
        self.cloud.deliver_late()

    def copy(self) -> None:
        at = self.random.randrange(len(self.tills))
        self.copies[at] = (self.tills[at].save(self._file()), self.tills[at].sales())

    def put_back(self) -> None:
        """Put an old disk into a till: what nobody else had heard of is lost with the disk that was taken out."""
        if not self.copies:
            return
        at, (copy, _) = self.copies.popitem()
        self.cloud.network.late.clear()
        for _ in range(200):
            self.cloud.try_turn(self.tills[at])
        self.tills[at].close()
        self.made += 1
        self.tills[at] = self.tills[at].again(1000 + self.made, copy)

    def clone(self) -> None:
        if len(self.tills) < 4:
            at = self.random.randrange(len(self.tills))
            self.made += 1
            self.tills.append(self.tills[at].again(2000 + self.made, self.tills[at].save(self._file())))

    def forget(self) -> None:
        """Let the service lose what it heard since a copy was taken, or take one."""
        if self.random.random() < 0.5:
            self.cloud_copy = self.cloud.save(self.folder / "cloud-copy.db")
        elif not self.made:
            # A disk that was put back has nothing to tell again; who lost both disks has lost.
            self.cloud.fall_back_to(self.cloud_copy)

    def settle(self) -> None:
        self.cloud.network.loses = self.cloud.network.repeats = 0.0
        self.cloud.deliver_late()
        for _ in range(3):
            for member in self.tills:
                self.cloud.turn(member)

    def check(self) -> None:
        for member in self.tills:
            assert member.sales() == self.sold
            assert list(journal.broken_links(member.database.writer)) == []
            assert exchange.set_aside(member.database.writer) == []
            assert self.cloud.turn(member) == turn.Turn()

    def close(self) -> None:
        for member in self.tills:
            member.close()
        self.cloud.close()

    def _file(self) -> Path:
        self.made += 1
        return self.folder / f"disk-{self.made}.db"


def live(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(seed, Path(folder))
        try:
            history.play()
            history.check()
        finally:
            history.close()


@pytest.mark.parametrize("part", range(6))
def test_whatever_happens_every_sale_is_everywhere_once(part: int) -> None:
    for seed in range(part, _NORMAL, 6):
        live(seed)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_whatever_happens_in_thousands_of_histories() -> None:
    for seed in range(_NORMAL, _NORMAL + _LONG):
        live(seed)


def _fails() -> bool:
    for seed in range(_NORMAL):
        try:
            live(seed)
        except Exception:  # noqa: BLE001 - however the fault shows itself
            return True
    return False


_BUGS: dict[str, tuple[Any, str, Callable[..., object]]] = {
    "the answer's hash is not compared": (push, "_is_ours", lambda *_: True),
    "what a twin wrote is told as one's own": (exchange, "kept", lambda *_: None),
    "two chains are not told apart": (server_ledger, "new_entries", lambda run, *_: run.entries),
    "a feed that was rewound is not noticed": (server_ledger, "is_same_feed", lambda *_: True),
    "what is known is taken again": (journal, "has", lambda *_: False),
}


@pytest.mark.parametrize("bug", _BUGS)
def test_a_planted_bug_is_found(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, name, wrong = _BUGS[bug]
    monkeypatch.setattr(place, name, wrong)
    assert _fails(), bug


if __name__ == "__main__":
    live(int(sys.argv[1]))
