"""What is counted can be read by Prometheus, and is right."""

from __future__ import annotations

import re

from omsdesk.server.http.metrics import Counter, Histogram, Metrics
from omsdesk.sync.messages import Wanted
from tests.server.http.served import Served, Station, sales

LINE = re.compile(r'[a-z_]+(\{[a-z]+="[^"\\\n]*"(,[a-z]+="[^"\\\n]*")*\})? (\+Inf|-?[0-9.]+)\Z')


def test_every_line_is_one_that_prometheus_reads(station: Station) -> None:
    station.push(sales(station.device, 3))
    text = station.ask("GET", "/metrics").body.decode()
    assert text.endswith("\n")
    names = set()
    for line in text.splitlines():
        if line.startswith("# "):
            assert re.match(r"# (HELP [a-z_]+ \S.*|TYPE [a-z_]+ (counter|gauge|histogram))\Z", line), line
            names.add(line.split()[2])
        else:
            assert LINE.match(line), line
            assert re.sub(r"_(bucket|sum|count)\b", "", line.split("{")[0].split(" ")[0]) in names, line
    assert "omsdesk_feed_lag_entries" in names


def value(station: Station, name: str) -> float:
    for line in station.ask("GET", "/metrics").body.decode().splitlines():
        if line.startswith(f"{name} "):
            return float(line.split()[-1])
    return 0


def test_requests_entries_and_refusals_are_counted(served: Served, station: Station) -> None:
    names = (
        'omsdesk_requests_total{route="push",status="200"}',
        "omsdesk_entries_received_total",
        "omsdesk_entries_told_total",
        'omsdesk_refusals_total{reason="not_enrolled"}',
    )
    before = [value(station, name) for name in names]
    stranger = Station(served.port, "nobody")
    station.push(sales(station.device, 3))
    station.push(sales(station.device, 3))
    station.ask("POST", "/v1/feeds", Wanted("s1", 0))
    stranger.push(sales("nobody", 1))
    after = [value(station, name) for name in names]
    assert [late - early for late, early in zip(after, before, strict=True)] == [2, 6, 3, 1]
    stranger.hang_up()


def test_a_path_that_somebody_made_up_is_no_label(station: Station) -> None:
    station.ask("GET", "/secret-path-1234")
    text = station.ask("GET", "/metrics").body.decode()
    assert 'route="other",status="404"' in text or 'status="404"' in text
    assert "secret-path" not in text


def test_a_histogram_adds_up() -> None:
    histogram = Histogram("t", "Time.")
    for seconds in (0.0004, 0.001, 0.003, 99):
        histogram.observe(seconds, "push")
    lines = list(histogram.lines())
    assert 't_bucket{route="push",le="0.001"} 2' in lines
    assert 't_bucket{route="push",le="0.005"} 3' in lines
    assert 't_bucket{route="push",le="30.0"} 3' in lines
    assert lines[-3:] == [
        't_bucket{route="push",le="+Inf"} 4',
        't_sum{route="push"} 99.004400',
        't_count{route="push"} 4',
    ]


def test_what_never_happened_is_counted_as_nothing() -> None:
    assert list(Counter("c", "C.").lines())[-1] == "c 0"


def test_gauges_show_the_moment() -> None:
    waiting = [3]
    metrics = Metrics(lambda: waiting[0], lambda: 0)
    metrics.lags_by(12)
    assert "omsdesk_hints_waiting 3\n" in metrics.text()
    assert "omsdesk_feed_lag_entries 12\n" in metrics.text()
    waiting[0] = 0
    assert "omsdesk_hints_waiting 0\n" in metrics.text()
