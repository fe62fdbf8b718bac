"""All of the till's state in one place."""

from __future__ import annotations

from tests.ui.till.bench import Bench


def test_every_part_stands_at_the_same_counter(bench: Bench) -> None:
    state = bench.state
    parts = (state.session, state.checkout, state.shift, state.sign_in, state.unknown, state.receipts)
    assert all(part.counter is state.counter for part in (*parts, state.reductions, state.returns))
    assert state.checkout.session is state.session is state.unknown.session
