"""What was found is marked where it matches, walked by arrows and taken by Enter or finger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from omsdesk.ui import theme
from omsdesk.ui.widgets.result_list import Result, ResultList, marked

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show

FOUND = tuple(Result(f"p{number}", "package", f"Oat milk {number} L", "SKU OAT", "€2.80") for number in range(1, 21))


@pytest.fixture
def results(show: Show) -> ResultList:
    """Show twenty results in room for five."""
    made = show(ResultList("Found"), 600, 300)
    made.show_results(FOUND, "oat mil")
    return made


def test_the_best_match_is_taken_by_enter_alone(results: ResultList) -> None:
    chosen: list[object] = []
    results.chosen.connect(chosen.append)
    assert results.choose_current()
    assert chosen == ["p1"]


def test_a_search_field_walks_the_list_and_it_follows(results: ResultList) -> None:
    chosen: list[object] = []
    results.chosen.connect(chosen.append)
    results.step(-1)
    results.step(7)
    results.choose_current()
    assert chosen == ["p8"]
    assert results.viewport().rect().contains(results.shown_rect(7))
    results.step(99)
    results.choose_current()
    assert chosen[-1] == "p20"


def test_keys_and_fingers_choose_too(results: ResultList) -> None:
    chosen: list[object] = []
    results.chosen.connect(chosen.append)
    results.setFocus()
    QTest.keyClick(results, Qt.Key.Key_Down)
    QTest.keyClick(results, Qt.Key.Key_Return)
    QTest.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 190))
    assert chosen == ["p2", "p4"]


def test_new_results_begin_at_the_top(results: ResultList) -> None:
    results.step(15)
    results.show_results(FOUND[:3], "oat")
    assert results.currentIndex().row() == 0
    assert results.verticalOffset() == 0


def test_nothing_found_is_nothing_taken(results: ResultList) -> None:
    results.show_results((), "xyz")
    assert not results.choose_current()
    results.step(1)
    assert results.count() == 0


def test_a_screen_reader_hears_title_detail_and_amount(results: ResultList) -> None:
    reader = QAccessible.queryAccessibleInterface(results)
    assert reader.child(0).text(QAccessible.Text.Name) == "Oat milk 1 L, SKU OAT, €2.80"


def test_matching_letters_are_painted_in_the_accent(results: ResultList) -> None:
    accent = theme.current().colour.accent

    def accents() -> int:
        image = results.grab().toImage()
        return sum(image.pixelColor(x, y) == accent for x in range(600) for y in range(120))

    with_match = accents()
    results.show_results(FOUND, "zzz")
    assert with_match > 30
    assert accents() == 0


@pytest.mark.parametrize(
    ("text", "typed", "hits"),
    [
        ("Oat milk 1 L", ("oat", "mil"), ["Oat", "mil"]),
        ("Boat oatmeal", ("oat",), ["oat"]),
        ("SKU OAT-1000", ("oat", "10"), ["OAT", "10"]),
        ("Crème brûlée", ("crème",), ["Crème"]),
        ("Straße", ("stra",), []),
        ("oatoat", ("oat",), ["oat"]),
        ("Anything", (), []),
    ],
)
def test_a_match_begins_where_a_word_begins(text: str, typed: tuple[str, ...], hits: list[str]) -> None:
    parts = marked(text, typed)
    assert "".join(part for part, _ in parts) == text
    assert [part for part, is_match in parts if is_match] == hits


def test_a_result_without_detail_stands_in_the_middle(show: Show) -> None:
    lonely = show(ResultList("Found"), 600, 120)
    lonely.show_results([Result("a", "user", "Mia")])
    image = lonely.grab().toImage()
    dark = [y for x in range(50, 120) for y in range(60) if image.pixelColor(x, y).lightness() < 80]
    assert 24 <= (min(dark) + max(dark)) / 2 <= 36
