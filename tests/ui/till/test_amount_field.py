"""Fields as high as a finger, and money that takes nothing but an amount."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.domain.shop import Shop
from omsdesk.ui import theme
from omsdesk.ui.till.amount_field import AmountField, ChoiceField, TextField
from omsdesk.ui.widgets.number_pad import PadKey
from omsdesk.ui.widgets.painting import text_width
from tests.ui.till.bench import Bench, euros


def shown(qtbot: QtBot, field: QWidget) -> None:
    qtbot.addWidget(field)
    field.resize(field.sizeHint())
    field.show()
    qtbot.waitExposed(field)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("12.50", "12.50"), ("12,50", "12,50"), ("12.505", "12.50"), ("-5", "5"), ("1a2", "12"), ("..5", ".5")],
)
def test_only_an_amount_can_be_typed(bench: Bench, qtbot: QtBot, typed: str, text: str) -> None:
    field = AmountField(bench.counter)
    shown(qtbot, field)
    QTest.keyClicks(field, typed)
    assert field.text() == text


def test_yen_have_no_decimals(bench: Bench, qtbot: QtBot) -> None:
    bench.counter.shop = Shop("s1", "Kontor", "JPY")
    field = AmountField(bench.counter)
    shown(qtbot, field)
    QTest.keyClicks(field, "1.200")
    assert field.text() == "1200"
    amount = field.amount()
    assert amount is not None
    assert amount.minor == 1200


def test_an_empty_field_is_no_amount_and_nought_is_one(bench: Bench, qtbot: QtBot) -> None:
    field = AmountField(bench.counter)
    qtbot.addWidget(field)
    for text in ("", ".", ","):
        field.setText(text)
        assert field.amount() is None
    field.setText("0")
    assert field.amount() == euros("0.00")


def test_a_shown_amount_is_typed_over(bench: Bench, qtbot: QtBot) -> None:
    field = AmountField(bench.counter)
    shown(qtbot, field)
    field.set_amount(euros("12.50"))
    QTest.keyClicks(field, "7")
    assert field.amount() == euros("7.00")


def test_a_pad_types_into_it(bench: Bench, qtbot: QtBot) -> None:
    field = AmountField(bench.counter)
    qtbot.addWidget(field)
    for key in ("1", "00", PadKey.BACKSPACE, PadKey.DECIMAL, "5"):
        field.press(key)
    assert field.amount() == euros("10.50")
    with qtbot.waitSignal(field.returnPressed):
        field.press(PadKey.ENTER)
    field.press(PadKey.CLEAR)
    assert field.amount() is None


@pytest.mark.parametrize("scale", theme.SCALES)
def test_every_field_is_as_high_as_a_finger(bench: Bench, qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    theme.apply(theme.load("light", scale), qapp)
    for field in (TextField(), ChoiceField(), AmountField(bench.counter)):
        shown(qtbot, field)
        assert field.height() >= round(48 * scale)


@pytest.mark.parametrize("typed", ["", "1.00", "123456789.99"])
def test_every_digit_is_seen_however_narrow_the_field(bench: Bench, qtbot: QtBot, typed: str) -> None:
    field = AmountField(bench.counter, 32, "22.73")
    qtbot.addWidget(field)
    field.resize(300, 64)
    field.show()
    qtbot.waitExposed(field)
    QTest.keyClicks(field, typed)
    wide = field.font().pixelSize()
    field.resize(150, 64)
    narrow = field.font().pixelSize()
    shown = typed or "22.73"
    assert narrow <= wide <= theme.current().px(32)
    assert text_width(field.font(), shown) <= 150 or narrow == theme.current().px(16)


def test_a_field_that_gets_room_writes_large_again(bench: Bench, qtbot: QtBot) -> None:
    field = AmountField(bench.counter, 32, "1,234,567.00")
    qtbot.addWidget(field)
    field.resize(120, 64)
    field.show()
    qtbot.waitExposed(field)
    small = field.font().pixelSize()
    field.resize(600, 64)
    assert field.font().pixelSize() == theme.current().px(32) > small
    field.resize(120, 64)
    field.setPlaceholderText("1.00")
    assert field.font().pixelSize() > small
