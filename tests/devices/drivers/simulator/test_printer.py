"""A printer on the screen that can be out of order at will."""

from __future__ import annotations

import time

import pytest

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.drivers.simulator.driver import DRIVER
from omsdesk.devices.drivers.simulator.painter import Sheet
from omsdesk.devices.drivers.simulator.printer import KEPT, SimulatedPrinter
from omsdesk.devices.ports import Condition
from omsdesk.devices.registry import card_of
from omsdesk.documents.escpos import render
from omsdesk.documents.paper import Cut, KickDrawer, Rule
from omsdesk.documents.printer_profile import GENERIC_58
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.printing import PrintState
from tests.documents.samples import ORDINARY


def test_the_drawer_and_the_cut_are_noticed() -> None:
    printer = SimulatedPrinter()
    delivery = printer.print(render((KickDrawer(), Rule(), Cut(), Rule(), Cut())).payload, "job")
    assert delivery.state is PrintState.PRINTED
    assert printer.kicked_pins == (2,)
    assert len(printer.sheets) == 2


def test_a_kick_without_paper_leaves_no_sheet() -> None:
    printer = SimulatedPrinter()
    printer.print(render((KickDrawer(),)).payload, "job")
    assert printer.sheets == ()


def test_the_drawer_tells_and_is_pushed_shut_as_people_do(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    printer = SimulatedPrinter()
    assert printer.status().is_drawer_open is False
    printer.print(render((KickDrawer(),)).payload, "job")
    assert printer.status().is_drawer_open is True
    now[0] += 5
    assert printer.status().is_drawer_open is False
    printer.leave_drawer_open(is_left=True)
    assert printer.status().is_drawer_open is False, "it was shut, and opens by itself no more"
    printer.open_drawer()
    now[0] += 600
    assert printer.status().is_drawer_open is True
    assert printer.kicked_pins == (2,), "its key is nothing that the printer knows of"
    printer.leave_drawer_open(is_left=False)
    assert printer.status().is_drawer_open is False


def test_who_is_switched_off_or_has_no_sensor_says_nothing_of_the_drawer() -> None:
    printer = SimulatedPrinter()
    printer.set_condition(Condition.OFFLINE)
    assert printer.status().is_drawer_open is None
    blind = DRIVER.attach(Address(Bus.VIRTUAL), card_of("simulator").whole({"sensor": "none"}))
    assert isinstance(blind, SimulatedPrinter)
    blind.open_drawer()
    assert blind.status().is_drawer_open is None


def test_paper_of_a_printer_without_a_blade_is_torn_off_after_each_job() -> None:
    printer = SimulatedPrinter(GENERIC_58)
    printer.print(render(receipt_paper(ORDINARY), GENERIC_58).payload, "job")
    assert ["TOTAL" in sheet.text for sheet in printer.sheets] == [True]


def test_of_a_long_day_the_newest_paper_is_kept() -> None:
    printer = SimulatedPrinter()
    shown: list[Sheet] = []
    printer.on_sheet = shown.append
    for _ in range(KEPT + 5):
        printer.print(render((Rule(), Cut())).payload, "job")
    assert len(shown) == KEPT + 5
    assert len(printer.sheets) == KEPT
    printer.print(render(receipt_paper(ORDINARY)).payload, "receipt")
    assert "TOTAL" in printer.sheets[-1].text
    assert len(printer.sheets) == KEPT


def test_every_sheet_is_shown_as_it_is_cut() -> None:
    shown: list[Sheet] = []
    SimulatedPrinter(on_sheet=shown.append).print(render(receipt_paper(ORDINARY)).payload, "job")
    assert [("TOTAL" in sheet.text, sheet.job) for sheet in shown] == [(True, "job")]


@pytest.mark.parametrize("fault", [Condition.PAPER_OUT, Condition.COVER_OPEN, Condition.OFFLINE])
def test_a_fault_stops_the_paper_until_it_is_mended(fault: Condition) -> None:
    printer = SimulatedPrinter()
    payload = render(receipt_paper(ORDINARY)).payload
    printer.set_condition(fault)
    delivery = printer.print(payload, "job")
    assert (delivery.state, delivery.condition, printer.sheets) == (PrintState.FAILED, fault, ())
    assert delivery.sentence == printer.status().sentence
    printer.set_condition(Condition.READY)
    assert printer.print(payload, "job").state is PrintState.PRINTED


def test_bytes_that_no_printer_knows_are_said_to_be_so() -> None:
    delivery = SimulatedPrinter().print(b"Hello\x1bZ", "job")
    assert delivery.state is PrintState.UNKNOWN
    assert "1b 5a" in delivery.sentence
