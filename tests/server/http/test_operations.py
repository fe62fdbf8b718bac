"""Answers are cut to what one can carry, and the pieces fit together again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omsdesk.server.http.operations import OPERATIONS, fitting
from omsdesk.store.journal import GENESIS, Sealed
from omsdesk.sync.messages import Heard, Item, Wanted
from omsdesk.sync.pull import digest_after


def told(sizes: list[int | None]) -> Heard:
    """A page of a feed with bodies of these sizes; without one, an entry that the listener has."""
    items, digest = [], GENESIS
    for number, size in enumerate(sizes, 1):
        entry = None if size is None else Sealed(number, 1, 0, 0, "", "", "sale.started", 1, bytes(size), bytes(32))
        items.append(Item("till", 1, number, number.to_bytes(32, "big"), entry=entry))
        digest = digest_after(digest, items[-1])
    return Heard(tuple(items), digest, len(sizes))


@given(st.lists(st.none() | st.integers(0, 40), max_size=30), st.integers(1, 100))
def test_pieces_of_an_answer_fit_together_and_none_is_too_large(sizes: list[int | None], most: int) -> None:
    whole = told(sizes)
    heard: list[Item] = []
    digest = GENESIS
    while len(heard) < len(whole.items):
        rest = Heard(whole.items[len(heard) :], whole.digest, whole.high)
        piece = fitting(Wanted("s1", len(heard), digest), rest, most)
        assert piece.items, "it always goes on"
        assert len(piece.items) == 1 or sum(len(item.entry.body) for item in piece.items if item.entry) <= most
        assert piece.high == whole.high
        heard += piece.items
        digest = piece.digest
    assert tuple(heard) == whole.items
    assert digest == whole.digest


def test_every_question_has_a_name_and_a_place_of_its_own() -> None:
    assert len({operation.name for operation in OPERATIONS}) == len(OPERATIONS)
    assert len({(operation.method, operation.path) for operation in OPERATIONS}) == len(OPERATIONS)
    assert [operation.name for operation in OPERATIONS if operation.is_for_strangers] == ["enrol"]
