"""Choices that go with an article."""

from __future__ import annotations

import pytest

from omsdesk.domain.modifier import ModifierGroup


@pytest.mark.parametrize(
    ("least", "most", "count", "said"),
    [
        (0, 1, 0, ""), (0, 1, 1, ""), (0, 1, 2, "Choose only one."), (1, 1, 0, "Choose one."),
        (2, 3, 1, "Choose at least 2."), (2, 3, 4, "Choose 3 at most."), (2, 3, 3, ""),
    ],
)  # fmt: skip
def test_so_many_are_chosen(least: int, most: int, count: int, said: str) -> None:
    assert ModifierGroup("Milk", ("A", "B"), least, most).fault(count) == said


def test_where_one_is_chosen_the_first_tap_answers() -> None:
    assert ModifierGroup("Size", ("S", "L"), 1, 1).takes_one
    assert not ModifierGroup("Milk", ("A",)).takes_one
