"""A service, a station of a shop that is enrolled, and as many others as a story needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.sync.desks import Desk, House, Opens


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Start the service."""
    made = House(tmp_path)
    yield made
    made.go_down()


@pytest.fixture
def opens(tmp_path: Path, qapp: object) -> Iterator[Opens]:
    """Opens stations; each ends with the story."""
    made: list[Desk] = []

    def open_desk(name: str, *, is_set_up: bool = True) -> Desk:
        made.append(Desk(tmp_path / name, is_set_up=is_set_up))
        return made[-1]

    yield open_desk
    for desk in made:
        desk.close()


@pytest.fixture
def alone(opens: Opens) -> Desk:
    """A till of a shop that works by itself, with a manager signed in."""
    return opens("front")


@pytest.fixture
def desk(alone: Desk, house: House) -> Desk:
    """The same till, enrolled: the first of its business."""
    alone.connect(house)
    return alone
