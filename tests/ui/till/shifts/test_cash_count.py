"""Counting a drawer."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from omsdesk.ui.till.shifts.cash_count import CashCount, coins_of
from tests.ui.till.bench import Bench, euros


@pytest.fixture
def count(bench: Bench, qtbot: QtBot) -> CashCount:
    made = CashCount(bench.state)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("currency", "note", "step", "coins"),
    [
        ("EUR", 500, 1, (1, 2, 5, 10, 20, 50, 100, 200)),
        ("CHF", 1000, 5, (5, 10, 20, 50, 100, 200, 500)),
        ("USD", 100, 1, (1, 5, 10, 25, 50)),
        ("JPY", 1000, 1, (1, 2, 5, 10, 20, 50, 100, 200, 500)),
    ],
)
def test_coins_are_those_below_the_smallest_note(currency: str, note: int, step: int, coins: tuple[int, ...]) -> None:
    assert coins_of(currency, note, step) == coins


def test_a_total_is_typed(count: CashCount) -> None:
    assert count.amount() is None
    QTest.keyClicks(count.total, "150,20")
    assert count.amount() == euros("150.20")


def test_coins_and_notes_add_up_to_the_total(count: CashCount) -> None:
    count.by_pieces.click()
    assert list(count.pieces) == [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1]
    for value, pieces in ((5000, "2"), (200, "3"), (1, "7")):
        QTest.keyClicks(count.pieces[value], pieces)
    assert count.amount() == euros("106.07")
    QTest.keyClicks(count.pieces[5000], "0")
    assert count.amount() == euros("1006.07")


def test_every_field_is_named_for_a_screen_reader(count: CashCount) -> None:
    count.open_pieces()
    count.open_pieces()
    assert count.pieces[50].accessibleName() == "How many of €0.50"
    assert count.total.accessibleName() == "Counted cash"


def test_enter_confirms_from_every_field(count: CashCount, qtbot: QtBot) -> None:
    count.open_pieces()
    for field in (count.total, *count.pieces.values()):
        with qtbot.waitSignal(count.confirmed):
            field.returnPressed.emit()
