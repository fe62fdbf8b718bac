"""Times and what they are compared with: the floor is measured in the same run, turn by turn, on the same machine."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle and the slow end of many measurements, in milliseconds (or in rows a second, for rates)."""

    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``goal`` says it in words; ``is_met`` is None where nothing was promised."""

    work: str
    size: str
    ours: Spread
    goal: str
    is_met: bool | None
    floor: Spread | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float | None:
        """How many times the floor ours takes, by the medians."""
        if self.floor is None:
            return None
        if self.unit.endswith("/s"):
            return self.floor.p50 / self.ours.p50
        return self.ours.p50 / self.floor.p50


def spread(seconds: Iterable[float]) -> Spread:
    """Sum measurements up."""
    ordered = sorted(seconds)
    return Spread(statistics.median(ordered) * 1e3, ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1e3)


def timed(work: Callable[[], object]) -> float:
    """Do something once and tell how many seconds it took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


Pairs = list[tuple[float, float]]


def in_turns(floor: Iterable[Callable[[], object]], ours: Iterable[Callable[[], object]]) -> Pairs:
    """Measure two kinds of work one after the other, again and again, so that what disturbs one disturbs both."""
    with no_collector():
        return [(timed(low), timed(high)) for low, high in zip(floor, ours, strict=True)]


def spreads(pairs: Pairs) -> tuple[Spread, Spread]:
    """Sum pairs up, the floor first; the first tenth was for warming up."""
    counted = pairs[len(pairs) // 10 :]
    return spread(low for low, _ in counted), spread(high for _, high in counted)


@contextmanager
def no_collector() -> Iterator[None]:
    """Measure the work, and not a garbage collection that falls into it."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def table(rows: Iterable[Row]) -> str:
    """Write all rows as one table."""
    lines: list[tuple[str, ...]] = [
        ("work", "size", "floor p50", "p99", "ours p50", "p99", "unit", "x floor", "goal", "met")
    ]
    for row in rows:
        floor = (_figure(row.floor.p50), _figure(row.floor.p99)) if row.floor else ("-", "-")
        ratio = "-" if row.ratio is None else f"{row.ratio:.1f}"
        met = "-" if row.is_met is None else "yes" if row.is_met else "NO"
        ours = (_figure(row.ours.p50), _figure(row.ours.p99))
        lines.append((row.work, row.size, *floor, *ours, row.unit, ratio, row.goal, met))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines)


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3f}"
