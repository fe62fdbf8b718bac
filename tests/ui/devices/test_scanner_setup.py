"""Setting a scanner up, without a window: which label is next, what is wrong, what is kept and where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from omsdesk.devices.scanner import GS, Scan, ScannerOptions
from omsdesk.devices.scanner_lesson import LABELS
from omsdesk.settings import DeviceSetting, Settings, load, save
from omsdesk.ui.devices.scanner_setup import ScannerSetup

TEXTS = [*(label.content for label in LABELS[:5]), f"010{LABELS[0].content}10AB{GS}21CD"]


class Station:
    """The settings of a station, in a real file."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(folder)
        self.told = 0
        self.setup = ScannerSetup(lambda: self.settings, self.keep)
        self.setup.listeners.append(self._tell)

    def _tell(self) -> None:
        self.told += 1

    def keep(self, settings: Settings) -> None:
        save(settings)
        self.settings = load(settings.folder)

    def type_all(self, before: str = "", key: str = "") -> None:
        for text in TEXTS:
            self.setup.heard_typed(before + text, key, "Return")


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


def test_the_labels_come_one_after_the_other(station: Station) -> None:
    setup = station.setup
    for text, label in zip(TEXTS, LABELS, strict=True):
        assert setup.symbol is not None
        assert setup.symbol.symbology is label.symbology
        setup.heard_typed(text, "", "Return")
    assert setup.symbol is None
    assert station.told == len(LABELS)


def test_another_code_and_another_scanner_are_told(station: Station) -> None:
    setup = station.setup
    setup.heard_typed("12", "", "Return")
    assert setup.fault == "That was not the code that is shown. Scan code 1."
    setup.heard_typed(TEXTS[0], "", "Return")
    assert (setup.fault, setup.source) == ("", "keyboard")
    setup.heard_scan(Scan("x", raw=TEXTS[1], source="scanner-1"))
    assert setup.fault.startswith("This came from another scanner.")
    setup.begin()
    setup.heard_scan(Scan("x", raw=TEXTS[0], source="scanner-1"))
    assert (setup.fault, setup.source, setup.lesson.step) == ("", "scanner-1", 1)


def test_what_was_learnt_is_said_in_words_and_tried(station: Station) -> None:
    station.type_all("~\x02", "F9")
    assert dict(station.setup.learnt) == {
        "Before each code": "F9 ~[02]",
        "After each code": "Enter, or Tab",
        "Keyboard language": "The same as this computer's",
        "Between the facts of a GS1 code": "As it should be",
    }
    station.setup.heard_typed("~\x024006381333931", "F9", "Return")
    assert station.setup.tried is not None
    assert station.setup.tried.text == "4006381333931"


def test_a_scanner_that_runs_facts_together_is_not_called_right(station: Station) -> None:
    for text in (*TEXTS[:-1], TEXTS[-1].replace(GS, "")):
        station.setup.heard_typed(text, "", "Return")
    assert dict(station.setup.learnt)["Between the facts of a GS1 code"] == "Nothing: it is left out"


def test_a_second_scanner_gets_a_role_of_its_own_and_the_same_one_keeps_its(station: Station) -> None:
    station.type_all("/")
    station.setup.save(" One ")
    station.setup.begin()
    station.type_all("", "F9")
    station.setup.save("Two")
    assert station.setup.role == "scanner-2"
    station.setup.begin()
    station.type_all("/")
    station.setup.save("One again")
    devices = station.settings.device
    assert {role: row.options["title"] for role, row in devices.items()} == {
        "scanner-1": "One again",
        "scanner-2": "Two",
    }
    assert ScannerOptions.from_dict(devices["scanner-2"].options) == ScannerOptions("Two", start_key="F9")
    assert {row.driver for row in devices.values()} == {"wedge"}


def test_what_a_scanner_with_a_wire_was_set_to_stays(station: Station) -> None:
    wired = DeviceSetting(
        "serial_scanner", "serial:/dev/ttyACM0", {"line": "19200 8N1", "suffix": "#", "repeat_ms": 900}
    )
    station.settings = replace(station.settings, device={"scanner-1": wired})
    for text in TEXTS:
        station.setup.heard_scan(Scan("x", raw=f"!{text}", source="scanner-1"))
    station.setup.save("Counter")
    assert station.settings.device["scanner-1"] == DeviceSetting(
        "serial_scanner",
        "serial:/dev/ttyACM0",
        {"line": "19200 8N1", "repeat_ms": 900, "title": "Counter", "prefix": "!"},
    )


def test_the_page_holds_every_label_and_a_foreign_reader_reads_it(station: Station) -> None:
    assert station.setup.write_sheet().startswith("It lies in ")
    document = pypdfium2.PdfDocument(station.settings.pdf_path / "scanner-sheet.pdf")
    assert len(document) == 1
    picture = document[0].render(scale=3).to_pil()
    read = zxingcpp.read_barcodes(picture)
    assert sorted(code.bytes.decode() for code in read) == sorted(TEXTS)
    assert {code.bytes.decode(): code.symbology_identifier for code in read}[TEXTS[5]] == "]C1"


def test_a_folder_that_cannot_be_written_is_told(station: Station, tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("a file", encoding="utf-8")
    assert "could not be saved" in station.setup.write_sheet()


def test_a_keyboards_scanner_that_learns_anew_keeps_what_was_chosen_for_it(station: Station) -> None:
    chosen = DeviceSetting("wedge", "keyboard:", {"title": "Old", "is_upc_e": True, "repeat_ms": 700, "suffix": "#"})
    station.settings = replace(station.settings, device={"scanner-1": chosen})
    station.type_all()
    station.setup.save("New")
    assert station.settings.device["scanner-1"].options == {"title": "New", "is_upc_e": True, "repeat_ms": 700}


def test_what_cannot_be_kept_is_said_and_can_be_saved_again(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Settings) -> None:
        raise OSError(28, "No space left on device")

    station.type_all()
    with monkeypatch.context() as disk:
        disk.setattr(station.setup, "_keep", full)
        station.setup.save("One")
    assert not station.setup.is_saved
    assert "No space left on device" in station.setup.fault
    station.setup.save("One")
    assert (station.setup.is_saved, station.setup.fault) == (True, "")
