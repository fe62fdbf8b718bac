"""Somebody is taught at the demonstration shop: every device is on the screen, and what it does is seen at the till."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.demo_shop import begin_demo_shop
from omsdesk.app import Desktop
from omsdesk.devices.drivers.virtual_labels.printer import LabelsOnScreen
from omsdesk.devices.ports import Condition
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.shop import SaveTill
from omsdesk.domain.values import Money
from omsdesk.settings import Settings
from omsdesk.store.queries import till as queries
from omsdesk.ui import theme
from omsdesk.ui.devices.virtual_devices import DisplayCard, PaperCard, ScaleCard, VirtualDevices
from omsdesk.ui.labels.screen import LabelsScreen
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.more_sheet import MoreSheet
from omsdesk.ui.till.screen import Mode, TillScreen
from tests.documents.labels.foreign_zebra import scanned
from tests.ui.back_office import take_pictures, until
from tests.ui.till.shop import Listener, set_up

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Lesson:
    """The program as it is put together, and a teacher's hands on it."""

    def __init__(self, settings: Settings, bot: QtBot) -> None:
        self.desktop = Desktop(settings)
        self.desktop.speaker = Listener()
        self.desktop.window.resize(1366, 768)
        self.desktop.window.show()
        bot.waitExposed(self.desktop.window)
        self.desktop.window.activateWindow()
        until(self.desktop.window.isActiveWindow)
        self.desktop.start()

    def open_shift(self) -> None:
        assert self.desktop.till is not None
        currency = self.desktop.till.counter.shop.currency
        self.desktop.writer.submit("system", OpenShift("shift-1", Money.of("100", currency))).result()
        self.desktop.feed.look()
        until(lambda: self.screen.mode is Mode.SELLING)

    @property
    def screen(self) -> TillScreen:
        assert isinstance(self.desktop.window.shown, TillScreen)
        return self.desktop.window.shown

    @property
    def names(self) -> list[str]:
        """What is bought."""
        return [row.article.name for row in self.screen.state.session.lines]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        handle = self.desktop.window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, key, modifier)

    def more(self) -> MoreSheet:
        """Open what is wanted now and then."""
        self.press(Qt.Key.Key_F10)
        until(lambda: self.screen.sheet is not None)
        assert self.screen.sheet is not None
        assert isinstance(self.screen.sheet.content, MoreSheet)
        return self.screen.sheet.content

    def devices(self) -> VirtualDevices:
        """Show the devices on the screen."""
        self.more().cards["virtual"].click()
        shown = self.desktop._scanning._virtual_devices
        assert shown is not None
        assert shown.isVisible()
        return shown

    def stop(self) -> None:
        for small in self.desktop.window.findChildren(QWidget):
            if small.isWindow():
                small.close()
        self.desktop.window.close()
        self.desktop.close()
        self.desktop.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def lesson(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Lesson]:
    theme.apply(theme.load("light"), qapp)
    begin_demo_shop(tmp_path / "shop.db", SystemClock())
    made = Lesson(Settings(tmp_path, sound_volume=0, is_demonstration=True), qtbot)
    made.open_shift()
    yield made
    made.stop()


def test_honey_is_put_on_the_scale_by_the_slider_and_sold_by_enter(lesson: Lesson) -> None:
    shown = lesson.devices()
    assert list(shown.cards) == ["receipt", "label", "scale", "display"]
    scale, display = shown.cards["scale"], shown.cards["display"]
    assert isinstance(scale, ScaleCard)
    assert isinstance(display, DisplayCard)
    lesson.screen.state.session.intake.chosen("HONEY")
    until(lambda: lesson.screen.sheet is not None)
    scale.slider.setValue(50)
    take_pictures(lesson.desktop.window, "teaching-honey")
    take_pictures(shown, "teaching-devices")
    # The keys are the till's, though a hand was on the slider.
    assert lesson.desktop.window.isActiveWindow()
    lesson.press(Qt.Key.Key_Return)
    until(lambda: lesson.names == ["Harbour Honey, loose"])
    (line,) = lesson.screen.state.session.lines
    assert str(line.quantity) == "0.25"
    until(lambda: display.pole.lines[0].startswith("0.250 kg Harbou"))


def test_a_product_is_clicked_and_the_till_hears_it_scanned(lesson: Lesson) -> None:
    lesson.devices().scanner.click()
    scanner = lesson.desktop._scanning._virtual
    assert scanner is not None
    scanner.field.setText("cakestand")
    until(lambda: scanner.list.count() > 0)
    take_pictures(scanner, "teaching-scanner")
    scanner.list.chosen.emit(scanner.list.key_at(0))
    until(lambda: lesson.names == ["Regency Cakestand 3 Tier"])
    until(lesson.desktop.window.isActiveWindow)
    lesson.press(Qt.Key.Key_F5)
    until(lambda: lesson.screen.mode is Mode.DONE)


def test_the_receipt_and_a_label_come_out_of_printers_on_the_screen(lesson: Lesson) -> None:
    shown = lesson.devices()
    receipt, label = shown.cards["receipt"], shown.cards["label"]
    assert isinstance(receipt, PaperCard)
    assert isinstance(label, PaperCard)
    lesson.screen.state.session.intake.chosen("LEMONADE")
    until(lambda: bool(lesson.names))
    lesson.press(Qt.Key.Key_F5)
    until(receipt.paper.isVisible)
    desktop = lesson.desktop
    found = queries.product_by_barcode(
        desktop.reader, "2000000000022", lesson.screen.state.counter.shop, desktop.clock.now().day
    )
    assert found is not None
    desktop._print_labels([found.article.product])
    page = desktop.window.shown
    assert isinstance(page, LabelsScreen)
    page.printing.set_count("1")
    page.printing.print()
    printer = desktop.devices.devices["label"]
    assert isinstance(printer, LabelsOnScreen)
    until(lambda: len(printer.labels) == 1)
    assert [code for _, code in scanned(Image.open(io.BytesIO(printer.labels[0])))] == ["2000000000022"]
    until(label.paper.isVisible)
    take_pictures(shown, "teaching-paper")


def test_the_paper_is_pulled_out_and_the_chip_says_so_until_there_is_new(lesson: Lesson) -> None:
    receipt, chip = lesson.devices().cards["receipt"], lesson.screen.status.printer
    assert isinstance(receipt, PaperCard)
    until(lambda: chip.tone is Tone.OK)
    receipt.fault.setCurrentIndex(receipt.fault.findData(str(Condition.PAPER_OUT)))
    until(lambda: chip.label == "Printer: paper out")
    lesson.screen.state.session.intake.chosen("LEMONADE")
    until(lambda: bool(lesson.names))
    lesson.press(Qt.Key.Key_F5)
    until(lambda: chip.label == "Paper out, 1 waits")
    take_pictures(lesson.desktop.window, "teaching-paper-out")
    receipt.fault.setCurrentIndex(receipt.fault.findData(str(Condition.READY)))
    until(lambda: (chip.label, chip.tone) == ("Printer", Tone.OK))
    until(receipt.paper.isVisible)


def test_a_key_shows_the_devices_on_every_page_and_hides_them_again(lesson: Lesson) -> None:
    lesson.desktop.window.go("products")
    lesson.press(Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    shown = lesson.desktop._scanning._virtual_devices
    assert shown is not None
    assert shown.isVisible()
    lesson.press(Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert not shown.isVisible()


@pytest.mark.parametrize("is_training", [True, False])
def test_a_till_for_training_has_them_at_hand_and_a_till_that_sells_does_not(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, *, is_training: bool
) -> None:
    theme.apply(theme.load("light"), qapp)
    set_up(tmp_path, has_people=False)
    lesson = Lesson(Settings(tmp_path, sound_volume=0), qtbot)
    lesson.open_shift()
    till = lesson.screen.state.counter.till
    lesson.desktop.writer.submit("system", SaveTill(replace(till, is_training=is_training))).result()
    lesson.desktop.feed.look()
    more = lesson.more()
    assert ("virtual" in more.cards) is is_training
    if is_training:
        take_pictures(lesson.desktop.window, "teaching-more")
        more.cards["virtual"].click()
        shown = lesson.desktop._scanning._virtual_devices
        assert shown is not None
        assert list(shown.cards) == ["receipt"]
    lesson.stop()
