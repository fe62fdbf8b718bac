"""A scanner in HID POS mode: codes in one report or several, and back on whichever socket it is plugged in."""

from __future__ import annotations

import time

import pytest

from omsdesk.devices.attendant import Attendant, Link, Power
from omsdesk.devices.drivers.hid_pos.scanner import HidPosScanner
from omsdesk.devices.finders import hid_scanners
from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.scanner import Reader, Scan
from tests.devices.drivers.hid_pos.scripted_hid import Bus, report
from tests.devices.drivers.hid_pos.test_report import FIRST, SECOND
from tests.patience import until


@pytest.fixture
def bus() -> Bus:
    made = Bus()
    made.plug(b"1-2", "S123")
    return made


def _scanner(bus: Bus, place: str = "05e0:1300:S123") -> tuple[HidPosScanner, list[Scan]]:
    scans: list[Scan] = []
    scanner = HidPosScanner(place, Reader(), bus)
    scanner.on_scan = scans.append
    return scanner, scans


def test_a_code_comes_with_its_symbology(bus: Bus) -> None:
    scanner, scans = _scanner(bus)
    bus.reports = [report(b"4006381333931"), report(b"010400638133393110A\x1d21B", b"]C1")]
    scanner.open(0)
    scanner.serve()
    scanner.serve()
    assert [(scan.aim, scan.text) for scan in scans] == [
        ("]E0", "4006381333931"),
        ("]C1", "010400638133393110A\x1d21B"),
    ]


def test_a_long_code_is_put_together(bus: Bus) -> None:
    scanner, scans = _scanner(bus)
    bus.reports = [FIRST, SECOND]
    scanner.open(0)
    scanner.serve()
    assert scans == []
    scanner.serve()
    assert scans[0].text == (FIRST[5:61] + b"0013").decode()
    assert scans[0].aim == "]Q0"


def test_the_beginning_of_a_code_whose_rest_never_came_is_no_part_of_the_next(bus: Bus) -> None:
    scanner, scans = _scanner(bus)
    bus.reports = [FIRST]
    scanner.open(0)
    scanner.serve()
    scanner._heard_at = time.monotonic() - 10
    scanner.serve()
    bus.reports = [report(b"96385074", b"]E4")]
    scanner.serve()
    assert [scan.text for scan in scans] == ["96385074"]


def test_one_that_is_not_there_says_what_to_do(bus: Bus) -> None:
    bus.rows.clear()
    bus.plug(b"1-3", usage_page=1, usage=6)
    with pytest.raises(DeviceError, match="scan the code “HID POS” of its manual") as missing:
        _scanner(bus)[0].open(0)
    assert missing.value.code is ErrorCode.NO_HARDWARE


def test_one_that_another_program_has_says_so(bus: Bus) -> None:
    bus.is_claimed = True
    with pytest.raises(DeviceError, match="Another program has the scanner") as claimed:
        _scanner(bus)[0].open(0)
    assert claimed.value.code is ErrorCode.CLAIMED


def test_a_place_without_serial_number_is_the_first_of_its_kind_and_no_other_number(bus: Bus) -> None:
    scanner, _ = _scanner(bus, "05e0:1300")
    scanner.open(0)
    assert bus.opened == [b"1-2"]
    with pytest.raises(DeviceError):
        _scanner(bus, "05e0:1300:S12")[0].open(0)


def test_pulled_out_in_the_middle_of_a_code_it_says_so_and_is_back_on_another_socket(bus: Bus) -> None:
    scanner, scans = _scanner(bus)
    links: list[Link] = []
    bus.reports = [FIRST]
    attendant = Attendant(scanner, links.append)
    attendant.start()
    until(lambda: not bus.reports)
    bus.rows.clear()
    until(lambda: links[-1].power is Power.OFFLINE)
    assert any("A code was just being read: scan it again." in link.sentence for link in links)
    bus.plug(b"3-1", "S123")
    attendant.wake()
    until(lambda: links[-1].power is Power.ONLINE)
    bus.reports = [report(b"4006381333931")]
    until(lambda: scans)
    attendant.stop()
    assert [scan.text for scan in scans] == ["4006381333931"]
    assert bus.opened == [b"1-2", b"3-1"]


def test_after_an_interruption_nothing_is_read(bus: Bus) -> None:
    scanner, scans = _scanner(bus)
    scanner.open(0)
    bus.reports = [report(b"4006381333931")]
    scanner.interrupt()
    scanner.serve()
    assert scans == []


def test_the_finder_lists_scanners_alone(bus: Bus) -> None:
    bus.plug(b"1-9", usage_page=1, usage=6)
    found = hid_scanners.look(bus)
    assert [(str(row.address), row.name) for row in found] == [("hid:05e0:1300:S123", "Symbol Bar Code Scanner")]
