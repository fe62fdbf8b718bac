"""A till that syncs, as a process of its own, to be killed: works by a script and tells what it has shown.

Run as ``python -m tests.stories.synced_till_process DATABASE ADDRESS SEED``. The station was enrolled before; its key
lies beside its database. A line is written only after the action behind it is durable: a screen shows nothing before.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from omsdesk.actions.execute import Done, Executor
from omsdesk.actions.writer import Writer
from omsdesk.domain.messages import Command
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import VoidSale
from omsdesk.settings import Service
from omsdesk.store.database import open_database
from omsdesk.store.sql import remember_in
from omsdesk.sync.courier import Courier
from omsdesk.sync.enrolment import reach
from omsdesk.sync.keys import KeyRing
from omsdesk.sync.pace import Pace
from tests.stories.shop_floor import CLOCK, PRODUCTS, SHOP, NotDone, ShiftScript, add

HASTY = Pace(poll=1.0, gather=0.15, first=0.05, silence=0.3, most=0.3, eager=0.1, refused=1.0)
"""So quick that a till which lives for a second syncs several times, and that the service lets it."""


class CounterScript(ShiftScript):
    """Works as ``ShiftScript``, but hands every action to the thread that writes, and leaves no ticket to others."""

    def __init__(self, executor: Executor, chance: random.Random) -> None:
        super().__init__(executor, chance)
        self.writer = Writer(executor)

    def _do(self, *commands: Command) -> Done:
        outcome = self.writer.submit(SYSTEM, *commands).result()
        if not isinstance(outcome, Done):
            raise NotDone(outcome.sentence)
        return outcome

    def _ticket(self) -> Iterator[Done]:
        sale = CLOCK.new_id()
        for _ in range(self._chance.randint(1, 3)):
            yield self._do(add(self._reader, sale, self._chance.choice(PRODUCTS)))
        if self._chance.random() < 0.1:
            yield self._do(VoidSale(sale, "changed their mind"))
        else:
            yield from self._finish(sale)


def main(path: Path, address: str, seed: int) -> None:
    """Work and sync until the power fails."""
    remember_in(path.parent / "statements")
    database = open_database(path, CLOCK.new_id)
    executor, device = Executor(database, CLOCK), database.station.device
    script = CounterScript(executor, random.Random(seed))
    service, keys = Service(address, SHOP.id), KeyRing(path.parent)
    courier = Courier(
        database, SHOP.id, lambda: reach(service, device, keys), script.writer.run, lambda _: None, pace=HASTY
    )
    executor.listeners.append(lambda _: courier.wake())
    courier.start()
    for done in script.work():
        show(done)


def show(done: Done) -> None:
    """Write what a cashier sees of an action in one piece, past every buffer."""
    line = {
        "facts": [[entry.ref, entry.fact.kind, entry.fact.subject] for entry in done.entries],
        "receipts": [
            [fact.sale, fact.number, fact.total.minor] for fact in done.facts if isinstance(fact, SaleCompleted)
        ],
    }
    os.write(1, json.dumps(line).encode() + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
