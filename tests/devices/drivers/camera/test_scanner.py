"""Pictures of labels, drawn by our own printer and by a foreign writer: each is read once while it is held up."""

from __future__ import annotations

import time
from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from omsdesk.devices.attendant import Attendant, Link, Power
from omsdesk.devices.drivers.camera.scanner import CameraScanner, codes_in
from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.scanner import GS, Scan, ScannerOptions
from omsdesk.documents.labels.symbology import Symbology, encode
from tests.patience import until

WHITE = Image.new("L", (1280, 720), 255)
GTIN = "4006381333931"


def label(symbology: Symbology, content: str, *, turn: float = 0.0, blur: float = 0.0) -> Image.Image:
    """A label in a picture of a camera's size."""
    rows = encode(symbology, content).rows
    is_bars, size = len(rows) == 1, (len(rows[0]), len(rows))
    code = Image.new("L", size, 255)
    code.putdata([0 if module == "1" else 255 for row in rows for module in row])
    scale = max(2, 700 // size[0]) if is_bars else max(4, 400 // size[0])
    code = code.resize((size[0] * scale, 200 if is_bars else size[1] * scale), Image.Resampling.NEAREST)
    picture = WHITE.copy()
    picture.paste(code, (200, 150))
    return picture.rotate(turn, fillcolor=255).filter(ImageFilter.GaussianBlur(blur))


class Album:
    """Gives pictures one after the other, as a camera does; at the end it goes on with an empty one."""

    def __init__(self, *pictures: Any) -> None:
        self.pictures = list(pictures)
        self.is_plugged_in = True

    def open(self) -> None:
        if not self.is_plugged_in:
            raise DeviceError(ErrorCode.NO_HARDWARE, "The camera gives no picture.")

    def next(self) -> Any:
        if not self.is_plugged_in:
            raise DeviceError(ErrorCode.FAILURE, "The camera is gone.")
        if not self.pictures:
            time.sleep(0.005)
        return self.pictures.pop(0) if self.pictures else WHITE

    def close(self) -> None:
        """Nothing to do."""


def seen(*pictures: Any, options: ScannerOptions | None = None) -> list[Scan]:
    scans: list[Scan] = []
    scanner = CameraScanner(Album(*pictures), options)
    scanner.on_scan = scans.append
    scanner.open(0)
    for _ in pictures:
        scanner.serve()
    return scans


@pytest.mark.parametrize(
    ("symbology", "content", "aim", "text"),
    [
        (Symbology.EAN_13, GTIN, "]E0", GTIN),
        (Symbology.EAN_8, "96385074", "]E4", "96385074"),
        (Symbology.CODE_128, "ABC-123", "]C0", "ABC-123"),
        (Symbology.GS1_128, f"(01)0{GTIN}(10)AB(21)CD", "]C1", f"010{GTIN}10AB{GS}21CD"),
        (Symbology.GS1_DATA_MATRIX, f"(01)0{GTIN}(10)AB(21)CD", "]d2", f"010{GTIN}10AB{GS}21CD"),
        (Symbology.QR, f"https://id.gs1.org/01/0{GTIN}", "]Q1", f"https://id.gs1.org/01/0{GTIN}"),
    ],
)
def test_a_label_that_is_held_up_is_read_with_its_kind(symbology: Symbology, content: str, aim: str, text: str) -> None:
    (scan,) = seen(label(symbology, content))
    assert (scan.aim, scan.text) == (aim, text)


def test_a_label_that_is_held_crooked_and_not_quite_sharp_is_read() -> None:
    assert [scan.text for scan in seen(label(Symbology.EAN_13, GTIN, turn=7, blur=1.2))] == [GTIN]


def test_it_counts_once_for_as_long_as_it_is_held_up_and_again_afterwards() -> None:
    held = label(Symbology.EAN_13, GTIN)
    assert len(seen(held, held, WHITE, held)) == 1
    assert len(seen(held, held, options=ScannerOptions(repeat_ms=1))) == 2


def test_two_labels_in_one_picture_are_two_and_each_counts_once() -> None:
    both = label(Symbology.EAN_13, GTIN)
    both.paste(label(Symbology.EAN_8, "96385074").crop((150, 140, 1000, 360)), (150, 440))
    assert sorted(scan.text for scan in seen(both, both)) == [GTIN, "96385074"]


def test_a_code_without_check_digit_is_believed_when_two_pictures_say_the_same() -> None:
    shelf = label(Symbology.CODE_39, "SHELF-3")
    assert seen(shelf) == []
    assert seen(shelf, WHITE, shelf) == []
    assert [scan.text for scan in seen(shelf, shelf, shelf)] == ["SHELF-3"]


def test_labels_of_a_foreign_writer_are_read() -> None:
    code = zxingcpp.create_barcode("PARCEL 00340", zxingcpp.BarcodeFormat.DataMatrix)
    picture = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=8))
    assert list(codes_in(picture)) == ["]d1PARCEL 00340"]


def test_after_an_interruption_no_picture_is_looked_at() -> None:
    scans: list[Scan] = []
    scanner = CameraScanner(Album(label(Symbology.EAN_13, GTIN)))
    scanner.on_scan = scans.append
    scanner.interrupt()
    scanner.serve()
    assert scans == []


def test_pulled_out_and_plugged_in_again_it_goes_on_by_itself() -> None:
    album, scans, links = Album(), list[Scan](), list[Link]()
    scanner = CameraScanner(album)
    scanner.on_scan = scans.append
    attendant = Attendant(scanner, links.append)
    attendant.start()
    until(lambda: links)
    album.is_plugged_in = False
    until(lambda: links[-1].power is Power.OFFLINE)
    album.is_plugged_in = True
    attendant.wake()
    until(lambda: links[-1].power is Power.ONLINE)
    album.pictures.append(label(Symbology.EAN_13, GTIN))
    until(lambda: scans)
    attendant.stop()
    assert scans[0].text == GTIN
