"""Money into the drawer and out of it: an amount, and a reason that can be read at the end of the day."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from omsdesk.domain.cash import CashMoved, CashReason
from omsdesk.domain.printing import PaperKind, PrintAsked
from omsdesk.ui.till.shifts.money_sheet import MoneySheet
from tests.ui.till.bench import Bench, euros


def opened(bench: Bench, qtbot: QtBot, *, is_in: bool) -> MoneySheet:
    sheet = MoneySheet(bench.state, is_in)
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitExposed(sheet)
    sheet.window().activateWindow()
    sheet.begin()
    return sheet


def moved(bench: Bench) -> list[CashMoved]:
    return [fact for fact in bench.facts(CashMoved) if fact.reason in {CashReason.PAY_IN, CashReason.PAY_OUT}]


@pytest.mark.parametrize(
    ("is_in", "amount", "reason", "sentence"),
    [
        (True, "20.00", CashReason.PAY_IN, "€20.00 paid in: from the bank."),
        (False, "-20.00", CashReason.PAY_OUT, "€20.00 paid out: from the bank."),
    ],
)
def test_money_moves_with_its_reason_and_the_drawer_opens(
    bench: Bench, qtbot: QtBot, *, is_in: bool, amount: str, reason: CashReason, sentence: str
) -> None:
    sheet = opened(bench, qtbot, is_in=is_in)
    QTest.keyClicks(sheet.amount, "20")
    assert sheet.save.amount == "€20.00"
    QTest.keyClick(sheet.amount, Qt.Key.Key_Return)
    QTest.keyClicks(sheet.reason, " from the bank ")
    with qtbot.waitSignal(sheet.done):
        QTest.keyClick(sheet.reason, Qt.Key.Key_Return)
    (fact,) = moved(bench)
    assert (fact.amount, fact.reason, fact.note) == (euros(amount), reason, "from the bank")
    assert bench.said == sentence
    assert [asked.paper for asked in bench.facts(PrintAsked)] == [PaperKind.DRAWER]


@pytest.mark.parametrize(("amount", "reason"), [("", "cleaner"), ("20", " "), ("0", "cleaner"), ("", "")])
def test_what_is_missing_is_asked_for(bench: Bench, qtbot: QtBot, amount: str, reason: str) -> None:
    sheet = opened(bench, qtbot, is_in=False)
    QTest.keyClicks(sheet.amount, amount)
    QTest.keyClicks(sheet.reason, reason)
    with qtbot.assertNotEmitted(sheet.done):
        sheet.confirm()
    assert moved(bench) == []


def test_what_was_typed_stays_while_something_is_missing(bench: Bench, qtbot: QtBot) -> None:
    sheet = opened(bench, qtbot, is_in=False)
    QTest.keyClicks(sheet.amount, "12,50")
    sheet.confirm()
    assert sheet.amount.text() == "12,50"
    QTest.keyClicks(sheet.reason, "stamps")
    sheet.confirm()
    assert [fact.amount for fact in moved(bench)] == [euros("-12.50")]
