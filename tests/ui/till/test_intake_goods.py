"""Goods that are out of the ordinary, through the real screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from omsdesk.devices.drivers.virtual_scale.scale import SimulatedScale
from omsdesk.domain.body import to_json
from omsdesk.domain.embedded_code import verifier
from omsdesk.domain.modifier import ModifierGroup
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.sale import AgeChecked, SaleCompleted
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.values import check_digit
from omsdesk.store import journal
from omsdesk.store.queries import till as ask
from omsdesk.ui.till.approvals.approvals import ApprovalWanted
from omsdesk.ui.till.goods.age_sheet import AgeSheet
from omsdesk.ui.till.goods.extras_sheet import ExtrasSheet
from omsdesk.ui.till.goods.price_sheets import PriceSheet
from omsdesk.ui.till.goods.serial_sheet import LotSheet, SerialSheet
from omsdesk.ui.till.goods.variant_sheet import VariantSheet
from omsdesk.ui.till.goods.weigh_sheet import WeighSheet
from tests.ui.till import goods_shop
from tests.ui.till.goods_shop import code, euros
from tests.ui.till.shop import SHOP, Station, code_of

GS = "\x1d"


@pytest.fixture
def counter(till: Station) -> Station:
    """A till of a shop with such goods."""
    till.do(*goods_shop.COMMANDS)
    till.settle()
    return till


def journal_text(till: Station) -> str:
    return "".join(str(to_json(entry.fact)) for entry in journal.since(till.database.writer, 0))


def label(item: str, cents: int) -> str:
    """A price label of a German scale."""
    value = f"{cents:05d}"
    body = f"22{item}{verifier(value)}{value}"
    return f"{body}{check_digit(body)}"


# ---- weight and length


def test_what_is_sold_by_weight_is_asked_for_and_typed(counter: Station) -> None:
    counter.scan(code(1))
    sheet = counter.sheet(WeighSheet)
    assert sheet.title == "How much of it?"
    counter.type_in("0,350")
    assert "0.350 kg = €6.97" in sheet.amount.text()
    counter.press(Qt.Key.Key_Return)
    assert counter.screen.sheet is None
    assert counter.lines == [("0.350", "Mountain cheese")]
    assert counter.total == "€6.97"
    counter.type_in("2.5*")
    counter.press(Qt.Key.Key_Return)
    counter.scan(code(2))
    assert counter.lines[-1] == ("2.5", "Speaker cable")


def test_a_scale_says_it_by_itself_once_it_is_steady(counter: Station) -> None:
    scale = SimulatedScale()
    counter.state.counter.scale = scale
    counter.scan(code(1))
    sheet = counter.sheet(WeighSheet)
    assert (sheet.title, sheet.status.text()) == ("Put it on the scale", "Put it on the scale.")
    assert sheet.field.placeholderText() == "0.000 kg"
    scale.put(420, is_steady=False)
    counter.until(lambda: "not steady" in sheet.status.text())
    counter.press(Qt.Key.Key_Return)
    assert counter.lines == [], "what moves is not sold"
    scale.put(420)
    counter.until(lambda: "0.420 kg" in sheet.amount.text())
    assert sheet.field.placeholderText() == "0.420 kg", "as large as what is typed"
    counter.press(Qt.Key.Key_Return)
    assert counter.lines == [("0.420", "Mountain cheese")]


def test_escape_leaves_it_out_and_the_next_scan_comes_in(counter: Station) -> None:
    counter.scan(code(1))
    counter.scan(code_of("oat"))
    assert counter.lines == []
    counter.press(Qt.Key.Key_Escape)
    assert counter.lines == [("1", "Oat milk 1 L")]


def test_a_label_of_the_scale_in_the_shop_needs_no_question(counter: Station) -> None:
    counter.scan(label("4711", 697))
    assert counter.lines == [("0.350", "Mountain cheese")]
    assert counter.total == "€6.97"
    counter.scan(label("9999", 100))
    assert "Nobody knows" in counter.said


def test_a_piece_stays_whole_unless_it_may_be_cut(counter: Station) -> None:
    counter.type_in("0.5*")
    counter.press(Qt.Key.Key_Return)
    counter.scan(code_of("oat"))
    assert "whole pieces" in counter.said
    counter.type_in("0.5*")
    counter.press(Qt.Key.Key_Return)
    counter.scan(code(11))
    assert counter.lines == [("0.5", "Plum tart")]


# ---- age


def test_the_birth_date_is_asked_once_and_kept_nowhere(counter: Station) -> None:
    counter.scan(code(4))
    sheet = counter.sheet(AgeSheet)
    assert "from 16 years on" in sheet.sentence.text()
    assert sheet.clearly is None, "the shop wants it of everybody"
    counter.type_in("29021984")
    counter.press(Qt.Key.Key_Return)
    assert counter.lines[0] == ("1", "Craft beer 0.33 L")
    counter.scan(code(3))
    assert counter.screen.sheet is None, "the date covers it"
    assert [row[1] for row in counter.lines] == ["Craft beer 0.33 L", "Bottle deposit", "Rum, 8 years"]
    facts = [entry.fact for entry in journal.since(counter.database.writer, 0)]
    assert [fact.age for fact in facts if isinstance(fact, AgeChecked)] == [16, 18]
    assert "1984" not in journal_text(counter)


def test_who_is_too_young_does_not_get_it_and_goes_on_with_the_rest(counter: Station) -> None:
    counter.scan(code_of("oat"))
    counter.scan(code(3))
    today = date.fromisoformat(counter.state.counter.day)
    born = f"{today.day:02d}{today.month:02d}{today.year - 17}"
    counter.type_in(born)
    counter.press(Qt.Key.Key_Return)
    assert "Too young" in counter.said
    assert counter.lines == [("1", "Oat milk 1 L")]
    counter.scan(code(4))
    assert counter.screen.sheet is None, "seventeen is old enough for beer, and the date is still known"
    assert counter.lines[1] == ("1", "Craft beer 0.33 L")


def test_a_wrong_date_is_asked_again(counter: Station) -> None:
    counter.scan(code(3))
    sheet = counter.sheet(AgeSheet)
    counter.type_in("31022000")
    counter.press(Qt.Key.Key_Return)
    assert "Type the birth date as DD MM YYYY" in sheet.error.text()
    assert counter.lines == []


def test_somebody_who_is_clearly_older_needs_no_date_where_the_shop_says_so(counter: Station) -> None:
    counter.do(SaveShop(replace(SHOP, goods=goods_shop.POLICY)))
    counter.settle()
    counter.scan(code(3))
    sheet = counter.sheet(AgeSheet)
    assert sheet.clearly is not None
    sheet.clearly.click()
    counter.settle()
    assert counter.lines == [("1", "Rum, 8 years")]


# ---- numbers


def test_each_unit_is_scanned_and_stands_on_the_document(counter: Station) -> None:
    counter.type_in("2*")
    counter.press(Qt.Key.Key_Return)
    counter.scan(code(6))
    counter.sheet(SerialSheet)
    counter.scan("SN-0001")
    sheet = counter.sheet(SerialSheet)
    counter.scan("SN-0001")
    assert "on this sale already" in "".join(label.text() for label in sheet.form.findChildren(QLabel))
    counter.scan("SN-0002")
    assert counter.lines == [("2", "Espresso machine")]
    counter.press(Qt.Key.Key_F5)
    done = [entry.fact for entry in journal.since(counter.database.writer, 0) if isinstance(entry.fact, SaleCompleted)]
    assert done[-1].lines[0].serials == ("SN-0001", "SN-0002")


def test_one_code_of_gs1_answers_everything(counter: Station) -> None:
    gtin = code(7).zfill(14)
    counter.state.session.intake.scanned(f"]d201{gtin}10L-5{GS}17281231")
    counter.settle()
    assert counter.lines == [("1", "Raw milk 1 L")]
    (row,) = counter.state.session.lines
    assert (row.lot, row.expiry) == ("L-5", "2028-12-31")


def test_a_lot_is_asked_and_told_when_it_expires_soon(counter: Station) -> None:
    counter.scan(code(7))
    sheet = counter.sheet(LotSheet)
    sheet.lot.setText("L-7")
    sheet.expiry.setText(counter.state.counter.day)
    sheet.confirm()
    counter.settle()
    assert "expires today" in counter.said
    assert counter.lines == [("1", "Raw milk 1 L")]


# ---- prices


def test_a_price_that_is_typed_each_time_has_a_floor(counter: Station) -> None:
    counter.do(SavePerson(Person("cara", "Cara Cashier", Role.CASHIER)))
    counter.state.counter.person = Person("cara", "Cara Cashier", Role.CASHIER)
    counter.scan(code(8))
    sheet = counter.sheet(PriceSheet)
    assert sheet.field.amount() == euros("15.00"), "what is usual is proposed"
    sheet.field.set_amount(euros("5.00"))
    sheet.confirm()
    counter.settle()
    assert counter.lines == []
    wanted = counter.state.session.intake.demand
    assert isinstance(wanted, ApprovalWanted)
    assert "below its least price" in wanted.needed.sentence


# ---- deposits


def test_a_deposit_follows_its_bottle_and_empties_come_back(counter: Station) -> None:
    counter.scan(code(9))
    counter.scan(code(9))
    assert counter.lines == [("2", "Cola 0.5 L"), ("2", "Bottle deposit")]
    assert counter.total == "€2.76"
    counter.scan(code(5))
    counter.scan(code(5))
    counter.scan(code(5))
    assert counter.lines[-1] == ("-3", "Bottle deposit")
    assert counter.total == "€2.52"
    counter.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counter.lines[-1] == ("-2", "Bottle deposit")
    counter.press(Qt.Key.Key_Up)
    counter.press(Qt.Key.Key_Up)
    counter.press(Qt.Key.Key_Delete)
    assert counter.lines == [("-2", "Bottle deposit")]
    counter.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counter.lines == [("2", "Cola 0.5 L"), ("2", "Bottle deposit"), ("-2", "Bottle deposit")]


# ---- stock


def test_what_is_sold_out_is_told_asked_about_or_taken_off_the_screen(counter: Station) -> None:
    for _ in range(3):
        counter.scan(code(11))
    assert "Only 2 of “Plum tart”" in counter.said
    counter.state.session.intake.chosen("vase")
    assert "sold out" in counter.said
    counter.scan(code(12))
    assert counter.lines[-1] == ("1", "Vase"), "what a customer holds is there"


def test_a_voided_ticket_is_rung_again_with_all_that_was_on_it(counter: Station) -> None:
    counter.scan(code(4))
    counter.type_in("29021984")
    counter.press(Qt.Key.Key_Return)
    before = counter.lines
    counter.state.session.void()
    counter.settle()
    assert counter.lines == []
    counter.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counter.lines == before


# ---- extras


def test_what_goes_with_it_is_asked_by_large_keys(counter: Station) -> None:
    counter.do(SaveShop(replace(SHOP, modifiers=goods_shop.EXTRAS)))
    counter.settle()
    counter.scan(code(20))
    sheet = counter.sheet(ExtrasSheet)
    assert (sheet.title, [article.name for article in sheet.options]) == ("Size", ["Small", "Large"])
    counter.press(Qt.Key.Key_Return)
    assert sheet.error.text() == "Choose one."
    counter.type_in("2")
    counter.settle()
    sheet = counter.sheet(ExtrasSheet)
    assert sheet.title == "Milk", "one has to be chosen, so the first answer goes on"
    counter.type_in("1")
    counter.settle()
    counter.type_in("2")
    counter.settle()
    assert [article.name for article in sheet.chosen] == ["Soy milk"], "one at most"
    counter.press(Qt.Key.Key_Return)
    assert counter.lines == [("1", "Latte"), ("1", "Large"), ("1", "Soy milk")]
    assert counter.total == "€4.20"
    counter.type_in("+")
    counter.settle()
    assert counter.lines == [("2", "Latte"), ("2", "Large"), ("2", "Soy milk")]
    counter.scan(code(20))
    counter.press(Qt.Key.Key_Escape)
    assert counter.lines[0] == ("2", "Latte"), "who gives up an answer gives the article up"


def test_a_bottle_that_goes_with_something_has_its_deposit_and_its_age(counter: Station) -> None:
    bottles = ModifierGroup("Milk", ("BEER",), 0, 1)
    counter.do(SaveShop(replace(SHOP, modifiers=(bottles,))))
    counter.settle()
    counter.scan(code(20))
    counter.type_in("1")
    counter.press(Qt.Key.Key_Return)
    assert counter.sheet(AgeSheet).age == 16
    counter.type_in("29021984")
    counter.press(Qt.Key.Key_Return)
    assert counter.lines == [("1", "Latte"), ("1", "Craft beer 0.33 L"), ("1", "Bottle deposit")]
    assert counter.total == "€5.68"


def test_an_article_whose_extras_are_gone_is_sold_without(counter: Station) -> None:
    gone = replace(goods_shop.EXTRAS[0], options=("NOWHERE",))
    counter.do(SaveShop(replace(SHOP, modifiers=(gone,))))
    counter.settle()
    counter.scan(code(20))
    counter.press(Qt.Key.Key_Return)
    assert counter.lines == [("1", "Latte")]


# ---- variants


def test_a_family_is_one_tile_and_a_tap_asks_which(counter: Station) -> None:
    reader, day = counter.reader, counter.state.counter.day
    (tile,) = ask.category_tiles(reader, "Shirts", SHOP, day)
    assert (tile.name, tile.variants, tile.product) == ("T-shirt", 6, "family:shirt")
    counter.state.session.intake.chosen(tile.product)
    counter.settle()
    sheet = counter.sheet(VariantSheet)
    assert sheet.title == "T-shirt"
    assert sheet.cells["shirt3"].label == "€19.00 · 7 left"
    sheet.cells["shirt3"].click()
    counter.settle()
    assert counter.lines == [("1", "T-shirt, M, blue")]
    counter.scan(code(30))
    assert counter.lines[-1] == ("1", "T-shirt, S, red"), "a barcode says which"
    counter.state.session.intake.chosen(tile.product)
    counter.press(Qt.Key.Key_Escape)
    assert len(counter.lines) == 2
