"""A minus in the till's field: it waits for what comes after it, and nothing changes before that is clear."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from omsdesk.domain.sale import LineRemoved, QuantityChanged
from omsdesk.store import journal
from omsdesk.ui.till.screen import Mode
from omsdesk.ui.till.sell_field import PAUSE
from tests.ui.till import goods_shop
from tests.ui.till.goods_shop import code
from tests.ui.till.shop import Station, code_of

COLA = [("2", "Cola 0.5 L"), ("2", "Bottle deposit")]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def counter(till: Station) -> Station:
    """A till with two bottles on the ticket, whose line is marked."""
    till.do(*goods_shop.COMMANDS)
    till.settle()
    till.type_in("2*")
    till.scan(code(9))
    till.press(Qt.Key.Key_Up)
    return till


def changes(till: Station) -> int:
    facts = [entry.fact for entry in journal.since(till.database.writer, 0)]
    return sum(isinstance(fact, QuantityChanged | LineRemoved) for fact in facts)


def test_a_minus_alone_takes_one_off(counter: Station) -> None:
    counter.type_in("-")
    assert counter.screen.sell.field.text() == "-", "it is seen at once"
    counter.until(lambda: counter.lines[0] == ("1", "Cola 0.5 L"))
    assert counter.screen.sell.field.text() == ""


def test_two_of_them_take_two_off(counter: Station) -> None:
    counter.scan(code_of("oat"))
    counter.type_in("+++")
    counter.until(lambda: counter.lines[-1] == ("4", "Oat milk 1 L"))
    counter.type_in("--")
    counter.until(lambda: counter.lines[-1] == ("2", "Oat milk 1 L"))


def test_a_minus_before_a_number_is_its_sign_and_nothing_changes_meanwhile(counter: Station) -> None:
    before = changes(counter)
    counter.type_in("-4*")
    counter.settle()
    assert counter.lines == COLA
    assert counter.screen.sell.field.key == "-4 ×"
    QTest.qWait(2 * PAUSE)
    assert counter.lines == COLA
    assert changes(counter) == before
    counter.scan(code(5))
    assert counter.lines == [*COLA, ("-4", "Bottle deposit")]
    assert changes(counter) == before


def test_the_empty_bottle_itself_brings_its_deposit(counter: Station) -> None:
    counter.type_in("-4*")
    counter.scan(code(9))
    assert counter.lines == [*COLA, ("-4", "Bottle deposit")]


def test_all_of_it_can_be_typed(counter: Station) -> None:
    counter.type_in("-4*4711")
    counter.press(Qt.Key.Key_Return)
    assert counter.lines == COLA
    assert counter.said.startswith("“Mountain cheese” has no deposit")
    assert counter.state.session.intake.multiplier is None
    counter.type_in("-3*BEER")
    counter.press(Qt.Key.Key_Return)
    assert counter.lines == [*COLA, ("-3", "Bottle deposit")]


def test_goods_without_a_deposit_do_not_come_back_by_it(counter: Station) -> None:
    counter.type_in("-4*")
    counter.scan(code_of("oat"))
    assert counter.lines == COLA
    assert "F7" in counter.said
    counter.scan(code_of("oat"))
    assert counter.lines[-1] == ("1", "Oat milk 1 L"), "what was typed is forgotten"


def test_what_stands_there_while_a_number_is_typed_is_not_looked_for(counter: Station) -> None:
    shown = counter.screen.sell.grid
    for text in ("-", "4", "4"):
        counter.type_in(text)
        assert shown.isVisible()


def test_a_scan_is_rung_up_after_the_one_that_is_taken_off(counter: Station) -> None:
    counter.type_in("-")
    counter.scan(code_of("oat"))
    assert counter.lines == [("1", "Cola 0.5 L"), ("1", "Bottle deposit"), ("1", "Oat milk 1 L")]


def test_a_key_that_does_something_comes_after_it(counter: Station) -> None:
    counter.type_in("-")
    counter.press(Qt.Key.Key_F12)
    counter.until(lambda: counter.is_in(Mode.PAYING) and counter.lines[0] == ("1", "Cola 0.5 L"))
    assert counter.total == "€1.38"


def test_the_arrows_leave_the_line_that_was_meant(counter: Station) -> None:
    counter.scan(code_of("oat"))
    counter.press(Qt.Key.Key_Up)
    counter.press(Qt.Key.Key_Up)
    counter.type_in("-")
    counter.press(Qt.Key.Key_Down)
    assert counter.lines[0] == ("1", "Cola 0.5 L")
    assert counter.lines[-1] == ("1", "Oat milk 1 L")


def test_so_does_the_mouse(counter: Station) -> None:
    counter.scan(code_of("oat"))
    counter.type_in("+")
    counter.until(lambda: counter.lines[-1] == ("2", "Oat milk 1 L"))
    counter.type_in("-")
    QTest.mouseClick(counter.screen.cart.pay, Qt.MouseButton.LeftButton)
    counter.until(lambda: counter.is_in(Mode.PAYING) and counter.lines[-1] == ("1", "Oat milk 1 L"))


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Backspace])
def test_whoever_thinks_better_of_it_takes_it_away(counter: Station, key: Qt.Key) -> None:
    counter.type_in("-")
    counter.press(key)
    QTest.qWait(2 * PAUSE)
    assert counter.screen.sell.field.text() == ""
    assert counter.lines == COLA


def test_the_way_back_takes_the_minus_away_and_nothing_else(counter: Station) -> None:
    counter.type_in("-")
    counter.press(Qt.Key.Key_Z, CTRL)
    QTest.qWait(2 * PAUSE)
    assert counter.lines == COLA
    counter.press(Qt.Key.Key_Z, CTRL)
    assert counter.lines == []


def test_shift_is_part_of_what_is_typed(counter: Station) -> None:
    counter.type_in("-")
    counter.press(Qt.Key.Key_Shift)
    counter.type_in("4")
    QTest.qWait(2 * PAUSE)
    assert counter.screen.sell.field.text() == "-4"
    assert counter.lines == COLA


def test_a_letter_after_it_is_looked_for_without_it(counter: Station) -> None:
    counter.type_in("-oat")
    counter.until(lambda: counter.lines[0] == ("1", "Cola 0.5 L"))
    assert counter.screen.sell.field.text() == "oat"


# ---- what is weighed


@pytest.mark.parametrize(("key", "goods", "word"), [("+", 1, "weighed"), ("-", 1, "weighed"), ("+", 2, "measured")])
def test_of_what_was_weighed_nobody_means_a_whole_unit(till: Station, key: str, goods: int, word: str) -> None:
    till.do(*goods_shop.COMMANDS)
    till.settle()
    till.type_in("0,350*")
    till.scan(code(goods))
    (line,) = till.lines
    till.type_in(key)
    till.until(lambda: word in till.said)
    assert "Ctrl+Q" in till.said
    assert till.lines == [line]


def test_the_buttons_of_its_line_say_the_same(till: Station) -> None:
    till.do(*goods_shop.COMMANDS)
    till.settle()
    till.type_in("0,350*")
    till.scan(code(1))
    till.screen.cart._acted(till.state.session.selected, "more")
    assert "weighed" in till.said
