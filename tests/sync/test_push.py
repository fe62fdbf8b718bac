"""What is new of a run, and where two chains part: for every chain and every run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omsdesk.store.journal import GENESIS, Head, Sealed
from omsdesk.sync.messages import Run
from omsdesk.sync.push import new_entries, probe_places


def entry(number: int, digest: bytes) -> Sealed:
    return Sealed(number, number, 0, 0, "ann", "x", "sale.held", 1, b"{}", digest)


def a_chain(letters: str) -> list[bytes]:
    """The hashes of a chain, the beginning first: each stands for all before it."""
    return [GENESIS, *(letters[: at + 1].encode() for at in range(len(letters)))]


@given(st.text("ab", max_size=8), st.text("ab", max_size=8), st.data())
def test_exactly_what_goes_on_from_the_end_is_new(theirs: str, ours: str, data: st.DataObject) -> None:
    here, there = a_chain(theirs), a_chain(ours)
    after = data.draw(st.integers(0, len(ours)))
    end = data.draw(st.integers(after, len(ours)))
    run = Run(1, after, there[after], tuple(entry(at, there[at]) for at in range(after + 1, end + 1)))
    known = {at: here[at] for at in range(after, min(end, len(theirs)) + 1)}
    found = new_entries(run, Head(len(theirs), here[-1]), known)
    if after > len(theirs):
        assert found == ()
    elif any(here[at] != there[at] for at in known):
        assert found is None
    else:
        assert [row.number for row in found or ()] == list(range(len(theirs) + 1, end + 1))


@given(st.integers(0, 10**7))
def test_few_places_reach_back_to_the_beginning(high: int) -> None:
    places = list(probe_places(high))
    assert len(places) <= 25
    assert places == sorted(set(places), reverse=True)
    assert all(1 <= place <= high for place in places)
    assert not high or places[0] == high


@given(st.integers(1, 10**6), st.data())
def test_a_place_before_the_parting_is_found_unless_the_whole_chain_parts(high: int, data: st.DataObject) -> None:
    parting = data.draw(st.integers(1, high))
    kept = max((place for place in probe_places(high) if place < parting), default=0)
    assert parting - kept <= 2 * (high - kept) or not kept
