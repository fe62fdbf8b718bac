"""How each device is, and what happened to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from omsdesk.devices.attendant import Link, Power
from omsdesk.devices.history import Day, History
from omsdesk.devices.ports import Condition, PrinterStatus
from omsdesk.devices.scanner import Scan
from omsdesk.domain.values import Stamp
from omsdesk.settings import DeviceSetting
from omsdesk.ui.devices.chronicle import Chronicle
from omsdesk.ui.devices.standing import of_link, of_printer, place_of
from omsdesk.ui.theme import Tone
from tests.ui.back_office import BackOffice, until
from tests.ui.devices.desk import DeviceDesk

SCALE = DeviceSetting("virtual_scale", "virtual:")


def test_a_printer_that_lost_its_paper_and_got_some_is_counted(desk: DeviceDesk) -> None:
    chronicle = desk.devices.chronicle
    desk.devices.printer_changed.emit("receipt", PrinterStatus.of(Condition.READY))
    desk.devices.printer_changed.emit("receipt", PrinterStatus.of(Condition.PAPER_OUT))
    assert chronicle.standing("receipt").word == "Out of paper"
    assert chronicle.standing("receipt").tone is Tone.BAD
    desk.devices.printer_changed.emit("receipt", PrinterStatus.of(Condition.READY))
    account = chronicle.account("receipt")
    assert (account.losses, account.reconnects) == (1, 1)
    assert account.faults[0].sentence.startswith("The printer is out of paper.")
    assert account.since_ms > 0


def test_what_happened_is_there_after_a_restart(shop: BackOffice) -> None:
    first = DeviceDesk(shop)
    first.set_up(scale=SCALE)
    first.start()
    first.devices.link_changed.emit("scale", Link(Power.OFFLINE, "The scale does not answer."))
    first.stop()
    second = DeviceDesk(shop)
    second.start()
    assert second.devices.chronicle.account("scale").faults[0].sentence == "The scale does not answer."
    second.stop()


def test_a_device_that_is_taken_away_is_forgotten_on_the_page_and_kept_in_the_book(desk: DeviceDesk) -> None:
    desk.set_up(scale=SCALE)
    chronicle = desk.devices.chronicle
    until(lambda: chronicle.standing("scale").word == "Connected")
    desk.devices.link_changed.emit("scale", Link(Power.OFFLINE, "The scale does not answer."))
    desk.set_up()
    assert chronicle.standing("scale").word == "Not set up"
    assert chronicle.account("scale").losses == 0, "nothing plays the role"
    desk.set_up(scale=SCALE)
    assert chronicle.account("scale").losses == 1, "it is the same device again"


def test_the_same_fault_on_another_day_is_another_failure(desk: DeviceDesk, shop: BackOffice) -> None:
    chronicle = desk.devices.chronicle
    for _ in range(2):
        desk.devices.printer_changed.emit("receipt", PrinterStatus.of(Condition.PAPER_OUT))
        desk.devices.printer_changed.emit("receipt", PrinterStatus.of(Condition.READY))
    account = chronicle.account("receipt")
    assert (account.losses, account.reconnects, len(account.faults)) == (2, 2, 2)
    assert account.days == (Day(shop.clock.now().day, failures=2),)


def test_scans_are_written_a_while_later(desk: DeviceDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.set_up(scanner_1=DeviceSetting("wedge", "keyboard:1"))
    chronicle = desk.devices.chronicle
    chronicle._saving.setInterval(0)
    chronicle.heard(Scan("4006381333931"))
    until(lambda: History(desk.settings().folder).account("wedge keyboard:1").scans == 1)


def test_scans_are_counted_by_their_scanner(desk: DeviceDesk) -> None:
    desk.set_up(scanner_1=DeviceSetting("wedge", "keyboard:1"), scanner_2=DeviceSetting("wedge", "keyboard:2"))
    chronicle = desk.devices.chronicle
    assert chronicle.standing("scanner-2").word == "Scan to try"
    chronicle.heard(Scan("4006381333931", source="scanner-2"))
    chronicle.heard(Scan("4006381333931"))
    assert chronicle.standing("scanner-2").word == "Works"
    assert [chronicle.account(role).scans for role in ("scanner-1", "scanner-2")] == [1, 1]


def test_where_nothing_is_set_up_a_scanner_works_all_the_same(desk: DeviceDesk) -> None:
    chronicle = desk.devices.chronicle
    assert chronicle.standing("scanner-1").word == "Any scanner"
    chronicle.heard(Scan("4006381333931"))
    assert chronicle.standing("scanner-1").tone is Tone.OK


def test_an_office_has_what_it_was_given(shop: BackOffice) -> None:
    office = DeviceDesk(shop, is_till=False)
    office.set_up(scale=SCALE)
    office.start()
    until(lambda: office.devices.chronicle.standing("scale").word == "Connected")
    assert office.devices.chronicle.standing("receipt").word == "Not set up"
    office.stop()


def test_the_file_is_written_by_another_thread(tmp_path: Path, desk: DeviceDesk) -> None:
    later: list[object] = []
    folder = tmp_path / "own"
    folder.mkdir()
    chronicle = Chronicle(desk.devices, folder, lambda: Stamp(1_000), later.append)
    desk.devices.printer_changed.emit("receipt", PrinterStatus.of(Condition.OFFLINE))
    assert len(later) == 1
    assert list(folder.iterdir()) == []
    chronicle.close()
    assert list(folder.iterdir()) != []


@pytest.mark.parametrize("condition", Condition)
def test_every_condition_of_a_printer_has_a_word_and_a_sentence(condition: Condition) -> None:
    standing = of_printer(PrinterStatus.of(condition))
    assert standing.word
    assert standing.sentence.endswith(".")
    assert (standing.tone is Tone.OK) == (condition is Condition.READY)


def test_a_link_has_a_colour_and_its_own_sentence() -> None:
    assert of_link(Link(Power.ONLINE)).tone is Tone.OK
    assert of_link(Link(Power.OFFLINE, "Plug it in.")).sentence == "Plug it in."
    assert of_link(Link()).tone is Tone.NEUTRAL


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("tcp:192.168.1.50:9100", "Network, 192.168.1.50"),
        ("usb:04b8:0202:X5RG012345", "USB"),
        ("serial:/dev/serial/by-id/usb-FTDI", "Serial port usb-FTDI"),
        ("queue:Kitchen", "Printer of this computer, Kitchen"),
        ("file:receipts", "Folder receipts"),
        ("virtual:", "On this screen"),
        ("keyboard:", "Types like a keyboard"),
        ("nonsense", "nonsense"),
    ],
)
def test_places_are_said_in_words_of_people(address: str, words: str) -> None:
    assert place_of(address) == words
