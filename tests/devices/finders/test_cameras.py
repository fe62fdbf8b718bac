"""Cameras are named by what is plugged in, and listed once."""

from __future__ import annotations

from pathlib import Path

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.finders import cameras


def test_a_camera_is_listed_once_by_the_name_that_stays(tmp_path: Path) -> None:
    for index in (0, 1):
        (tmp_path / f"usb-Acme_HD_Webcam_12AB-video-index{index}").symlink_to(f"../../video{index}")
    (found,) = cameras.look(tmp_path)
    assert found.name == "Acme HD Webcam 12AB"
    assert found.address == Address(Bus.CAMERA, str(tmp_path / "usb-Acme_HD_Webcam_12AB-video-index0"))


def test_where_there_is_none_there_is_none(tmp_path: Path) -> None:
    assert cameras.look(tmp_path / "nothing") == []
