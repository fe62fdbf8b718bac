"""A scanner on a serial cable: whole codes however they come, none that is half, and back by itself after a replug."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices.attendant import Attendant, Link, Power
from omsdesk.devices.drivers.serial_scanner.scanner import MOST_BYTES, PAUSE, SerialScanner
from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.scanner import GS, Reader, Scan, ScannerOptions
from omsdesk.devices.wires.serial_line import SerialPort
from tests.devices.foreign_scanner import ForeignScanner
from tests.devices.wires.terminals import Cable
from tests.patience import until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a thing of Unix")

GTIN = "4006381333931"


class Pieces:
    """A wire that gives what the test lays on it, piece by piece; an error is raised, None is silence."""

    def __init__(self, *pieces: bytes | DeviceError | None) -> None:
        self.pieces = list(pieces)

    def open(self, deadline: float) -> None:
        """Nothing to do."""

    def write(self, data: bytes, deadline: float) -> int:
        return len(data)

    def read(self, deadline: float) -> bytes:
        piece = self.pieces.pop(0)
        if isinstance(piece, DeviceError):
            raise piece
        if piece is None:
            time.sleep(max(0.0, deadline - time.monotonic()))
        return piece or b""

    def close(self) -> None:
        """Nothing to do."""

    def still_to_go(self, deadline: float) -> int:
        return 0

    def interrupt(self) -> None:
        """Nothing to do."""


def heard(*pieces: bytes | DeviceError | None, options: ScannerOptions | None = None) -> list[str]:
    port, scans = Pieces(*pieces), list[Scan]()
    scanner = SerialScanner(port, Reader(options))
    scanner.on_scan = scans.append
    scanner.open(0)
    while port.pieces:
        scanner.serve()
    return [scan.code for scan in scans]


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\t", b"\x03", b"\x00"])
def test_any_end_ends_a_code(end: bytes) -> None:
    assert heard(GTIN.encode() + end + b"96385074" + end) == [GTIN, "96385074"]


def test_a_code_is_framed_as_old_scanners_do() -> None:
    assert heard(b"\x024006381333931\x03\r\n") == [GTIN]


def test_a_pause_ends_a_code_of_a_scanner_that_sends_no_end() -> None:
    assert heard(b"40063", b"81333931", None, b"96385074", None) == [GTIN, "96385074"]


def test_from_one_that_sends_ends_a_pause_makes_no_code_of_a_half() -> None:
    assert heard(b"96385074\r", b"40063", None, b"81333931\r") == ["96385074", "81333931"]


def test_half_a_code_is_dropped_with_the_wire_and_that_is_said() -> None:
    with pytest.raises(DeviceError, match="A code was just being read: scan it again") as lost:
        heard(b"96385074\r40063", DeviceError(ErrorCode.FAILURE, "The device is gone."))
    assert lost.value.code is ErrorCode.FAILURE
    with pytest.raises(DeviceError) as idle:
        heard(b"96385074\r", DeviceError(ErrorCode.FAILURE, "The device is gone."))
    assert idle.value.sentence == "The device is gone."


def test_noise_without_end_fills_no_memory() -> None:
    assert heard(b"x" * (MOST_BYTES + 1), b"96385074\r") == ["96385074"]


def test_letters_of_older_scanners_are_read() -> None:
    assert heard("CAFÉ-1\r".encode(), "CAFÉ-2\r".encode("cp1252")) == ["CAFÉ-1", "CAFÉ-2"]


def test_what_a_code_of_iso_15434_has_in_it_ends_nothing() -> None:
    assert heard(b"]d1[)>\x1e06\x1d1T123\x1e\x04\r") == ["[)>\x1e06\x1d1T123\x1e"]


@given(
    codes=st.lists(st.from_regex(r"[0-9A-Z./-]{1,30}", fullmatch=True), max_size=8),
    cuts=st.lists(st.integers(0, 300), max_size=8),
)
def test_however_the_bytes_are_cut_the_codes_are_whole(codes: list[str], cuts: list[int]) -> None:
    data = "".join(f"{code}\r\n" for code in codes).encode()
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[begin:end] for begin, end in pairwise(places) if end > begin]
    expected = [scan.code for code in codes if (scan := Reader().read(code, 0))]
    assert heard(*pieces) == expected


# ---- on a real terminal, read by an attendant


class Place:
    """A name that stays, as that of a socket by its device does; what is plugged in changes."""

    def __init__(self, folder: Path) -> None:
        self.name = folder / "scanner"
        self.scans: list[Scan] = []
        self.links: list[Link] = []
        self.cable = Cable()
        self.plug(self.cable)

    def plug(self, cable: Cable) -> None:
        self.cable = cable
        self.name.unlink(missing_ok=True)
        self.name.symlink_to(cable.name)

    def unplug(self) -> None:
        self.name.unlink()
        self.cable.pull_out()

    def has(self, count: int) -> bool:
        return len(self.scans) == count

    @property
    def texts(self) -> list[str]:
        return [scan.text for scan in self.scans]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    scanner = SerialScanner(SerialPort(str(made.name)), Reader(ScannerOptions()))
    scanner.on_scan = made.scans.append
    attendant = Attendant(scanner, made.links.append)
    attendant.start()
    until(lambda: made.links)
    yield made
    attendant.stop()
    made.cable.pull_out()


@pytest.mark.parametrize("suffix", ["enter", "tab", "none"])
def test_a_foreign_scanner_is_read(place: Place, suffix: str) -> None:
    foreign = ForeignScanner(suffix)
    for number, label in enumerate((GTIN, f"]C1010400638133393110A{GS}21B", "CAFÉ 12"), 1):
        place.cable.say(foreign.read(label))
        until(partial(place.has, number))
    assert place.texts == [GTIN, f"010400638133393110A{GS}21B", "CAFÉ 12"]
    assert place.scans[1].aim == "]C1"


def test_pulled_out_and_plugged_in_again_it_goes_on_by_itself(place: Place) -> None:
    place.cable.say(b"96385074\r")
    until(lambda: place.texts == ["96385074"])
    place.cable.say(b"40063")
    time.sleep(PAUSE * 2)
    place.unplug()
    until(lambda: place.links[-1].power is Power.OFFLINE)
    assert "gone" in next(link.sentence for link in place.links if link.power is Power.OFFLINE)
    place.plug(Cable())
    until(lambda: place.links[-1].power is Power.ONLINE)
    place.cable.say(f"{GTIN}\r".encode())
    until(lambda: place.texts == ["96385074", GTIN])
