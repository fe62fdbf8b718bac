"""The window of the virtual devices: faults are made, goods are weighed, a drawer is shut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.devices.drivers.virtual_display.display import SimulatedDisplay
from omsdesk.devices.drivers.virtual_scale.scale import SimulatedScale
from omsdesk.devices.ports import Condition
from omsdesk.devices.scale import ScaleStatus
from omsdesk.documents.escpos import render
from omsdesk.documents.paper import Cut, KickDrawer, Text
from omsdesk.documents.printer_profile import EPSON_80
from omsdesk.domain.drawer import DrawerFoundOpen
from omsdesk.settings import DeviceSetting
from omsdesk.store.journal import since
from omsdesk.ui.devices.drawer_watch import Care
from omsdesk.ui.devices.virtual_devices import DisplayCard, PaperCard, ScaleCard, VirtualDevices
from tests.ui.back_office import BackOffice, take_pictures, until
from tests.ui.devices.desk import DeviceDesk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PAPER = render((Text("One coffee"), KickDrawer(), Cut()), EPSON_80).payload


@pytest.fixture
def window(desk: DeviceDesk, qtbot: QtBot) -> Iterator[VirtualDevices]:
    desk.set_up(
        label=DeviceSetting("virtual_labels", "virtual:"),
        scale=DeviceSetting("virtual_scale", "virtual:"),
        display=DeviceSetting("virtual_display", "virtual:"),
    )
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = VirtualDevices(desk.devices, parent)
    made.show()
    yield made
    made.close()


def test_every_device_on_the_screen_has_a_card(window: VirtualDevices) -> None:
    assert list(window.cards) == ["receipt", "label", "scale", "display"]
    take_pictures(window, "virtual-devices")


def test_a_printer_without_paper_is_seen_at_once_and_prints_again(desk: DeviceDesk, window: VirtualDevices) -> None:
    card = window.cards["receipt"]
    assert isinstance(card, PaperCard)
    card.fault.setCurrentIndex(card.fault.findData(str(Condition.PAPER_OUT)))
    until(lambda: desk.devices.chronicle.standing("receipt").word == "Out of paper")
    card.fault.setCurrentIndex(card.fault.findData(str(Condition.READY)))
    until(lambda: desk.devices.chronicle.standing("receipt").word == "Ready")


def test_paper_and_an_open_drawer_are_shown(desk: DeviceDesk, window: VirtualDevices) -> None:
    card = window.cards["receipt"]
    assert isinstance(card, PaperCard)
    assert not card.paper.isVisible()
    drawer = card.drawer
    assert drawer is not None
    drawer.left.setChecked(True)
    desk.devices.spoolers["receipt"].lend(lambda printer: printer.print(PAPER, "one")).result(20)
    until(card.paper.isVisible)
    printer = desk.devices.devices["receipt"]
    assert isinstance(printer, SimulatedPrinter)
    assert drawer.state.text() == "Drawer open"
    take_pictures(window, "virtual-drawer-open")
    drawer.push.click()
    assert (drawer.state.text(), drawer.push.label) == ("Drawer shut", "Open with the key")
    assert not printer.is_drawer_open
    drawer.push.click()
    assert printer.is_drawer_open


def test_a_drawer_left_open_is_called_out_and_one_opened_by_nobody_is_noted(
    desk: DeviceDesk, window: VirtualDevices, shop: BackOffice
) -> None:
    desk.set_up(receipt=DeviceSetting("simulator", "virtual:", {"alarm_seconds": 15}))
    card, watch = window.cards["receipt"], desk.devices.drawer
    assert isinstance(card, PaperCard)
    assert card.drawer is not None
    assert watch is not None
    watch.care = Care(1)
    called: list[bool] = []
    desk.devices.drawer_left_open.connect(called.append)
    desk.devices.person = lambda: "anna"
    until(lambda: watch._is_open is False)
    card.drawer.left.setChecked(True)
    card.drawer.push.click()
    until(lambda: called == [True])
    noted = [entry.fact for entry in since(shop.reader, 0) if isinstance(entry.fact, DrawerFoundOpen)]
    assert [(fact.till, fact.person) for fact in noted] == [("t1", "anna")]
    card.drawer.push.click()
    until(lambda: called == [True, False])


def test_goods_are_put_on_the_scale_by_a_slider(desk: DeviceDesk, window: VirtualDevices) -> None:
    card, scale = window.cards["scale"], desk.devices.devices["scale"]
    assert isinstance(card, ScaleCard)
    assert isinstance(scale, SimulatedScale)
    card.slider.setValue(250)
    assert (scale.live_weight().status, scale.live_weight().grams) == (ScaleStatus.STABLE, 1250)
    card.hand.setChecked(True)
    assert scale.live_weight().status is ScaleStatus.UNSTABLE
    card.slider.setValue(card.slider.maximum())
    card.hand.setChecked(False)
    assert scale.live_weight().status is ScaleStatus.OVERWEIGHT
    card.off.setChecked(True)
    assert scale.live_weight().status is ScaleStatus.NOT_READY


def test_the_customer_reads_two_lines(desk: DeviceDesk, window: VirtualDevices) -> None:
    card, display = window.cards["display"], desk.devices.devices["display"]
    assert isinstance(card, DisplayCard)
    assert isinstance(display, SimulatedDisplay)
    display.show("Coffee         12.90", "Total          12.90")
    until(lambda: card.pole.lines == ("Coffee         12.90", "Total          12.90"))
    until(lambda: desk.devices.chronicle.standing("display").word == "Connected")
    card.off.setChecked(True)
    until(lambda: desk.devices.chronicle.standing("display").word == "Not there")
    card.off.setChecked(False)
    until(lambda: desk.devices.chronicle.standing("display").word == "Connected")


def test_it_follows_what_is_set_up(desk: DeviceDesk, window: VirtualDevices) -> None:
    desk.set_up(receipt=DeviceSetting("file", "file:receipts"))
    assert window.cards == {}
    desk.set_up(scale=DeviceSetting("virtual_scale", "virtual:"))
    assert list(window.cards) == ["receipt", "scale"]
