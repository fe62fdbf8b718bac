"""What the service counts, as Prometheus reads it (text format 0.0.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper ends of the histogram's buckets, in seconds."""

Labels = tuple[tuple[str, str], ...]


class Counter:
    """A number that only grows, for each set of labels."""

    def __init__(self, name: str, about: str) -> None:
        """Begin at nothing."""
        self.name, self.about = name, about
        self._values: dict[Labels, int] = {}

    def add(self, amount: int = 1, **labels: str) -> None:
        """Count."""
        key = tuple(sorted(labels.items()))
        self._values[key] = self._values.get(key, 0) + amount

    def lines(self) -> Iterator[str]:
        """Write it down."""
        yield from _head(self.name, self.about, "counter")
        for labels, value in sorted((self._values or {(): 0}).items()):
            yield f"{self.name}{_written(labels)} {value}"


class Gauge:
    """A number as it is when somebody looks."""

    def __init__(self, name: str, about: str, value: Callable[[], int]) -> None:
        """Show what a function gives."""
        self.name, self.about, self._value = name, about, value

    def lines(self) -> Iterator[str]:
        """Write it down."""
        yield from _head(self.name, self.about, "gauge")
        yield f"{self.name} {self._value()}"


class Histogram:
    """How long something took."""

    def __init__(self, name: str, about: str) -> None:
        """Begin at nothing."""
        self.name, self.about = name, about
        self._buckets: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}

    def observe(self, seconds: float, route: str) -> None:
        """Note how long one request took."""
        buckets = self._buckets.setdefault(route, [0] * (len(_BOUNDS) + 1))
        buckets[sum(seconds > bound for bound in _BOUNDS)] += 1
        self._sums[route] = self._sums.get(route, 0) + seconds

    def lines(self) -> Iterator[str]:
        """Write it down."""
        yield from _head(self.name, self.about, "histogram")
        for route, buckets in sorted(self._buckets.items()):
            for bound, count in zip([*map(str, _BOUNDS), "+Inf"], accumulate(buckets), strict=True):
                yield f"{self.name}_bucket{_written((('route', route), ('le', bound)))} {count}"
            yield f"{self.name}_sum{_written((('route', route),))} {self._sums[route]:.6f}"
            yield f"{self.name}_count{_written((('route', route),))} {sum(buckets)}"


class Metrics:
    """Everything that is counted."""

    def __init__(self, waiting: Callable[[], int], held: Callable[[], int]) -> None:
        """Count; ``waiting`` and ``held`` are looked at when somebody asks."""
        self.requests = Counter("omsdesk_requests_total", "Requests by route and status.")
        self.seconds = Histogram("omsdesk_request_seconds", "Time from the head of a request to its answer.")
        self.taken = Counter("omsdesk_entries_received_total", "Journal entries in runs that were taken.")
        self.told = Counter("omsdesk_entries_told_total", "Places of feeds that were told.")
        self.refused = Counter("omsdesk_refusals_total", "Requests that were not done, by the reason.")
        self.decided = Counter("omsdesk_held_decided_total", "Entries that were held, by what was decided of them.")
        self.damaged = Counter("omsdesk_tables_damaged_total", "The service's own tables that were made anew.")
        self._lag = 0
        self._gauges = (
            Gauge("omsdesk_hints_waiting", "Stations that wait for news.", waiting),
            Gauge("omsdesk_bodies_held_bytes", "Bodies of requests in memory.", held),
            Gauge("omsdesk_feed_lag_entries", "Entries that the service's own tables lack.", lambda: self._lag),
        )

    def lags_by(self, entries: int) -> None:
        """Note how far the tables that are made from the feeds are behind."""
        self._lag = entries

    def text(self) -> str:
        """Write everything down."""
        counted = (self.requests, self.seconds, self.taken, self.told, self.refused, self.decided, self.damaged)
        kinds = (*counted, *self._gauges)
        return "".join(f"{line}\n" for kind in kinds for line in kind.lines())


def _head(name: str, about: str, kind: str) -> tuple[str, str]:
    return f"# HELP {name} {about}", f"# TYPE {name} {kind}"


def _written(labels: Labels) -> str:
    # Values are names of ours and statuses: nothing in them needs to be escaped.
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels) + "}" if labels else ""
