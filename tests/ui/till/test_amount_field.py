"""Fields as high as a finger, and money that takes nothing but an amount."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.domain.shop import Shop
from omsdesk.ui import theme
from omsdesk.ui.till.amount_field import AmountField, ChoiceField, TextField
from omsdesk.ui.till.counter import Tone
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
    [("12.50", "12.50"), ("12,50", "12,50"), ("-5", "5"), ("1a2", "12"), ("1.250,00", "1.250,00")],
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
    assert field.placeholderText() == "0"
    QTest.keyClicks(field, "1.200")
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
    field = AmountField(bench.counter, 32)
    field.suggest(euros("22.73"))
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
    field = AmountField(bench.counter, 32)
    field.suggest(euros("1234567.00"))
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


def german(bench: Bench) -> AmountField:
    """A field in a shop that writes a comma before the cents."""
    bench.counter.shop = replace(bench.counter.shop, locale="de-DE")
    return AmountField(bench.counter)


@pytest.mark.parametrize("key", [Qt.Key.Key_Period, Qt.Key.Key_Comma])
@pytest.mark.parametrize(("locale", "text"), [("de-DE", "12,50"), ("en-IE", "12.50"), ("de-CH", "12.50")])
def test_the_dot_of_the_keypad_is_the_decimal_sign_everywhere(
    bench: Bench, qtbot: QtBot, key: Qt.Key, locale: str, text: str
) -> None:
    bench.counter.shop = replace(bench.counter.shop, locale=locale)
    field = AmountField(bench.counter)
    shown(qtbot, field)
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, key, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClicks(field, "50")
    assert field.text() == text
    assert field.amount() == euros("12.50")
    field.clear()
    for touched in ("3", PadKey.DECIMAL, "5"):
        field.press(touched)
    assert field.amount() == euros("3.50")


def test_amounts_are_put_in_as_people_here_type_them(bench: Bench, qtbot: QtBot) -> None:
    field = german(bench)
    qtbot.addWidget(field)
    assert field.placeholderText() == "0,00"
    field.set_amount(euros("1250.50"))
    assert field.text() == "1250,50"
    assert field.amount() == euros("1250.50")


def test_what_may_mean_two_amounts_is_none_and_is_asked_after_a_pause(bench: Bench, qtbot: QtBot) -> None:
    field = german(bench)
    shown(qtbot, field)
    QTest.keyClicks(field, "1.250")
    assert field.amount() is None
    assert bench.said == "", "nobody is interrupted"
    qtbot.waitUntil(lambda: bench.said.startswith("Is “1.250” 1,25\xa0€ or 1.250,00\xa0€?"), timeout=20_000)
    QTest.keyClicks(field, ",50")
    assert bench.said == "", "it is clear by now"
    assert field.amount() == euros("1250.50")


def test_it_is_asked_at_once_when_somebody_goes_on(bench: Bench, qtbot: QtBot) -> None:
    field = german(bench)
    shown(qtbot, field)
    assert not field.asks()
    QTest.keyClicks(field, "1.250")
    assert field.asks()
    assert bench.counter.notice is not None
    assert bench.counter.notice.tone is Tone.WARN
    field.clear()
    assert bench.counter.notice is None


def test_a_notice_of_somebody_else_is_left_alone(bench: Bench, qtbot: QtBot) -> None:
    field = german(bench)
    shown(qtbot, field)
    bench.counter.say(Tone.BAD, "The printer is off.")
    QTest.keyClicks(field, "12,50")
    assert bench.said == "The printer is off."


def test_a_space_takes_no_proposed_amount_away(bench: Bench, qtbot: QtBot) -> None:
    field = AmountField(bench.counter)
    shown(qtbot, field)
    field.set_amount(euros("14.22"))
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Space)
    assert field.amount() == euros("14.22")
