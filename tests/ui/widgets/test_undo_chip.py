"""Undo lives for ten seconds, is taken once and costs next to nothing while it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from omsdesk.ui.widgets.undo_chip import UndoChip

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.widgets.conftest import PaintWatch, Show

LEFT = Qt.MouseButton.LeftButton


def test_undo_lives_for_a_while_and_then_says_so(show: Show, qtbot: QtBot) -> None:
    screen = QWidget()
    undo = UndoChip()
    QHBoxLayout(screen).addWidget(undo)
    show(screen, 400, 60)
    assert not undo.isVisible()
    with qtbot.waitSignal(undo.expired):
        undo.offer("Almond cookie removed", seconds=0.3)
        assert undo.isVisible()
        assert undo.accessibleName() == "Almond cookie removed. Undo"
    assert not undo.isVisible()


def test_undo_taken_is_undo_spent(show: Show) -> None:
    screen = QWidget()
    undo = UndoChip()
    QHBoxLayout(screen).addWidget(undo)
    show(screen, 400, 60)
    taken: list[bool] = []
    undo.clicked.connect(lambda: taken.append(True))
    undo.offer("Almond cookie removed")
    QTest.mouseClick(undo, LEFT)
    assert len(taken) == 1
    assert not undo.isVisible()


def test_undo_paints_only_its_life_line_while_it_waits(show: Show, qtbot: QtBot, watch: type[PaintWatch]) -> None:
    screen = QWidget()
    undo = UndoChip()
    QHBoxLayout(screen).addWidget(undo)
    show(screen, 400, 70)
    undo.offer("Almond cookie removed")
    QApplication.processEvents()
    paints = watch(undo)
    qtbot.waitUntil(lambda: len(paints.areas) > 1)
    assert all(area.height() <= 8 for area in paints.areas)
