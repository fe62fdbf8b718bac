"""A printer without hardware puts its paper on the screen: real bytes, painted by its own thread, in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from omsdesk.actions.print_queue import PrintQueue
from omsdesk.devices.drivers.simulator.painter import Sheet
from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.devices.spooler import Spooler
from omsdesk.documents.printer_profile import EPSON_80
from omsdesk.ui.till.more_sheet import MoreSheet
from omsdesk.ui.till.receipts.printed_paper import LIES, PrintedPaper
from omsdesk.ui.till.screen import Mode, TillScreen
from tests.ui.till.shop import PRODUCTS, Station, code_of


class Bridge(QObject):
    """Brings what the printer's thread says to the screen's."""

    sheet_printed = Signal(object)

    def __init__(self, screen: TillScreen) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self.sheet_printed.connect(screen.show_sheet)
        self.sheet_printed.connect(self.keep)

    def keep(self, sheet: Sheet) -> None:
        """Remember a sheet that was shown."""
        self.sheets.append(sheet)


@pytest.fixture
def printed(till: Station) -> Iterator[list[Sheet]]:
    """The sheets that came out; a printer works while this is asked for."""
    bridge = Bridge(till.screen)
    printer = SimulatedPrinter(EPSON_80, bridge.sheet_printed.emit)
    spooler = Spooler(printer, PrintQueue(EPSON_80, till.database.reader, till.writer), poll_seconds=0.05)
    spooler.start()
    till.writer.executor.listeners.append(lambda _: spooler.wake())
    yield bridge.sheets
    till.writer.executor.listeners.clear()
    spooler.stop()


def paper(till: Station) -> PrintedPaper | None:
    """The paper that lies in the cart now."""
    found = till.screen.cart.findChild(PrintedPaper)
    return found if found is not None and found.isVisible() else None


def sell(till: Station, printed: list[Sheet], product: str = "guji") -> None:
    count = len(printed)
    till.scan(code_of(product))
    till.press(Qt.Key.Key_F5)
    till.until(lambda: len(printed) > count)


def x_report(till: Station, printed: list[Sheet]) -> None:
    count = len(printed)
    till.state.shift.x_report()
    till.until(lambda: len(printed) > count)


def test_the_receipt_lies_where_the_ticket_was_until_the_next_scan(till: Station, printed: list[Sheet]) -> None:
    sell(till, printed)
    lying = paper(till)
    assert lying is not None
    assert "Ethiopia Guji 250 g" in printed[0].text
    assert till.is_in(Mode.DONE)
    assert not till.screen.cart.total.isVisible()
    till.scan(code_of("oat"))
    assert paper(till) is None
    assert till.lines == [("1", "Oat milk 1 L")]
    assert till.screen.cart.total.isVisible()


def test_the_paper_takes_neither_the_focus_nor_a_key(till: Station, printed: list[Sheet]) -> None:
    sell(till, printed)
    assert paper(till) is not None
    assert till.window.focusWidget() is till.screen.view(Mode.DONE)
    till.type_in("1")
    till.until(lambda: len(printed) == 2)
    assert "COPY" in printed[1].text
    assert paper(till) is not None
    till.press(Qt.Key.Key_F12)
    assert till.is_in(Mode.SELLING)
    assert paper(till) is None
    assert till.screen.sell.field.hasFocus()


def test_paper_is_read_to_its_end_by_finger_and_wheel(till: Station, printed: list[Sheet]) -> None:
    for product, _, price, *_ in PRODUCTS:
        if price:
            till.scan(code_of(product))
    sell(till, printed)
    lying = paper(till)
    assert lying is not None
    till.until(lambda: lying.verticalScrollBar().maximum() > 0)
    QTest.mouseClick(lying.viewport(), Qt.MouseButton.LeftButton)
    assert paper(till) is lying
    assert not lying.hasFocus()


def test_an_x_report_lies_over_the_ticket_until_a_key(till: Station, printed: list[Sheet]) -> None:
    till.scan(code_of("mug"))
    x_report(till, printed)
    assert paper(till) is not None
    assert till.screen.cart.total.isVisible()
    assert till.screen.sell.field.hasFocus()
    till.type_in("o")
    assert paper(till) is None
    till.until(lambda: till.screen.sell.field.text() == "o")
    assert till.lines == [("1", "Travel mug 350 ml")]


def test_an_x_report_goes_by_itself(till: Station, printed: list[Sheet], monkeypatch: pytest.MonkeyPatch) -> None:
    x_report(till, printed)
    lying = paper(till)
    assert lying is not None
    assert lying._timer.interval() == LIES
    lying._timer.start(1)
    till.until(lambda: paper(till) is None)
    assert till.screen.cart.empty.isVisible()


def test_a_finger_elsewhere_puts_the_paper_away_and_one_on_it_does_not(till: Station, printed: list[Sheet]) -> None:
    x_report(till, printed)
    lying = paper(till)
    assert lying is not None
    on_it = lying.mapTo(till.window, lying.rect().center())
    QTest.mouseClick(till.handle, Qt.MouseButton.LeftButton, pos=on_it)
    assert paper(till) is lying
    QTest.mouseClick(till.handle, Qt.MouseButton.LeftButton, pos=QPoint(500, 300))
    assert paper(till) is None


def test_a_scan_ends_it_and_is_rung_up(till: Station, printed: list[Sheet]) -> None:
    x_report(till, printed)
    till.scan(code_of("oat"))
    assert paper(till) is None
    assert till.lines == [("1", "Oat milk 1 L")]


def test_a_receipt_that_comes_late_does_not_cover_the_next_ticket(till: Station) -> None:
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F5)
    sale = till.state.checkout.completed
    assert sale is not None
    till.scan(code_of("oat"))
    till.screen.show_sheet(Sheet(b"", "late", f"{sale.sale}:receipt"))
    assert paper(till) is None
    assert till.lines == [("1", "Oat milk 1 L")]


@pytest.mark.parametrize("mode", [Mode.LOCKED, Mode.PAYING, Mode.OPENING])
def test_where_something_else_is_asked_no_paper_comes_between(till: Station, mode: Mode) -> None:
    till.scan(code_of("guji"))
    if mode is Mode.LOCKED:
        till.state.sign_in.lock()
    elif mode is Mode.PAYING:
        till.press(Qt.Key.Key_F12)
    else:
        till.state.shift.close(())
        till.settle()
        till.state.shift.begin_next()
    till.screen.show_sheet(Sheet(b"", "report", "x1:report"))
    assert till.is_in(mode)
    assert paper(till) is None


def test_paper_under_an_open_sheet_leaves_the_sheet_alone(till: Station, printed: list[Sheet]) -> None:
    till.press(Qt.Key.Key_F10)
    x_report(till, printed)
    assert till.sheet(MoreSheet).hasFocus()
    till.press(Qt.Key.Key_Escape)
    assert till.screen.sheet is None
    assert paper(till) is None


def test_one_sheet_after_the_other_is_shown(till: Station, printed: list[Sheet]) -> None:
    x_report(till, printed)
    x_report(till, printed)
    assert paper(till) is not None
    assert len(till.screen.cart.findChildren(PrintedPaper)) == 1
    till.press(Qt.Key.Key_Escape)
    assert paper(till) is None


def test_paper_alone_waits_for_nobody(qtbot: QtBot, tmp_path: Path) -> None:
    lying = PrintedPaper()
    qtbot.addWidget(lying)
    with qtbot.assertNotEmitted(lying.gone):
        lying.put_away()
