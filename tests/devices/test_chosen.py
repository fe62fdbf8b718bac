"""The printer that the settings name is the one that prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from omsdesk.devices.chosen import Unavailable, attach, devices_of, printer_of, profile_of, receipt_printer
from omsdesk.devices.drivers.escpos.printer import EscPosPrinter
from omsdesk.devices.drivers.file.printer import FilePrinter
from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.documents.printer_profile import PROFILES
from omsdesk.domain.printing import PrintState
from omsdesk.settings import DeviceSetting, Settings


@pytest.mark.parametrize(
    ("setting", "driver"),
    [
        (DeviceSetting("simulator", "virtual:"), SimulatedPrinter),
        (DeviceSetting("file", "file:receipts"), FilePrinter),
        (DeviceSetting("escpos", "tcp:127.0.0.1:9100"), EscPosPrinter),
        (DeviceSetting("escpos", "usb:04b8:0202:X1", {"answers": False}), EscPosPrinter),
        (DeviceSetting("escpos", "serial:/dev/ttyS0", {"line": "19200 7E1"}), EscPosPrinter),
    ],
)
def test_each_setting_has_its_driver(tmp_path: Path, setting: DeviceSetting, driver: type) -> None:
    assert isinstance(printer_of(setting, tmp_path), driver)


def test_a_station_without_settings_shows_its_receipts_on_the_screen(tmp_path: Path) -> None:
    assert isinstance(printer_of(receipt_printer(Settings(tmp_path)), tmp_path), SimulatedPrinter)


def test_in_the_demonstration_shop_what_nobody_chose_is_on_the_screen(tmp_path: Path) -> None:
    real = DeviceSetting("toledo_8217", "serial:/dev/ttyUSB0")
    assert set(devices_of(Settings(tmp_path))) == {"receipt"}
    shown = devices_of(Settings(tmp_path, is_demonstration=True, device={"scale": real}))
    assert set(shown) == {"receipt", "label", "scale", "display"}
    assert shown.pop("scale") == real
    assert {setting.address for setting in shown.values()} == {"virtual:"}
    for setting in shown.values():
        attach(setting, tmp_path)


def test_a_station_without_a_till_has_what_it_was_given_and_nothing_for_customers(tmp_path: Path) -> None:
    assert devices_of(Settings(tmp_path), is_till=False) == {}
    real, pole = DeviceSetting("zpl", "tcp:10.0.0.5:9100"), DeviceSetting("cd5220", "serial:/dev/ttyUSB0")
    settings = Settings(tmp_path, device={"label": real, "display": pole, "kitchen": pole, "scanner-1": real})
    assert devices_of(settings, is_till=False) == {"label": real, "scanner-1": real}
    assert set(devices_of(Settings(tmp_path, is_demonstration=True), is_till=False)) == {"label", "scale"}


def test_a_folder_begins_beside_the_settings(tmp_path: Path) -> None:
    printer = printer_of(DeviceSetting("file", "file:paper"), tmp_path)
    assert printer.print(b"hello", "job").state is PrintState.PRINTED
    assert (tmp_path / "paper" / "job.bin").read_bytes() == b"hello"


@pytest.mark.parametrize(
    ("setting", "code", "words"),
    [
        (DeviceSetting("fax", "tcp:127.0.0.1"), ErrorCode.NO_SERVICE, "no driver “fax”"),
        (DeviceSetting("escpos", "bluetooth:1"), ErrorCode.ILLEGAL, "no address"),
        (DeviceSetting("escpos", "file:x"), ErrorCode.ILLEGAL, "No bytes go to file:"),
        (DeviceSetting("escpos", "usb:epson"), ErrorCode.ILLEGAL, "names no USB device"),
        (DeviceSetting("escpos", "serial:/dev/ttyS0", {"line": "fast"}), ErrorCode.ILLEGAL, "9600 8N1"),
        (DeviceSetting("simulator", "virtual:", {"profile": "daisy wheel"}), ErrorCode.ILLEGAL, "profile is one of"),
    ],
)
def test_what_is_set_up_wrong_is_said(tmp_path: Path, setting: DeviceSetting, code: ErrorCode, words: str) -> None:
    with pytest.raises(DeviceError) as fault:
        printer_of(setting, tmp_path)
    assert fault.value.code is code
    assert words in fault.value.sentence


def test_jobs_of_a_printer_that_cannot_be_used_wait() -> None:
    printer = Unavailable("Its library is missing.")
    assert not printer.status().can_print
    assert printer.print(b"a", "job").state is PrintState.FAILED
    printer.interrupt()
    printer.close()


@pytest.mark.parametrize("name", PROFILES)
def test_a_model_decides_the_columns(name: str) -> None:
    assert profile_of(DeviceSetting("escpos", "tcp:a", {"profile": name})).grid == PROFILES[name].grid


def test_a_model_that_nobody_knows_is_the_usual_one() -> None:
    assert profile_of(DeviceSetting("escpos", "tcp:a", {"profile": "?"})) is PROFILES["epson-80"]


def test_what_was_tried_on_the_printer_decides_its_letters_and_its_drawer() -> None:
    options: dict[str, str | int | bool] = {"profile": "epson-58", "pages": "16", "kick_pin": 5, "pulse_ms": 200}
    profile = profile_of(DeviceSetting("escpos", "tcp:a", options))
    assert (profile.dots, profile.kick_pin, profile.pulse_ms) == (384, 5, 200)
    assert [page.codec for page in profile.code_pages] == ["cp1252"]


def test_tables_that_cannot_be_are_said_and_do_not_keep_receipts_back(tmp_path: Path) -> None:
    wrong = DeviceSetting("escpos", "tcp:a", {"pages": "99"})
    with pytest.raises(DeviceError) as fault:
        printer_of(wrong, tmp_path)
    assert "0,16,19" in fault.value.sentence
    assert profile_of(wrong) is PROFILES["epson-80"]
