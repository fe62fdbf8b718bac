"""A whole shift without a mouse: every key a cashier presses is a key event into whatever has the focus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.domain.cash import ShiftClosed, XReportTaken
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.values import Money
from omsdesk.store import journal
from omsdesk.store.queries import till as queries
from omsdesk.ui import theme
from omsdesk.ui.till.done_view import DoneView
from omsdesk.ui.till.goods.price_sheets import PriceCheckSheet
from omsdesk.ui.till.screen import Mode
from omsdesk.ui.till.shifts.report_view import ReportView
from tests.ui.till.shop import PINS, PRODUCTS, Station, code_of, set_up

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def till(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Station]:
    """A till on its first morning: locked, and the drawer not counted yet."""
    theme.apply(theme.load("light"), qapp)
    made = Station(set_up(tmp_path), qtbot).start(is_signed_in=False, is_open=False)
    yield made
    made.stop()


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


def facts(till: Station, kind: type) -> list[object]:
    return [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, kind)]


def test_a_shift_by_keyboard_alone(till: Station) -> None:
    a_wrong_pin_and_the_right_one(till)
    the_float_is_counted(till)
    thirty_scans(till)
    quantities_and_removals(till)
    a_sale_waits_while_another_is_paid(till)
    a_price_is_asked(till)
    a_product_is_made(till)
    cash_and_card_pay_together(till)
    money_leaves_the_drawer(till)
    the_figures_so_far(till)
    the_shift_ends(till)


def a_wrong_pin_and_the_right_one(till: Station) -> None:
    assert till.is_in(Mode.LOCKED)
    till.type_in("0000")
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.state.sign_in.is_wrong)
    till.type_in(PINS["anna"])
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.is_in(Mode.OPENING))
    till.settle()
    assert till.state.counter.actor == "anna"


def the_float_is_counted(till: Station) -> None:
    till.type_in("150")
    till.press(Qt.Key.Key_Return)
    assert till.is_in(Mode.SELLING)
    assert queries.open_shift(till.reader, "t1")


def thirty_scans(till: Station) -> None:
    priced = [product for product, _, price, *_ in PRODUCTS if price]
    for number in range(30):
        till.scan(code_of(priced[number % len(priced)]))
    assert sum(int(quantity) for quantity, _ in till.lines) == 30
    assert len(till.lines) == len(priced)
    assert till.screen.sell.field.text() == ""
    till.press(Qt.Key.Key_F5)
    assert till.is_in(Mode.DONE)
    (sale,) = facts(till, SaleCompleted)
    assert isinstance(sale, SaleCompleted)
    assert sale.item_count == 30
    assert till.view(DoneView).change.text() == till.state.counter.money(sale.total)


def quantities_and_removals(till: Station) -> None:
    till.press(Qt.Key.Key_F12)
    till.type_in("12*")
    till.scan(code_of("croissant"))
    till.scan(code_of("oat"))
    assert till.lines == [("12", "Butter croissant"), ("1", "Oat milk 1 L")]
    till.type_in("+")
    till.settle()
    till.bot.wait(60)
    till.settle()
    assert till.lines[1] == ("2", "Oat milk 1 L")
    till.press(Qt.Key.Key_Up)
    till.type_in("-")
    till.until(lambda: till.lines[0] == ("11", "Butter croissant"))
    till.press(Qt.Key.Key_Delete)
    assert till.lines == [("2", "Oat milk 1 L")]
    till.press(Qt.Key.Key_Z, CTRL)
    assert till.lines == [("11", "Butter croissant"), ("2", "Oat milk 1 L")]
    assert till.total == "€32.00"


def a_sale_waits_while_another_is_paid(till: Station) -> None:
    till.press(Qt.Key.Key_F6)
    assert till.lines == []
    till.scan(code_of("mug"))
    till.press(Qt.Key.Key_F5)
    till.press(Qt.Key.Key_F12)
    assert till.is_in(Mode.SELLING)
    till.press(Qt.Key.Key_F6)
    till.press(Qt.Key.Key_Return)
    assert till.total == "€32.00"


def a_price_is_asked(till: Station) -> None:
    till.press(Qt.Key.Key_F3)
    till.scan(code_of("grinder"))
    content = till.sheet(PriceCheckSheet)
    assert content.name.text() == "Hand grinder S2"
    assert content.price.text() == "€89.00"
    assert content.stock.text() == "3 in stock"
    till.press(Qt.Key.Key_Escape)
    assert till.total == "€32.00"


def a_product_is_made(till: Station) -> None:
    till.scan("4099999999991")
    assert "4099999999991" in till.said
    till.press(Qt.Key.Key_Return)
    till.type_in("blood orange")
    till.press(Qt.Key.Key_Return)
    till.type_in("0,80")
    till.scan(code_of("oat"))
    assert till.state.session.intake.waiting == [code_of("oat")]
    till.press(Qt.Key.Key_F12)
    till.settle()
    assert till.lines == [("11", "Butter croissant"), ("3", "Oat milk 1 L"), ("1", "blood orange")]
    assert till.screen.sheet is None
    found = queries.product_by_barcode(till.reader, "4099999999991", till.state.counter.shop, till.state.counter.day)
    assert found is not None


def cash_and_card_pay_together(till: Station) -> None:
    till.press(Qt.Key.Key_F12)
    assert till.is_in(Mode.PAYING)
    till.type_in("20")
    till.press(Qt.Key.Key_Return)
    assert till.is_in(Mode.PAYING)
    assert till.screen.cart.total_name.text() == "Still due"
    till.press(Qt.Key.Key_2, ALT)
    till.press(Qt.Key.Key_2, ALT)
    assert till.is_in(Mode.DONE)
    sale = facts(till, SaleCompleted)[-1]
    assert isinstance(sale, SaleCompleted)
    assert [(tender.method, tender.amount) for tender in sale.tenders] == [
        ("cash", euros("20.00")),
        ("card", euros("15.60")),
    ]
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F12)
    till.type_in("50")
    till.press(Qt.Key.Key_Return)
    assert till.view(DoneView).change.text() == "€37.10"
    till.press(Qt.Key.Key_F12)


def money_leaves_the_drawer(till: Station) -> None:
    till.press(Qt.Key.Key_F10)
    till.type_in("4")
    till.bot.wait(60)
    till.type_in("25")
    till.press(Qt.Key.Key_Return)
    till.type_in("window cleaner")
    till.press(Qt.Key.Key_Return)
    figures = till.state.shift.figures()
    assert figures is not None
    assert figures.pay_out == euros("-25.00")


def the_figures_so_far(till: Station) -> None:
    till.press(Qt.Key.Key_F10)
    till.type_in("6")
    till.bot.wait(60)
    till.settle()
    assert len(facts(till, XReportTaken)) == 1


def the_shift_ends(till: Station) -> None:
    figures = till.state.shift.figures()
    assert figures is not None
    cash = next(row for row in figures.tenders if row.method == "cash")
    till.press(Qt.Key.Key_F10)
    till.type_in("7")
    till.bot.wait(60)
    till.type_in(f"{(cash.expected - euros('1.20')).decimal:f}")
    till.press(Qt.Key.Key_F12)
    assert till.is_in(Mode.REPORT)
    (closed,) = facts(till, ShiftClosed)
    assert isinstance(closed, ShiftClosed)
    counted = {row.method: row.difference for row in closed.figures.tenders}
    assert counted["cash"] == euros("-1.20")
    view = till.view(ReportView)
    till.until(lambda: view.paper.verticalScrollBar().maximum() > 0)
    till.press(Qt.Key.Key_F12)
    assert till.is_in(Mode.OPENING)
    assert list(journal.broken_links(till.reader)) == []


def test_a_ticket_is_there_again_after_the_program_was_killed(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(theme.load("light"), qapp)
    path = set_up(tmp_path)
    first = Station(path, qtbot).start()
    first.scan(code_of("guji"))
    first.scan(code_of("oat"))
    # Nothing is closed or saved: the second program opens the file while the first still stands there.
    second = Station(path, qtbot).start()
    assert second.lines == [("1", "Ethiopia Guji 250 g"), ("1", "Oat milk 1 L")]
    assert second.total == "€15.70"
    second.stop()
    first.stop()
