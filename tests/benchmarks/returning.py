"""Goods that come back: the receipt is found among a hundred thousand, and the money given back, durably."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from omsdesk.actions.execute import Executor
from omsdesk.domain.messages import Command
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.returns import ReturnGoods
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import CompleteSale, TakeTender
from omsdesk.domain.values import ONE
from omsdesk.store.database import Database
from omsdesk.store.queries import receipts
from omsdesk.store.queries.ticket import completed_sale
from tests.benchmarks.measure import Pairs, Row, in_turns, spreads
from tests.benchmarks.raw import Recorder, Written, raw_writer, writing
from tests.benchmarks.shops import CLOCK, SHOP, Shops, do

_TICKETS = 100_000
_TIMES = 300
_SIZE = f"{_TICKETS:,} receipts"
_BY_NUMBER = "SELECT id, number, completed_ms, item_count, total FROM sale WHERE number = ?"
_LINES = "SELECT line, product, name, quantity, unit_price, amount FROM sale_line WHERE sale = ?"


def returning(shops: Shops, _size: int) -> list[Row]:
    """Look receipts up, then take a line of each back: once to take down what that writes, then in turns with it."""
    kept = shops.busy_shop(_TICKETS)
    with shops.copy(kept) as database:
        numbers = _some_numbers(database)
        found = in_turns(*zip(*(_looks(database, number) for number in numbers), strict=True))
        actions = _returns(database, numbers)
        recorder, executor = Recorder(database.writer), Executor(database, CLOCK)
        written = [_taken(executor, recorder, commands) for commands in actions]
    with shops.copy(kept) as database, shops.copy(kept) as floor:
        raw, executor = raw_writer(floor.path), Executor(database, CLOCK)
        pairs = in_turns([writing(raw, what) for what in written], [partial(do, executor, *what) for what in actions])
        raw.close()
    return [
        _row("receipt found by its number, with its lines", found, 5),
        _row("a line comes back, durable", pairs[::2], 2),
        _row("return paid out and completed, durable", pairs[1::2], 2),
    ]


def _row(work: str, pairs: Pairs, most: float) -> Row:
    floor, ours = spreads(pairs)
    return Row(work, _SIZE, ours, f"<= {most}x", ours.p50 <= most * floor.p50, floor)


def _some_numbers(database: Database) -> list[str]:
    known = [number for (number,) in database.writer.rows("SELECT number FROM sale WHERE number IS NOT NULL")]
    return random.Random(11).sample(known, _TIMES)


def _looks(database: Database, number: str) -> tuple[Callable[[], object], Callable[[], object]]:
    raw = database.writer.raw

    def floor() -> object:
        row = raw.execute(_BY_NUMBER, (number,)).fetchone()
        return raw.execute(_LINES, (row[0],)).fetchall()

    return floor, partial(_document, database, number)


def _document(database: Database, number: str) -> SaleCompleted:
    (receipt,) = receipts.by_code(database.writer, number)
    found = completed_sale(database.writer, receipt.sale)
    assert found is not None
    return found[0]


def _returns(database: Database, numbers: list[str]) -> list[tuple[Command, ...]]:
    made: list[tuple[Command, ...]] = []
    for number in numbers:
        sold, ticket = _document(database, number), CLOCK.new_id()
        line = sold.lines[0]
        cash = next(method for method in SHOP.tender_methods if method.code == sold.tenders[0].method)
        made.append((ReturnGoods(ticket, CLOCK.new_id(), sold.sale, line.line, ONE),))
        made.append((TakeTender(ticket, CLOCK.new_id(), cash, -line.amount), CompleteSale(ticket, Paper.PRINT)))
    return made


def _taken(executor: Executor, recorder: Recorder, commands: tuple[Command, ...]) -> Written:
    do(executor, *commands)
    return recorder.taken()
