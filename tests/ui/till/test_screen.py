"""The till's screen: typing and fingers find their way, and every view comes when it is wanted."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.printing import PrintAsked
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.shop import SaveTill, Till
from omsdesk.domain.values import Money
from omsdesk.store import journal
from omsdesk.ui.sounds import Sound
from omsdesk.ui.till.customers.customer_sheet import CustomerSheet
from omsdesk.ui.till.done_view import DoneView
from omsdesk.ui.till.goods.price_sheets import PriceCheckSheet, PriceSheet
from omsdesk.ui.till.held_sheet import HeldSheet
from omsdesk.ui.till.line_sheets import QuantitySheet
from omsdesk.ui.till.lock_view import LockView
from omsdesk.ui.till.more_sheet import MoreSheet
from omsdesk.ui.till.pay_view import PayView
from omsdesk.ui.till.receipts.receipts_sheet import ReceiptsSheet
from omsdesk.ui.till.screen import Mode
from omsdesk.ui.till.shifts.money_sheet import MoneySheet
from tests.ui.till.shop import PINS, Station, code_of

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def tap(till: Station, widget: QWidget, place: QPoint | None = None) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())
    till.settle()


def save(till: Station, *names: str) -> None:
    price = Money(100, "EUR")
    edits = tuple(
        ProductEdit(f"new{n}", name=name, price=price, tax_category="standard") for n, name in enumerate(names)
    )
    till.do(SaveProducts("new", edits))
    till.settle()


# --- typing -----------------------------------------------------------------------------------------------------------


def test_typing_finds_products_at_once_and_enter_takes_the_best(till: Station) -> None:
    till.type_in("gri")
    till.until(till.screen.sell.results.isVisible)
    till.press(Qt.Key.Key_Return)
    assert till.lines == [("1", "Hand grinder S2")]
    assert till.screen.sell.field.text() == ""
    assert till.screen.sell.grid.isVisible()


def test_a_number_that_is_no_code_sells_nothing_that_only_begins_with_it(till: Station) -> None:
    save(till, "4 rolls", "4 seasons pizza")
    till.type_in("4")
    till.until(till.screen.sell.results.isVisible)
    for _ in range(3):
        till.press(Qt.Key.Key_Return)
    assert till.lines == []
    assert till.said == "No article has the code “4”; ↓ chooses another."
    assert till.screen.sell.results.isVisible()
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    assert len(till.lines) == 1


def test_of_several_that_fit_the_first_enter_marks_one_and_the_next_takes_it(till: Station) -> None:
    save(till, "Rye bar", "Rye biscuit")
    till.type_in("rye")
    results = till.screen.sell.results
    till.until(results.isVisible)
    assert not results.currentIndex().isValid()
    till.press(Qt.Key.Key_Return)
    assert till.lines == []
    assert till.said == "Several fit. Enter takes the marked one; ↓ chooses another."
    chosen = results.name_of(results.currentIndex().row())
    till.press(Qt.Key.Key_Return)
    assert till.lines == [("1", chosen.partition(",")[0])]


def test_what_is_called_exactly_as_typed_is_taken_at_once(till: Station) -> None:
    save(till, "Rye", "Rye bar")
    till.type_in("rye")
    till.until(till.screen.sell.results.isVisible)
    till.press(Qt.Key.Key_Return)
    assert till.lines == [("1", "Rye")]


def test_one_or_two_letters_choose_nothing_alone(till: Station) -> None:
    till.type_in("gr")
    till.until(till.screen.sell.results.isVisible)
    till.press(Qt.Key.Key_Return)
    assert till.lines == []
    till.press(Qt.Key.Key_Return)
    assert till.lines == [("1", "Hand grinder S2")]


def test_the_arrows_walk_the_results_while_there_are_some(till: Station) -> None:
    till.scan(code_of("oat"))
    till.type_in("co")
    till.until(lambda: till.screen.sell.field.text() == "co")
    till.settle()
    chosen = till.screen.sell.results.name_of(1)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    assert till.lines[1][1] == chosen.partition(",")[0]


def test_typing_leaves_a_sheet_that_asks_nothing(till: Station) -> None:
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F6)
    till.press(Qt.Key.Key_F6)
    assert till.screen.sheet is not None
    till.type_in("oat")
    till.until(lambda: till.screen.sell.field.text() == "oat")
    assert till.screen.sheet is None


def test_escape_goes_back_one_step_at_a_time(till: Station) -> None:
    till.scan(code_of("guji"))
    till.scan("4099999999991")
    till.type_in("oat")
    till.settle()
    till.press(Qt.Key.Key_Escape)
    assert till.screen.sell.field.text() == ""
    till.press(Qt.Key.Key_Escape)
    assert till.said == ""
    till.type_in("3*")
    till.settle()
    till.press(Qt.Key.Key_Escape)
    assert till.state.session.intake.multiplier is None
    till.press(Qt.Key.Key_F12)
    till.press(Qt.Key.Key_Escape)
    assert till.is_in(Mode.SELLING)


def test_what_is_typed_and_known_to_nobody_says_so(till: Station) -> None:
    till.type_in("zzxq")
    till.until(till.screen.sell.nothing.isVisible)
    till.press(Qt.Key.Key_Return)
    assert "zzxq" in till.said.lower()


# --- fingers ----------------------------------------------------------------------------------------------------------


def test_a_tile_is_touched_and_typing_still_lands_in_the_field(till: Station) -> None:
    grid = till.screen.sell.grid
    tap(till, grid.viewport(), grid.shown_rect(0).center())
    assert till.lines == [("1", "Ethiopia Guji 250 g")]
    assert till.screen.sell.field.hasFocus()


def test_categories_are_chosen_by_alt_and_a_digit(till: Station) -> None:
    pills = till.screen.sell.pills
    at = [pills.name_of(row) for row in range(pills.count())].index("Drinks")
    till.press(Qt.Key(Qt.Key.Key_1.value + at), ALT)
    assert pills.chosen_key() == "Drinks"
    assert till.screen.sell.grid.count() == 3
    till.press(Qt.Key.Key_1, ALT)
    assert till.screen.sell.grid.count() == 16


def test_the_chosen_lines_buttons_act_on_it(till: Station) -> None:
    till.scan(code_of("oat"))
    lines = till.screen.cart.lines
    for name in ("more", "more", "fewer"):
        tap(till, lines._buttons.buttons[name])
    assert till.lines == [("2", "Oat milk 1 L")]
    tap(till, lines._buttons.buttons["remove"])
    assert till.lines == []
    tap(till, till.screen.status.undo)
    assert till.lines == [("2", "Oat milk 1 L")]


def test_the_quantity_is_typed_after_a_tap_on_it(till: Station) -> None:
    till.scan(code_of("oat"))
    lines = till.screen.cart.lines
    tap(till, lines.viewport(), lines.shown_rect(0).topLeft() + QPoint(28, 30))
    assert till.sheet(QuantitySheet).field.hasFocus()
    till.type_in("7")
    till.press(Qt.Key.Key_Return)
    assert till.lines == [("7", "Oat milk 1 L")]


def test_a_banknote_is_one_tap(till: Station) -> None:
    till.scan(code_of("guji"))
    tap(till, till.screen.cart.quick[2])
    assert till.view(DoneView).change.text() == "€7.10"
    assert till.speaker.heard[-1] is Sound.COMPLETE


def test_a_note_is_written_below_the_line(till: Station) -> None:
    till.scan(code_of("mug"))
    tap(till, till.screen.cart.lines._buttons.buttons["note"])
    till.type_in("mia")
    till.press(Qt.Key.Key_Return)
    assert "mia" in till.screen.cart.lines.lines()[0].detail


# --- views ------------------------------------------------------------------------------------------------------------


def test_an_article_without_a_price_asks_and_scans_wait(till: Station) -> None:
    till.scan(code_of("card"))
    till.scan(code_of("oat"))
    assert till.screen.cart.waiting.text() == "1 item scanned and waiting for your answer"
    assert till.sheet(PriceSheet).field.hasFocus()
    till.type_in("25")
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert till.lines == [("1", "Gift card"), ("1", "Oat milk 1 L")]
    assert till.screen.sheet is None


def test_a_price_that_is_not_typed_leaves_the_article_out(till: Station) -> None:
    till.scan(code_of("card"))
    till.press(Qt.Key.Key_Escape)
    assert till.state.session.intake.demand is None
    assert till.lines == []


def test_a_price_is_checked_by_scan_or_name_and_can_be_sold(till: Station) -> None:
    till.press(Qt.Key.Key_F3)
    till.scan("4099999999991")
    assert till.sheet(PriceCheckSheet).empty.isVisible()
    till.type_in("decaf")
    till.press(Qt.Key.Key_Return)
    sheet = till.sheet(PriceCheckSheet)
    assert (sheet.name.text(), sheet.stock.text()) == ("Decaf Huila 250 g", "3 in stock")
    assert code_of("decaf") in sheet.facts.text()
    till.press(Qt.Key.Key_F12)
    assert till.lines == [("1", "Decaf Huila 250 g")]


def test_a_held_sale_is_named_by_its_time_and_taken_up_by_enter(till: Station) -> None:
    till.press(Qt.Key.Key_F6)
    assert till.screen.sheet is None
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F6)
    assert till.screen.sell.bar.buttons["hold"].label == "Held (1)"
    till.press(Qt.Key.Key_F6)
    assert till.sheet(HeldSheet).list.count() == 1
    till.press(Qt.Key.Key_F6)
    assert till.screen.sheet is None
    till.press(Qt.Key.Key_F6)
    till.press(Qt.Key.Key_F12)
    assert till.lines == [("1", "Ethiopia Guji 250 g")]


def test_what_is_due_is_split(till: Station) -> None:
    till.scan(code_of("mug"))
    till.press(Qt.Key.Key_F12)
    till.press(Qt.Key.Key_0, ALT)
    view = till.view(PayView)
    assert (view.given.text(), view.split.label) == ("12.00", "Split by 2")
    till.press(Qt.Key.Key_0, ALT)
    assert view.given.text() == "8.00"
    till.press(Qt.Key.Key_Return)
    assert view.due.text() == "€16.00"
    assert view.given.text() == ""


def test_f4_after_a_sale_asks_for_the_next_customer(till: Station) -> None:
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F12)
    till.press(Qt.Key.Key_F12)
    till.until(lambda: till.is_in(Mode.DONE))
    till.press(Qt.Key.Key_F4)
    till.sheet(CustomerSheet)
    assert till.is_in(Mode.SELLING)


def test_the_pad_types_and_takes(till: Station) -> None:
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F12)
    view = till.view(PayView)
    for key in ("5", "00", "backspace", "."):
        tap(till, view.pad.buttons[key])
    assert view.given.text() == "50."
    assert view.change.text() == "€37.10"
    tap(till, view.pad.buttons["clear"])
    tap(till, view.pad.buttons["enter"])
    assert till.is_in(Mode.DONE)


def test_a_payment_is_given_back_on_the_pay_view(till: Station) -> None:
    till.scan(code_of("mug"))
    till.press(Qt.Key.Key_F12)
    till.type_in("10")
    till.press(Qt.Key.Key_Return)
    sale = till.state.checkout.sale
    assert sale is not None
    till.state.checkout.give_back(sale.tenders[0])
    till.settle()
    assert till.view(PayView).due.text() == "€24.00"
    assert till.total == "€24.00"


def test_the_receipt_is_chosen_after_payment_by_a_digit(till: Station) -> None:
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F5)
    till.type_in("1")
    till.until(lambda: till.said == "The copy is printing.")
    till.type_in("3")
    till.until(lambda: till.said.startswith("Saved as"))
    till.type_in("5")
    till.until(lambda: till.is_in(Mode.SELLING))
    asked = [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, PrintAsked)]
    assert [fact.is_copy for fact in asked] == [False, True]


def test_a_receipt_is_printed_again_from_the_list(till: Station) -> None:
    for product in ("guji", "oat"):
        till.scan(code_of(product))
        till.press(Qt.Key.Key_F5)
    till.press(Qt.Key.Key_F8)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    asked = [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, PrintAsked)]
    sales = [entry.fact for entry in journal.since(till.reader, 0) if isinstance(entry.fact, SaleCompleted)]
    assert asked[-1].document == sales[0].sale
    assert till.screen.sheet is None


def test_receipts_that_are_looked_at_and_left_do_no_harm(till: Station) -> None:
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F5)
    till.press(Qt.Key.Key_F8)
    assert till.sheet(ReceiptsSheet).marked
    till.press(Qt.Key.Key_Escape)
    till.bot.wait(500)
    assert till.screen.sheet is None


def test_more_is_chosen_by_a_digit(till: Station) -> None:
    till.press(Qt.Key.Key_F10)
    assert till.sheet(MoreSheet).hasFocus()
    till.type_in("3")
    till.until(lambda: isinstance(till.screen.sheet.content, MoneySheet) if till.screen.sheet else False)
    till.press(Qt.Key.Key_F12)
    assert till.sheet(MoneySheet).amount.hasFocus()
    till.press(Qt.Key.Key_Escape)
    assert till.screen.sheet is None


def test_what_is_not_possible_now_is_not_done(till: Station) -> None:
    till.press(Qt.Key.Key_F10)
    assert not till.sheet(MoreSheet).cards["void"].isEnabled()
    till.type_in("5")
    till.bot.wait(60)
    assert till.sheet(MoreSheet).isVisible()


def test_the_lock_covers_everything_and_keeps_the_ticket(till: Station) -> None:
    till.scan(code_of("oat"))
    till.press(Qt.Key.Key_L, CTRL)
    lock = till.view(LockView)
    assert lock.geometry() == till.screen.rect()
    assert not till.window.rail.isEnabled()
    till.press(Qt.Key.Key_F12)
    till.press(Qt.Key.Key_F10)
    assert till.screen.sheet is None
    assert till.is_in(Mode.LOCKED)
    till.press(Qt.Key.Key_Right)
    assert lock.chosen is not None
    assert lock.chosen.id == "ben"
    till.type_in(PINS["ben"])
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.is_in(Mode.SELLING))
    till.settle()
    assert till.lines == [("1", "Oat milk 1 L")]
    assert till.screen.cart.cashier.text() == "Ben Okafor"


def test_the_person_at_the_rail_locks(till: Station) -> None:
    till.window.rail.user_pressed.emit()
    assert till.is_in(Mode.LOCKED)


def test_every_chip_says_what_it_means(till: Station) -> None:
    status = till.screen.status
    for chip in (status.sync, status.printer, status.scanner):
        tap(till, chip)
        assert till.said
        till.press(Qt.Key.Key_Escape)


def test_a_change_from_elsewhere_is_shown(till: Station) -> None:
    till.do(SaveTill(Till("t1", "s1", "1", "Till 1", is_training=True)))
    till.settle()
    assert till.screen.training.isVisible()
    till.do(SaveTill(Till("t1", "s1", "1", "Till 1")))
    till.settle()
    assert not till.screen.training.isVisible()


def test_stock_on_the_tiles_follows_a_sale_and_the_list_stays_where_it_was(till: Station) -> None:
    till.window.resize(1024, 768)
    till.settle()
    grid = till.screen.sell.grid
    grid.verticalScrollBar().setValue(60)
    till.scan(code_of("decaf"))
    till.press(Qt.Key.Key_F5)
    till.until(lambda: "2 left" in grid.name_of(2))
    assert grid.verticalScrollBar().value() == 60


def test_undo_is_left_to_the_field_that_is_typed_into(till: Station) -> None:
    till.scan(code_of("mug"))
    till.press(Qt.Key.Key_N, CTRL)
    till.press(Qt.Key.Key_Z, CTRL)
    assert till.lines == [("1", "Travel mug 350 ml")]


def test_a_window_holds_only_what_its_first_screen_shows(till: Station) -> None:
    assert set(till.screen._views) == {Mode.SELLING}


def test_a_drawer_that_was_left_open_is_heard_and_seen(till: Station) -> None:
    till.screen.status.set_drawer(True)
    assert (till.speaker.heard[-1], till.screen.status.drawer.isHidden()) == (Sound.BLOCKED, False)
    assert till.said.startswith("The drawer is open.")
    till.screen.status.set_drawer(False)
    assert (till.screen.status.drawer.isHidden(), till.said) == (True, "")
