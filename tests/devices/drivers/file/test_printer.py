"""A folder instead of a printer."""

from __future__ import annotations

from pathlib import Path

import pytest

from omsdesk.devices.drivers.file.printer import FilePrinter
from omsdesk.devices.ports import Condition
from omsdesk.domain.printing import PrintState
from tests.stories.small_disk import disk, fill, read_only

RECEIPT = b"\x1b@" + b"Flat white 3.10\n" * 2000


def test_a_job_becomes_a_file_with_its_bytes(tmp_path: Path) -> None:
    delivery = FilePrinter(tmp_path / "out").print(b"\x1b@abc", "job-1")
    assert delivery.state is PrintState.PRINTED
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == {"job-1.bin": b"\x1b@abc"}


def test_the_same_job_again_is_still_one_file(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path)
    printer.print(b"a", "job-1")
    printer.print(b"a", "job-1")
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "a\\b", "a b\n"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    FilePrinter(tmp_path / "out").print(b"a", name)
    assert len(list((tmp_path / "out").iterdir())) == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_a_folder_that_cannot_be_made_fails_with_advice_and_sends_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, not a folder")
    printer = FilePrinter(tmp_path / "out")
    delivery = printer.print(b"a", "job-1")
    assert delivery.state is PrintState.FAILED
    assert "Choose another one" in delivery.sentence
    assert printer.status().condition is Condition.OFFLINE


def test_a_name_that_is_taken_by_a_folder_leaves_no_half_file_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "job-1.bin").mkdir()
    assert FilePrinter(tmp_path).print(b"a", "job-1").state is PrintState.FAILED
    assert (tmp_path / "job-1.bin").is_dir()


def test_a_folder_is_ready(tmp_path: Path) -> None:
    assert FilePrinter(tmp_path).status().condition is Condition.READY
    assert list(tmp_path.iterdir()) == []


def test_a_folder_holds_nothing_and_has_nothing_to_wait_for(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path)
    printer.interrupt()
    printer.close()
    assert printer.resume().state is PrintState.UNKNOWN
    assert printer.print(b"a", "job").state is PrintState.PRINTED


# --- disks ------------------------------------------------------------------------------------------------------------


def test_a_full_disk_fails_with_its_reason_and_leaves_no_half_receipt(tmp_path: Path) -> None:
    with disk(tmp_path / "usb", 64) as folder:
        filler = fill(folder, leave=8192)
        printer = FilePrinter(folder)
        delivery = printer.print(RECEIPT, "job-1")
        assert (delivery.state, delivery.condition) == (PrintState.FAILED, Condition.OFFLINE)
        assert "No space left" in delivery.sentence
        assert "Choose another one" in delivery.sentence
        assert [path.name for path in folder.iterdir()] == [filler.name], "no torn file takes the last room"
        filler.unlink()
        assert printer.print(RECEIPT, "job-1").state is PrintState.PRINTED
        assert (folder / "job-1.bin").read_bytes() == RECEIPT


def test_a_full_disk_keeps_the_receipt_that_was_there(tmp_path: Path) -> None:
    with disk(tmp_path / "usb", 64) as folder:
        printer = FilePrinter(folder)
        assert printer.print(b"first", "job-1").state is PrintState.PRINTED
        fill(folder)
        assert printer.print(RECEIPT, "job-1").state is PrintState.FAILED
        assert (folder / "job-1.bin").read_bytes() == b"first"


def test_a_folder_that_may_not_be_written_says_so_before_and_during_a_job(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with read_only(tmp_path / "out"):
        printer = FilePrinter(tmp_path / "out")
        assert printer.status().condition is Condition.OFFLINE
        assert printer.print(b"a", "job-1").state is PrintState.FAILED
        assert "cannot be written to" in printer.status().sentence
    assert printer.status().condition is Condition.READY
    assert printer.print(b"a", "job-1").state is PrintState.PRINTED


def test_a_disk_that_was_pulled_out_and_put_in_again_is_written_to_again(tmp_path: Path) -> None:
    folder = tmp_path / "usb" / "receipts"
    printer = FilePrinter(folder)
    assert printer.print(b"a", "job-1").state is PrintState.PRINTED
    (folder / "job-1.bin").unlink()
    folder.rmdir()
    (tmp_path / "usb").rmdir()
    (tmp_path / "usb").write_text("in its place stands a file")
    assert printer.print(b"b", "job-2").state is PrintState.FAILED
    (tmp_path / "usb").unlink()
    assert printer.print(b"b", "job-2").state is PrintState.PRINTED


@pytest.mark.parametrize("name", ["", ".", "..", "a" * 300, "job.part", "CON", "ž" * 100])
def test_a_job_of_any_name_is_a_file_or_a_sentence(tmp_path: Path, name: str) -> None:
    delivery = FilePrinter(tmp_path / "out").print(b"a", name)
    made = [path.read_bytes() for path in (tmp_path / "out").iterdir()]
    assert made == ([b"a"] if delivery.state is PrintState.PRINTED else [])
    assert delivery.state is PrintState.PRINTED or delivery.sentence


def test_a_folder_with_an_impossible_name_is_said(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "re\0ceipts")
    assert printer.status().condition is Condition.OFFLINE
    assert printer.print(b"a", "job-1").state is PrintState.FAILED
