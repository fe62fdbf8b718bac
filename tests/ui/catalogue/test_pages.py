"""A list of any length is read in stretches."""

from __future__ import annotations

from collections.abc import Callable

from omsdesk.store.queries.products import Listed
from omsdesk.ui.catalogue.pages import STRETCH, Found, Pages


def listed(no: int) -> Listed:
    return Listed(no, f"p{no}", f"Product {no}", "", "", "", "", "piece", True, None, None)


class Shelf:
    """Rows that are handed over when the story wants it."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.waiting: list[Callable[[], None]] = []
        self.arrived = 0

    def read(self, first: int, then: Callable[[list[Listed]], None]) -> None:
        self.asked.append(first)
        self.waiting.append(lambda: then([listed(first + at) for at in range(STRETCH)]))

    def come(self) -> None:
        waiting, self.waiting = self.waiting, []
        for letter in waiting:
            letter()

    def note(self) -> None:
        self.arrived += 1


def test_a_row_is_asked_for_once_and_comes_later() -> None:
    shelf = Shelf()
    pages = Pages(1_000_000, shelf.read, shelf.note)
    assert pages.row(512_345) is None
    assert pages.row(512_346) is None
    assert shelf.asked == [512_300]
    shelf.come()
    assert shelf.arrived == 1
    row = pages.row(512_345)
    assert row is not None
    assert row.no == 512_345


def test_the_oldest_stretches_go_so_that_memory_stays_small() -> None:
    shelf = Shelf()
    pages = Pages(1_000_000, shelf.read, shelf.note)
    for at in range(0, 100 * STRETCH, STRETCH):
        pages.row(at)
        shelf.come()
    assert pages.row(99 * STRETCH) is not None
    assert pages.row(0) is None, "it is read again when it is looked at again"
    assert shelf.asked[-1] == 0


def test_what_is_known_already_is_not_asked_for() -> None:
    shelf = Shelf()
    pages = Pages(1_000, shelf.read, shelf.note, {200: [listed(200 + at) for at in range(STRETCH)]})
    assert pages.row(250) == listed(250)
    assert shelf.asked == []


def test_what_grew_shorter_meanwhile_has_empty_rows() -> None:
    pages = Pages(10, lambda _first, then: then([listed(0)]), lambda: None)
    assert pages.row(0) is not None
    assert pages.row(5) is None


def test_what_a_search_found_is_there_at_once() -> None:
    found = Found([listed(3)])
    assert found.count == 1
    assert found.row(0) == listed(3)
