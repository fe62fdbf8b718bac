"""The count at the end of the shift, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from omsdesk.domain.cash import ShiftClosed
from omsdesk.ui.till.shifts.close_sheet import CloseSheet
from omsdesk.ui.till.shifts.report_view import differences
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CARD, code_of


@pytest.fixture
def sold(bench: Bench) -> Bench:
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.pay_exactly()
    bench.session.intake.scanned(code_of("mug"))
    bench.checkout.pay(CARD)
    return bench


def opened(bench: Bench, qtbot: QtBot) -> CloseSheet:
    sheet = CloseSheet(bench.state)
    qtbot.addWidget(sheet)
    sheet.show()
    return sheet


@pytest.mark.parametrize(
    ("typed", "words"), [("162.90", "It adds up."), ("161.70", "€1.20 is missing."), ("163", "€0.10 too much.")]
)
def test_the_difference_is_said_while_counting(sold: Bench, qtbot: QtBot, typed: str, words: str) -> None:
    sheet = opened(sold, qtbot)
    QTest.keyClicks(sheet.counts[0].field, typed)
    assert sheet.counts[0].verdict.text() == words


def test_a_blind_count_says_nothing(sold: Bench, qtbot: QtBot) -> None:
    sold.state.shift.is_blind = True
    sheet = opened(sold, qtbot)
    QTest.keyClicks(sheet.counts[0].field, "100")
    assert sheet.counts[0].verdict.text().strip() == ""
    assert sheet.counts[0].field.placeholderText() == "0.00"
    assert sheet.counts[1].field.placeholderText() == "0.00"


def test_cash_has_to_be_counted(sold: Bench, qtbot: QtBot) -> None:
    sheet = opened(sold, qtbot)
    assert not sheet.close_button.isEnabled()
    sheet.confirm()
    assert sold.facts(ShiftClosed) == []
    QTest.keyClicks(sheet.counts[0].field, "0")
    assert sheet.close_button.isEnabled()


def test_what_was_counted_is_in_the_report(sold: Bench, qtbot: QtBot) -> None:
    sheet = opened(sold, qtbot)
    QTest.keyClicks(sheet.counts[0].field, "161,70")
    QTest.keyClicks(sheet.counts[1].field, "30")
    sheet.confirm()
    (closed,) = sold.facts(ShiftClosed)
    assert {row.method: row.counted for row in closed.figures.tenders} == {
        "cash": euros("161.70"),
        "card": euros("30.00"),
    }
    assert [sentence for sentence, _ in differences(sold.counter, closed.figures)] == [
        "Cash: €1.20 is missing.",
        "Card: €6.00 too much.",
    ]


def test_what_is_not_counted_is_taken_as_expected(sold: Bench, qtbot: QtBot) -> None:
    sheet = opened(sold, qtbot)
    QTest.keyClicks(sheet.counts[0].field, "162.90")
    sheet.confirm()
    (closed,) = sold.facts(ShiftClosed)
    assert [sentence for sentence, _ in differences(sold.counter, closed.figures)] == ["Cash: it adds up."]


def test_held_sales_are_mentioned(sold: Bench, qtbot: QtBot) -> None:
    sold.session.intake.scanned(code_of("oat"))
    sold.session.hold()
    sheet = opened(sold, qtbot)
    assert sheet.held.text() == "1 held sale stays for the next shift."
    assert sheet.held.isVisible()


def test_a_count_that_may_mean_two_amounts_closes_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.counter.shop = replace(bench.counter.shop, locale="de-DE")
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.pay(CARD)
    sheet = CloseSheet(bench.state)
    qtbot.addWidget(sheet)
    cash, card = sheet.counts
    cash.field.setText("150,00")
    card.field.setText("1.290")
    assert not sheet.close_button.isEnabled(), "it is not taken as expected"
    sheet.confirm()
    assert bench.said.startswith("Is “1.290” 1,29\xa0€ or 1.290,00\xa0€?")
    assert bench.facts(ShiftClosed) == []
    card.field.setText("12.90")
    sheet.confirm()
    assert len(bench.facts(ShiftClosed)) == 1
