"""A till as a process of its own, to be killed: works by a script and tells what it has shown, line by line.

Run as ``python -m tests.stories.till_process DATABASE SEED [ACTIONS]``. A line is written only after the action behind
it is durable, as a screen shows nothing before.
"""

from __future__ import annotations

import json
import os
import random
import sys
from itertools import islice
from pathlib import Path

from omsdesk.actions.execute import Done
from omsdesk.domain.sale import SaleCompleted
from omsdesk.store.sql import remember_in
from tests.stories.shop_floor import ShiftScript, open_station, wait_at_the_door


def main(path: Path, seed: int, actions: int | None = None) -> None:
    """Work until the actions are done, or the power fails."""
    remember_in(path.parent / "statements")
    script = ShiftScript(open_station(path), random.Random(seed))
    show({"ready": True})
    wait_at_the_door(path)
    for done in islice(script.work(), actions):
        show(screen(script, done))


def show(line: object) -> None:
    """Write a line in one piece, past every buffer."""
    os.write(1, json.dumps(line).encode() + b"\n")


def screen(script: ShiftScript, done: Done) -> dict[str, object]:
    """What a cashier sees after an action."""
    ticket = script.ticket()
    return {
        "facts": [[entry.position, entry.fact.kind, entry.fact.subject] for entry in done.entries],
        "receipts": [fact.number for fact in done.facts if isinstance(fact, SaleCompleted)],
        "ticket": [[row.line, row.quantity.micro, row.amount("CHF").minor] for row in ticket.lines] if ticket else None,
        "paid": [[row.tender, row.amount.minor] for row in ticket.tenders] if ticket else None,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:]))
