"""Whoever tries the demonstration shop is let in."""

from __future__ import annotations

from omsdesk.ui.till.demo_welcome import let_in
from tests.ui.till.bench import Bench


def test_somebody_is_signed_in_and_reads_the_pins(bench: Bench) -> None:
    let_in(bench.state)
    assert bench.counter.person == bench.state.sign_in.people()[0]
    assert bench.said.startswith("This is the demonstration shop. F1 shows the keys. PINs: ")


def test_a_shop_without_people_lets_nobody_in(bench: Bench) -> None:
    bench.state.sign_in.people = list  # type: ignore[method-assign]
    before = bench.said
    let_in(bench.state)
    assert bench.said == before
