"""Every state of the till, in every theme, size and text size: complete, and nothing cut off.

``OMSDESK_SCREENSHOTS=<folder>`` keeps the pictures.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.actions.paper import receipt_of
from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.devices.ports import Condition, PrinterStatus
from omsdesk.documents import escpos
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.account import AccountKind, AccountMoved, MoveReason, account_id
from omsdesk.domain.customer import Customer, CustomerGroup, Exemption, SaveCustomer, SaveGroup, SetTerms
from omsdesk.domain.printing import NotePrint, PrintState, job_of_sale
from omsdesk.store.queries.printing import unsettled
from omsdesk.ui import theme
from omsdesk.ui.till.customers.customer_sheet import CustomerSheet
from omsdesk.ui.till.returns.return_sheet import ReturnSheet
from omsdesk.ui.till.shifts.close_sheet import CloseSheet
from omsdesk.ui.till.shifts.opening_view import OpeningView
from tests.ui.till.shop import Station, code_of, set_up

LOOKS = (
    ("light", 1366, 768, 1.0),
    ("dark", 1366, 768, 1.0),
    ("contrast", 1366, 768, 1.0),
    ("light", 1024, 768, 1.0),
    ("dark", 1024, 768, 1.0),
    ("light", 1366, 768, 1.25),
    ("light", 1366, 768, 1.5),
)
CTRL = Qt.KeyboardModifier.ControlModifier
STATES: dict[str, Callable[[Station], None]] = {}
Draw = Callable[[Station], None]


def state(draw: Draw) -> Draw:
    """A state worth a picture."""
    STATES[draw.__name__] = draw
    return draw


def fill(till: Station, *products: str) -> None:
    for product in products or ("guji", "v60", "oat", "oat", "oat", "mug", "bag"):
        till.scan(code_of(product))


@state
def empty(till: Station) -> None:
    pass


@state
def selling(till: Station) -> None:
    fill(till)
    till.press(Qt.Key.Key_Up)
    till.press(Qt.Key.Key_Up)


@state
def many_lines_with_a_note(till: Station) -> None:
    fill(till, *(row for row in ("guji", "house", "decaf", "filter", "oat", "brew", "water", "croissant", "cookie")))
    till.state.session.note_selected("without sugar, for Mia")
    till.settle()


@state
def searching(till: Station) -> None:
    fill(till, "guji")
    till.type_in("co")


def write_down(till: Station) -> None:
    """Let the shop know a customer who has everything."""
    mia = Customer(
        "mia", "Mia Schneider-Hohenlohe", phone="0170 1234567", email="mia.schneider@example.org", card="2900001",
        note="Wants oat milk kept aside until Friday, and rings before she comes",
        groups=("gold",), exemption=Exemption("EX-2026-000017"),
    )  # fmt: skip
    till.do(SaveGroup(CustomerGroup("gold", "Gold")), SaveCustomer(mia), SetTerms(mia))
    points = account_id(AccountKind.POINTS, "mia")
    till.writer.run(lambda: _earn(till, points)).result()
    till.settle()


def _earn(till: Station, account: str) -> None:
    with till.database.transaction("anna", till.clock.now()) as transaction:
        transaction.record(AccountMoved(account, "m", 1240, "", MoveReason.EARNED, "t1", "d"))


@state
def a_customer(till: Station) -> None:
    write_down(till)
    fill(till)
    till.scan("2900001")


@state
def looking_for_a_customer(till: Station) -> None:
    write_down(till)
    fill(till, "guji")
    till.press(Qt.Key.Key_F4)
    till.type_in("mia")
    till.settle()


@state
def a_customer_changed(till: Station) -> None:
    looking_for_a_customer(till)
    till.sheet(CustomerSheet).change.click()
    till.settle()


@state
def nothing_found(till: Station) -> None:
    till.type_in("zzxq")


@state
def multiplier(till: Station) -> None:
    till.type_in("12*")
    till.settle()


@state
def unknown_code(till: Station) -> None:
    fill(till, "guji")
    till.scan("4099999999991")


@state
def new_product(till: Station) -> None:
    fill(till, "guji")
    till.scan("4099999999991")
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_F12)


@state
def price_unknown(till: Station) -> None:
    fill(till, "guji")
    till.scan(code_of("card"))
    till.scan(code_of("oat"))
    till.type_in("25")


@state
def price_check(till: Station) -> None:
    fill(till, "guji")
    till.press(Qt.Key.Key_F3)
    till.scan(code_of("decaf"))


@state
def note(till: Station) -> None:
    fill(till, "mug")
    till.press(Qt.Key.Key_N, CTRL)
    till.type_in("Mia")


@state
def held(till: Station) -> None:
    fill(till, "guji", "oat")
    till.press(Qt.Key.Key_F6)
    fill(till, "mug")
    till.press(Qt.Key.Key_F6)
    till.press(Qt.Key.Key_F6)


@state
def paying(till: Station) -> None:
    fill(till)
    till.press(Qt.Key.Key_F12)
    till.type_in("100")


@state
def paying_in_parts(till: Station) -> None:
    fill(till)
    till.press(Qt.Key.Key_F12)
    till.type_in("20")
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)


@state
def done(till: Station) -> None:
    fill(till)
    till.press(Qt.Key.Key_F12)
    till.type_in("100")
    till.press(Qt.Key.Key_Return)


@state
def more(till: Station) -> None:
    fill(till, "guji")
    till.press(Qt.Key.Key_F10)


@state
def pay_out(till: Station) -> None:
    till.press(Qt.Key.Key_F10)
    till.type_in("4")
    till.type_in("20")
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_Return)


@state
def receipts(till: Station) -> None:
    for product in ("guji", "oat", "mug"):
        fill(till, product)
        till.press(Qt.Key.Key_F5)
    till.press(Qt.Key.Key_F8)
    till.bot.wait(700)


@state
def closing(till: Station) -> None:
    fill(till, "guji")
    till.press(Qt.Key.Key_F5)
    fill(till, "mug")
    till.press(Qt.Key.Key_F12)
    till.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    till.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    till.screen.errands.close_shift()
    till.type_in("161.70")


@state
def closing_with_a_ticket_paid_in_part(till: Station) -> None:
    fill(till, "mug")
    till.press(Qt.Key.Key_F12)
    till.type_in("20")
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_Escape)
    till.screen.errands.close_shift()
    till.settle()


@state
def counting_pieces(till: Station) -> None:
    closing(till)
    cash = till.sheet(CloseSheet).counts[0].cash
    assert cash is not None
    cash.open_pieces()
    till.type_in("1")
    till.settle()


@state
def closed(till: Station) -> None:
    closing(till)
    till.press(Qt.Key.Key_F12)
    till.bot.wait(700)


@state
def discount_on_a_line(till: Station) -> None:
    fill(till)
    till.press(Qt.Key.Key_F9)
    till.type_in("10")
    till.bot.wait(60)
    till.press(Qt.Key.Key_Down)


@state
def discounts_on_the_ticket(till: Station) -> None:
    discount_on_a_line(till)
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_F9)
    till.press(Qt.Key.Key_F9)
    till.type_in("a5")
    till.bot.wait(60)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)


def sold(till: Station) -> str:
    """A receipt of five articles, paid by card and in cash."""
    fill(till, "guji", "guji", "mug", "oat", "oat", "oat", "croissant", "v60")
    till.press(Qt.Key.Key_F9)
    till.type_in("10")
    till.bot.wait(60)
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_F12)
    till.type_in("20")
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    till.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    done = till.state.checkout.completed
    assert done is not None
    till.press(Qt.Key.Key_F12)
    return done.sale


@state
def paid_by_card(till: Station) -> None:
    fill(till, "guji", "mug")
    till.press(Qt.Key.Key_F12)
    till.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)


@state
def return_receipts(till: Station) -> None:
    sold(till)
    fill(till, "mug")
    till.press(Qt.Key.Key_F5)
    till.press(Qt.Key.Key_F12)
    till.press(Qt.Key.Key_F7)
    till.until(lambda: till.sheet(ReturnSheet).list.count() > 1)


@state
def return_counted(till: Station) -> None:
    sale = sold(till)
    till.press(Qt.Key.Key_F7)
    till.scan(sale)
    for product in ("oat", "oat", "v60", "guji"):
        till.scan(code_of(product))
    till.type_in("/")
    till.bot.wait(60)
    till.press(Qt.Key.Key_Left)


@state
def return_on_the_ticket(till: Station) -> None:
    return_counted(till)
    till.press(Qt.Key.Key_Return)
    fill(till, "cookie")


@state
def return_paid(till: Station) -> None:
    return_on_the_ticket(till)
    till.press(Qt.Key.Key_F12)


@state
def return_given_back(till: Station) -> None:
    return_paid(till)
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_Return)


@state
def exchange_even(till: Station) -> None:
    sale = sold(till)
    till.press(Qt.Key.Key_F7)
    till.scan(sale)
    till.scan(code_of("mug"))
    till.press(Qt.Key.Key_Return)
    fill(till, "mug")


@state
def return_without_receipt(till: Station) -> None:
    till.press(Qt.Key.Key_F7)
    till.press(Qt.Key.Key_F7)
    fill(till, "guji", "oat", "oat")


@state
def opening(till: Station) -> None:
    till.state.shift.close(())
    till.settle()
    till.state.shift.begin_next()
    till.type_in("150")


@state
def opening_by_pieces(till: Station) -> None:
    opening(till)
    till.view(OpeningView).count.open_pieces()


@state
def locked(till: Station) -> None:
    fill(till, "guji")
    till.press(Qt.Key.Key_L, CTRL)
    till.type_in("47")


@state
def wrong_pin(till: Station) -> None:
    till.press(Qt.Key.Key_L, CTRL)
    till.type_in("9999")
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.state.sign_in.is_wrong)
    till.bot.wait(400)


@state
def printer_out_of_paper(till: Station) -> None:
    fill(till, "guji")
    till.press(Qt.Key.Key_F5)
    job = unsettled(till.reader)[0].job
    till.do(NotePrint(job, PrintState.HELD, PrinterStatus.of(Condition.PAPER_OUT).sentence))
    till.screen.show_printer("receipt", PrinterStatus.of(Condition.PAPER_OUT))
    till.screen.status.set_drawer(True)
    fill(till, "oat")
    till.screen.status.printer.click()


@state
def help_keys(till: Station) -> None:
    till.press(Qt.Key.Key_F1)


@state
def command_palette(till: Station) -> None:
    fill(till, "guji")
    till.press(Qt.Key.Key_K, CTRL)
    till.type_in("pay")


@state
def refused(till: Station) -> None:
    fill(till, "guji", "mug")
    till.press(Qt.Key.Key_F12)
    till.type_in("5")
    till.press(Qt.Key.Key_Return)
    till.scan(code_of("oat"))


@state
def printed(till: Station) -> None:
    fill(till, "guji", "mug")
    till.press(Qt.Key.Key_F5)
    printer = SimulatedPrinter(on_sheet=till.screen.show_sheet)
    sale = till.state.checkout.completed
    assert sale is not None
    printer.print(escpos.render(receipt_paper(receipt_of(till.reader, sale.sale))).payload, job_of_sale(sale.sale))


@state
def prints_that_wait(till: Station) -> None:
    fill(till, "guji")
    till.press(Qt.Key.Key_F5)
    sale = till.state.checkout.completed
    assert sale is not None
    till.do(NotePrint(job_of_sale(sale.sale), PrintState.FAILED, "The printer does not answer. Is it switched on?"))
    till.settle()
    till.screen.errands.prints()


@pytest.mark.parametrize("name", STATES)
def test_a_state_is_complete_in_every_look(till: Station, name: str) -> None:
    STATES[name](till)
    assert till.window.isActiveWindow(), "something was a window of its own for a moment"
    for look in LOOKS:
        picture(till, name, *look)


def test_training_is_told_from_the_real_thing(tmp_path: Path, qtbot: QtBot) -> None:
    till = Station(set_up(tmp_path, is_training=True), qtbot).start()
    fill(till, "guji")
    assert till.screen.training.isVisible()
    for look in LOOKS:
        picture(till, "training", *look)
    till.stop()


def test_a_shop_without_products_says_what_to_do(tmp_path: Path, qtbot: QtBot) -> None:
    till = Station(set_up(tmp_path, has_products=False), qtbot).start()
    assert till.screen.sell.no_tiles.isVisible()
    picture(till, "no_products", *LOOKS[0])
    till.stop()


def picture(till: Station, name: str, theme_name: str, width: int, height: int, scale: float) -> None:
    look = theme.current()
    if (look.name, look.scale) != (theme_name, scale):
        till.window.set_look(theme_name, scale)
    till.window.resize(width, height)
    QApplication.processEvents()
    QApplication.processEvents()
    assert (till.window.width(), till.window.height()) == (width, height)
    folder = os.environ.get("OMSDESK_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        shot = f"{name}-{theme_name}-{width}-{scale:.0%}.png".replace("%", "")
        assert till.window.grab().save(str(Path(folder) / shot))
    smallest = till.window.minimumSizeHint()
    assert smallest.width() <= width, f"{name} at {scale:.0%} wants {smallest.width()} px"
    assert smallest.height() <= height, f"{name} at {scale:.0%} wants {smallest.height()} px of height"
