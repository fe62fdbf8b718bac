"""F9: something off a line or off the whole sale, by keys alone and by a finger."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from omsdesk.domain.discount import Discount
from omsdesk.domain.sale import LineDiscounted, PriceChanged, SaleDiscounted
from omsdesk.store import journal
from omsdesk.store.queries import till as queries
from omsdesk.ui.till.prices.discount_sheet import DiscountSheet
from omsdesk.ui.widgets.number_pad import PadKey
from tests.ui.till.bench import euros
from tests.ui.till.shop import Station, code_of

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def selling(till: Station) -> Station:
    """A ticket with coffee for 12.90, a mug for 24.00, and the coffee chosen."""
    till.scan(code_of("guji"))
    till.scan(code_of("mug"))
    till.press(Qt.Key.Key_Up)
    return till


def facts(till: Station, kind: type) -> list[object]:
    return [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, kind)]


def type_and_enter(till: Station, text: str) -> None:
    till.type_in(text)
    till.bot.wait(60)
    till.press(Qt.Key.Key_Return)


def notes(till: Station) -> list[str]:
    return [line.note for line in till.screen.cart.lines.lines()]


def test_ten_percent_off_the_line_by_four_keys(selling: Station) -> None:
    selling.press(Qt.Key.Key_F9)
    type_and_enter(selling, "10")
    assert selling.screen.sheet is None
    assert selling.total == "€35.61"
    assert notes(selling) == ["10 % -€1.29", ""]
    (fact,) = facts(selling, LineDiscounted)
    assert isinstance(fact, LineDiscounted)
    assert fact.discount == Discount(ppm=100_000)
    assert selling.state.session.undo is not None
    selling.press(Qt.Key.Key_Z, CTRL)
    assert selling.total == "€36.90"
    assert notes(selling) == ["", ""]


def test_the_key_once_more_turns_to_the_whole_sale(selling: Station) -> None:
    selling.press(Qt.Key.Key_F9)
    sheet = selling.sheet(DiscountSheet)
    assert sheet.name.text() == "Ethiopia Guji 250 g"
    selling.press(Qt.Key.Key_F9)
    assert sheet.name.text() == "Everything on this sale"
    assert sheet.whole.isChecked()
    selling.press(Qt.Key.Key_F9)
    selling.press(Qt.Key.Key_F9)
    selling.type_in("10")
    selling.bot.wait(60)
    assert (sheet.before.text(), sheet.after.text()) == ("€36.90", "€33.21")
    selling.press(Qt.Key.Key_Return)
    cart = selling.screen.cart
    assert (cart.off.text(), cart.off_amount.text()) == ("Discount 10 %", "-€3.69")
    assert cart.subtotal.text() == "€36.90"
    assert selling.total == "€33.21"
    selling.press(Qt.Key.Key_Z, CTRL)
    assert not cart.off.isVisible()
    assert selling.total == "€36.90"


def test_an_amount_a_new_price_and_a_new_total(selling: Station) -> None:
    selling.press(Qt.Key.Key_F9)
    selling.type_in("a")
    type_and_enter(selling, "2")
    assert selling.total == "€34.90"
    selling.press(Qt.Key.Key_F9)
    selling.type_in("n")
    type_and_enter(selling, "11,00")
    (fact,) = facts(selling, PriceChanged)
    assert isinstance(fact, PriceChanged)
    assert fact.price == euros("11.00")
    selling.press(Qt.Key.Key_F9)
    selling.press(Qt.Key.Key_F9)
    selling.type_in("n")
    type_and_enter(selling, "30")
    assert selling.total == "€30.00"
    (whole,) = facts(selling, SaleDiscounted)
    assert isinstance(whole, SaleDiscounted)
    assert whole.discount == Discount(amount=euros("3.00"))


def test_a_new_price_is_taken_back_by_a_key(selling: Station) -> None:
    selling.press(Qt.Key.Key_F9)
    selling.type_in("n")
    type_and_enter(selling, "10")
    assert notes(selling)[0] == "Instead of €12.90"
    selling.press(Qt.Key.Key_Z, CTRL)
    assert selling.total == "€36.90"


def test_the_reason_is_chosen_by_the_arrows_and_stands_on_the_line(selling: Station) -> None:
    selling.press(Qt.Key.Key_F9)
    selling.type_in("20")
    selling.bot.wait(60)
    selling.press(Qt.Key.Key_Down)
    assert selling.sheet(DiscountSheet).reasons.chosen == "Damaged"
    selling.press(Qt.Key.Key_Up)
    assert selling.sheet(DiscountSheet).reasons.chosen == ""
    selling.press(Qt.Key.Key_Up)
    assert selling.sheet(DiscountSheet).reasons.chosen == "Staff"
    selling.press(Qt.Key.Key_Return)
    assert notes(selling)[0] == "20 % Staff -€2.58"


def test_what_was_taken_off_is_put_back_by_delete(selling: Station) -> None:
    selling.press(Qt.Key.Key_F9)
    assert not selling.sheet(DiscountSheet).again.isVisible()
    type_and_enter(selling, "50")
    assert selling.total == "€30.45"
    selling.press(Qt.Key.Key_F9)
    assert selling.sheet(DiscountSheet).again.isVisible()
    selling.press(Qt.Key.Key_Delete)
    assert selling.total == "€36.90"
    assert selling.screen.sheet is None


def test_fingers_do_the_same(selling: Station) -> None:
    selling.screen.cart.discount_wanted.emit()
    sheet = selling.sheet(DiscountSheet)
    sheet.quick[2].click()
    assert sheet.after.text() == "€10.96"
    sheet.whole.click()
    sheet.reasons.buttons[1].click()
    sheet.save.click()
    selling.settle()
    assert selling.screen.cart.off.text() == "Discount 15 % · Price promised"
    selling.screen.errands.discount()
    sheet = selling.sheet(DiscountSheet)
    for key in ("5", "0", PadKey.BACKSPACE):
        sheet.pad.keyed.emit(key)
    assert sheet.field.text() == "5"
    sheet.pad.keyed.emit(PadKey.DECIMAL)
    sheet.pad.keyed.emit("5")
    assert sheet.after.text() == "€12.19"
    sheet.pad.keyed.emit(PadKey.CLEAR)
    assert not sheet.save.isEnabled()


@pytest.mark.parametrize(
    ("keys", "said"), [("101", "100 % at most"), ("a99", "€12.90 at most"), ("x", ""), ("1.234", "")]
)
def test_what_cannot_be_taken_off_says_so_and_keeps_the_sheet(selling: Station, keys: str, said: str) -> None:
    selling.press(Qt.Key.Key_F9)
    type_and_enter(selling, keys)
    assert isinstance(selling.sheet(DiscountSheet), DiscountSheet)
    assert said in selling.said
    assert selling.total == "€36.90"


def test_nothing_is_dearer_by_a_discount(selling: Station) -> None:
    selling.press(Qt.Key.Key_F9)
    selling.press(Qt.Key.Key_F9)
    selling.type_in("n")
    type_and_enter(selling, "50")
    assert "dearer" in selling.said
    selling.press(Qt.Key.Key_F9)
    selling.type_in("n")
    sheet = selling.sheet(DiscountSheet)
    selling.type_in("50")
    selling.bot.wait(60)
    assert sheet.save.label == "Make dearer"


def test_an_empty_ticket_has_nothing_to_take_off(till: Station) -> None:
    till.press(Qt.Key.Key_F9)
    assert till.screen.sheet is None


def test_a_cashier_above_the_limit_is_told_who_may(selling: Station) -> None:
    selling.state.counter.person = queries.person(selling.reader, "ben")
    selling.press(Qt.Key.Key_F9)
    type_and_enter(selling, "50")
    assert selling.total == "€36.90"
