"""Products are marked over searches and categories, whether their rows were ever looked at or not."""

from __future__ import annotations

import pytest

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.ui.catalogue import marks as module
from omsdesk.ui.catalogue.marks import Marks
from omsdesk.ui.catalogue.session import ProductsSession
from tests.ui.back_office import BackOffice, until
from tests.ui.catalogue.conftest import office_of


class Marking:
    """The list and its marks, without a window around them."""

    def __init__(self, shop: BackOffice) -> None:
        self.session = ProductsSession(office_of(shop))
        self.marks = Marks(self.session)
        self.told = 0
        self.marks.listeners.append(self._hear)
        self.listed = 0
        self.session.listeners.append(self._list)

    def _hear(self) -> None:
        self.told += 1

    def _list(self, are_new: bool) -> None:
        self.listed += are_new

    def look(self, text: str = "", category: str = "") -> None:
        """Search for something or list a category, and wait for it."""
        before = self.listed
        self.session.text, self.session.category = text, category
        self.session.refresh()
        until(lambda: self.listed > before)

    def marked(self, count: int) -> list[str]:
        """Wait until so many are marked."""
        until(lambda: self.marks.count == count)
        return self.marks.products


@pytest.fixture
def marking(shop: BackOffice) -> Marking:
    made = Marking(shop)
    made.look()
    return made


def test_a_product_is_marked_and_unmarked(marking: Marking) -> None:
    marking.marks.toggle("mug")
    marking.marks.toggle("oat")
    assert marking.marks.products == ["mug", "oat"]
    assert "mug" in marking.marks
    marking.marks.toggle("mug")
    assert marking.marks.products == ["oat"]
    assert "mug" not in marking.marks
    assert marking.told == 3


def test_marks_outlast_what_is_searched_next(marking: Marking) -> None:
    marking.look("oat")
    marking.marks.mark_all()
    marking.look("mug")
    marking.marks.mark_all()
    assert marking.marked(2) == ["oat", "mug"]
    marking.look(category="Coffee")
    marking.marks.mark_all()
    assert sorted(marking.marked(5)) == ["decaf", "espresso", "guji", "mug", "oat"]


def test_rows_that_were_never_looked_at_are_marked_too(marking: Marking, shop: BackOffice) -> None:
    shop.do(SaveProducts("many", tuple(ProductEdit(f"s{no}", name=f"Screw {no:04}") for no in range(1000))))
    marking.look()
    marking.marks.mark_rows(100, 899)
    assert marking.marked(800) == [f"s{no}" for no in range(899, 99, -1)]
    marking.marks.mark_all()
    marking.marked(1012)


def test_from_one_row_to_another_of_a_category_and_of_a_search(marking: Marking) -> None:
    marking.look(category="Coffee")
    marking.marks.mark_rows(1, 2)
    assert marking.marked(2) == ["espresso", "guji"]
    marking.marks.clear()
    marking.look("roasters")
    marking.marks.mark_rows(0, 0)
    marking.marked(1)


def test_what_comes_after_all_were_unmarked_is_not_marked(marking: Marking) -> None:
    before = marking.told
    marking.marks.mark_all()
    marking.marks.clear()
    answers: list[object] = []
    marking.session.office.work.ask(lambda _: None, answers.append)
    marking.session.office.work.ask(lambda _: None, answers.append)
    until(lambda: len(answers) == 2)
    assert (marking.marks.count, marking.told) == (0, before + 1)


def test_more_than_can_be_kept_is_said(marking: Marking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_MARKED", 5)
    marking.marks.mark_all()
    marking.marked(5)
    assert marking.marks.is_full
    first = marking.marks.products[0]
    marking.marks.toggle(first)
    assert not marking.marks.is_full
    marking.marks.toggle(first)
    assert (marking.marks.count, marking.marks.is_full) == (5, False)
    marking.marks.toggle("guji")
    assert (marking.marks.count, marking.marks.is_full) == (5, True)


def test_where_nothing_is_listed_nothing_is_marked(marking: Marking) -> None:
    marking.look("zzz")
    marking.marks.mark_all()
    assert marking.marks.count == 0
