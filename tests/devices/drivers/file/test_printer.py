"""A folder instead of a printer."""

from __future__ import annotations

from pathlib import Path

import pytest

from omsdesk.devices.drivers.file.printer import FilePrinter
from omsdesk.devices.ports import Condition
from omsdesk.domain.printing import PrintState


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
