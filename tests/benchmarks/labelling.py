"""Labels made while a printer prints: no two alike, from their values to the bytes that are sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from omsdesk.documents.labels.languages import LabelPaper, write
from omsdesk.documents.labels.layout import lay_out
from omsdesk.documents.labels.linear import check_digit
from omsdesk.documents.labels.preview import paint
from omsdesk.documents.labels.ready import READY, ReadyLabel
from omsdesk.documents.labels.values import SAMPLE, Values
from tests.benchmarks.measure import Row, in_turns, spreads
from tests.benchmarks.shops import Shops

_TIMES = 60
_FASTEST_PRINTER = 100.0
"""Milliseconds that the fastest printer, at 14 inches in a second, takes for 30 mm and the gap."""


def labelling(_shops: Shops, _size: int) -> list[Row]:
    """Make each of the ready labels for a ZPL printer of 203 dots, many times."""
    return [_row(ready) for ready in READY]


def _row(ready: ReadyLabel) -> Row:
    ours: list[Callable[[], object]] = [partial(_made, ready, _values(number)) for number in range(_TIMES)]
    floors: list[Callable[[], object]] = [partial(_painted, ready)] * _TIMES
    floor, spread = spreads(in_turns(floors, ours))
    goal = f"p50 < {_FASTEST_PRINTER:.0f} ms"
    return Row(
        f"label, {ready.title}", f"{1000 / spread.p50:.0f}/s", spread, goal, spread.p50 < _FASTEST_PRINTER, floor
    )


def _made(ready: ReadyLabel, values: Values) -> bytes:
    return write([(lay_out(ready.label, values), 1)], LabelPaper("zpl", 203))


def _painted(ready: ReadyLabel) -> object:
    """The floor: the same label again, all of it known, put together dot by dot."""
    return paint(lay_out(ready.label, SAMPLE))


def _values(number: int) -> Values:
    article, unit = f"{400638100000 + number:012}", f"34012345{number:09}"
    return {
        **SAMPLE,
        "name": f"Blossom honey number {number}",
        "gtin": article + check_digit(article),
        "sku": f"HON-{number}",
        "price": f"€{number}.{number:02}",
        "tracking": f"JD{number:012}",
        "order": f"W-{number}",
        "sscc": unit + check_digit(unit),
    }
