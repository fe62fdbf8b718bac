"""Pictures through OpenCV: from a film, which it takes for a camera; there is no camera on a test machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.camera.pictures import CameraPictures
from omsdesk.devices.drivers.camera.scanner import CameraScanner
from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.scanner import Scan
from omsdesk.documents.labels.symbology import Symbology
from tests.devices.drivers.camera.test_scanner import GTIN, WHITE, label


@pytest.fixture
def cv2() -> Any:
    return pytest.importorskip("cv2", reason="NOT TESTED: no film without it. pip install opencv-python-headless")


def test_a_film_of_a_label_is_read_to_its_end(cv2: Any, tmp_path: Path) -> None:
    film = cv2.VideoWriter(str(tmp_path / "film.avi"), cv2.VideoWriter_fourcc(*"MJPG"), 10, (1280, 720))
    for picture in (WHITE, label(Symbology.EAN_13, GTIN), label(Symbology.EAN_13, GTIN, turn=5), WHITE):
        picture.convert("RGB").save(tmp_path / "still.png")
        film.write(cv2.imread(str(tmp_path / "still.png")))
    film.release()
    scans: list[Scan] = []
    scanner = CameraScanner(CameraPictures(str(tmp_path / "film.avi")))
    scanner.on_scan = scans.append
    scanner.open(0)
    for _ in range(4):
        scanner.serve()
    with pytest.raises(DeviceError, match="The camera is gone") as gone:
        scanner.serve()
    scanner.close()
    assert gone.value.code is ErrorCode.FAILURE
    assert [(scan.aim, scan.text) for scan in scans] == [("]E0", GTIN)]


def test_where_there_is_no_camera_it_says_what_to_do(cv2: Any, tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="gives no picture") as missing:
        CameraPictures(str(tmp_path / "nothing.avi")).open()
    assert missing.value.code is ErrorCode.NO_HARDWARE


def test_without_opencv_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    pictures = CameraPictures("0")
    with pytest.raises(DeviceError, match="opencv-python-headless") as missing:
        pictures.open()
    assert missing.value.code is ErrorCode.NO_SERVICE
    assert pictures.next() is None
    pictures.close()


def test_a_camera_is_chosen_by_its_address() -> None:
    driver = registry.driver(registry.card_of("camera"))
    assert driver.probe(Found(Address.parse("camera:0"), "Webcam")) > 0
    assert driver.probe(Found(Address.parse("usb:046d:0825"), "Webcam")) == 0
    assert isinstance(registry.attach("camera", Address.parse("camera:"), {"repeat_ms": 3000}), CameraScanner)
