"""What happened to each device, in a file that outlives the program."""

from __future__ import annotations

from pathlib import Path

from omsdesk.devices.history import FILE, MOST_FAULTS, Account, Fault, History, device_key
from omsdesk.settings import DeviceSetting

PRINTER = device_key(DeviceSetting("escpos", "tcp:192.168.1.50:9100"))


def test_faults_and_returns_are_there_after_a_restart(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.note_back(PRINTER, 1_000, was_lost=False)
    history.note_fault(PRINTER, "The cover is open.", 2_000)
    history.note_back(PRINTER, 3_000, was_lost=True)
    history.note_scan(PRINTER, 4_000)
    history.save()
    assert History(tmp_path).account(PRINTER) == Account(1_000, 1, 1, 1, (Fault(2_000, "The cover is open."),))


def test_a_fault_that_goes_on_is_one_fault(tmp_path: Path) -> None:
    history = History(tmp_path)
    for at_ms in range(5):
        history.note_fault(PRINTER, "The printer does not answer.", at_ms)
    assert history.account(PRINTER).faults == (Fault(0, "The printer does not answer."),)
    assert history.account(PRINTER).losses == 1


def test_the_newest_faults_are_kept(tmp_path: Path) -> None:
    history = History(tmp_path)
    for at_ms in range(100):
        history.note_fault(PRINTER, f"Fault {at_ms}", at_ms)
    faults = history.account(PRINTER).faults
    assert (len(faults), faults[0].sentence) == (MOST_FAULTS, "Fault 99")
    assert history.account(PRINTER).losses == 100


def test_a_device_is_the_same_in_another_role_and_another_after_a_change() -> None:
    assert device_key(DeviceSetting("escpos", "tcp:192.168.1.50:9100", {"profile": "epson-58"})) == PRINTER
    assert device_key(DeviceSetting("escpos", "tcp:192.168.1.51:9100")) != PRINTER


def test_a_broken_file_begins_anew(tmp_path: Path) -> None:
    for text in ("{", "[]", '{"x": 1}', '{"x": {"faults": [{}]}}'):
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        assert History(tmp_path).account("x") == Account()


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    history = History(tmp_path / "nowhere")
    history.note_scan(PRINTER, 1)
    history.save()
    assert history.account(PRINTER).scans == 1
