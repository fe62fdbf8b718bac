"""A drawer with a sensor, as an emulator that is not ours has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from omsdesk.devices.drivers.escpos.printer import EscPosPrinter
from omsdesk.devices.ports import Condition
from omsdesk.devices.wire_printer import Patience
from omsdesk.devices.wires.tcp import TcpPort
from omsdesk.documents.escpos import render
from omsdesk.documents.paper import KickDrawer, Text
from omsdesk.domain.printing import PrintState
from tests.devices.foreign_printer import ForeignPrinter

KICK = render((KickDrawer(), Text("a"))).payload


@pytest.fixture
def emulator() -> Iterator[ForeignPrinter]:
    printer = ForeignPrinter(keeps_drawer_open=True).listen()
    yield printer
    printer.switch_off()


def printer_at(port: int, *, open_level: bool | None) -> EscPosPrinter:
    patience = Patience(connect=5, answer=5, look=0.5, stall=20)
    return EscPosPrinter(TcpPort("127.0.0.1", port), patience=patience, open_level=open_level)


def test_the_status_tells_whether_the_drawer_is_open(emulator: ForeignPrinter) -> None:
    printer = printer_at(emulator.port, open_level=True)
    assert printer.status().is_drawer_open is False
    assert printer.print(KICK, "job").state is PrintState.PRINTED
    assert printer.status().is_drawer_open is True
    emulator.shut_drawer()
    assert printer.status().is_drawer_open is False
    emulator.force_drawer()
    assert (printer.status().is_drawer_open, printer.status().condition) == (True, Condition.READY)


def test_a_sensor_the_other_way_round_is_read_the_other_way_round(emulator: ForeignPrinter) -> None:
    assert printer_at(emulator.port, open_level=False).status().is_drawer_open is True


def test_without_a_sensor_nobody_knows(emulator: ForeignPrinter) -> None:
    assert printer_at(emulator.port, open_level=None).status().is_drawer_open is None
    emulator.switch_off()
    assert printer_at(emulator.port, open_level=True).status().is_drawer_open is None
