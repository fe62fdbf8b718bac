"""The binding to Qt keeps count of its references.

PySide6 6.12.0 on Python 3.10 and 3.11 gives away ``None`` and ``True`` without taking a reference, until the
interpreter ends itself: a till would die in the middle of a sale. From Python 3.12 on both are immortal and cannot be
lost. Every upgrade of PySide6 has to pass here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QStringListModel, Qt, QTimer, Signal
from pytestqt.qtbot import QtBot

CALLS = 500
# The interpreter itself takes and gives back a few references meanwhile; the fault loses one with every call.
SLACK = 50


class Bell(QObject):
    """Something that emits."""

    rang = Signal()


def lost(repeat: Callable[[], object]) -> dict[str, int]:
    """How many references to None and True went missing while something was done again and again."""
    repeat()
    before = sys.getrefcount(None), sys.getrefcount(True)
    repeat()
    return {"None": before[0] - sys.getrefcount(None), "True": before[1] - sys.getrefcount(True)}


def is_sound(losses: dict[str, int]) -> bool:
    """Tell whether nothing but the interpreter's own coming and going is to be seen."""
    return all(loss < SLACK for loss in losses.values())


def test_emitting_a_signal_loses_no_reference(qtbot: QtBot) -> None:
    bell = Bell()
    heard: list[int] = []
    bell.rang.connect(lambda: heard.append(1))

    def emit() -> None:
        for _ in range(CALLS):
            bell.rang.emit()

    assert is_sound(lost(emit))
    assert len(heard) == 2 * CALLS


def test_a_queued_signal_loses_no_reference(qtbot: QtBot) -> None:
    bell = Bell()
    heard: list[int] = []
    bell.rang.connect(lambda: heard.append(1), Qt.ConnectionType.QueuedConnection)

    def emit_and_deliver() -> None:
        due = len(heard) + CALLS
        for _ in range(CALLS):
            bell.rang.emit()
        qtbot.waitUntil(lambda: len(heard) == due)

    assert is_sound(lost(emit_and_deliver))


def test_plain_calls_lose_no_reference(qtbot: QtBot) -> None:
    bell = Bell()

    def name() -> None:
        for i in range(CALLS):
            bell.setObjectName(str(i))

    assert is_sound(lost(name))


def test_resetting_a_model_loses_no_reference(qtbot: QtBot) -> None:
    model = QStringListModel()

    def reset() -> None:
        for _ in range(CALLS):
            model.beginResetModel()
            model.endResetModel()

    assert is_sound(lost(reset))


def test_timers_lose_no_reference(qtbot: QtBot) -> None:
    fired: list[int] = []

    def fire() -> None:
        due = len(fired) + CALLS
        for _ in range(CALLS):
            QTimer.singleShot(0, lambda: fired.append(1))
        qtbot.waitUntil(lambda: len(fired) == due)

    assert is_sound(lost(fire))


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal from Python 3.12 on")
def test_a_reference_lost_with_every_call_would_be_seen() -> None:
    held = [[None] * CALLS, [None] * CALLS]
    assert not is_sound(lost(held.pop))
