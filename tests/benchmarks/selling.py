"""A line, and the completion of a ten-line sale: durable, against the same rows written by the driver alone."""

from __future__ import annotations

import random
from functools import partial

from omsdesk.actions.execute import Executor
from omsdesk.domain.messages import Command
from omsdesk.store.database import Database
from tests.benchmarks.measure import Pairs, Row, in_turns, spreads
from tests.benchmarks.raw import Recorder, Written, raw_writer, writing
from tests.benchmarks.shops import BEST_SELLERS, CLOCK, Shops, do, product_ids, ticket

_TICKETS = 300
_LINES = 10
_ACTIONS = _LINES + 1
"""Each line is an action, and so is the payment that completes the ticket."""


def selling(shops: Shops, size: int) -> list[Row]:
    """Ring up tickets, once to take down what they write, then in turns with writing just that."""
    kept = shops.shop(size)
    with shops.copy(kept) as database:
        recorder = Recorder(database.writer)
        actions = [command for ticket in _tickets(database) for command in ticket]
        executor = Executor(database, CLOCK)
        written = [_taken(executor, recorder, commands) for commands in actions]
    with shops.copy(kept) as database, shops.copy(kept) as floor:
        raw = raw_writer(floor.path)
        executor = Executor(database, CLOCK)
        actions = [command for ticket in _tickets(database) for command in ticket]
        pairs = in_turns([writing(raw, what) for what in written], [partial(do, executor, *what) for what in actions])
        raw.close()
    lines = [pair for number, pair in enumerate(pairs) if number % _ACTIONS != _LINES]
    ends = [pair for number, pair in enumerate(pairs) if number % _ACTIONS == _LINES]
    return [_row("line, durable", size, lines, 2), _row("ten-line sale completed, durable", size, ends, 2)]


def _row(work: str, size: int, pairs: Pairs, most: float) -> Row:
    floor, ours = spreads(pairs)
    return Row(work, f"{size:,}", ours, f"<= {most}x", ours.p50 <= most * floor.p50, floor)


def _tickets(database: Database) -> list[list[tuple[Command, ...]]]:
    chance = random.Random(3)
    best = product_ids(database, BEST_SELLERS)
    made = (ticket(database, chance.sample(best, _LINES)) for _ in range(_TICKETS))
    return [[*((line,) for line in lines), tuple(ends)] for lines, ends in made]


def _taken(executor: Executor, recorder: Recorder, commands: tuple[Command, ...]) -> Written:
    do(executor, *commands)
    return recorder.taken()
