"""The close of a shift: as quick after ten thousand tickets as after ten."""

from __future__ import annotations

from functools import partial

from omsdesk.actions.execute import Executor
from omsdesk.domain.cash import CloseShift, Counted
from omsdesk.domain.values import Money
from tests.benchmarks.measure import Row, spread, timed
from tests.benchmarks.shops import CLOCK, SHIFT, SHOP, Shops, do

_TIMES = 5


def closing(shops: Shops, _size: int) -> list[Row]:
    """Close the shift of copies of a shop, once each."""
    return [_closed(shops, tickets) for tickets in (10, 10_000)]


def _closed(shops: Shops, tickets: int) -> Row:
    seconds = []
    for _ in range(_TIMES):
        with shops.copy(shops.busy_shop(tickets)) as database:
            counted = Counted("cash", Money(1_000_000, SHOP.currency))
            seconds.append(timed(partial(do, Executor(database, CLOCK), CloseShift(SHIFT, (counted,)))))
    ours = spread(seconds)
    return Row("close of a shift", f"{tickets:,} tickets", ours, "< 1,000 ms", ours.p99 < 1000)
