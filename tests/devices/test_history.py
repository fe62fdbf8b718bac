"""What happened to each device, in a file that outlives the program."""

from __future__ import annotations

import json
from pathlib import Path

from omsdesk.devices.history import FILE, MOST_DAYS, MOST_FAULTS, Account, Day, Fault, History, device_key
from omsdesk.domain.values import Stamp
from omsdesk.settings import DeviceSetting

PRINTER = device_key(DeviceSetting("escpos", "tcp:192.168.1.50:9100"))
DAY_MS = 86_400_000


def at(utc_ms: int) -> Stamp:
    """A moment."""
    return Stamp(utc_ms)


def test_faults_and_returns_are_there_after_a_restart(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.note_back(PRINTER, at(1_000))
    history.note_fault(PRINTER, "The cover is open.", at(2_000))
    history.note_back(PRINTER, at(3_000))
    history.note_scan(PRINTER, at(4_000))
    history.save()
    days = (Day("1970-01-01", scans=1, failures=1),)
    again = History(tmp_path).account(PRINTER)
    assert again == Account(1_000, 1, 1, 1, (Fault(2_000, "The cover is open."),), days)


def test_a_fault_that_goes_on_is_one_fault_over_a_restart_too(tmp_path: Path) -> None:
    history = History(tmp_path)
    for at_ms in range(5):
        history.note_fault(PRINTER, "The printer does not answer.", at(at_ms))
        history.save()
        history = History(tmp_path)
    assert history.account(PRINTER).faults == (Fault(0, "The printer does not answer."),)
    assert history.account(PRINTER).losses == 1


def test_the_same_fault_after_a_return_is_another_one(tmp_path: Path) -> None:
    history = History(tmp_path)
    for day in range(3):
        history.note_fault(PRINTER, "The printer is out of paper.", at(day * DAY_MS))
        history.note_back(PRINTER, at(day * DAY_MS + 60_000))
    account = history.account(PRINTER)
    assert (account.losses, account.reconnects) == (3, 3)
    assert [fault.at_ms // DAY_MS for fault in account.faults] == [2, 1, 0]
    assert account.days == tuple(Day(f"1970-01-0{day}", failures=1) for day in (3, 2, 1))


def test_one_loss_for_several_reasons_is_one_failure(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.note_fault(PRINTER, "The device was unplugged.", at(1))
    history.note_fault(PRINTER, "The device is not plugged in.", at(2))
    account = history.account(PRINTER)
    assert (account.losses, account.days[0].failures, len(account.faults)) == (1, 1, 2)


def test_the_newest_faults_and_days_are_kept(tmp_path: Path) -> None:
    history = History(tmp_path)
    for number in range(100):
        history.note_fault(PRINTER, f"Fault {number}", at(number * DAY_MS))
        history.note_back(PRINTER, at(number * DAY_MS))
    account = history.account(PRINTER)
    assert (len(account.faults), account.faults[0].sentence) == (MOST_FAULTS, "Fault 99")
    assert (len(account.days), account.days[0].day) == (MOST_DAYS, "1970-04-10")
    assert account.losses == 100


def test_a_day_is_that_of_the_shop(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.note_scan(PRINTER, Stamp(23 * 3_600_000, offset_minutes=120))
    assert history.account(PRINTER).days == (Day("1970-01-02", scans=1),)


def test_a_file_of_an_older_program_is_read(tmp_path: Path) -> None:
    rows = {"since_ms": 1, "losses": 2, "reconnects": 3, "scans": 4, "faults": []}
    (tmp_path / FILE).write_text(json.dumps({PRINTER: rows}), encoding="utf-8")
    assert History(tmp_path).account(PRINTER) == Account(1, 2, 3, 4)


def test_a_device_is_the_same_in_another_role_and_another_after_a_change() -> None:
    assert device_key(DeviceSetting("escpos", "tcp:192.168.1.50:9100", {"profile": "epson-58"})) == PRINTER
    assert device_key(DeviceSetting("escpos", "tcp:192.168.1.51:9100")) != PRINTER


def test_a_broken_file_begins_anew(tmp_path: Path) -> None:
    for text in ("{", "[]", '{"x": 1}', '{"x": {"faults": [{}]}}'):
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        assert History(tmp_path).account("x") == Account()


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    history = History(tmp_path / "nowhere")
    history.note_scan(PRINTER, at(1))
    history.save()
    assert history.account(PRINTER).scans == 1
