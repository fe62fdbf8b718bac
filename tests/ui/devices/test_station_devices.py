"""The devices of a station while it runs: printers by their roles, started anew where the settings changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.devices.attendant import Power
from omsdesk.devices.drivers.virtual_scale.scale import SimulatedScale
from omsdesk.documents.labels.ready import READY
from omsdesk.domain.body import to_body
from omsdesk.domain.labels import AskLabels, LabelRow, LabelValue
from omsdesk.domain.printing import AskPrint, NotePrint, PaperKind, PrintState
from omsdesk.settings import DeviceSetting, Settings
from omsdesk.store.queries.printing import unsettled
from omsdesk.ui.devices.station_devices import StationDevices
from tests.devices.label_printer_on_a_socket import LabelPrinterOnASocket
from tests.patience import until
from tests.ui.till.shop import Station, set_up

FOLDER = DeviceSetting("file", "file:receipts")
KITCHEN = DeviceSetting("file", "file:kitchen")


class Bench:
    """A till's printers under settings that a test changes."""

    def __init__(self, till: Station, folder: Path) -> None:
        self.till = till
        self.settings = Settings(folder)
        self.told: list[tuple[str, bool]] = []
        self.devices = StationDevices(lambda: self.settings, till.database.reader, till.writer)
        self.devices.printer_changed.connect(lambda role, status: self.told.append((role, status.can_print)))
        till.writer.executor.listeners.append(self.devices.heard)

    def set_up(self, **devices: DeviceSetting) -> None:
        """Change what is set up."""
        self.settings = replace(self.settings, device=devices)
        self.devices.follow()

    def ask(self, job: str, role: str = "receipt") -> None:
        """Ask for an opening of the drawer: no paper that a document would be needed for."""
        ask = AskPrint(job, "t1", PaperKind.DRAWER, "nowhere", role)
        self.till.writer.submit("anna", ask).result()

    def papers(self, folder: str) -> list[str]:
        """What came out into a folder."""
        return sorted(path.stem for path in (self.settings.folder / folder).glob("*.bin"))


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    till = Station(set_up(tmp_path), qtbot).start()
    made = Bench(till, tmp_path)
    yield made
    made.devices.close()
    till.stop()


def test_each_role_prints_what_is_asked_of_it(bench: Bench) -> None:
    bench.set_up(receipt=FOLDER, kitchen=KITCHEN)
    bench.devices.start("t1")
    bench.ask("one")
    bench.ask("two", "kitchen")
    until(lambda: bench.papers("receipts") == ["one"] and bench.papers("kitchen") == ["two"])


def test_a_station_without_a_till_prints_where_it_was_given_a_printer(bench: Bench) -> None:
    bench.devices.start("")
    assert bench.devices.spoolers == {}
    bench.set_up(receipt=FOLDER, kitchen=KITCHEN, display=DeviceSetting("virtual_display", "virtual:"))
    assert list(bench.devices.spoolers) == ["receipt"]
    assert bench.devices.attendants == {}
    bench.ask("one")
    until(lambda: bench.papers("receipts") == ["one"])


def test_what_a_till_left_unprinted_comes_out_where_it_was_asked_for_once_it_is_an_office(bench: Bench) -> None:
    bench.devices.start("t1")
    bench.set_up(receipt=DeviceSetting("no such driver", "tcp:x"))
    bench.ask("one")
    bench.devices.stop()
    bench.till.database.become_till("")
    bench.devices.start("")
    bench.set_up(receipt=FOLDER)
    until(lambda: bench.papers("receipts") == ["one"])


def test_paper_shows_on_the_screen_where_nothing_is_set_up(bench: Bench) -> None:
    bench.devices.start("t1")
    assert list(bench.devices.spoolers) == ["receipt"]
    bench.till.until(lambda: ("receipt", True) in bench.told)


def test_what_did_not_change_runs_on(bench: Bench) -> None:
    bench.set_up(receipt=FOLDER, kitchen=KITCHEN)
    bench.devices.start("t1")
    receipts, kitchen = bench.devices.spoolers["receipt"], bench.devices.spoolers["kitchen"]
    bench.set_up(receipt=FOLDER, kitchen=DeviceSetting("file", "file:other"))
    assert bench.devices.spoolers["receipt"] is receipts
    assert bench.devices.spoolers["kitchen"] is not kitchen
    bench.set_up(receipt=FOLDER)
    assert list(bench.devices.spoolers) == ["receipt"]


def test_jobs_for_a_printer_that_cannot_be_used_wait_until_it_can(bench: Bench) -> None:
    bench.set_up(receipt=DeviceSetting("no such driver", "tcp:x"))
    bench.devices.start("t1")
    bench.ask("one")
    bench.till.until(lambda: ("receipt", False) in bench.told)
    reader = bench.till.database.reader()
    until(lambda: [job.state for job in unsettled(reader)] == [PrintState.FAILED])
    bench.set_up(receipt=FOLDER)
    until(lambda: bench.papers("receipts") == ["one"])
    reader.close()


def test_a_scale_is_attended_and_let_go(bench: Bench) -> None:
    attached: list[tuple[str, object]] = []
    links: list[tuple[str, Power]] = []
    bench.devices.attached.connect(lambda role, device: attached.append((role, device)))
    bench.devices.link_changed.connect(lambda role, link: links.append((role, link.power)))
    bench.set_up(scale=DeviceSetting("virtual_scale", "virtual:"))
    bench.devices.start("t1")
    scale = bench.devices.devices["scale"]
    assert isinstance(scale, SimulatedScale)
    assert ("scale", scale) in attached
    bench.till.until(lambda: ("scale", Power.ONLINE) in links)
    bench.set_up()
    assert attached[-1] == ("scale", None)
    assert bench.devices.attendants == {}


def test_a_device_that_cannot_be_used_says_why(bench: Bench) -> None:
    told: list[str] = []
    bench.devices.link_changed.connect(lambda _role, link: told.append(link.sentence))
    bench.set_up(scale=DeviceSetting("toledo_8217", "serial:/dev/ttyX", {"line": "fast"}))
    bench.devices.start("t1")
    assert told == ["“fast” is no setting of a serial line. Write it as 9600 8N1."]


def test_a_station_that_gets_its_first_device_later_sees_it_plugged_in(bench: Bench) -> None:
    bench.devices.start("")
    assert bench.devices._watch is None
    bench.set_up(**{"scanner-1": DeviceSetting("serial_scanner", "serial:/dev/ttyX")})
    assert bench.devices._watch is not None
    bench.set_up()
    assert bench.devices._watch is None


def test_what_is_printed_again_wakes_its_printer(bench: Bench) -> None:
    bench.set_up(receipt=FOLDER, kitchen=KITCHEN)
    bench.devices.start("t1")
    bench.ask("one", "kitchen")
    until(lambda: bench.papers("kitchen") == ["one"])
    (bench.settings.folder / "kitchen" / "one.bin").unlink()
    bench.till.writer.submit("anna", NotePrint("one", PrintState.QUEUED)).result()
    until(lambda: bench.papers("kitchen") == ["one"])


def test_labels_have_a_printer_of_their_own(bench: Bench) -> None:
    label_printer = LabelPrinterOnASocket().listen()
    bench.set_up(receipt=FOLDER, label=DeviceSetting("zpl", f"tcp:127.0.0.1:{label_printer.port}"))
    bench.devices.start("t1")
    rows = (LabelRow("guji", 3), LabelRow(values=(LabelValue("name", "By hand"),)))
    design = json.dumps(to_body(READY[0].label))
    bench.till.writer.submit("anna", AskLabels("b1", "t1", READY[0].title, design, rows)).result()
    until(lambda: len(label_printer.printed) == 4)
    assert [b"^PQ3" in label_printer.printed[0], b"^PQ1" in label_printer.printed[3]] == [True, True]
    bench.devices.close()
    label_printer.switch_off()
